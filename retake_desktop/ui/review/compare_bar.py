"""The controls under a comparison: how it is shown, how large, and what is heard."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.flow import Flow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.review.compare_difference import AMPLIFICATIONS, USUAL
from retake_desktop.ui.review.compare_mode import CompareMode, ModeChoice
from retake_desktop.ui.review.sound_choice import SoundChoice

_ZOOMS = (None, 50, 100, 200, 400, 800)


class MenuButton(QToolButton):
    """Shows the chosen one of a few values, and a menu of them. Signal `picked(object)`."""

    picked = Signal(object)

    def __init__(self, name: str, rows: dict[str, object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._menu = QMenu(self)
        group = QActionGroup(self)
        for words, value in rows.items():
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(lambda action: self.picked.emit(action.data()))
        # A menu set on the button would run a loop of its own and leave a screen reader without an answer.
        self.clicked.connect(lambda: self._menu.popup(self.mapToGlobal(self.rect().topLeft())))
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in rows)
        self.setMinimumWidth(widest + 2 * style.GAP)

    def show_value(self, words: str, value: object) -> None:
        """What is in use, which need not be in the menu."""
        self.setText(words)
        self.setAccessibleDescription(words)
        for action in self._menu.actions():
            action.setChecked(action.data() == value)


class CompareBar(QWidget):
    """Mode, flip, amplification, zoom, loupe, full screen; below it seams and sound.

    Signals: `mode_chosen(CompareMode)`, `flip_wanted()`, `amplification_chosen(int)`, `zoom_chosen(percent or None)`,
    `loupe_wanted()`, `full_screen_wanted()`, `seam_wanted(bool)`: the in point (False) or the out point (True).
    """

    mode_chosen = Signal(object)
    flip_wanted = Signal()
    amplification_chosen = Signal(int)
    zoom_chosen = Signal(object)
    loupe_wanted = Signal()
    full_screen_wanted = Signal()
    seam_wanted = Signal(bool)

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modes = ModeChoice(self)
        self._flip = self._button("arrow-left-right", self.tr("Flip"), "")
        self._times = MenuButton(self.tr("Amplification"), {f"×{times}": times for times in AMPLIFICATIONS}, self)
        self._zoom = MenuButton(self.tr("Zoom"), {self._percent(zoom): zoom for zoom in _ZOOMS}, self)
        self.loupe = self._button("zoom-in", self.tr("Magnifier"), self.tr("Magnifier (M)"))
        self.loupe.setCheckable(True)
        self._full = self._button("maximize", self.tr("Full screen"), self.tr("Full screen (F11)"))
        self.sound = SoundChoice(playback, self)
        self._seams = [
            self._seam(self.tr("In seam"), self.tr("Loop one second around the in point (5)")),
            self._seam(self.tr("Out seam"), self.tr("Loop one second around the out point (6)")),
        ]
        self._lay_out()
        self._connect()
        self.show_mode(CompareMode.SIDE_BY_SIDE)
        self.show_times(USUAL)
        self.show_zoom(None)

    def show_mode(self, mode: CompareMode) -> None:
        self._modes.show_mode(mode)
        said = self.tr("Flip between before and after (B)")
        _allow(self._flip, said, "" if mode is CompareMode.AB else self.tr("Choose A/B to flip."))
        said = self.tr("How many times the difference is amplified")
        _allow(self._times, said, "" if mode is CompareMode.DIFFERENCE else self.tr("Choose Difference to amplify."))

    def show_times(self, times: int) -> None:
        self._times.show_value(f"×{times}", times)
        self.amplification_chosen.emit(times)

    def show_zoom(self, percent: int | None) -> None:
        self._zoom.show_value(self._percent(percent), percent)

    def show_seam(self, out: bool | None) -> None:
        """Which seam is looped, None for none."""
        for number, button in enumerate(self._seams):
            button.setChecked(out is not None and number == int(out))

    def set_blind(self, on: bool) -> None:
        """Without what would give away who is who: sounds, and the joints of original and take."""
        for control in (self.sound, *self._seams):
            control.setVisible(not on)

    def _percent(self, percent: int | None) -> str:
        return self.tr("Fit") if percent is None else self.tr("{percent} %").format(percent=percent)

    def _button(self, icon: str, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(style.icon(icon))
        button.setIconSize(QSize(style.ICON_SIZE, style.ICON_SIZE))
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    def _seam(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        upper, lower = Flow(spacing=style.GAP_TINY), Flow(spacing=style.GAP_TINY)
        looking: tuple[QWidget, ...] = (self._modes, self._flip, self._times, self._zoom, self.loupe, self._full)
        for control in looking:
            upper.addWidget(control)
        listening: tuple[QWidget, ...] = (self.sound, *self._seams)
        for control in listening:
            lower.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP, style.GAP_TINY, style.GAP, style.GAP_TINY)
        column.setSpacing(style.GAP_TINY)
        column.addLayout(upper)
        column.addLayout(lower)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def _connect(self) -> None:
        self._modes.chosen.connect(self.mode_chosen)
        self._flip.clicked.connect(self.flip_wanted)
        self._times.picked.connect(self.show_times)
        self._zoom.picked.connect(self.zoom_chosen)
        self.loupe.clicked.connect(self.loupe_wanted)
        self._full.clicked.connect(self.full_screen_wanted)
        self._seams[0].clicked.connect(lambda: self.seam_wanted.emit(False))
        self._seams[1].clicked.connect(lambda: self.seam_wanted.emit(True))


def _allow(button: QToolButton, said: str, obstacle: str) -> None:
    button.setEnabled(not obstacle)
    button.setToolTip(obstacle or said)
    if obstacle or not isinstance(button, MenuButton):
        button.setAccessibleDescription(obstacle)
