"""The seams of a take on the change map, as grips to be moved, and the frames that keeping it would re-encode."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import FrameTimes
from retake_desktop.ui import style
from retake_desktop.ui.playback.grip import Grip
from retake_desktop.ui.timeline.backdrop import BANDS_TOP
from retake_desktop.ui.timeline.change_map import HEIGHT, ChangeMap
from retake_desktop.ui.timeline.handles import Edge
from retake_desktop.ui.timeline.track import Track

WIDTH = 16
_FLAG = 8
_HALO = QColor(0, 0, 0, 140)

Stretch = tuple[int, int]
"""First frame and one past the last."""


class SeamGrip(Grip):
    """One seam. Its value is the frame boundary at which original and take go over into each other."""

    def __init__(self, edge: Edge, track: Track) -> None:
        super().__init__(_name(edge), track)
        self.edge = edge
        self.anchor = WIDTH / 2
        self.is_held = False
        self.dragged.connect(self._on_dragged)
        self.released.connect(self._on_released)

    def stand_at(self, boundary: int, reach: Stretch, frames: FrameTimes) -> None:
        """Stands at `boundary` and can be moved between those of `reach`."""
        with QSignalBlocker(self):
            self.setRange(*reach)
            self.setValue(boundary)
        frame = boundary if self.edge is Edge.IN else boundary - 1
        words = QCoreApplication.translate("SeamMarks", "frame {frame}, {time}")
        written = words.format(frame=frame, time=timecode.to_text(frames.start_of(boundary)))
        self.setAccessibleDescription(written)
        self.setToolTip(f"{self.accessibleName()}: {written}")

    def _on_dragged(self, _x: float) -> None:
        self.is_held = True

    def _on_released(self) -> None:
        self.is_held = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole grip is small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        is_lit = self.isEnabled() and (self.hasFocus() or self.underMouse() or self.is_held)
        colour = style.colour("accent" if is_lit else "text" if self.isEnabled() else "muted")
        painter.fillRect(QRectF(middle - 2, 0, 4, self.height()), _HALO)
        painter.fillRect(QRectF(middle - 1, 0, 2, self.height()), colour)
        # The flag points to where the take is.
        tip = middle + (_FLAG - 1 if self.edge is Edge.IN else 1 - _FLAG)
        flag = QPolygonF([QPointF(middle, 0), QPointF(tip, _FLAG / 2), QPointF(middle, _FLAG)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(flag)


class SeamMarks(QObject):
    """Signal `moved(bool, int)`: a person wants the out seam (True) or the in seam at this frame, which is the last
    or the first new one."""

    moved = Signal(bool, int)

    def __init__(self, track: Track, change_map: ChangeMap) -> None:
        super().__init__(track)
        self._track = track
        self._map = change_map
        self._frames: FrameTimes | None = None
        self._seams: Stretch = (0, 1)
        self._reach: Stretch = (0, 1)
        self._grips = {edge: SeamGrip(edge, track) for edge in Edge}
        for grip in self._grips.values():
            grip.hide()
            grip.dragged.connect(self._on_dragged)
            grip.stepped.connect(self._on_stepped)
        track.viewed.connect(self._place)

    def show_plan(self, frames: FrameTimes, seams: Stretch, reach: Stretch, coded: Sequence[Stretch]) -> None:
        """Stands at `seams`, movable within `reach`; `coded` are the stretches that Keep re-encodes.

        A seam that is being dragged stays in the hand.
        """
        self._frames, self._reach = frames, reach
        if not any(grip.is_held for grip in self._grips.values()):
            self._seams = seams
        self._map.show_coded([(frames.start_of(first), frames.start_of(end)) for first, end in coded])
        self._place()

    def show_seams(self, first: int, end: int) -> None:
        """The seams were moved elsewhere."""
        if self._frames is not None:
            self._seams = (first, end)
            self._place()

    def set_movable(self, on: bool) -> None:
        for grip in self._grips.values():
            grip.setEnabled(on)

    def clear(self) -> None:
        """No seams, until the next plan."""
        self._frames = None
        self._map.show_coded([])
        self._place()

    def _place(self) -> None:
        frames, (first, end), scale = self._frames, self._seams, self._track.scale
        for edge, grip in self._grips.items():
            if frames is None:
                grip.hide()
                continue
            boundary = first if edge is Edge.IN else end
            reach = (self._reach[0], end - 1) if edge is Edge.IN else (first + 1, self._reach[1])
            grip.stand_at(boundary, reach, frames)
            x = scale.x_of(frames.start_of(boundary))
            top = BANDS_TOP - HEIGHT - 1 - _FLAG
            grip.setGeometry(round(x - grip.anchor), top, WIDTH, HEIGHT + _FLAG)
            grip.setVisible(scale.left - 1 <= x <= scale.left + scale.width + 1)

    def _on_dragged(self, x: float) -> None:
        grip = self.sender()
        if isinstance(grip, SeamGrip) and self._frames is not None:
            boundary = self._frames.nearest_boundary(self._track.scale.time_at(x))
            self._wish(grip, max(grip.minimum(), min(grip.maximum(), boundary)))

    def _on_stepped(self, boundary: int) -> None:
        grip = self.sender()
        if isinstance(grip, SeamGrip):
            self._wish(grip, boundary)

    def _wish(self, grip: SeamGrip, boundary: int) -> None:
        is_out = grip.edge is Edge.OUT
        self.moved.emit(is_out, boundary - 1 if is_out else boundary)


def _name(edge: Edge) -> str:
    if edge is Edge.IN:
        return QCoreApplication.translate("SeamMarks", "Seam in, on the map")
    return QCoreApplication.translate("SeamMarks", "Seam out, on the map")
