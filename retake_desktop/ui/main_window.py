"""The window's layout, and nothing else: takes on the left, the picture in the middle, the form on the right."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from retake_desktop.ui.compose.panel import ComposePanel
from retake_desktop.ui.drop import DropOverlay, Dropped, read_drop
from retake_desktop.ui.farewell import FarewellBar
from retake_desktop.ui.notice import NoticeBar
from retake_desktop.ui.sides import Sides
from retake_desktop.ui.takes.panel import TakesPanel
from retake_desktop.ui.top_bar import TopBar
from retake_desktop.ui.welcome import Welcome

if TYPE_CHECKING:
    from retake_desktop.media.previews import Previews
    from retake_desktop.ui.playback.playback import Playback
    from retake_desktop.ui.player.stage import Stage
    from retake_desktop.ui.player.transport import Transport
    from retake_desktop.ui.review.compare_bar import CompareBar
    from retake_desktop.ui.review.compare_view import CompareView
    from retake_desktop.ui.review.panel import ReviewPanel
    from retake_desktop.ui.review.seam_panel import SeamPanel
    from retake_desktop.ui.review.waves import Waves
    from retake_desktop.ui.timeline.panel import Timeline

_SIZE = (1280, 800)
_LOW = 680
"""Logical pixels."""


class MainWindow(QMainWindow):
    """Owns the panels; the workbench makes them work.

    `place` is the file that keeps the window's size and place, `previews` where filmstrip and waveform come from.
    Without a `playback`, the window begins with what is seen before a video is open; `furnish` adds the rest.
    """

    dropped = Signal(object)
    """What was let go over the window, a `Dropped`."""
    closed = Signal()

    stage: "Stage"
    compare: "CompareView"
    compare_bar: "CompareBar"
    waves: "Waves"
    seam_panel: "SeamPanel"
    transport: "Transport"
    timeline: "Timeline"
    review: "ReviewPanel"

    def __init__(
        self, playback: "Playback | None" = None, place: Path | None = None, previews: "Previews | None" = None
    ) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        self._is_furnished = False
        self._before_full: Qt.WindowState | None = None
        self._place = QSettings(str(place), QSettings.Format.IniFormat) if place else None
        self.setWindowTitle("Retake Desktop")
        self.setAcceptDrops(True)
        self.top_bar = TopBar()
        self.notice = NoticeBar()
        self.farewell = FarewellBar()
        self.welcome = Welcome()
        self.compose = ComposePanel()
        self.takes = TakesPanel()
        self._overlay = DropOverlay(self)
        self._lay_out()
        if playback is not None:
            self.furnish(playback, previews)
        self._leave_drops_to_the_window()
        self._restore_place()
        self.welcome.focus_open()

    def _lay_out(self) -> None:
        self._centre = QStackedWidget()
        self._centre.addWidget(self.welcome)
        self._editor = QWidget()
        self._centre.addWidget(self._editor)
        self._side = QStackedWidget()
        self._side.addWidget(self.compose)
        self.sides = Sides(self.takes, self._centre, self._side, self)
        whole = QWidget()
        column = _column(whole)
        column.addWidget(self.top_bar)
        column.addWidget(_line())
        column.addWidget(self.notice)
        column.addWidget(self.farewell)
        column.addWidget(self.sides.splitter, 1)
        self.setCentralWidget(whole)

    def furnish(self, playback: "Playback", previews: "Previews | None" = None) -> None:
        """Adds what a video is looked at and worked on with. None of it is seen before a video is open."""
        from retake_desktop.ui.player.stage import Stage
        from retake_desktop.ui.player.transport import Transport
        from retake_desktop.ui.review.compare_bar import CompareBar
        from retake_desktop.ui.review.compare_view import CompareView
        from retake_desktop.ui.review.panel import ReviewPanel
        from retake_desktop.ui.review.seam_panel import SeamPanel
        from retake_desktop.ui.review.waves import Waves
        from retake_desktop.ui.timeline.filling import Filler
        from retake_desktop.ui.timeline.panel import Timeline

        self.stage = Stage(playback)
        self.compare = CompareView(playback)
        self.compare_bar = CompareBar(playback)
        self.waves = Waves(self.tr("Both sounds"))
        self.seam_panel = SeamPanel()
        self.transport = Transport(playback)
        self.timeline = Timeline(Filler(previews))
        self.review = ReviewPanel()
        self._lay_out_editor()
        # By itself Tab goes through what joined the window first before it goes through what joined it later.
        _order(self, self._editor, self.compose)
        self._leave_drops_to_the_window()
        self.seam_panel.came_or_went.connect(self._make_room)
        self._is_furnished = True
        self._make_room()

    def _lay_out_editor(self) -> None:
        self._viewer = QStackedWidget()
        self._viewer.addWidget(self.stage)
        self._viewer.addWidget(self._comparison())
        column = _column(self._editor)
        column.addWidget(self._viewer, 1)
        column.addWidget(self.transport)
        column.addWidget(self.timeline)
        self._side.addWidget(self.review)

    def _comparison(self) -> QWidget:
        page = QWidget()
        column = _column(page)
        column.addWidget(self.compare, 1)
        column.addWidget(self.seam_panel)
        self._sounds = QWidget()
        _column(self._sounds).addWidget(self.waves)
        column.addWidget(self._sounds)
        column.addWidget(self.compare_bar)
        return page

    def _leave_drops_to_the_window(self) -> None:
        """Files may be dropped anywhere; a field would take their paths as text."""
        for field in self.findChildren(QLineEdit):
            field.setAcceptDrops(False)

    def foresee_stage(self) -> None:
        """Lays out the stage before it is seen: the first picture is made in its size, and need not be made again."""
        if not self._editor.isVisible():
            self._editor.resize(self._centre.size())
            for layout, room in ((self._editor.layout(), self._editor), (self._viewer.layout(), self._viewer)):
                if layout is not None:
                    layout.setGeometry(room.rect())
            self.stage.foresee_size()

    # -- what is shown

    @property
    def is_reviewing(self) -> bool:
        return self._is_furnished and self._side.currentWidget() is self.review

    def show_welcome(self) -> None:
        self._centre.setCurrentIndex(0)

    def show_editing(self) -> None:
        """The stage and the form."""
        self.show_full(False)
        self._centre.setCurrentIndex(1)
        self._viewer.setCurrentIndex(0)
        self._side.setCurrentWidget(self.compose)

    def show_review(self) -> None:
        """Before and after, and the take's facts."""
        self._centre.setCurrentIndex(1)
        self._viewer.setCurrentIndex(1)
        self._side.setCurrentWidget(self.review)

    @property
    def is_full(self) -> bool:
        return self._before_full is not None

    def show_full(self, on: bool) -> None:
        """In review the pictures and their controls alone, on the whole screen."""
        if on is self.is_full or (on and not self.is_reviewing):
            return
        self.top_bar.setVisible(not on)
        self.sides.leave_alone(on)
        if on:
            self._before_full = self.windowState()
            self.setWindowState(self._before_full | Qt.WindowState.WindowFullScreen)
        else:
            self.setWindowState(self._before_full or Qt.WindowState.WindowNoState)
            self._before_full = None

    # -- drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        _take_copy(event)
        self._overlay.show_for(read_drop(event.mimeData()), has_clip=self._centre.currentWidget() is not self.welcome)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._overlay.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.hide()
        found: Dropped = read_drop(event.mimeData())
        _take_copy(event)
        self.dropped.emit(found)

    # -- size and place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_furnished:
            self._make_room()

    def _make_room(self) -> None:
        """In a low window the picture comes before what says the same in other words, and a joint that is inspected
        takes the timeline's place."""
        is_low = self.height() < _LOW
        self._sounds.setVisible(not is_low)
        self.timeline.rows.set_low(is_low)
        self.timeline.setVisible(not (is_low and self.seam_panel.isVisible()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        if self._place is not None:
            self._place.setValue("geometry", self.saveGeometry())
            self.sides.save(self._place)
            self._place.sync()
        event.accept()
        self.closed.emit()

    def _restore_place(self) -> None:
        self.resize(*_SIZE)
        if self._place is None:
            return
        geometry = self._place.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.sides.restore(self._place)


def _take_copy(event: QDropEvent) -> None:
    """Never a move, whatever was proposed: the file manager would delete the file."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _order(window: QWidget, *parts: QWidget) -> None:
    """Lets Tab go through `parts` one after the other."""
    stops: list[QWidget] = []
    at = window.nextInFocusChain()
    while at is not None and at is not window:
        stops.append(at)
        at = at.nextInFocusChain()
    wanted = [stop for part in parts for stop in stops if part.isAncestorOf(stop)]
    for before, after in pairwise(stop for stop in wanted if stop.focusPolicy() != Qt.FocusPolicy.NoFocus):
        QWidget.setTabOrder(before, after)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("surface", "line")
    return line
