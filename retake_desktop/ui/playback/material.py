"""What is played: one clip, or a clip and the take of it that is compared; and one instant of it, ready to draw."""

import operator
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.window import Window, paired_frame


@dataclass(frozen=True, slots=True)
class After:
    """A take's result and how it relates to its source."""

    clip: Clip
    window: Window

    @property
    def picture(self) -> QRectF:
        """Where the source's picture lies in the result's, in parts of its width and height; the rest is padding."""
        part = self.window.picture
        width, height = self.window.width, self.window.height
        return QRectF(part.x / width, part.y / height, part.width / width, part.height / height)


@dataclass(frozen=True, slots=True)
class Material:
    """The source clip, alone or with the take that it is compared with. All times are the source's clip time.

    `others` are further takes of the source that are shown in step with the first. `heard` says whose sounds can be
    heard: of the source (0), of the first take (1), of another (from 2 on).
    """

    before: Clip
    after: After | None = None
    others: tuple[After, ...] = ()
    heard: tuple[int, int] = (0, 1)

    @property
    def audible(self) -> tuple[Clip, ...]:
        """The clips of the one or two sounds that can be heard."""
        return (self.before,) if self.after is None else tuple(self.clips[place] for place in self.heard)

    def take_heard(self, which: int) -> After | None:
        """The take whose sound is the first (0) or the second (1) that can be heard; None for the source's."""
        place = self.heard[which]
        return None if place == 0 else self.takes[place - 1]

    def sounds_like(self, other: "Material") -> bool:
        """Whether the same two sounds can be heard in `other`."""
        return len(self.audible) == len(other.audible) and all(map(operator.is_, self.audible, other.audible))

    @property
    def takes(self) -> tuple[After, ...]:
        return () if self.after is None else (self.after, *self.others)

    @property
    def clips(self) -> tuple[Clip, ...]:
        return (self.before, *(take.clip for take in self.takes))

    def partners_of(self, index: int) -> tuple[int | None, ...]:
        """For each take its frame for the source's frame `index`; None where it shows nothing of it."""
        frames = self.before.frames
        return tuple(paired_frame(take.window, frames, take.clip.frames, index) for take in self.takes)

    def partner_of(self, index: int) -> int | None:
        """The first take's frame for the source's frame `index`; None where it shows nothing of it."""
        return next(iter(self.partners_of(index)), None)

    def take_box(self, take: int, box: tuple[int, int]) -> tuple[int, int]:
        """The box for the whole picture of a take's result, so that the part without padding just fits `box` pixels."""
        part = self.takes[take].picture
        return max(1, round(box[0] / part.width())), max(1, round(box[1] / part.height()))

    def after_box(self, box: tuple[int, int]) -> tuple[int, int]:
        """`take_box` of the first take."""
        return box if self.after is None else self.take_box(0, box)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one take shows for an instant: its frame, or neither picture nor index where it has nothing."""

    image: QImage | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """One instant ready to draw: the source's frame `index` and, in a comparison, the frame that belongs to it.

    `order` grows with every request, `lap` with every round of a loop; together with `index` they say what may
    still be shown. `after` is None in a comparison where the take has nothing to show for this instant.
    What is not `is_exact` is the same frame, smaller than there is room for: what is shown while the playhead moves.
    """

    order: int
    lap: int
    index: int
    time: Fraction
    material: Material
    before: QImage
    after: QImage | None = None
    after_index: int | None = None
    is_exact: bool = True
    others: tuple[Layer, ...] = ()
    """Of the material's other takes, in their order."""

    def layer(self, place: int) -> Layer:
        """Of the source (0), of the take (1) or of another take (from 2 on)."""
        if place == 0:
            return Layer(self.before, self.index)
        return Layer(self.after, self.after_index) if place == 1 else self.others[place - 2]
