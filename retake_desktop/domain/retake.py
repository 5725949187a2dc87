"""What a person asks for, the model's limits, and what stands in the way of sending it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from retake_desktop.domain.clip import Clip, Finding
from retake_desktop.domain.span import Span

MODEL_ID = "ltx/ltx-2/retake-video"

MAX_PROMPT = 5000
"""Characters. Source: LTX API reference, retake."""
MIN_SPAN = Fraction(2)
"""Seconds. Source: LTX API reference, retake (`duration` >= 2), though RunComfy's schema says 0."""
MAX_SPAN = Fraction(20)
"""Seconds. Source: RunComfy's schema (`start_time` and `duration` up to 20)."""
MAX_START = Fraction(20)
MIN_WINDOW = Fraction(3)
MAX_WINDOW = Fraction(20)
MIN_WINDOW_FRAMES = 73
MAX_WINDOW_FRAMES = 505
"""Frames of the sent clip. Source: LTX API reference; 505 is the documented budget of the sibling model `extend`."""
DEFAULT_CONTEXT = Fraction(3, 2)
"""Seconds of untouched picture sent on each side of the selection, so that the model sees what surrounds it."""
BLEED = Fraction(1, 2)
"""Seconds around the selection that the model may change too. Source: LTX-Desktop, `MASK_DELTA_SECONDS`."""
DEFAULT_SPAN = Fraction(5)
MAX_TAKES = 8


class Mode(StrEnum):
    """What is made anew; the values are the service's own words."""

    SOUND = "replace_audio"
    PICTURE = "replace_video"
    PICTURE_AND_SOUND = "replace_audio_and_video"

    @property
    def replaces_picture(self) -> bool:
        return self is not Mode.SOUND

    @property
    def replaces_sound(self) -> bool:
        return self is not Mode.PICTURE


@dataclass(frozen=True, slots=True)
class RetakeRequest:
    """One press of Retake.

    `source` is an absolute path, or an https URL that the service fetches itself (then the whole file is sent).
    `span` is in the source's clip time. With `whole`, all of the source is sent instead of the window around `span`.
    `audio_track` is the place in `Clip.audio` of the sound that is sent.
    """

    source: str
    span: Span
    prompt: str
    mode: Mode = Mode.PICTURE_AND_SOUND
    takes: int = 1
    whole: bool = False
    context: Fraction = DEFAULT_CONTEXT
    model_id: str = MODEL_ID
    audio_track: int = 0

    @property
    def source_is_url(self) -> bool:
        return self.source.startswith("https://")


class Obstacle(StrEnum):
    """Why a retake cannot be sent as it stands."""

    NO_CLIP = "no_clip"
    NO_PROMPT = "no_prompt"
    PROMPT_TOO_LONG = "prompt_too_long"
    SPAN_TOO_SHORT = "span_too_short"
    SPAN_TOO_LONG = "span_too_long"
    SPAN_OUTSIDE_CLIP = "span_outside_clip"
    CLIP_TOO_SHORT = "clip_too_short"
    WHOLE_CLIP_TOO_LONG = "whole_clip_too_long"
    TOO_MANY_TAKES = "too_many_takes"
    CLOCK_JUMPS = "clock_jumps"


def obstacles(request: RetakeRequest, clip: Clip | None) -> tuple[Obstacle, ...]:
    """Everything that must change before `request` can be sent; empty when nothing does.

    For a URL source `clip` is None and what depends on the clip cannot be checked here.
    """
    found: list[Obstacle] = []
    if clip is None and not request.source_is_url:
        found.append(Obstacle.NO_CLIP)
    if not request.prompt.strip():
        found.append(Obstacle.NO_PROMPT)
    if len(request.prompt) > MAX_PROMPT:
        found.append(Obstacle.PROMPT_TOO_LONG)
    if not 1 <= request.takes <= MAX_TAKES:
        found.append(Obstacle.TOO_MANY_TAKES)
    if request.span.duration < MIN_SPAN:
        found.append(Obstacle.SPAN_TOO_SHORT)
    if request.span.duration > MAX_SPAN:
        found.append(Obstacle.SPAN_TOO_LONG)
    if clip is not None:
        found.extend(_clip_obstacles(request, clip))
    elif request.span.start > MAX_START:
        found.append(Obstacle.SPAN_OUTSIDE_CLIP)
    return tuple(found)


def _clip_obstacles(request: RetakeRequest, clip: Clip) -> list[Obstacle]:
    found: list[Obstacle] = []
    if clip.duration < MIN_SPAN:
        found.append(Obstacle.CLIP_TOO_SHORT)
    if request.span.start < 0 or request.span.end > clip.duration:
        found.append(Obstacle.SPAN_OUTSIDE_CLIP)
    if request.whole and clip.duration > MAX_WINDOW:
        found.append(Obstacle.WHOLE_CLIP_TOO_LONG)
    if clip.audio and Finding.CLOCK_JUMPS in clip.findings:
        found.append(Obstacle.CLOCK_JUMPS)
    return found


def default_span(clip: Clip) -> Span:
    """The selection that a freshly opened clip starts with: its first five seconds, on frame boundaries."""
    return Span(Fraction(0), clip.frames.snap(min(DEFAULT_SPAN, clip.duration)))


def window_span(request: RetakeRequest, duration: Fraction) -> Span:
    """The stretch of a source of `duration` seconds that is sent for `request`: the selection plus context.

    At least three seconds where the source has them (a shorter one is sent whole, and its last frame is held until the
    model has enough), at most twenty; context that does not fit on one side
    is not moved to the other, except to reach the three seconds.
    """
    if request.whole:
        return Span(Fraction(0), min(duration, MAX_WINDOW))
    span = request.span
    start = max(Fraction(0), span.start - request.context)
    end = min(duration, span.end + request.context)
    if end - start > MAX_WINDOW:
        spare = max(Fraction(0), MAX_WINDOW - span.duration) / 2
        start, end = max(Fraction(0), span.start - spare), min(duration, span.end + spare)
    if end - start < MIN_WINDOW:
        end = min(duration, start + MIN_WINDOW)
        start = max(Fraction(0), end - MIN_WINDOW)
    return Span(start, end)
