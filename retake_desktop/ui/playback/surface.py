"""What stage and compare view have in common: a black surface that shows shots in the resolution it needs, zoomed."""

from fractions import Fraction

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.ui.focus_ring import FocusRing
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.zoom import Frame, Zoom

_PAN = 0.1
"""Part of the pane by which a key moves."""
_LEAST = (240, 72)
"""Logical pixels: what is left in a window of 960 x 600 with a notice and a review in it."""


class Surface(QWidget):
    """Tells `playback` how large pictures can be while it is showing, and keeps the latest shot.

    Another source is fitted again. Signal `zoom_changed()`: picture larger or smaller, or another part of it.
    """

    zoom_changed = Signal()

    def __init__(self, playback: Playback, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playback = playback
        self.latest: Shot | None = None
        self.zoom = Zoom()
        self._clip: Clip | None = None
        playback.state_changed.connect(self._fit_another)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(*_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._ring = FocusRing(self)

    @property
    def shot(self) -> Shot | None:
        """What is on screen: None before the first frame of what is loaded."""
        latest = self.latest
        return latest if latest is not None and latest.material is self.playback.material else None

    def pane(self) -> QRectF:
        """The place for one picture, in logical pixels."""
        return QRectF(self.rect())

    def pane_at(self, point: QPointF) -> QRectF:  # noqa: ARG002 - surfaces with several panes answer by the place
        """The pane that holds `point`."""
        return self.pane()

    def frame(self, pane: QRectF | None = None) -> Frame:
        """What the source's picture is looked at through, in `pane` or in the one place there is."""
        material = self.playback.material
        size = QSize(0, 0) if material is None else QSize(material.before.width, material.before.height)
        return Frame(size, self.pane() if pane is None else pane, self.devicePixelRatioF())

    def target(self, pane: QRectF) -> QRectF:
        """Where the source's picture goes: within `pane`, or past its edges while it is zoomed."""
        return pane if self.playback.material is None else self.zoom.target(self.frame(pane))

    def set_zoom(self, zoom: Zoom) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self.ask_for_size()
            self.update()
            self.zoom_changed.emit()

    def zoom_in(self) -> None:
        self.set_zoom(self.zoom.stepped(1, self.frame()))

    def zoom_out(self) -> None:
        self.set_zoom(self.zoom.stepped(-1, self.frame()))

    def zoom_to(self, percent: int | None) -> None:
        """At 100 one pixel of the picture takes one of the screen; None fits the picture."""
        exact = self.zoom.exactly(Fraction(percent, 100), self.frame()) if percent else Zoom()
        self.set_zoom(exact)

    def pan(self, across: int, down: int) -> None:
        """Looks a little further right (1) or left (-1), down or up, where the picture is zoomed."""
        pane = self.pane()
        step = QPointF(-across * pane.width() * _PAN, -down * pane.height() * _PAN)
        self.set_zoom(self.zoom.moved(step, self.frame()))

    def ask_for_size(self) -> None:
        if self.isVisible():
            self.foresee_size()

    def foresee_size(self) -> None:
        """Pictures come in the size that it has, although it may not be seen yet."""
        self.playback.set_box(QSize(*self.zoom.box(self.frame())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.zoom = self.zoom.kept_inside(self.frame())
        self.ask_for_size()
        self.zoom_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_for_size()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.ask_for_size()
        return super().event(event)

    def _fit_another(self) -> None:
        material = self.playback.material
        clip = None if material is None else material.before
        if clip is not self._clip:
            self._clip = clip
            self.set_zoom(Zoom())
