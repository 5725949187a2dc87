"""What can go wrong, as kinds. The kind decides what happens next; the sentence for the person is in `problems`.

Anything that is not a `RetakeError` is a bug.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum


class ErrorKind(StrEnum):
    """Every situation that the app tells apart. Stored as text and printed by the command line."""

    UNREADABLE_MEDIA = "unreadable_media"
    """Not a video, empty, a directory, without a picture, or broken."""
    FILE_TROUBLE = "file_trouble"
    """A file or folder has vanished or may not be read or written."""
    ORIGINAL_MISSING = "original_missing"
    """The video that a take was made from is not where it was, nor near there."""
    ORIGINAL_CHANGED = "original_changed"
    """In its place lies another video, or it has been edited since."""
    WEB_VIDEO = "web_video"
    """The video at an address cannot be fetched, or is none."""
    NO_SPACE = "no_space"
    MEDIA_FAILED = "media_failed"
    """Decoding or encoding stopped in the middle of a job."""
    INVALID_REQUEST = "invalid_request"
    """Refused here, before anything was sent: empty prompt, span too short, unusable address."""
    NO_TOKEN = "no_token"
    BAD_TOKEN = "bad_token"
    NO_BALANCE = "no_balance"
    MODEL_GONE = "model_gone"
    REFUSED = "refused"
    """The service answered the submission with 400 or 422; nothing was accepted."""
    INLINE_REFUSED = "inline_refused"
    """The service does not take the clip inside the request."""
    HOSTING_TROUBLE = "hosting_trouble"
    """The clip could not be brought to the person's storage, or the service could not fetch it from there."""
    OTHER_ACCOUNT = "other_account"
    OVER_LIMIT = "over_limit"
    """The person's own spending limits hold it back; nothing was sent."""
    RATE_LIMITED = "rate_limited"
    OFFLINE = "offline"
    """No usable connection to the service."""
    SERVICE_TROUBLE = "service_trouble"
    """The service answered with 5xx or with something unreadable."""
    UNKNOWN_SUBMISSION = "unknown_submission"
    """The submission may or may not have been accepted; sending again may bill twice."""
    FAILED_AT_SERVICE = "failed_at_service"
    EXPIRED = "expired"
    NO_OUTPUT = "no_output"
    """The service reports success without a usable video."""
    FOREIGN_HOST = "foreign_host"
    """The result lies on a host that the app does not fetch from unasked."""
    DOWNLOAD_FAILED = "download_failed"
    CANCELLED = "cancelled"
    KEYRING_TROUBLE = "keyring_trouble"
    HISTORY_TROUBLE = "history_trouble"
    """The record of jobs cannot be read or written."""
    HISTORY_DAMAGED = "history_damaged"
    """Part of the record could not be read; the rest was carried over, and nothing was overwritten."""
    APP_FAULT = "app_fault"
    """A bug of ours, told so that it can be reported."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with a job: saved with it, shown with it.

    `detail` is plain technical text, already free of tokens, prompts and signed URL queries.
    """

    kind: ErrorKind
    detail: str = ""


class Doubt(Enum):
    """How surely it was the service itself that spoke, and not a proxy or gateway in front of it."""

    NONE = "none"
    """The answer carries the service's own error code."""
    NO_CODE = "no_code"
    """JSON without a code, or nothing at all: the service, or a gateway."""
    NO_ANSWER = "no_answer"
    """A web page, or any other text."""


class RetakeError(Exception):
    """An expected trouble. Raised at the boundaries (files, network, keyring), decided upon by its kind.

    `retry_after` is the pause that the service asked for, if it asked for one; `doubt` is of an answer of the service.
    """

    def __init__(
        self,
        kind: ErrorKind,
        detail: str = "",
        *,
        request_id: str | None = None,
        retry_after: timedelta | None = None,
        doubt: Doubt = Doubt.NONE,
    ) -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail
        self.request_id = request_id
        self.retry_after = retry_after
        self.doubt = doubt

    @property
    def problem(self) -> Problem:
        return Problem(self.kind, self.detail)


def os_reason(error: OSError) -> str:
    """The system's own words for a failed file operation, without Python's decoration."""
    return error.strerror or type(error).__name__
