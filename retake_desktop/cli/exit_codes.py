"""What the exit codes mean, and which one a job or an error earns."""

from enum import IntEnum

from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Job, Stage, Wait


class Exit(IntEnum):
    READY = 0
    UNUSABLE = 2
    """Usage or unusable input."""
    REFUSED = 3
    """Before submission, or by the service's answer to it, with nothing accepted."""
    ACCOUNT = 4
    """Token or balance."""
    FAILED = 5
    """Failed at the service, cancelled or expired."""
    UNKNOWN = 6
    """A submission that may or may not have been accepted."""
    RESUMABLE = 7
    """No answer for the patience given, or a result that could not be fetched: the job stays open."""
    INTERRUPTED = 130


_BY_KIND = {
    ErrorKind.UNREADABLE_MEDIA: Exit.UNUSABLE,
    ErrorKind.FILE_TROUBLE: Exit.UNUSABLE,
    ErrorKind.WEB_VIDEO: Exit.UNUSABLE,
    ErrorKind.ORIGINAL_MISSING: Exit.UNUSABLE,
    ErrorKind.ORIGINAL_CHANGED: Exit.UNUSABLE,
    ErrorKind.NO_TOKEN: Exit.ACCOUNT,
    ErrorKind.BAD_TOKEN: Exit.ACCOUNT,
    ErrorKind.NO_BALANCE: Exit.ACCOUNT,
    ErrorKind.KEYRING_TROUBLE: Exit.ACCOUNT,
    ErrorKind.OTHER_ACCOUNT: Exit.ACCOUNT,
    ErrorKind.FAILED_AT_SERVICE: Exit.FAILED,
    ErrorKind.CANCELLED: Exit.FAILED,
    ErrorKind.EXPIRED: Exit.FAILED,
    ErrorKind.UNKNOWN_SUBMISSION: Exit.UNKNOWN,
    ErrorKind.OFFLINE: Exit.RESUMABLE,
}

_BY_WAIT: dict[Wait | None, Exit] = {
    Wait.TOKEN: Exit.ACCOUNT,
    Wait.OTHER_ACCOUNT: Exit.ACCOUNT,
    Wait.HOSTING: Exit.REFUSED,
}


def for_kind(kind: ErrorKind) -> Exit:
    """The code for an error that came before, or instead of, a job."""
    return _BY_KIND.get(kind, Exit.REFUSED)


def for_job(job: Job) -> Exit:
    """The code for a job that has come to rest."""
    match job.stage:
        case Stage.READY | Stage.KEPT | Stage.DISCARDED:
            return Exit.READY
        case Stage.UNKNOWN:
            return Exit.UNKNOWN
        case Stage.CANCELLED | Stage.EXPIRED:
            return Exit.FAILED
        case Stage.FAILED:
            return for_kind(job.problem.kind) if job.problem else Exit.FAILED
        case _:
            return _BY_WAIT.get(job.wait, Exit.RESUMABLE)
