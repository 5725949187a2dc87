"""The contract's bodies: what a retake request holds and what the calls answer."""

from enum import StrEnum
from typing import Annotated, Any

import msgspec

from retake_desktop.demo.refusals import invalid_input
from retake_desktop.domain.retake import Mode

Seconds = Annotated[float, msgspec.Meta(ge=0, le=20)]


class RetakeInput(msgspec.Struct, frozen=True):
    """The model's input, by the schema of `ltx/ltx-2/retake-video`. Unknown fields are ignored."""

    prompt: str
    video_url: str
    start_time: Seconds = 0.0
    duration: Seconds = 5.0
    retake_mode: Mode = Mode.PICTURE_AND_SOUND


class StatusWord(StrEnum):
    """The words of `/status`; a failed request is `completed` there, only `/result` tells."""

    IN_QUEUE = "in_queue"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ResultWord(StrEnum):
    """The words of `/result`; also the states that a request is stored with."""

    IN_QUEUE = "in_queue"
    IN_PROGRESS = "in_progress"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self in {ResultWord.SUCCEEDED, ResultWord.FAILED, ResultWord.CANCELLED}

    @property
    def status(self) -> StatusWord:
        finished = self in {ResultWord.SUCCEEDED, ResultWord.FAILED}
        return StatusWord.COMPLETED if finished else StatusWord(self.value)


class Outcome(StrEnum):
    CANCELLED = "cancelled"
    NOT_CANCELLABLE = "not_cancellable"


class Submitted(msgspec.Struct):
    request_id: str
    status_url: str
    result_url: str
    cancel_url: str


class StatusAnswer(msgspec.Struct, omit_defaults=True):
    request_id: str
    status: StatusWord
    status_url: str
    result_url: str
    queue_position: int | None = None


class ResultAnswer(msgspec.Struct, omit_defaults=True):
    """`created_at` and `finished_at` are ISO 8601 in UTC; `cost` is US dollars, when asked for."""

    request_id: str
    status: ResultWord
    created_at: str
    finished_at: str | None = None
    output: dict[str, str] | None = None
    error: str | None = None
    cost: float | None = None


class CancelAnswer(msgspec.Struct):
    request_id: str
    status: StatusWord
    outcome: Outcome


class Uploaded(msgspec.Struct):
    url: str


def parse_input(body: bytes) -> RetakeInput:
    """The input in a request's body. Raises RefusalError (422001) that names every field that is wrong."""
    try:
        raw = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise invalid_input([_fault(["body"], str(error), "json_invalid")]) from error
    if not isinstance(raw, dict):
        raise invalid_input([_fault(["body"], "Expected an object.", "object_type")])
    faults = [fault for field in msgspec.structs.fields(RetakeInput) for fault in _field_faults(field, raw)]
    if faults:
        raise invalid_input(faults)
    return msgspec.convert(raw, RetakeInput)


def _field_faults(field: msgspec.structs.FieldInfo, raw: dict[str, Any]) -> list[dict[str, Any]]:
    if field.name not in raw:
        return [_fault(["body", field.name], "Field required.", "missing")] if field.required else []
    try:
        msgspec.convert(raw[field.name], field.type)
    except msgspec.ValidationError as error:
        return [_fault(["body", field.name], str(error), "value_error")]
    return []


def _fault(location: list[str], message: str, kind: str) -> dict[str, Any]:
    return {"loc": location, "msg": message, "type": kind}
