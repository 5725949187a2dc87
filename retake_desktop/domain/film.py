"""The finished film: where its seams lie, what was made of it, and what a take of a finished film goes back to."""

from dataclasses import dataclass
from enum import StrEnum

MOST_CROSSFADE = 12
"""Frames; half a second at 24 frames a second, which is as far as the model's changes bleed."""


class SeamRule(StrEnum):
    """Where the picture changes over from the original to the take and back."""

    AUTOMATIC = "automatic"
    """Where before and after differ least, in the bleed zone around the selection."""
    EXACT = "exact"
    """At the ends of the selection."""
    CHOSEN = "chosen"
    """At frames that the person chose."""


@dataclass(frozen=True, slots=True)
class SeamChoice:
    """The seams of one take. With `CHOSEN`, frames `first` to `end` (not included) of the original are replaced.

    `crossfade` counts frames on each side, outside of those, that show a mix of both; 0 is a hard cut.
    """

    rule: SeamRule = SeamRule.AUTOMATIC
    first: int = 0
    end: int = 0
    crossfade: int = 0


DEFAULT_SEAMS = SeamChoice()


@dataclass(frozen=True, slots=True)
class Film:
    """A file that Keep has made.

    `stamp` tells whether somebody else has written to it since; `fingerprint` names its content, as `Clip` does.
    `seams` are those of the take that this is recorded with.
    """

    path: str
    stamp: str
    fingerprint: str
    seams: SeamChoice


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a source really is that Keep has made: an original with takes in it.

    A film is always built from that `original` (a path, and its content's `fingerprint`) and all `takes` (job ids,
    lower ones first), so that going on from a finished film encodes no picture twice.
    """

    original: str
    fingerprint: str
    takes: tuple[str, ...]
