"""Faults that the demo service can be told to have, at start (`--faults JSON`) or while it runs (`PUT /demo/faults`).

The JSON is a list of faults, each an object with its `kind` (the tags of the classes below), for example

    [{"kind": "answer", "call": "submit", "status": 429, "headers": {"Retry-After": "2"}},
     {"kind": "cut", "call": "submit", "when": "before_answering", "skip": 1},
     {"kind": "lie", "call": "status", "lie": "unknown_status", "times": null}]

Every fault strikes `times` times (null: always) after letting `skip` calls pass. Several may strike the same call.
"""

import threading
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import msgspec


class Call(StrEnum):
    """The service's calls, as faults and the log name them."""

    SUBMIT = "submit"
    STATUS = "status"
    RESULT = "result"
    CANCEL = "cancel"
    MODEL = "model"
    MODELS = "models"
    UPLOAD = "upload"
    FILE = "file"
    """Fetching an upload."""
    OUTPUT = "output"
    """Downloading a result."""
    WORK = "work"
    """No call at all: the work on a request."""


class When(StrEnum):
    BEFORE_READING = "before_reading"
    """The request's body has not been read; nothing was accepted."""
    AFTER_READING = "after_reading"
    """The body was read, and the service fell over: nothing was accepted."""
    BEFORE_ANSWERING = "before_answering"
    """The call took effect, and the client never hears of it."""
    IN_ANSWER = "in_answer"
    """After the first `after_bytes` bytes of the answer's body."""


class Lie(StrEnum):
    UNKNOWN_STATUS = "unknown_status"
    WRONG_TYPES = "wrong_types"
    NO_REQUEST_ID = "no_request_id"
    NO_OUTPUT = "no_output"
    OUTPUT_IN_VIDEOS = "output_in_videos"
    TRUNCATED = "truncated"
    """JSON that ends in the middle, in a complete HTTP answer."""
    DUPLICATE_KEYS = "duplicate_keys"
    """The status and the request id twice: first wrong ones, then the true ones."""
    HUGE = "huge"
    """The true answer in 8 MB of JSON."""


class _Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    times: int | None = 1
    skip: int = 0


class _CallFault(_Fault, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    call: Call


class Delay(_CallFault, frozen=True, kw_only=True, tag="delay"):
    """Waits `seconds`, either before reading the request or, with its effect done, before answering."""

    seconds: float
    when: When = When.BEFORE_ANSWERING


class Answer(_CallFault, frozen=True, kw_only=True, tag="answer"):
    """Answers with this status and `body` (JSON) or `text` (HTML); `accepted` lets the call take effect first."""

    status: int
    body: Any = None
    text: str | None = None
    headers: dict[str, str] = {}
    accepted: bool = False


class Cut(_CallFault, frozen=True, kw_only=True, tag="cut"):
    """Closes the connection. `after_bytes` counts body bytes, for `in_answer`."""

    when: When
    after_bytes: int = 16


class Drip(_CallFault, frozen=True, kw_only=True, tag="drip"):
    """Sends the answer's body in `pieces`, with `seconds` between them."""

    seconds: float
    pieces: int = 8


class Lying(_CallFault, frozen=True, kw_only=True, tag="lie"):
    """Turns the true JSON answer into a false one."""

    lie: Lie


class Patch(_CallFault, frozen=True, kw_only=True, tag="patch"):
    """Puts fields into the true JSON answer (`null` stays null) and takes fields away."""

    set: dict[str, Any] = {}
    remove: list[str] = []


class WorkFails(_Fault, frozen=True, kw_only=True, tag="work_fails"):
    """The request fails: `completed` on `/status`, `failed` with this error on `/result`."""

    error: str = "The model could not process this video."


class OtherRate(_Fault, frozen=True, kw_only=True, tag="other_rate"):
    """The result comes back at `rate` frames a second: resampled, or with `restamp` every frame shown a bit longer."""

    rate: int
    restamp: bool = False


class FramesShort(_Fault, frozen=True, kw_only=True, tag="frames_short"):
    """The result ends `frames` frames early, or with `at_start` begins so many late."""

    frames: int
    at_start: bool = False


class OtherLevels(_Fault, frozen=True, kw_only=True, tag="other_levels"):
    """All of the result is brighter by so many levels of 255 and louder by so many decibels."""

    brighter: int = 0
    louder: float = 0.0


CallFault = Delay | Answer | Cut | Drip | Lying | Patch
WorkFault = WorkFails | OtherRate | FramesShort | OtherLevels
Fault = CallFault | WorkFault


def faults_from_json(text: str | bytes) -> list[Fault]:
    """Raises msgspec.DecodeError (or its ValidationError), whose text says what is wrong."""
    return msgspec.json.decode(text, type=list[Fault])


def rate_limited(call: Call, retry_after: int = 1, times: int | None = 1) -> Answer:
    body = {"error_code": 429001, "error_message": "Too many requests."}
    return Answer(call=call, status=429, body=body, headers={"Retry-After": str(retry_after)}, times=times)


def html_page(call: Call, status: int = 502, times: int | None = 1) -> Answer:
    """What a proxy in front of a service says."""
    page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>"
    return Answer(call=call, status=status, text=page, times=times)


def expired(call: Call, times: int | None = None) -> Answer:
    body = {"error_code": 404001, "error_message": "The request does not exist, was deleted or has expired."}
    return Answer(call=call, status=404, body=body, times=times)


class FaultPlan:
    """The faults still to come. Safe to use from several threads."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self._guard = threading.Lock()
        self._faults = list(faults)

    def replace(self, faults: Iterable[Fault]) -> None:
        with self._guard:
            self._faults = list(faults)

    def add(self, *faults: Fault) -> None:
        with self._guard:
            self._faults.extend(faults)

    def pending(self) -> list[Fault]:
        with self._guard:
            return list(self._faults)

    def take(self, call: Call) -> list[Fault]:
        """The faults that strike this call; counts them down."""
        with self._guard:
            struck: list[Fault] = []
            left: list[Fault] = []
            for fault in self._faults:
                if _call_of(fault) is not call:
                    left.append(fault)
                elif fault.skip:
                    left.append(msgspec.structs.replace(fault, skip=fault.skip - 1))
                else:
                    struck.append(fault)
                    left.extend(_next_time(fault))
            self._faults = left
            return struck


def _call_of(fault: Fault) -> Call:
    return fault.call if isinstance(fault, _CallFault) else Call.WORK


def _next_time(fault: Fault) -> list[Fault]:
    if fault.times is None:
        return [fault]
    return [msgspec.structs.replace(fault, times=fault.times - 1)] if fault.times > 1 else []
