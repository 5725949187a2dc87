"""What part of a picture is looked at, and how large: the same for all pictures of a comparison."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from retake_desktop.ui.playback.image import fitted

STEPS = (25, 33, 50, 67, 100, 150, 200, 300, 400, 600, 800)
"""Percent; at 100 one pixel of the source takes one of the screen."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """`percent` is None to fit the pane. `x` and `y`: which point of the picture, in parts of it, is in the middle."""

    percent: int | None = None
    x: float = 0.5
    y: float = 0.5

    def target(self, picture: QSizeF, pane: QRectF, ratio: float) -> QRectF:
        """Where the whole picture goes, on whole device pixels; it reaches beyond the `pane` where it is larger.

        `ratio` is the device pixels to a logical one.
        """
        if self.percent is None:
            return fitted(picture, pane, ratio)
        width, height = _size(self.percent, picture, ratio)
        left = pane.center().x() - _held(self.x, width, pane.width()) * width
        top = pane.center().y() - _held(self.y, height, pane.height()) * height
        return QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, width, height)

    def percent_in(self, picture: QSizeF, pane: QRectF, ratio: float) -> float:
        """The enlargement that is on screen, also where it fits the pane."""
        if picture.isEmpty():
            return 100.0
        return self.target(picture, pane, ratio).width() * ratio / picture.width() * 100

    def stepped(self, direction: int, shown: float) -> int:
        """The percent one step larger (1) or smaller (-1) than `shown`."""
        if direction > 0:
            return next((step for step in STEPS if step > shown * 1.01), STEPS[-1])
        return next((step for step in reversed(STEPS) if step < shown * 0.99), STEPS[0])

    def zoomed(self, percent: int | None, about: QPointF, picture: QSizeF, pane: QRectF, ratio: float) -> "Viewport":
        """At `percent`, with the point of the picture that lies under `about` kept there."""
        if percent is None:
            return Viewport()
        old = self.target(picture, pane, ratio)
        part_x = (about.x() - old.left()) / (old.width() or 1)
        part_y = (about.y() - old.top()) / (old.height() or 1)
        width, height = _size(percent, picture, ratio)
        centre = pane.center()
        return Viewport(
            percent,
            _held(part_x + (centre.x() - about.x()) / (width or 1), width, pane.width()),
            _held(part_y + (centre.y() - about.y()) / (height or 1), height, pane.height()),
        )

    def panned(self, by: QPointF, picture: QSizeF, pane: QRectF, ratio: float) -> "Viewport":
        """With the picture moved by so many logical pixels, as far as there is more of it."""
        if self.percent is None:
            return self
        width, height = _size(self.percent, picture, ratio)
        return replace(
            self,
            x=_held(self.x - by.x() / (width or 1), width, pane.width()),
            y=_held(self.y - by.y() / (height or 1), height, pane.height()),
        )


def _size(percent: int, picture: QSizeF, ratio: float) -> tuple[float, float]:
    """Logical pixels of the whole picture."""
    return round(picture.width() * percent / 100) / ratio, round(picture.height() * percent / 100) / ratio


def _held(middle: float, length: float, pane: float) -> float:
    """`middle` where the pane stays full of picture; the picture's own middle where it does not fill the pane."""
    if length <= pane:
        return 0.5
    rim = pane / 2 / length
    return max(rim, min(1 - rim, middle))
