"""What is played: one clip, or a clip and the take of it that is compared; and one instant of it, ready to draw."""

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
    """The source clip, alone or with the take that it is compared with. All times are the source's clip time."""

    before: Clip
    after: After | None = None

    @property
    def clips(self) -> tuple[Clip, ...]:
        return (self.before,) if self.after is None else (self.before, self.after.clip)

    def partner_of(self, index: int) -> int | None:
        """The result's frame for the source's frame `index`; None where the take shows nothing of it."""
        if self.after is None:
            return None
        return paired_frame(self.after.window, self.before.frames, self.after.clip.frames, index)

    def after_box(self, box: tuple[int, int]) -> tuple[int, int]:
        """The box for the result's whole picture, so that the part without padding just fits `box` pixels."""
        if self.after is None:
            return box
        part = self.after.picture
        return max(1, round(box[0] / part.width())), max(1, round(box[1] / part.height()))


@dataclass(frozen=True, slots=True)
class Shot:
    """One instant ready to draw: the source's frame `index` and, in a comparison, the frame that belongs to it.

    `order` grows with every request, `lap` with every round of a loop; together with `index` they say what may
    still be shown. `after` is None in a comparison where the take has nothing to show for this instant.
    """

    order: int
    lap: int
    index: int
    time: Fraction
    material: Material
    before: QImage
    after: QImage | None = None
    after_index: int | None = None
