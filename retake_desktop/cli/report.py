"""What the commands print: JSON lines or plain results on standard output, everything else as notices."""

from decimal import Decimal
from json import dumps
from typing import TextIO

from retake_desktop.cli.exit_codes import Exit, for_kind
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Job, Progress, Stage, Wait
from retake_desktop.domain.problems import english

_WAITING = {
    Wait.TOKEN: Problem(ErrorKind.NO_TOKEN),
    Wait.OTHER_ACCOUNT: Problem(ErrorKind.OTHER_ACCOUNT),
    Wait.OTHER_SERVICE: Problem(ErrorKind.INVALID_REQUEST, "it belongs to another API address"),
    Wait.OTHER_PROCESS: Problem(ErrorKind.INVALID_REQUEST, "another process is working on it"),
    Wait.FOREIGN_HOST: Problem(ErrorKind.FOREIGN_HOST),
    Wait.HOSTING: Problem(ErrorKind.HOSTING_TROUBLE),
    Wait.NETWORK: Problem(ErrorKind.OFFLINE),
}
_ENDED = {
    Stage.CANCELLED: Problem(ErrorKind.CANCELLED),
    Stage.EXPIRED: Problem(ErrorKind.EXPIRED),
    Stage.FAILED: Problem(ErrorKind.FAILED_AT_SERVICE),
    Stage.UNKNOWN: Problem(ErrorKind.UNKNOWN_SUBMISSION),
}


class Reporter:
    """Prints each stage of each job once, and exactly one `done` for each job."""

    def __init__(self, *, json: bool, out: TextIO, notices: TextIO) -> None:
        self._json = json
        self._out = out
        self._notices = notices
        self._stages: dict[str, Stage] = {}
        self._bar_shown = False

    def notice(self, text: str) -> None:
        """A line for the person, on standard error."""
        self._clear_bar()
        print(text, file=self._notices, flush=True)

    def event(self, record: dict[str, object]) -> None:
        """One JSON line, when JSON was asked for."""
        if self._json:
            # ASCII only: a pipe on Windows does not take UTF-8, and file names on Linux need not be UTF-8.
            print(dumps(record), file=self._out, flush=True)

    def line(self, text: str) -> None:
        """One plain line on standard output, when JSON was not asked for."""
        if not self._json:
            self._clear_bar()
            print(text, file=self._out, flush=True)

    def job_changed(self, job: Job) -> None:
        """Tells a new stage; `Pipeline` calls it with every snapshot."""
        if job.wait is Wait.OTHER_PROCESS:
            self.notice(f"{_name(job)} is left to the process that is working on it.")
        elif self._stages.get(job.id) is not job.stage:
            self._stages[job.id] = job.stage
            self.event({"event": "stage", "job": job.id, "stage": job.stage})
            self.notice(f"{_name(job)}: {_stage_text(job)}")
            if job.stage is Stage.SUBMITTING and job.hosting_note:
                self.notice(f"{_name(job)} is sent {job.hosting_note}.")
        elif self._notices.isatty():
            self._bar(f"{_name(job)}: {_stage_text(job)}{_progress_text(job.progress)}")

    def done(self, job: Job, code: Exit, *, interrupted: bool = False) -> None:
        """The one closing line of a job."""
        problem = None if interrupted or code is Exit.READY else _problem(job)
        result = job.final_path or job.result_path
        self.event(
            {
                "event": "done",
                "job": job.id,
                "stage": job.stage,
                "result": result if code is Exit.READY else None,
                "request_id": job.request_id,
                "cost": number(job.cost_usd),
                "error": _error(problem),
                "exit": int(code),
            }
        )
        if problem is not None:
            self.notice(f"{_name(job)}: {english(problem)}")
        if interrupted:
            self.notice(f"{_name(job)} stays open; `retake-desktop jobs resume` goes on with it.")
        if code is Exit.READY and result is not None:
            self.line(result)

    def refused(self, error: RetakeError) -> int:
        """The closing line of a command that came to no job; returns its exit code."""
        code = for_kind(error.kind)
        self.event(
            {
                "event": "done", "job": None, "stage": None, "result": None, "request_id": None, "cost": None,
                "error": _error(error.problem), "exit": int(code),
            }
        )  # fmt: skip
        self.notice(english(error.problem))
        return code

    def _bar(self, text: str) -> None:
        self._bar_shown = True
        self._notices.write(f"\r\x1b[2K{text}")
        self._notices.flush()

    def _clear_bar(self) -> None:
        if self._bar_shown:
            self._bar_shown = False
            self._notices.write("\r\x1b[2K")


def _problem(job: Job) -> Problem:
    """What kept a job from a result, also where the record does not say."""
    return job.problem or _ENDED.get(job.stage) or _WAITING[job.wait or Wait.NETWORK]


def number(amount: Decimal | None) -> float | None:
    """US dollars as a JSON number."""
    return None if amount is None else float(amount)


def _error(problem: Problem | None) -> dict[str, str] | None:
    return None if problem is None else {"kind": problem.kind, "message": english(problem)}


def _name(job: Job) -> str:
    return f"take {job.take}" if job.request.takes > 1 else f"job {job.id[:8]}"


def _stage_text(job: Job) -> str:
    place = f", place {job.queue_position}" if job.stage is Stage.QUEUED and job.queue_position else ""
    waits = " (waiting for the connection)" if job.wait is Wait.NETWORK else ""
    return f"{job.stage.replace('_', ' ')}{place}{waits}"


def _progress_text(progress: Progress | None) -> str:
    if progress is None or not progress.total:
        return ""
    return f" {100 * progress.done // progress.total} %"
