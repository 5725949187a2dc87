"""Times, sizes, money and stages as people read them, in their own language."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from retake_desktop.domain.job import Job, Progress, Stage, Wait
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.domain.retake import Mode

_MODES = {
    Mode.PICTURE: QT_TRANSLATE_NOOP("Text", "Picture"),
    Mode.SOUND: QT_TRANSLATE_NOOP("Text", "Sound"),
    Mode.PICTURE_AND_SOUND: QT_TRANSLATE_NOOP("Text", "Picture and sound"),
}

_STAGES = {
    Stage.DRAFT: QT_TRANSLATE_NOOP("Text", "Starting"),
    Stage.PREPARING: QT_TRANSLATE_NOOP("Text", "Preparing the video"),
    Stage.HOSTING: QT_TRANSLATE_NOOP("Text", "Getting it to the service"),
    Stage.SUBMITTING: QT_TRANSLATE_NOOP("Text", "Asking for the retake"),
    Stage.QUEUED: QT_TRANSLATE_NOOP("Text", "In the queue"),
    Stage.RUNNING: QT_TRANSLATE_NOOP("Text", "Being made"),
    Stage.DOWNLOADING: QT_TRANSLATE_NOOP("Text", "Fetching the result"),
    Stage.READY: QT_TRANSLATE_NOOP("Text", "Ready to review"),
    Stage.KEPT: QT_TRANSLATE_NOOP("Text", "Kept"),
    Stage.DISCARDED: QT_TRANSLATE_NOOP("Text", "Discarded"),
    Stage.UNKNOWN: QT_TRANSLATE_NOOP("Text", "Needs your decision"),
    Stage.CANCELLING: QT_TRANSLATE_NOOP("Text", "Cancelling"),
    Stage.CANCELLED: QT_TRANSLATE_NOOP("Text", "Cancelled"),
    Stage.FAILED: QT_TRANSLATE_NOOP("Text", "Failed"),
    Stage.EXPIRED: QT_TRANSLATE_NOOP("Text", "Expired"),
    Stage.DOWNLOAD_FAILED: QT_TRANSLATE_NOOP("Text", "Paid for, not fetched yet"),
}

_WAITS = {
    Wait.TOKEN: QT_TRANSLATE_NOOP("Text", "Waiting for a valid API token."),
    Wait.NETWORK: QT_TRANSLATE_NOOP("Text", "Waiting for the connection; goes on by itself."),
    Wait.OTHER_ACCOUNT: QT_TRANSLATE_NOOP("Text", "Waiting for the token of the account that it belongs to."),
    Wait.OTHER_SERVICE: QT_TRANSLATE_NOOP("Text", "Waiting for the service address that it belongs to."),
    Wait.OTHER_PROCESS: QT_TRANSLATE_NOOP("Text", "Another Retake Desktop process takes care of it."),
    Wait.FOREIGN_HOST: QT_TRANSLATE_NOOP("Text", "Waiting for your word on the server that holds the result."),
    Wait.HOSTING: QT_TRANSLATE_NOOP("Text", "Waiting for another way to get the clip to the service."),
}

_BYTE_STAGES = frozenset({Stage.HOSTING, Stage.SUBMITTING, Stage.DOWNLOADING})


def _words(text: str) -> str:
    return QCoreApplication.translate("Text", text)


def sentences(said: Iterable[str]) -> str:
    """One after the other, with a space between them in a language that writes one; empty ones are left out."""
    pattern = _words("{first} {second}")
    told = ""
    for sentence in filter(None, said):
        told = pattern.format(first=told, second=sentence) if told else sentence
    return told


def seconds(time: Fraction, digits: int = 1) -> str:
    """`6.0 s`, in the person's number format."""
    return _words("{number} s").format(number=QLocale().toString(float(time), "f", digits))


def whole_seconds(time: Fraction) -> str:
    """`184 s` for long stretches, `12.4 s` below a minute."""
    return seconds(time, 0 if time >= 60 else 1)


def seconds_of(amount: Decimal) -> str:
    """Seconds of a receipt, in the person's number format."""
    return seconds(Fraction(amount), 2)


