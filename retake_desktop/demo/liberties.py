"""What hosted models do to a video that nobody asked them to do: other rates, lost frames, other levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.demo.faults import FramesShort, OtherLevels, OtherRate, WorkFault
from retake_desktop.domain.clip import Clip
from retake_desktop.media.filtered import SAMPLE_RATE, Filter


@dataclass(frozen=True, slots=True)
class Liberties:
    """`rate` is another constant frame rate: the picture is resampled to it, keeping its time, or with `restamp` every
    frame is shown for longer or shorter, and the sound goes along. `short` frames are left out at the end, `late` ones
    at the start. Everything is `brighter` by so many levels of 255 and `louder` by so many decibels."""

    rate: Fraction | None = None
    restamp: bool = False
    short: int = 0
    late: int = 0
    brighter: int = 0
    louder: float = 0.0


NONE = Liberties()


def liberties_from(faults: Sequence[WorkFault]) -> Liberties:
    """What these faults come to together."""
    rates = [fault for fault in faults if isinstance(fault, OtherRate)]
    cuts = [fault for fault in faults if isinstance(fault, FramesShort)]
    levels = [fault for fault in faults if isinstance(fault, OtherLevels)]
    return Liberties(
        rate=Fraction(rates[0].rate) if rates else None,
        restamp=bool(rates) and rates[0].restamp,
        short=sum(cut.frames for cut in cuts if not cut.at_start),
        late=sum(cut.frames for cut in cuts if cut.at_start),
        brighter=sum(level.brighter for level in levels),
        louder=sum(level.louder for level in levels),
    )


def picture_liberties(liberties: Liberties, clip: Clip) -> list[Filter]:
    """The last filters of the picture's chain."""
    filters = []
    count = len(clip.frames)
    if liberties.brighter:
        filters.append(Filter("lutyuv", f"y=clip(val+{liberties.brighter},16,235)"))
    if liberties.late:
        filters += [Filter("trim", f"start_frame={liberties.late}"), Filter("setpts", "PTS-STARTPTS")]
        count -= liberties.late
    if liberties.rate and liberties.restamp:
        tick = f"{liberties.rate.denominator}/{liberties.rate.numerator}"
        filters += [Filter("settb", tick), Filter("setpts", "N")]
    elif liberties.rate:
        filters.append(Filter("fps", f"{liberties.rate.numerator}/{liberties.rate.denominator}"))
        count = round(count / clip.frame_rate * liberties.rate)
    if liberties.short:
        filters.append(Filter("trim", f"end_frame={max(1, count - liberties.short)}"))
    return filters


def sound_liberties(liberties: Liberties, clip: Clip) -> list[Filter]:
    """The last filters of the sound's chain."""
    filters = []
    if liberties.louder:
        filters.append(Filter("volume", f"{liberties.louder}dB"))
    if liberties.late:
        start = float(liberties.late / clip.frame_rate)
        filters += [Filter("atrim", f"start={start:.6f}"), Filter("asetpts", "PTS-STARTPTS")]
    if liberties.rate and liberties.restamp:
        own = round(SAMPLE_RATE * liberties.rate / clip.frame_rate)
        filters += [Filter("asetrate", str(own)), Filter("aresample", str(SAMPLE_RATE))]
    return filters
