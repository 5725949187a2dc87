"""What a splice will do, or did, as data: what is copied, what is coded anew, and why."""

from dataclasses import dataclass
from enum import StrEnum


class SpliceMethod(StrEnum):
    LOSSLESS = "lossless"
    """Every packet outside the stretches is copied bit for bit."""
    REENCODED = "reencoded"
    """The whole picture is coded once more."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `first` to `end` (not included) are coded anew, for the sake of frames `moment_first` to `moment_end`,
    which a take changes. `reason` is a sentence for the person."""

    first: int
    end: int
    moment_first: int
    moment_end: int
    reason: str


@dataclass(frozen=True, slots=True)
class SplicePlan:
    """What a splice will do. `reason` and `sound` are sentences for the person."""

    frames_total: int
    frames_untouched: int
    method: SpliceMethod
    reason: str
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class SpliceReport:
    """What was done: `frames_untouched` are bit for bit the original's; `reason` and `sound` are sentences for the
    person."""

    output: str
    frames_total: int
    frames_untouched: int
    method: SpliceMethod
    reason: str
    stretches: tuple[Stretch, ...] = ()
    sound: str = ""
