"""What a before/after video shows, as data: what `media.side_by_side` is asked for and what it answers."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media.label import Bitmap

SWEEP = Fraction(4)
"""Seconds in which a moving divider goes from one edge to the other and back."""


class Layout(StrEnum):
    SIDE_BY_SIDE = "side_by_side"
    WIPE = "wipe"
    """Before on the left of a divider that stands in the middle."""
    MOVING_WIPE = "moving_wipe"
    """The divider goes from the right edge to the left and back, once in `SWEEP` seconds."""


class SoundFrom(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    IN_TURN = "in_turn"
    """Before in the first half, after in the second."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: `span` of `before`, in its clip time, with what `window` says of `after` for the same instants.

    Where `after` has nothing to show (outside the window), `before` is shown on both sides. The labels are laid over
    the upper corners.
    """

    before: Clip
    after: Clip
    window: Window
    span: Span
    layout: Layout = Layout.SIDE_BY_SIDE
    sound: SoundFrom = SoundFrom.IN_TURN
    most_height: int = 1080
    before_label: Bitmap | None = None
    after_label: Bitmap | None = None


@dataclass(frozen=True, slots=True)
class SideBySideReport:
    """What was written: `pairs` of the `frames` show the take, the others have nothing to compare with."""

    output: str
    frames: int
    pairs: int
    width: int
    height: int
