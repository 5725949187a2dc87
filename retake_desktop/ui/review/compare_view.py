"""Before and after: the same instant of source and take, in four modes, or of several takes at once."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.ui import style
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.wording import place
from retake_desktop.ui.playback.zoom_hand import ZoomHand
from retake_desktop.ui.review.cast import Cast, before_and_after
from retake_desktop.ui.review.compare_divider import STEPS, Divider
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.review.compare_picture import PairPainter, Place, pair_words
from retake_desktop.ui.review.loupe_surface import LoupeSurface

_BETWEEN = 2


class CompareView(LoupeSurface):
    """Draws the pairs that `playback` shows. In every mode all pictures are of the same shot.

    Keys 1 to 4: `choose(mode)`. B: `flip()` in A/B, or `peek(True)` while it is held and `peek(False)` after, which
    shows the whole of the left one in any mode. With `take_turns` the loop's rounds show one after the other.
    Signals `mode_changed(CompareMode)`, `clicked(QPointF)`, `facing(bool)`: the right one alone is on screen, or the
    left one.
    """

    mode_changed = Signal(object)
    clicked = Signal(object)
    facing = Signal(bool)

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(playback, self.tr("Before and after"), parent)
        self.pair = PairPainter()
        self._hand = ZoomHand(self)
        self._hand.clicked.connect(self.clicked)
        self.zoom_changed.connect(self._place_divider)
        self._showing_after = True
        self._peeking = False
        self._in_turn = False
        self.mode = CompareMode.SIDE_BY_SIDE
        self.setMinimumWidth(320)
        self._divider = Divider(self)
        self._divider.hide()
        self._divider.stepped.connect(self._move_divider)
        playback.shot_shown.connect(self._show_shot)
        playback.state_changed.connect(self._describe)

    @property
    def shot(self) -> Shot | None:
        """The pair on screen; None before the first one of the loaded material."""
        shot = super().shot
        return shot if shot is not None and shot.material.after is not None else None

    @property
    def cast(self) -> Cast:
        return self.pair.cast

    def show_cast(self, cast: Cast | None) -> None:
        """Compares these; None: before and after."""
        self.pair.cast = cast or before_and_after()
        self._showing_after = True
        self.ask_for_size()
        self._refresh()

    def set_demo(self, demo: bool) -> None:
        """Marks the take as made by the demo service."""
        self.pair.demo = demo
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

    def take_turns(self, on: bool) -> None:
        """Shows the left one in the first round of a loop, the right one in the second, and so on."""
        self._in_turn = on
        self.ask_for_size()
        self._refresh()

    def _refresh(self) -> None:
        self._place_divider()
        self._describe()
        self.update()
        self.facing.emit(self._single() != self.cast.left)

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
        words = [place(shot.time, shot.index)]
        if not self.cast.is_blind:
            words.append(pair_words(shot))
        single = self._single()
        if single is not None:
            words.append(self.tr("showing {label}").format(label=self.cast.labels[single].lower()))
        self.setAccessibleDescription(", ".join(words))

    def _single(self) -> int | None:
        """The place of the shot that fills the view; None while several are seen."""
        left, right = self.cast.left, self.cast.right
        if self._peeking:
            return left
        if self._in_turn:
            lap = 0 if self.shot is None else self.shot.lap
            return right if lap % 2 else left
        if self.cast.grid or self.mode is not CompareMode.AB:
            return None
        return right if self._showing_after else left

    def panes(self) -> list[tuple[int, QRectF]]:
        """What is drawn where: places of the shot and panes, which coincide in a wipe and a difference."""
        whole = QRectF(self.rect())
        single, cast = self._single(), self.cast
        if single is not None:
            return [(single, whole)]
        if cast.grid:
            return list(zip(cast.grid, _cells(whole, len(cast.grid)), strict=True))
        if self.mode is CompareMode.SIDE_BY_SIDE:
            return list(zip((cast.left, cast.right), _cells(whole, 2), strict=True))
        return [(cast.left, whole), (cast.right, whole)]

    def pane(self) -> QRectF:
        return self.panes()[0][1]

    def pane_at(self, point: QPointF) -> QRectF:
        return next((pane for _, pane in self.panes() if pane.contains(point)), self.pane())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), style.colour("stage"))
        shot = self.shot
        if shot is None or len(shot.material.takes) + 1 < len(self.cast.labels):
            return
        places = [(number, Place(self.target(pane), pane)) for number, pane in self.panes()]
        first = places[0][1]
        if self._is_overlaid and self.mode is CompareMode.WIPE:
            self.pair.wipe(painter, shot, first, self._divider.x_in(first.target), self.loupe)
        elif self._is_overlaid and self.mode is CompareMode.DIFFERENCE:
            self.pair.difference(painter, shot, first, self.devicePixelRatioF(), self.loupe)
        else:
            for number, where in places:
                self.pair.layer(painter, shot, number, where)
                self.pair.loupe_over(painter, shot, number, self.loupe, where)

    @property
    def _is_overlaid(self) -> bool:
        return self._single() is None and not self.cast.grid

    def _move_divider(self, thousandths: int) -> None:
        self._divider.show_part(max(0, min(STEPS, thousandths)))
        self._refresh()

    def _place_divider(self) -> None:
        whole = QRectF(self.rect())
        is_wipe = self.mode is CompareMode.WIPE and self._is_overlaid
        self._divider.place(self.target(whole), whole, visible=is_wipe and self.shot is not None)


def _cells(whole: QRectF, count: int) -> list[QRectF]:
    """Equal cells with a gap between: one row for up to two, two rows for more."""
    columns = min(count, 2)
    rows = ceil(count / columns)
    width = (whole.width() - _BETWEEN * (columns - 1)) / columns
    height = (whole.height() - _BETWEEN * (rows - 1)) / rows
    return [
        QRectF(number % columns * (width + _BETWEEN), number // columns * (height + _BETWEEN), width, height)
        for number in range(count)
    ]
