"""Before and after: the same instant of source and take, in four modes."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.ui import style
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.surface import Surface
from retake_desktop.ui.playback.wording import place
from retake_desktop.ui.review.compare_divider import STEPS, Divider
from retake_desktop.ui.review.compare_divider import WIDTH as DIVIDER_WIDTH
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.review.compare_picture import PairPainter, pair_words

_BETWEEN = 2


class CompareView(Surface):
    """Draws the pairs that `playback` shows. In every mode both pictures are of the same shot.

    Keys 1 to 4: `choose(mode)`. B: `flip()` in A/B, or `peek(True)` while it is held and `peek(False)` after, which
    shows the whole of before in any mode. Signals `mode_changed(CompareMode)`, `clicked()`.
    """

    mode_changed = Signal(object)
    clicked = Signal()

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(playback, self.tr("Before and after"), parent)
        self._pair = PairPainter()
        self._showing_after = True
        self._peeking = False
        self.mode = CompareMode.SIDE_BY_SIDE
        self.setMinimumWidth(320)
        self._divider = Divider(self)
        self._divider.hide()
        self._divider.dragged.connect(self._drag_divider)
        self._divider.stepped.connect(self._move_divider)
        playback.shot_shown.connect(self._show_shot)
        playback.state_changed.connect(self._describe)

    @property
    def shot(self) -> Shot | None:
        """The pair on screen; None before the first one of the loaded material."""
        shot = super().shot
        return shot if shot is not None and shot.material.after is not None else None

    def set_demo(self, demo: bool) -> None:
        """Marks the take as made by the demo service."""
        self._pair.demo = demo
        self.update()

    def choose(self, mode: CompareMode) -> None:
        if mode is not self.mode:
            self.mode = mode
            self._showing_after = True
            self.ask_for_size()
            self._refresh()
            self.mode_changed.emit(mode)

    def flip(self) -> None:
        """A/B: shows the other one."""
        if self.mode is CompareMode.AB:
            self._showing_after = not self._showing_after
            self._refresh()

    def peek(self, on: bool) -> None:
        """Shows before alone while `on`, in any mode."""
        self._peeking = on
        self._refresh()

    def _refresh(self) -> None:
        self._place_divider()
        self._describe()
        self.update()

    def _show_shot(self, shot: Shot) -> None:
        self.latest = shot
        self.update()
        if not self.playback.is_playing:
            self._refresh()

    def _describe(self) -> None:
        shot = self.shot
        if shot is None:
            self.setAccessibleDescription(self.tr("No picture yet"))
            return
        words = [place(shot.time, shot.index), pair_words(shot)]
        if self.mode is CompareMode.AB or self._peeking:
            shows_after = self._showing_after and not self._peeking
            words.append(self.tr("showing after") if shows_after else self.tr("showing before"))
        self.setAccessibleDescription(", ".join(words))

    def _panes(self) -> tuple[QRectF, QRectF]:
        """Where before and after lie; the same place but side by side."""
        whole = QRectF(self.rect())
        if self.mode is not CompareMode.SIDE_BY_SIDE or self._peeking:
            return whole, whole
        width = (whole.width() - _BETWEEN) / 2
        return QRectF(0, 0, width, whole.height()), QRectF(width + _BETWEEN, 0, width, whole.height())

    def pane(self) -> QRectF:
        return self._panes()[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), style.colour("stage"))
        shot = self.shot
        if shot is None:
            return
        before, after = (self.target(pane) for pane in self._panes())
        if self._peeking or (self.mode is CompareMode.AB and not self._showing_after):
            self._pair.before(painter, shot, before)
        elif self.mode is CompareMode.SIDE_BY_SIDE:
            self._pair.before(painter, shot, before)
            self._pair.after(painter, shot, after)
        elif self.mode is CompareMode.WIPE:
            self._pair.wipe(painter, shot, before, self._divider_x(before))
        elif self.mode is CompareMode.AB:
            self._pair.after(painter, shot, before)
        else:
            self._pair.difference(painter, shot, before, self.devicePixelRatioF())

    def _drag_divider(self, x: float) -> None:
        target = self.target(QRectF(self.rect()))
        if target.width() > 0:
            self._move_divider(round((x - target.left()) / target.width() * STEPS))

    def _move_divider(self, thousandths: int) -> None:
        self._divider.show_part(max(0, min(STEPS, thousandths)))
        self._refresh()

    def _divider_x(self, target: QRectF) -> float:
        return target.left() + target.width() * self._divider.value() / STEPS

    def _place_divider(self) -> None:
        target = self.target(QRectF(self.rect()))
        left = round(self._divider_x(target) - DIVIDER_WIDTH / 2)
        self._divider.setGeometry(left, round(target.top()), DIVIDER_WIDTH, round(target.height()))
        self._divider.setVisible(self.mode is CompareMode.WIPE and not self._peeking and self.shot is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_divider()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            if self.mode is CompareMode.AB:
                self.flip()
            else:
                self.clicked.emit()
