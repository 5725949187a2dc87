"""Following an accepted job: ask how it stands, cancel when wished, until `/result` says how it ended."""

from datetime import timedelta

from retake_desktop.domain.errors import Doubt, ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Stage, Wait
from retake_desktop.services.api.retry import pause_between_polls
from retake_desktop.services.api.wire import RemoteState, Result
from retake_desktop.services.pipeline.connections import Rest
from retake_desktop.services.pipeline.runner import Runner

_FOLLOWED = frozenset({Stage.QUEUED, Stage.RUNNING, Stage.CANCELLING})
_STRANGE_MISSES = 3
"""Answers "no such request" in a row before it is believed."""
_CANCEL_TRIES = 5
_SETTLING = 30.0
"""Seconds of looking, by a clock that nobody sets: at first the service may not know its own request yet."""
_GATEWAYS_WORD = 300.0
"""Seconds for which "no such request" without the service's own error code must last: a gateway may be saying it."""


async def follow(runner: Runner) -> None:
    """Polls until the job has left the service's hands. A failed poll never fails the job."""
    began = runner.tools.clocks.monotonic()
    failures = 0
    misses = _Misses(runner)
    cancelling = _Cancelling(runner)
    while runner.job.stage in _FOLLOWED:
        try:
            await cancelling.pursue()
            # When /status fails, /result may still answer, and it is the one that decides.
            await _look(runner, ask_status=failures % 2 == 0)
        except RetakeError as error:
            _rest_if_hopeless(error)
            if misses.are_believed(error):
                await runner.move(Stage.EXPIRED, problem=Problem(ErrorKind.EXPIRED, error.detail))
                return
            failures += 1
            await runner.back_off(failures, error)
            continue
        failures = 0
        misses.end()
        runner.answered()
        if runner.job.stage in _FOLLOWED and not cancelling.is_due:
            waited = timedelta(seconds=runner.tools.clocks.monotonic() - began)
            await runner.wait(pause_between_polls(waited, runner.tools.clocks.chance()))


def _rest_if_hopeless(error: RetakeError) -> None:
    if error.kind in {ErrorKind.BAD_TOKEN, ErrorKind.NO_TOKEN}:
        raise Rest(Wait.TOKEN) from error
    if error.kind is ErrorKind.OTHER_ACCOUNT:
        raise Rest(Wait.OTHER_ACCOUNT) from error


class _Misses:
    """Answers "no such request", from the beginning of following. They end a job for which a person has paid.

    With the service's error code they are believed when they come again and again after a first while. Without a
    code they may be a gateway's, and must last. A page is no answer of the service: the job goes on being asked after.
    """

    def __init__(self, runner: Runner) -> None:
        self._now = runner.tools.clocks.monotonic
        self._began = self._now()
        self._count = 0
        self._since = self._began

    def are_believed(self, error: RetakeError) -> bool:
        """Takes one more failure into account."""
        if error.kind not in {ErrorKind.EXPIRED, ErrorKind.MODEL_GONE} or error.doubt is Doubt.NO_ANSWER:
            return False
        now = self._now()
        if self._count == 0:
            self._since = now
        self._count += 1
        lasted = now - self._since > _GATEWAYS_WORD if error.doubt is Doubt.NO_CODE else now - self._began > _SETTLING
        return self._count >= _STRANGE_MISSES and lasted

    def end(self) -> None:
        self._count = 0


class _Cancelling:
    """A wish to cancel, until the service has answered it or has failed to for too often.

    Whatever becomes of the wish, looking at the job goes on: a result may come all the same, and it is paid for.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._tries = 0
        self._is_settled = False

    @property
    def is_due(self) -> bool:
        """The wish is new: it should not wait for the next poll."""
        return self._runner.job.cancel_asked and self._tries == 0

    async def pursue(self) -> None:
        """Asks the service, when there is something to ask. Raises Rest when the account must be seen to first."""
        if self._is_settled or not self._runner.job.cancel_asked:
            return
        self._tries += 1
        try:
            await self._ask()
        except RetakeError as error:
            _rest_if_hopeless(error)
            if self._tries >= _CANCEL_TRIES:
                await self._go_on()

    async def _ask(self) -> None:
        runner = self._runner
        if runner.job.stage is not Stage.CANCELLING:
            await runner.move(Stage.CANCELLING, cancel_asked=True, queue_position=runner.job.queue_position)
        if await (await runner.client()).cancel(_request_id(runner)):
            self._is_settled = True
            await runner.move(Stage.CANCELLED, problem=Problem(ErrorKind.CANCELLED))
        else:
            await self._go_on()

    async def _go_on(self) -> None:
        """It runs on and is billed: polling will tell how far it is."""
        self._is_settled = True
        await self._runner.move(Stage.RUNNING, cancel_asked=True)


async def _look(runner: Runner, *, ask_status: bool) -> None:
    if runner.job.stage not in _FOLLOWED:
        return
    client, request_id = await runner.client(), _request_id(runner)
    if ask_status:
        status = await client.status(request_id)
        if status.state in {RemoteState.QUEUED, RemoteState.RUNNING}:
            await _note(runner, status.state, status.queue_position)
            return
    await _apply(runner, await client.result(request_id))


async def _note(runner: Runner, state: RemoteState, position: int | None) -> None:
    """Records a change of stage or place in the queue, and nothing when all is as it was."""
    stage = Stage.QUEUED if state is RemoteState.QUEUED else Stage.RUNNING
    job = runner.job
    if job.stage is Stage.CANCELLING or (job.stage is stage and job.queue_position == position):
        return
    started = runner.tools.clocks.now() if stage is Stage.RUNNING and job.started_at is None else job.started_at
    await runner.move(stage, queue_position=position, started_at=started)


async def _apply(runner: Runner, result: Result) -> None:
    now = runner.tools.clocks.now()
    match result.state:
        case RemoteState.FINISHED:
            await runner.move(
                Stage.DOWNLOADING,
                output_url=result.videos[0] if result.videos else None,
                raw_result=None if len(result.videos) == 1 else result.raw,
                cost_usd=result.cost_usd,
                finished_at=now,
                queue_position=None,
            )
        case RemoteState.FAILED:
            problem = Problem(ErrorKind.FAILED_AT_SERVICE, result.error)
            await runner.move(Stage.FAILED, problem=problem, finished_at=now, cost_usd=result.cost_usd)
        case RemoteState.CANCELLED:
            await runner.move(Stage.CANCELLED, problem=Problem(ErrorKind.CANCELLED), finished_at=now)
        case RemoteState.QUEUED | RemoteState.RUNNING:
            await _note(runner, result.state, None)
        case RemoteState.UNHEARD:
            return  # a word not yet known keeps the job alive and visible


def _request_id(runner: Runner) -> str:
    if runner.job.request_id is None:
        raise ValueError(f"job {runner.job.id} is {runner.job.stage} without a request id")
    return runner.job.request_id
