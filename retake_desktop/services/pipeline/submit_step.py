"""The one step that costs money. Each POST is on record before it leaves, and what became of it is never guessed."""

import asyncio
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Attempt, AttemptState, Job, Progress, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.services.api.client import Submitted
from retake_desktop.services.api.retry import Verdict
from retake_desktop.services.api.wire import Submission
from retake_desktop.services.hosting.inline import NAME as INLINE
from retake_desktop.services.hosting.inline import data_uri
from retake_desktop.services.pipeline import prepare_step
from retake_desktop.services.pipeline.runner import Runner


async def submit(runner: Runner) -> None:
    """Sends the job until the service has said yes or no, or until it is unknown whether it did."""
    attempts = await asyncio.to_thread(runner.tools.history.attempts, runner.job.id)
    if not _may_send(attempts, consent=runner.may_bill_twice):
        await _give_up_guessing(runner, attempts[-1], "the app was closed while it was being sent")
        return
    despite_unknown = any(attempt.state is AttemptState.UNKNOWN for attempt in attempts)
    failures = 0
    while not await runner.cancelled_early():
        if not await prepare_step.renew(runner):
            return
        async with runner.turn(runner.lanes.sending):
            if await runner.cancelled_early():
                return
            error = await _send_once(runner, despite_unknown=despite_unknown)
        if error is None:
            return
        failures += 1
        await runner.back_off(failures, error)


def _may_send(attempts: tuple[Attempt, ...], *, consent: bool) -> bool:
    """Whether a further POST can bill nothing that was not asked for.

    A last attempt that never left may be repeated, also when it was itself sent with the person's consent.
    """
    if not attempts or attempts[-1].state is AttemptState.NOT_SENT:
        return True
    if attempts[-1].state in {AttemptState.SENDING, AttemptState.ACCEPTED}:
        return False
    return consent or all(attempt.state is not AttemptState.UNKNOWN for attempt in attempts)


async def _send_once(runner: Runner, *, despite_unknown: bool) -> RetakeError | None:
    """One POST. Returns the error after which it may be sent again, None when the job has moved on."""
    client = await runner.client()
    submission = await asyncio.to_thread(_submission, runner.job)
    history = runner.tools.history
    attempt = await asyncio.to_thread(history.begin_attempt, runner.job, despite_unknown=despite_unknown)

    async def on_sending() -> None:
        await asyncio.to_thread(history.mark, attempt, AttemptState.SENDING)

    def on_progress(progress: Progress) -> None:
        # Shown, but no sign of life: a service that takes bytes and never answers must not outlast patience.
        runner.took(replace(runner.job, progress=progress))

    runner.in_flight = True
    try:
        submitted = await client.submit(submission, on_sending, on_progress)
        return await _recorded(runner, attempt, submitted)
    finally:
        runner.in_flight = False


async def _recorded(runner: Runner, attempt: Attempt, submitted: Submitted) -> RetakeError | None:
    error = submitted.error or RetakeError(ErrorKind.SERVICE_TROUBLE)
    match submitted.verdict:
        case Verdict.ACCEPTED:
            now = runner.tools.clocks.now()
            accepted = runner.job.moved(Stage.QUEUED, now, request_id=submitted.request_id, submitted_at=now)
            await _mark(runner, attempt, AttemptState.ACCEPTED, accepted)
            runner.answered()
        case Verdict.REFUSED:
            await _mark(runner, attempt, AttemptState.REFUSED, _refused(runner, error))
        case Verdict.SEND_AGAIN:
            await _mark(runner, attempt, AttemptState.REFUSED, replace(runner.job, progress=None), error.detail)
            return error
        case Verdict.UNKNOWN:
            await _give_up_guessing(runner, attempt, error.detail)
    return None


async def _give_up_guessing(runner: Runner, attempt: Attempt, why: str) -> None:
    problem = Problem(ErrorKind.UNKNOWN_SUBMISSION, why)
    unknown = runner.job.moved(Stage.UNKNOWN, runner.tools.clocks.now(), problem=problem)
    await _mark(runner, attempt, AttemptState.UNKNOWN, unknown, why)


async def _mark(runner: Runner, attempt: Attempt, state: AttemptState, job: Job, detail: str = "") -> None:
    await asyncio.to_thread(runner.tools.history.mark, attempt, state, job, detail)
    runner.took(job)


def _submission(job: Job) -> Submission:
    """Raises RetakeError(FILE_TROUBLE) when the window cannot be read any more."""
    request = job.request
    start, duration = _sent_times(job, request)
    if job.hosting == INLINE and job.window_path is not None:
        video_url = data_uri(Path(job.window_path))
    elif job.video_url is not None:
        video_url = job.video_url
    else:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the prepared window has vanished")
    return Submission(request.model_id, request.prompt, video_url, start, duration, request.mode)


def _sent_times(job: Job, request: RetakeRequest) -> tuple[Fraction, Fraction]:
    span = job.window.span if job.window is not None else request.span
    return span.start, span.duration


def _refused(runner: Runner, error: RetakeError) -> Job:
    """The job after a refusal: failed, or back before hosting when it only has to travel another way."""
    problem, now = _refusal(runner.job, error), runner.tools.clocks.now()
    if problem.kind is ErrorKind.INLINE_REFUSED:
        return runner.job.moved(Stage.HOSTING, now, problem=problem, hosting=None, inline_refused=True)
    return runner.job.moved(Stage.FAILED, now, problem=problem)


def _refusal(job: Job, error: RetakeError) -> Problem:
    """A refusal that is about the clip's address is about the way it travelled."""
    about_clip = any(word in error.detail.lower() for word in ("video_url", "data:", "base64", "url"))
    too_large = "413" in error.detail or "too large" in error.detail.lower()
    if error.kind is ErrorKind.REFUSED and job.hosting == INLINE and (about_clip or too_large):
        return Problem(ErrorKind.INLINE_REFUSED, error.detail)
    return error.problem
