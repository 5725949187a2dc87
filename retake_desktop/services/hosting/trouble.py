"""What a storage's refusal means. Servers say it in their own codes; a person needs one of a dozen causes."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import Cause
from retake_desktop.domain.hosting_words import told
from retake_desktop.services.link import Answer, LinkError, Reach

_CODE = re.compile(rb"<Code>\s*([A-Za-z0-9_.-]{1,80})\s*</Code>", re.IGNORECASE)
_CLOCK_TOLERANCE = 300
"""Seconds; S3 allows 15 minutes, a short-lived signature less."""
_CAUSES = {
    "InvalidAccessKeyId": Cause.WRONG_KEY,
    "AccountNotFound": Cause.WRONG_KEY,
    "InvalidUserName": Cause.WRONG_KEY,
    "SignatureDoesNotMatch": Cause.WRONG_SECRET,
    "AuthenticationFailed": Cause.WRONG_SECRET,
    "AuthorizationFailure": Cause.WRONG_SECRET,
    "AuthorizationHeaderMalformed": Cause.WRONG_REGION,
    "AuthorizationQueryParametersError": Cause.WRONG_REGION,
    "PermanentRedirect": Cause.WRONG_REGION,
    "IllegalLocationConstraintException": Cause.WRONG_REGION,
    "NoSuchBucket": Cause.NO_BUCKET,
    "ContainerNotFound": Cause.NO_BUCKET,
    "InvalidBucketName": Cause.NO_BUCKET,
    "InvalidResourceName": Cause.NO_BUCKET,
    "RequestTimeTooSkewed": Cause.CLOCK,
    "RequestExpired": Cause.CLOCK,
    "AccessDenied": Cause.NO_PERMISSION,
    "AuthorizationPermissionMismatch": Cause.NO_PERMISSION,
    "AllAccessDisabled": Cause.NO_PERMISSION,
    "QuotaExceeded": Cause.NO_ROOM,
    "EntityTooLarge": Cause.NO_ROOM,
    "SlowDown": Cause.BUSY,
    "RequestTimeout": Cause.BUSY,
    "NoSuchKey": Cause.MISSING,
    "BlobNotFound": Cause.MISSING,
}
_BY_STATUS = {
    401: Cause.WRONG_SECRET,
    403: Cause.NO_PERMISSION,
    404: Cause.MISSING,
    405: Cause.NO_PERMISSION,
    409: Cause.NO_FOLDER,
    413: Cause.NO_ROOM,
    423: Cause.BUSY,
    507: Cause.NO_ROOM,
}
_ABOUT_ACCESS = frozenset({Cause.WRONG_SECRET, Cause.NO_PERMISSION, Cause.WRONG_KEY, Cause.OTHER})


class StorageError(RetakeError):
    """A storage said no. BUSY is worth another try (OFFLINE); the rest needs the person (HOSTING_TROUBLE)."""

    def __init__(self, cause: Cause, code: str = "") -> None:
        kind = ErrorKind.OFFLINE if cause in {Cause.BUSY, Cause.BROKE, Cause.NO_NETWORK} else ErrorKind.HOSTING_TROUBLE
        super().__init__(kind, told(cause, code))
        self.cause = cause
        self.code = code


def refusal(answer: Answer, now: datetime) -> StorageError:
    """The refusal that `answer` is. `now` is this computer's idea of the time, compared with the server's."""
    found = _CODE.search(answer.body)
    code = found[1].decode("ascii") if found else f"HTTP {answer.status}"
    cause = _CAUSES.get(code) or _BY_STATUS.get(answer.status) or _by_class(answer.status)
    if cause in _ABOUT_ACCESS and answer.status in {400, 401, 403} and _clocks_differ(answer, now):
        cause = Cause.CLOCK
    return StorageError(cause, code)


def _by_class(status: int) -> Cause:
    if status in {408, 429} or status >= 500:
        return Cause.BUSY
    return Cause.WRONG_REGION if status in {301, 307} else Cause.OTHER


def _clocks_differ(answer: Answer, now: datetime) -> bool:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return False
    if theirs.tzinfo is None:
        theirs = theirs.replace(tzinfo=UTC)
    return abs((theirs - now).total_seconds()) > _CLOCK_TOLERANCE


def from_link(error: LinkError) -> StorageError:
    """The same words for a server that could not be talked to."""
    causes = {Reach.NO_ANSWER: Cause.NO_NETWORK, Reach.TLS: Cause.TLS, Reach.BROKE: Cause.BROKE}
    return StorageError(causes[error.reach], error.detail)
