"""How large a picture is drawn, and which part of it: fitted, or from 100 % down to 25 % and up to 800 %."""

from dataclasses import dataclass, replace
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize

from retake_desktop.media import picture

STOPS = tuple(Fraction(percent, 100) for percent in (25, 50, 100, 200, 400, 800))
"""Where the keys stop. A scale of 1 is one pixel of the screen to one pixel of the picture."""
CLOSEST = STOPS[-1]
PIXELS_FROM = Fraction(2)
"""The scale from which the picture's own pixels are shown as squares instead of being smoothed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture is looked at through: its own `size`, the `pane` in logical pixels, and device pixels to one."""

    size: QSize
    pane: QRectF
    ratio: float

    @property
    def box(self) -> tuple[int, int]:
        """Whole device pixels of the pane."""
        return max(1, int(self.pane.width() * self.ratio)), max(1, int(self.pane.height() * self.ratio))

    @property
    def fit(self) -> Fraction:
        """The scale at which the whole picture just fits."""
        width, height = self.box
        return min(Fraction(width, max(1, self.size.width())), Fraction(height, max(1, self.size.height())))

    @property
    def closest(self) -> Fraction:
        return max(CLOSEST, self.fit)


@dataclass(frozen=True, slots=True)
class Zoom:
    """`scale` is device pixels to a pixel of the picture, None fits it. `x` and `y`, in parts of the picture, are what
    lies in the middle of the pane, as far as the picture reaches."""

    scale: Fraction | None = None
    x: float = 0.5
    y: float = 0.5

    def box(self, frame: Frame) -> tuple[int, int]:
        """Device pixels that the picture needs: never more than it has."""
        if self.scale is None:
            return frame.box
        return self._pixels(frame) if self.scale < 1 else (frame.size.width(), frame.size.height())

    def target(self, frame: Frame) -> QRectF:
        """Where the whole picture lies, in logical pixels but on whole device pixels; it may reach past the pane."""
        if frame.size.isEmpty() or frame.pane.isEmpty():
            return QRectF(frame.pane.center(), frame.pane.center())
        width, height = self._pixels(frame)
        left = _placed(frame.pane.left() * frame.ratio, frame.box[0], width, self.x)
        top = _placed(frame.pane.top() * frame.ratio, frame.box[1], height, self.y)
        return QRectF(left / frame.ratio, top / frame.ratio, width / frame.ratio, height / frame.ratio)

    def scaled(self, factor: Fraction, about: QPointF, frame: Frame) -> "Zoom":
        """Closer by `factor` (under 1: further away), with what lies under `about` staying there."""
        return self.at((self.scale or frame.fit) * factor, frame, about)

    def at(self, scale: Fraction, frame: Frame, about: QPointF | None = None) -> "Zoom":
        """At `scale`, with what lies under `about` (else in the middle) staying there; fitted where that is as much."""
        if scale <= frame.fit:
            return Zoom()
        now, point = self.target(frame), frame.pane.center() if about is None else about
        held_x = (point.x() - now.left()) / max(1e-9, now.width())
        held_y = (point.y() - now.top()) / max(1e-9, now.height())
        closer = Zoom(min(scale, frame.closest))
        width, height = (pixels / frame.ratio for pixels in closer._pixels(frame))
        middle = frame.pane.center() - point
        return replace(closer, x=held_x + middle.x() / width, y=held_y + middle.y() / height).kept_inside(frame)

    def exactly(self, scale: Fraction, frame: Frame) -> "Zoom":
        """At `scale`, even where the fitted picture is larger."""
        return Zoom(scale) if scale <= frame.fit else self.at(scale, frame)

    def stepped(self, direction: int, frame: Frame) -> "Zoom":
        """The next of the stops, closer (1) or further away (-1)."""
        scale = self.scale or frame.fit
        beyond = [stop for stop in STOPS if (stop - scale) * direction > 0]
        if not beyond:
            return self.at(frame.closest, frame) if direction > 0 else Zoom()
        return self.at(min(beyond, key=lambda stop: abs(stop - scale)), frame)

    def moved(self, by: QPointF, frame: Frame) -> "Zoom":
        """The picture moved by logical pixels."""
        now = self.target(frame)
        if self.scale is None or now.isEmpty():
            return self
        return replace(self, x=self.x - by.x() / now.width(), y=self.y - by.y() / now.height()).kept_inside(frame)

    def kept_inside(self, frame: Frame) -> "Zoom":
        """With the middle so that the picture covers what it can of the pane."""
        if self.scale is None:
            return self
        width, height = self._pixels(frame)
        return replace(self, x=_inside(self.x, frame.box[0] / width), y=_inside(self.y, frame.box[1] / height))

    def _pixels(self, frame: Frame) -> tuple[int, int]:
        """Size on screen: to the pixel what `media` decodes for this box, so that nothing has to be resampled."""
        width, height = frame.size.width(), frame.size.height()
        scale = frame.fit if self.scale is None else self.scale
        box = frame.box if self.scale is None else (round(width * scale), round(height * scale))
        if scale <= 1:
            return picture.fitted(width, height, box)
        return max(1, round(width * scale)), max(1, round(height * scale))


def _placed(begin: float, room: int, length: int, middle: float) -> int:
    """The first device pixel of `length` pixels, `middle` of which lies in the middle of `room`."""
    if length <= room:
        return round(begin + (room - length) / 2)
    start = begin + room / 2 - middle * length
    return round(min(begin, max(begin + room - length, start)))


def _inside(middle: float, shown: float) -> float:
    return 0.5 if shown >= 1 else min(1 - shown / 2, max(shown / 2, middle))
