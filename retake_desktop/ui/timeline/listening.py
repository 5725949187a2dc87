"""What is heard and seen around a selection."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.overview import Cancelled, Here, Reader

REACH = Fraction(3)
"""Seconds listened to before and after the selection."""
_PAUSE = Fraction(3, 25)
"""Seconds. Between words, much shorter stretches count as quiet than between sentences."""


@dataclass(frozen=True, slots=True)
class Facts:
    """About `span`: speech and quiet around it in seconds of clip time, and frames in it that begin a new shot."""

    span: Span
    speech: tuple[Span, ...]
    quiet: tuple[Span, ...]
    cuts: tuple[int, ...]


def facts_question(clip: Clip, span: Span, reader: Callable[[], Reader] = Here) -> Callable[[Cancelled], Facts]:
    """Asks what `reader` gives, by default here, for the facts about `span` of `clip`. Raises what that raises."""

    def ask(given_up: Cancelled) -> Facts:
        asked = reader()
        around = Span(max(Fraction(0), span.start - REACH), min(clip.duration, span.end + REACH))
        sounds = asked.sounds(clip, around, _PAUSE, given_up)
        frames = clip.frames
        first, end = frames.nearest_boundary(span.start), frames.nearest_boundary(span.end)
        return Facts(span, sounds.speech, sounds.quiet, asked.cuts(clip, first + 1, end, given_up))

    return ask
