"""What the app and the child that reads aside say to each other: MessagePack, each message after its length."""

from fractions import Fraction

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.records import from_plain
from retake_desktop.domain.span import Span
from retake_desktop.media.peaks import WaveformBlock


class Show(msgspec.Struct, frozen=True, tag="show"):
    """What is asked from now on is about `clip`: told once, since two hours of frame times are long."""

    clip: Clip


class Pictures(msgspec.Struct, frozen=True, tag="pictures"):
    number: int
    times: tuple[Fraction, ...]
    width: Fraction
    height: int


class Outline(msgspec.Struct, frozen=True, tag="outline"):
    number: int


class Listen(msgspec.Struct, frozen=True, tag="listen"):
    number: int
    within: Span
    pause: Fraction


class Cuts(msgspec.Struct, frozen=True, tag="cuts"):
    number: int
    first: int
    end: int


class GiveUp(msgspec.Struct, frozen=True, tag="give_up"):
    """Nobody waits for `number` any more."""

    number: int


Question = Pictures | Outline | Listen | Cuts
Message = Show | Question | GiveUp


class Piece(msgspec.Struct, frozen=True, tag="piece"):
    """Of what was asked for as `number`; whoever asked knows its type."""

    number: int
    value: msgspec.Raw


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    number: int


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """A RetakeError."""

    number: int
    kind: ErrorKind
    detail: str


Answer = Piece | Ended | Failed


class Block(msgspec.Struct, frozen=True, array_like=True):
    """A WaveformBlock without what follows from the rest."""

    index: int
    part: Fraction
    low: bytes
    high: bytes

    @classmethod
    def of(cls, block: WaveformBlock) -> "Block":
        return cls(block.index, block.part, block.low, block.high)

    def whole(self) -> WaveformBlock:
        return WaveformBlock(self.index, self.part, self.low, self.high)


def decoded_message(payload: bytes) -> Message:
    message: Message = msgspec.msgpack.decode(payload, type=Message, dec_hook=from_plain)
    return message


def decoded_answer(payload: bytes) -> Answer:
    answer: Answer = msgspec.msgpack.decode(payload, type=Answer, dec_hook=from_plain)
    return answer
