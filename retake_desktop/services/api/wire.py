"""RunComfy's Model API, as pure functions from request to bytes and from bytes to reply.

Source: RunComfy's document for `ltx/ltx-2/retake-video` (submit, status, result, cancel, schema) and its pages on
queue endpoints and error codes. Replies are hostile until read here.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.network import is_loopback
from retake_desktop.domain.price import Price
from retake_desktop.domain.retake import Mode
from retake_desktop.services.api.trouble import error_in, json_object, own_words

DEFAULT_BASE = "https://model-api.runcomfy.net"
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_MODEL_ID = re.compile(r"(?!.*(^|/)\.+(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){1,5}")
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f\\?#@]")
_LARGEST_AMOUNT = 1_000_000
"""US dollars. More is no price, and arithmetic with it could overflow."""


class RemoteState(Enum):
    """What the words of `/status` and `/result` mean."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    """On `/status` this may still be a failure; only `/result` tells."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNHEARD = "unheard"
    """A word that this version does not know. The job stays alive."""


_WORDS = {
    "in_queue": RemoteState.QUEUED,
    "pending": RemoteState.QUEUED,
    "waiting": RemoteState.QUEUED,
    "queued": RemoteState.QUEUED,
    "in_progress": RemoteState.RUNNING,
    "starting": RemoteState.RUNNING,
    "processing": RemoteState.RUNNING,
    "running": RemoteState.RUNNING,
    "completed": RemoteState.FINISHED,
    "succeeded": RemoteState.FINISHED,
    "failed": RemoteState.FAILED,
    "cancelled": RemoteState.CANCELLED,
    "canceled": RemoteState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Status:
    state: RemoteState
    queue_position: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """`videos` are the URLs found in the output, best first; `error` is the service's own text; `raw` its answer."""

    state: RemoteState
    videos: tuple[str, ...]
    cost_usd: Decimal | None
    error: str
    raw: str


@dataclass(frozen=True, slots=True)
class Model:
    model_id: str
    price: Price | None


@dataclass(frozen=True, slots=True)
class Submission:
    """One retake in the service's terms: times in seconds of the sent clip."""

    model_id: str
    prompt: str
    video_url: str
    start_time: Fraction
    duration: Fraction
    mode: Mode


def checked_base(text: str) -> str:
    """The API address without a trailing slash. Raises RetakeError(INVALID_REQUEST).

    https is required; plain http is accepted for loopback only.
    """
    base = text.strip().rstrip("/")
    if _NO_ADDRESS.search(base) or not _names_a_server(base):
        raise RetakeError(
            ErrorKind.INVALID_REQUEST, "RUNCOMFY_API_URL must be an https address (plain http on this machine only)"
        )
    return base


def _names_a_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        usable = bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:
        return False
    return usable and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url)))


def checked_request_id(text: str) -> str:
    """A request id that is safe in a path. Raises RetakeError(INVALID_REQUEST)."""
    if not _REQUEST_ID.fullmatch(text):
        raise RetakeError(ErrorKind.INVALID_REQUEST, "a request id holds letters, digits, - and _ only")
    return text


def model_path(model_id: str) -> str:
    """The path of a model: submissions go there, and its description comes from there."""
    if not _MODEL_ID.fullmatch(model_id):
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the model id must look like ltx/ltx-2/retake-video")
    return f"/v1/models/{quote(model_id)}"


def request_path(request_id: str, call: str) -> str:
    """`call` is status, result or cancel. URLs named by a reply are never used: they would receive the token."""
    return f"/v1/requests/{checked_request_id(request_id)}/{call}"


def sent_seconds(time: Fraction) -> float:
    """Seconds as a submission carries them: with microseconds, which is finer than any frame."""
    return round(float(time), 6)


def submission_body(submission: Submission) -> bytes:
    """The JSON of a submission; times as decimal numbers with microseconds, which is finer than any frame.

    Raises RetakeError(INVALID_REQUEST) for text that cannot be sent.
    """
    return msgspec.json.encode(
        {
            "prompt": sendable(submission.prompt, "the prompt"),
            "video_url": sendable(submission.video_url, "the address"),
            "start_time": sent_seconds(submission.start_time),
            "duration": sent_seconds(submission.duration),
            "retake_mode": submission.mode.value,
        }
    )


def sendable(text: str, what: str) -> str:
    """`text`, which is all Unicode. Raises RetakeError(INVALID_REQUEST) naming `what` when a part of it is not."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = f"{what} holds half a character at place {error.start + 1}; type it anew there"
        raise RetakeError(ErrorKind.INVALID_REQUEST, detail) from None
    return text


def read_submission(body: bytes) -> str | None:
    """The request id in the answer to a submission; None when there is none that can be used."""
    try:
        request_id = json_object(body).get("request_id")
    except RetakeError:
        return None
    return request_id if isinstance(request_id, str) and _REQUEST_ID.fullmatch(request_id) else None


def read_status(body: bytes) -> Status:
    """Raises RetakeError for an error body or an unreadable one."""
    reply = _checked(body)
    position = reply.get("queue_position")
    usable = isinstance(position, int) and not isinstance(position, bool) and 0 <= position < 1_000_000
    return Status(_state(reply), position if usable else None)


def read_result(body: bytes) -> Result:
    """Raises RetakeError for an error body or an unreadable one; a failed job is a result, not an error."""
    reply = json_object(body)
    state = _state(reply)
    if state is RemoteState.UNHEARD:
        # Error bodies have a `status` of their own.
        reply = _checked(body)
    return Result(
        state=state,
        videos=_videos(reply.get("output")),
        cost_usd=_money(reply.get("cost")),
        error=_error_text(reply),
        raw=body[:20_000].decode("utf-8", "replace"),
    )


def read_cancel(body: bytes) -> bool:
    """Whether the cancellation was accepted. The documented example says `completed` beside it: `outcome` decides."""
    reply = _checked(body)
    outcome = reply.get("outcome")
    if isinstance(outcome, str):
        return outcome.lower() in {"cancelled", "canceled"}
    return _state(reply) is RemoteState.CANCELLED


def read_model(model_id: str, body: bytes) -> Model:
    reply = _checked(body)
    base, unit = _money(reply.get("base_price_usd")), reply.get("price_unit")
    price = Price(base, unit) if base is not None and isinstance(unit, str) else None
    return Model(model_id, price)


def read_balance(body: bytes) -> Decimal | None:
    return _money(_checked(body).get("balance_usd"))


def _checked(body: bytes) -> dict[str, Any]:
    """The reply's object. Some calls answer 200 with an error inside; that raises here."""
    reply = json_object(body)
    error = error_in(200, reply)
    if error is not None:
        raise error
    return reply


def _state(reply: dict[str, Any]) -> RemoteState:
    word = reply.get("status")
    return _WORDS.get(word.strip().lower(), RemoteState.UNHEARD) if isinstance(word, str) else RemoteState.UNHEARD


def _videos(output: object) -> tuple[str, ...]:
    if not isinstance(output, dict):
        return ()
    one, several = output.get("video"), output.get("videos")
    if isinstance(one, str) and one:
        return (one,)
    return tuple(url for url in several if isinstance(url, str) and url) if isinstance(several, list) else ()


def _money(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < _LARGEST_AMOUNT else None


def _error_text(reply: dict[str, Any]) -> str:
    named = (reply.get(name) for name in ("error", "failure_reason", "error_message", "message", "detail"))
    return next((text for value in named if (text := own_words(value))), "")