def left(remaining: float) -> str:
    """`about 20 s left`, or minutes from one and a half on; never a second too exact."""
    if remaining < 90:
        return _words("about {number} s left").format(number=number(max(5, 5 * round(remaining / 5))))
    return _words("about {number} min left").format(number=number(round(remaining / 60)))


def day(at: datetime) -> str:
    """`29 Nov`, in the person's zone and language."""
    local = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    return QLocale().toString(local.date(), _words("d MMM"))


def size(count: int) -> str:
    """`12.3 MB`; powers of ten, as file managers show them."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def number(count: int) -> str:
    """`3,048`, in the person's number format."""
    return QLocale().toString(count)


def money(amount: Decimal) -> str:
    """`$0.60`; amounts below a cent keep the digits that tell them from nothing."""
    step = Decimal("0.01") if amount == 0 or amount >= Decimal("0.01") else Decimal("0.0001")
    rounded = amount.quantize(step, ROUND_HALF_UP)
    return f"${QLocale().toString(float(rounded), 'f', 2 if step == Decimal('0.01') else 4)}"


def elapsed(span: timedelta) -> str:
    """`1:05`, or `1:02:03` from an hour on."""
    total = max(0, int(span.total_seconds()))
    minutes, second = divmod(total, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}:{second:02d}" if hour else f"{minute}:{second:02d}"


def moment(at: datetime) -> str:
    """A date and time in the person's zone and format."""
    local = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def mode(value: Mode) -> str:
    return _words(_MODES[value])


def stage(value: Stage) -> str:
    return _words(_STAGES[value])


def wait(value: Wait) -> str:
    return _words(_WAITS[value])


def progress(value: Progress, of: Stage) -> str:
    """`3.1 of 8.2 MB` while bytes travel, `40 of 150 frames` otherwise; without a total only what is done."""
    written = size if of in _BYTE_STAGES else number
    if value.total is None:
        return written(value.done)
    pattern = "{done} of {total}" if of in _BYTE_STAGES else "{done} of {total} frames"
    return _words(pattern).format(done=written(value.done), total=written(value.total))


def status(job: Job) -> str:
    """Where a take stands: its stage, with the place in the queue."""
    parts = [stage(job.stage)]
    if job.cancel_asked and job.stage is not Stage.CANCELLING and job.is_open:
        parts = [_words("Cancel asked for")]
    if job.stage is Stage.QUEUED and job.queue_position is not None:
        parts.append(_words("number {position}").format(position=number(job.queue_position)))
    return " · ".join(parts)


def figures(job: Job, now: datetime, *, usual: timedelta | None = None, seconds_left: float | None = None) -> str:
    """What can be counted of a take: which of how many, progress, time it has taken, cost.

    The time counts from the submission once there was one, and stands against `usual` where that is known.
    """
    parts = []
    if job.request.takes > 1:
        parts.append(_words("take {take} of {takes}").format(take=job.take, takes=job.request.takes))
    if job.progress is not None and job.is_open:
        parts.append(progress(job.progress, job.stage))
    if seconds_left is not None and job.is_open:
        parts.append(left(seconds_left))
    if job.is_open and job.wait is None and seconds_left is None:
        parts.append(_time_taken(now - (job.submitted_at or job.created_at), usual))
    if job.service.is_demo:
        parts.append(_words("demo"))
    elif job.cost_usd is not None:
        parts.append(money(job.cost_usd))
    elif job.request_id is not None and job.estimate_usd is not None and not job.is_open:
        parts.append(_words("about {amount} (estimate)").format(amount=money(job.estimate_usd)))
    return " · ".join(parts)


def _time_taken(so_far: timedelta, usual: timedelta | None) -> str:
    if usual is None:
        return elapsed(so_far)
    return _words("{time} of usually {usual}").format(time=elapsed(so_far), usual=elapsed(usual))


# What lupdate must see, because `progress` chooses between them.
_PATTERNS = (
    QT_TRANSLATE_NOOP("Text", "{done} of {total}"),
    QT_TRANSLATE_NOOP("Text", "{done} of {total} frames"),
    QT_TRANSLATE_NOOP("Text", "{number} s"),
    QT_TRANSLATE_NOOP("Text", "Cancel asked for"),
)
