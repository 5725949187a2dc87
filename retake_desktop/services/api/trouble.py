"""What an unhappy answer of the service means: `error_code` first, then the HTTP status."""

import re
from datetime import timedelta
from typing import Any

import msgspec

from retake_desktop.domain.errors import Doubt, ErrorKind, RetakeError

_BY_CODE = {
    400001: ErrorKind.MODEL_GONE,
    400002: ErrorKind.NO_BALANCE,
    10001: ErrorKind.NO_BALANCE,
    400004: ErrorKind.BAD_TOKEN,
    401001: ErrorKind.BAD_TOKEN,
    403001: ErrorKind.OTHER_ACCOUNT,
    403003: ErrorKind.BAD_TOKEN,
    404001: ErrorKind.EXPIRED,
    422001: ErrorKind.REFUSED,
    500001: ErrorKind.SERVICE_TROUBLE,
}
_BY_STATUS = {
    400: ErrorKind.REFUSED,
    401: ErrorKind.BAD_TOKEN,
    402: ErrorKind.NO_BALANCE,
    403: ErrorKind.BAD_TOKEN,
    404: ErrorKind.EXPIRED,
    408: ErrorKind.SERVICE_TROUBLE,
    409: ErrorKind.SERVICE_TROUBLE,
    410: ErrorKind.EXPIRED,
    413: ErrorKind.REFUSED,
    415: ErrorKind.REFUSED,
    422: ErrorKind.REFUSED,
    425: ErrorKind.SERVICE_TROUBLE,
    429: ErrorKind.RATE_LIMITED,
}
_LONG_WORD = re.compile(r"\S{120,}")
_SIGNED_URL = re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\"]+")


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises RetakeError(SERVICE_TROUBLE) for anything else."""
    try:
        reply = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = "a web page" if body.lstrip()[:1] == b"<" else "something that is not JSON"
        raise RetakeError(ErrorKind.SERVICE_TROUBLE, f"it answered with {what}") from error
    if not isinstance(reply, dict):
        raise RetakeError(ErrorKind.SERVICE_TROUBLE, "it answered with JSON of an unexpected form")
    return reply


def error_in(status: int, reply: dict[str, Any], retry_after: timedelta | None = None) -> RetakeError | None:
    """The error that an answer states, or None for a plain success. Errors may come with HTTP 200."""
    code = _code(reply.get("error_code"))
    if code is None and 200 <= status < 300:
        return None
    kind = _BY_CODE.get(code) if code is not None else None
    if kind is None:
        kind = _kind_by_status(_status_of(code) if code is not None else status)
    doubt = Doubt.NO_CODE if code is None else Doubt.NONE
    return RetakeError(kind, _message(reply, status), retry_after=retry_after, doubt=doubt)


def error_from(status: int, body: bytes, retry_after: timedelta | None = None) -> RetakeError | None:
    """As `error_in`, for a body that may not be JSON at all."""
    try:
        reply = json_object(body)
    except RetakeError as unreadable:
        if 200 <= status < 300:
            return unreadable
        kind = _kind_by_status(status)
        doubt = Doubt.NO_ANSWER if body.strip() else Doubt.NO_CODE
        return RetakeError(kind, f"HTTP {status}", retry_after=retry_after, doubt=doubt)
    return error_in(status, reply, retry_after)


def _kind_by_status(status: int) -> ErrorKind:
    return _BY_STATUS.get(status, ErrorKind.REFUSED if 400 <= status < 500 else ErrorKind.SERVICE_TROUBLE)


def _code(value: object) -> int | None:
    if isinstance(value, str) and value.isdecimal():
        value = int(value[:9])
    return value if isinstance(value, int) and not isinstance(value, bool) and value else None


def _status_of(code: int) -> int:
    """The first three digits of a six-digit code follow the HTTP status."""
    return code // 1000 if 100_000 <= code <= 599_999 else 500


def _message(reply: dict[str, Any], status: int) -> str:
    for name in ("error_message", "message", "error", "detail"):
        text = own_words(reply.get(name))
        if text:
            return text
    return f"HTTP {status}"


def own_words(value: object) -> str:
    """What the service says about a trouble, as one short text without clips and signed URLs that it may echo."""
    if not value:
        return ""
    if isinstance(value, list):
        # Validation errors repeat the whole input beside each message.
        told = [f"{_place(item)}{item['msg']}" for item in value if isinstance(item, dict) and "msg" in item]
        value = "; ".join(told) or value
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    # An echoed clip would be one long word.
    return _SIGNED_URL.sub(r"\1?[…]", _LONG_WORD.sub("[…]", text))[:300]


def _place(item: dict[str, Any]) -> str:
    place = item.get("loc")
    return ".".join(str(part) for part in place) + ": " if isinstance(place, list) and place else ""
