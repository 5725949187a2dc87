"""What is said of a take that is in trouble or waits, and the one thing that helps."""

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Job, Stage, Wait
from retake_desktop.domain.problems import Remedy
from retake_desktop.ui import problems, text

_WAIT_REMEDY = {
    Wait.TOKEN: Remedy.ENTER_TOKEN,
    Wait.OTHER_ACCOUNT: Remedy.ENTER_TOKEN,
    Wait.FOREIGN_HOST: Remedy.ALLOW_HOST,
    Wait.HOSTING: Remedy.SET_UP_STORAGE,
}
_WAIT_KIND = {
    Wait.OTHER_ACCOUNT: ErrorKind.OTHER_ACCOUNT,
    Wait.FOREIGN_HOST: ErrorKind.FOREIGN_HOST,
    Wait.HOSTING: ErrorKind.HOSTING_TROUBLE,
}
_PASSING = frozenset({ErrorKind.OFFLINE, ErrorKind.SERVICE_TROUBLE, ErrorKind.RATE_LIMITED})
_BEYOND_FETCHING = frozenset({Remedy.ALLOW_HOST, Remedy.ENTER_TOKEN})


def remedy_of(job: Job) -> Remedy:
    """The one thing that helps `job` on now; NONE where it goes on by itself or nothing can be done."""
    if job.stage is Stage.UNKNOWN:
        return Remedy.SEND_AGAIN
    if job.wait in _WAIT_REMEDY:
        return _WAIT_REMEDY[job.wait]
    if job.wait is Wait.NETWORK:
        return Remedy.NONE
    found = problems.remedy(job.problem) if job.problem is not None else Remedy.NONE
    if job.stage is Stage.DOWNLOAD_FAILED:
        return found if found in _BEYOND_FETCHING else Remedy.FETCH_AGAIN
    if found is Remedy.LOOK_AGAIN and job.stage is not Stage.EXPIRED:
        return Remedy.NONE
    if found is Remedy.TRY_AGAIN:
        runs_anew = job.stage is Stage.FAILED and job.request_id is None
        return found if runs_anew else Remedy.NONE
    return Remedy.NONE if found in (Remedy.SEND_AGAIN, Remedy.FETCH_AGAIN) else found


def told(job: Job) -> str:
    """What is wrong and what to do; empty where all is well."""
    if job.problem is None:
        return _waiting(job.wait) if job.wait else ""
    if job.wait is Wait.NETWORK and job.problem.kind not in _PASSING:
        # Nothing is decided yet: what the person could do about it may cost a second time.
        return text.sentences((problems.sentence(job.problem), text.wait(job.wait)))
    return problems.message(job.problem)


def _waiting(wait: Wait) -> str:
    """What it waits for, and what to do about that where it needs the person."""
    if wait in _WAIT_KIND:
        return problems.message(Problem(_WAIT_KIND[wait]))
    words = text.wait(wait)
    return text.sentences((words, problems.next_step(ErrorKind.BAD_TOKEN))) if wait is Wait.TOKEN else words
