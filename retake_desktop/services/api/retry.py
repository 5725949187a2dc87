"""When to ask again, as pure functions, and what may become of a submission."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

LONGEST_PAUSE = timedelta(seconds=60)
LONGEST_RETRY_AFTER = timedelta(minutes=10)
SHORTEST_RETRY_AFTER = timedelta(seconds=1)
"""A service that says "at once" again and again must not be asked in a tight loop."""


def pause_after(failures: int, chance: float, retry_after: timedelta | None = None) -> timedelta:
    """How long to wait after the `failures`-th failure in a row (from 1); doubles from 1 s to a minute.

    `chance` in [0, 1) takes away up to a quarter, so that many jobs do not ask at the same instant. What the
    service asked for is honoured from one second up to ten minutes.
    """
    if retry_after is not None:
        return min(max(retry_after, SHORTEST_RETRY_AFTER), LONGEST_RETRY_AFTER)
    full = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(failures - 1, 10)))
    return full * (1 - chance / 4)


def pause_between_polls(waited: timedelta, chance: float) -> timedelta:
    """How long to wait before the next look at a job that has been followed for `waited`."""
    if waited < timedelta(seconds=30):
        full = timedelta(seconds=2)
    elif waited < timedelta(minutes=5):
        full = timedelta(seconds=5)
    else:
        full = timedelta(seconds=12)
    return full * (1 - chance / 4)


def read_retry_after(header: str | None, now: datetime) -> timedelta | None:
    """The pause in a Retry-After header: seconds or an HTTP date; None for anything else."""
    if not header:
        return None
    text = header.strip()
    if text.isdecimal():
        return timedelta(seconds=min(int(text[:9]), 86_400))
    at = read_date(text)
    return None if at is None else max(timedelta(0), at - now)


def read_date(header: str | None) -> datetime | None:
    """The instant in an HTTP date; None for anything else."""
    try:
        at = parsedate_to_datetime(header or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


class Verdict(Enum):
    """What a submission's end means."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The service said no: nothing was accepted."""
    SEND_AGAIN = "send_again"
    """Nothing was accepted, and asking again soon is right."""
    UNKNOWN = "unknown"


def verdict_on_answer(
    status: int, *, has_request_id: bool, error_status: int | None, whole_request_sent: bool = True
) -> Verdict:
    """What an answer to a submission means. `error_status` is the status that an `error_code` in the body stands for.

    A request id wins over everything else. Codes that a proxy may send after the service has taken the request
    (408, 409, 425, 3xx, 5xx, anything unreadable) leave it unknown; not so those of them that pass by themselves, when
    they came before the service had the whole request.
    """
    if has_request_id and 200 <= status < 300:
        return Verdict.ACCEPTED
    meant = error_status if 200 <= status < 300 and error_status is not None else status
    if meant == 429:
        return Verdict.SEND_AGAIN
    if 400 <= meant < 500 and meant not in {408, 409, 425}:
        return Verdict.REFUSED
    if not whole_request_sent and (meant in {408, 425} or meant >= 500):
        return Verdict.SEND_AGAIN
    return Verdict.UNKNOWN


def verdict_on_broken_connection(*, whole_request_sent: bool) -> Verdict:
    """What a connection that broke without an answer means: a service that never had the whole body took nothing."""
    return Verdict.UNKNOWN if whole_request_sent else Verdict.SEND_AGAIN
