"""What the app and its media worker say to each other: MessagePack, each message after its length."""

from fractions import Fraction
from typing import IO, TypeVar

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Progress
from retake_desktop.domain.records import from_plain, to_plain
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media.cache import CachePlace
from retake_desktop.media.comparison import Comparison
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.picture import Picture

LENGTH_BYTES = 4


class Probe(msgspec.Struct, frozen=True, tag="probe"):
    """`box` is the size in pixels that a first picture must fit; None when nobody looks at one. In `cache` lies what
    was read before."""

    path: str
    box: tuple[int, int] | None = None
    cache: CachePlace | None = None


class Prepare(msgspec.Struct, frozen=True, tag="prepare"):
    clip: Clip
    request: RetakeRequest
    output: str
    max_bytes: int


class Verify(msgspec.Struct, frozen=True, tag="verify"):
    path: str
    window: Window | None


class Align(msgspec.Struct, frozen=True, tag="align"):
    """`sent` is the path of the prepared window."""

    sent: str
    result: Clip
    window: Window
    mode: Mode


class Compare(msgspec.Struct, frozen=True, tag="compare"):
    original: Clip
    result: Clip
    window: Window
    span: Span
    mode: Mode


class Splice(msgspec.Struct, frozen=True, tag="splice"):
    original: Clip
    takes: tuple[KeptTake, ...]
    output: str


class PlanSplice(msgspec.Struct, frozen=True, tag="plan_splice"):
    original: Clip
    takes: tuple[KeptTake, ...]


class SideBySide(msgspec.Struct, frozen=True, tag="side_by_side"):
    comparison: Comparison
    output: str


class Still(msgspec.Struct, frozen=True, tag="still"):
    comparison: Comparison
    time: Fraction


class TryHardware(msgspec.Struct, frozen=True, tag="try_hardware"):
    """Whether a graphics card may decode `clip`. The child is not used again: a driver may have left its marks."""

    clip: Clip


Call = Probe | Prepare | Verify | Align | Compare | Splice | PlanSplice | SideBySide | Still | TryHardware
"""One piece of work; the worker does one at a time."""


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """The call has been taken up: how long the child took to start is not the file's fault."""


class Advanced(msgspec.Struct, frozen=True, tag="advanced"):
    progress: Progress


class Glimpsed(msgspec.Struct, frozen=True, tag="glimpsed"):
    """The first picture of a file that is still being read.

    `origin` is its own time in the file, in seconds: where the clip's is the same, this is the clip's frame 0 as it is
    shown. None where it is shown otherwise, its fields being of two times.
    """

    picture: Picture
    origin: Fraction | None


class Done(msgspec.Struct, frozen=True, tag="done"):
    """`result` is what the called function returned, still encoded: the caller knows its type."""

    result: msgspec.Raw


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """A RetakeError."""

    kind: ErrorKind
    detail: str


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """Any other exception: a bug. `trace` is for the log."""

    name: str
    trace: str


Reply = Begun | Advanced | Glimpsed | Done | Failed | Broken

_T = TypeVar("_T")
_ENCODER = msgspec.msgpack.Encoder(enc_hook=to_plain)


def encoded(value: object) -> bytes:
    return _ENCODER.encode(value)


def decoded(payload: bytes | msgspec.Raw, kind: type[_T]) -> _T:
    """The value of type `kind`. Raises msgspec.DecodeError for anything else."""
    return msgspec.msgpack.decode(payload, type=kind, dec_hook=from_plain)


def decoded_call(payload: bytes) -> Call:
    call: Call = msgspec.msgpack.decode(payload, type=Call, dec_hook=from_plain)
    return call


def decoded_reply(payload: bytes) -> Reply:
    reply: Reply = msgspec.msgpack.decode(payload, type=Reply, dec_hook=from_plain)
    return reply


def framed(message: object) -> bytes:
    return b"".join(parts(message))


def parts(message: object) -> tuple[bytes, bytes]:
    """What `framed` joins."""
    payload = encoded(message)
    return len(payload).to_bytes(LENGTH_BYTES, "big"), payload


def read_framed(stream: IO[bytes]) -> bytes | None:
    """The next message's payload, None at the end of the stream."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    payload = stream.read(length)
    return payload if len(payload) == length else None
