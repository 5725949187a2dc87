"""What is heard and seen around a selection."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span

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


def facts_question(clip: Clip, span: Span) -> Callable[[Callable[[], bool]], Facts]:
    """Asks for the facts about `span` of `clip`. Raises RetakeError(FILE_TROUBLE | MEDIA_FAILED)."""

    def ask(given_up: Callable[[], bool]) -> Facts:
        # Not at the top: loading the decoder would hold up the window's first appearance.
        from retake_desktop.media.shots import cuts
        from retake_desktop.media.silence import silences
        from retake_desktop.media.speech import speech

        around = Span(max(Fraction(0), span.start - REACH), min(clip.duration, span.end + REACH))
        spoken: tuple[Span, ...] = ()
        quiet: tuple[Span, ...] = ()
        if clip.audio:
            spoken = tuple(speech(clip, given_up, around))
            quiet = tuple(silences(clip, given_up, least=_PAUSE, within=around))
        frames = clip.frames
        first, end = frames.nearest_boundary(span.start), frames.nearest_boundary(span.end)
        return Facts(span, spoken, quiet, tuple(cuts(clip, first + 1, end, given_up)))

    return ask
