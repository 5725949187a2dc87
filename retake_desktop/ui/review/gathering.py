"""What a review shows beside its pictures, read in the background: outlines and loudness of both sounds, the joint."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtGui import QImage

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.ui.playback.image import to_image
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.reading import Cancelled, Reading


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A piece of one side's waveform."""

    side: Side
    block: WaveformBlock


@dataclass(frozen=True, slots=True)
class Loudness:
    """Both sides over the stretch that the take covers, in LUFS; None for silence."""

    before: float | None
    after: float | None

    def gains(self) -> dict[Side, float]:
        """Decibels by which each side is played softer so that both are equally loud; nothing is made louder."""
        if self.before is None or self.after is None:
            return dict.fromkeys(Side, 0.0)
        least = min(self.before, self.after)
        return {Side.BEFORE: least - self.before, Side.AFTER: least - self.after}


@dataclass(frozen=True, slots=True)
class JointFrame:
    """One frame of the source near a joint, and the take's frame of the same instant."""

    index: int
    before: QImage
    after: QImage | None
    after_index: int | None


@dataclass(frozen=True, slots=True)
class Joint:
    """The frames around the boundary before frame `boundary` of the source."""

    boundary: int
    frames: tuple[JointFrame, ...]


Found = OutlinePart | Loudness | Joint


class Gatherer(Reading):
    """Signal `found(Found)`. What belongs to other material, or to an earlier joint, never arrives.

    A file that cannot be read leaves its part empty: the comparison, which reads the same files, says what is wrong.
    """

    def gather(self, material: Material) -> None:
        """Reads both sounds."""
        self.read("outlines", lambda cancelled: _outlines(material, cancelled))
        self.read("loudness", lambda cancelled: _loudness(material, cancelled))

    def show_joint(self, material: Material, boundary: int, around: int, box: tuple[int, int]) -> None:
        """Reads `around` frames on either side of the start of frame `boundary`, in `box` physical pixels each."""
        self.read("joint", lambda cancelled: _joint(material, boundary, around, box, cancelled))


def _outlines(material: Material, cancelled: Cancelled) -> Iterator[OutlinePart]:
    from retake_desktop.media.waveform import waveform

    for side, clip in reversed(list(zip(Side, material.audible, strict=False))):
        for block in waveform(clip, cancelled):
            yield OutlinePart(side, block.ready())


def _loudness(material: Material, cancelled: Cancelled) -> Iterator[Loudness]:
    from retake_desktop.media.loudness import loudness

    after = material.after
    if after is None:
        return
    stretches = [
        after.window.source if material.take_heard(place) is None else Span(Fraction(0), clip.duration)
        for place, clip in enumerate(material.audible)
    ]
    yield Loudness(*(loudness(clip, each, cancelled) for clip, each in zip(material.audible, stretches, strict=True)))


def _joint(
    material: Material, boundary: int, around: int, box: tuple[int, int], cancelled: Cancelled
) -> Iterator[Joint]:
    last = len(material.before.frames)
    indexes = range(max(0, boundary - around), min(last, boundary + around))
    if material.after is None:
        return
    partners = [material.partner_of(index) for index in indexes]
    shown = [partner for partner in partners if partner is not None]
    before = _images(material.before, indexes, box, cancelled)
    after = iter(_images(material.after.clip, shown, material.after_box(box), cancelled))
    yield Joint(
        boundary,
        tuple(
            JointFrame(index, ours, None if partner is None else next(after), partner)
            for index, ours, partner in zip(indexes, before, partners, strict=True)
        ),
    )


def _images(clip: Clip, indexes: Iterable[int], box: tuple[int, int], cancelled: Cancelled) -> list[QImage]:
    from retake_desktop.media.frames import FrameReader
    from retake_desktop.media.large import TURN

    with TURN.of(clip, cancelled), FrameReader(clip, cancelled, beside=True) as reader:
        return [to_image(reader.picture(index, box)) for index in indexes]
