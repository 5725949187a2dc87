"""What the demo service does to a video instead of running the model: an honest, visible effect inside the selection.

It keeps the hosted model's habits that a client has to live with: the whole clip is re-encoded, the answer is 1080p
whatever the source was, and the change bleeds a few frames over both ends of the selection.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.demo.liberties import NONE, Liberties, picture_liberties, sound_liberties
from retake_desktop.demo.look import Look, badge, look_of
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.media.filtered import Filter, Recipe, SoundSource, rewrite

_TINT = Fraction(1, 2)
"""How far the picture's colour is drawn to the look's tint at full strength."""
_LOUDNESS = 0.12
"""Amplitude of one note of the chord; full scale is 1."""


@dataclass(frozen=True, slots=True)
class Retake:
    """One demo retake of a clip. `span` is in clip time; `take` is whatever tells takes of one prompt apart.

    `answer_size` is the landscape size of the answer, turned for portrait sources; None keeps the source's size.
    `bleed_frames` frames on each side of the span change too, less and less. `liberties` are what hosted models do
    besides, unasked.
    """

    prompt: str
    take: str
    span: Span
    mode: Mode
    answer_size: tuple[int, int] | None = (1920, 1080)
    bleed_frames: int = 3
    liberties: Liberties = NONE


def apply(retake: Retake, clip: Clip, output: str, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Writes the retaken clip to `output` as MP4. Raises RetakeError (MEDIA_FAILED, CANCELLED)."""
    rewrite(clip, output, recipe_for(retake, clip), cancelled)


def recipe_for(retake: Retake, clip: Clip) -> Recipe:
    """The filters that make this retake of this clip."""
    look = look_of(retake.prompt, retake.take)
    size = answer_size(retake.answer_size, clip)
    picture = _fitting(clip, size)
    if retake.mode.replaces_picture:
        picture += _picture_effect(retake, clip, look, size)
    picture += picture_liberties(retake.liberties, clip)
    source, sound = _sound(retake, clip, look)
    sound = [*sound, *sound_liberties(retake.liberties, clip)]
    return Recipe(rate=retake.liberties.rate or clip.frame_rate, picture=picture, sound=sound, sound_source=source)


def answer_size(landscape: tuple[int, int] | None, clip: Clip) -> tuple[int, int]:
    """Width and height of the answer: the given size by the clip's orientation, or the clip's own, made even."""
    if landscape is None:
        return max(2, clip.width // 2 * 2), max(2, clip.height // 2 * 2)
    return landscape if clip.width >= clip.height else (landscape[1], landscape[0])


def _fitting(clip: Clip, size: tuple[int, int]) -> list[Filter]:
    """Scales to cover the answer's size and cuts the middle out, as the open pipeline of the model does."""
    width, height = size
    factor = max(Fraction(width, clip.width), Fraction(height, clip.height))
    covered = (max(width, round(clip.width * factor)), max(height, round(clip.height * factor)))
    filters = [
        Filter("scale", f"{covered[0]}:{covered[1]}:flags=bicubic:out_range=tv"),
        Filter("setsar", "1"),
        # Before cropping, so that an odd offset cannot shift the chroma.
        Filter("format", "yuv420p"),
    ]
    if covered != size:
        filters.append(Filter("crop", f"{width}:{height}"))
    return filters


def _picture_effect(retake: Retake, clip: Clip, look: Look, size: tuple[int, int]) -> list[Filter]:
    frame = 1 / clip.frame_rate
    filters = []
    for step in range(1, retake.bleed_frames + 1):
        # Step 1 lies furthest out and is the weakest.
        before = Span(retake.span.start - (retake.bleed_frames - step + 1) * frame, retake.span.start)
        after = Span(retake.span.end, retake.span.end + (retake.bleed_frames - step + 1) * frame)
        first = Span(before.start, before.start + frame)
        last = Span(after.end - frame, after.end)
        strength = Fraction(step, retake.bleed_frames + 1)
        filters.append(_tint(look, strength, _while(frame, first, last)))
    inside = _while(frame, retake.span)
    filters.append(_tint(look, Fraction(1), inside))
    width, height = size
    thickness = max(2, min(width, height) // 135)
    filters.append(Filter("drawbox", f"0:0:{width}:{height}:color={look.accent}:t={thickness}:enable={inside}"))
    filters += [
        Filter("drawbox", f"{box.left}:{box.top}:{box.width}:{box.height}:color={box.colour}:t=fill:enable={inside}")
        for box in badge(look, width, height)
    ]
    return filters


def _while(frame: Fraction, *spans: Span) -> str:
    """A condition on `t` that holds for frames starting within the spans, half a frame early against rounded times."""
    half = frame / 2
    return "+".join(f"gte(t,{float(s.start - half):.6f})*lt(t,{float(s.end - half):.6f})" for s in spans)


def _tint(look: Look, strength: Fraction, when: str) -> Filter:
    share = float(_TINT * strength)
    contrast = 1 + (float(look.contrast) - 1) * float(strength)
    luma = f"clip((val-126)*{contrast:.4f}+126,16,235)"
    u, v = (f"val+({chroma}-val)*{share:.4f}" for chroma in look.tint)
    return Filter("lutyuv", f"y={luma}:u={u}:v={v}:enable={when}")


def _sound(retake: Retake, clip: Clip, look: Look) -> tuple[SoundSource, list[Filter]]:
    if not retake.mode.replaces_sound:
        return (SoundSource.FIRST_TRACK if clip.audio else SoundSource.NONE), []
    if clip.audio:
        return SoundSource.FIRST_TRACK, [_chord(look, retake.span, retake.bleed_frames / clip.frame_rate)]
    # Without sound to keep, the open pipeline makes sound for the full length.
    return SoundSource.SILENCE, [_chord(look, Span(Fraction(0), clip.duration), Fraction(1, 25))]


def _chord(look: Look, span: Span, fade: Fraction) -> Filter:
    """Replaces the sound within the span by a soft chord, crossfading over `fade` seconds outside it."""
    ramp = float(max(fade, Fraction(1, 1000)))
    start, end = float(span.start), float(span.end)
    share = f"clip((t-{start:.6f})/{ramp:.6f}+1,0,1)*clip(({end:.6f}-t)/{ramp:.6f}+1,0,1)"
    swell = f"{_LOUDNESS}*(0.75+0.25*sin(2*PI*0.5*(t-{start:.6f})))"
    low, middle, high = (f"sin(2*PI*{note:.3f}*t)" for note in look.chord)
    sides = (f"{low}+{middle}+0.5*{high}", f"{low}+{high}+0.5*{middle}")
    within = f"gte(t,{start - ramp:.6f})*lt(t,{end + ramp:.6f})"
    channels = (
        f"if({within},val({at})*(1-{share})+{share}*{swell}*({notes}),val({at}))" for at, notes in enumerate(sides)
    )
    return Filter("aeval", f"exprs={'|'.join(channels)}:c=same")
