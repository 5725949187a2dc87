"""The line above everything: which video this is, and the way to menu and settings."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.ui import style, text
from retake_desktop.ui.help_pages import Page, heading


class TopBar(QWidget):
    """Open, the video's name and make, the demo marker, menu and settings."""

    open_asked = Signal()
    paste_asked = Signal()
    recent_asked = Signal(str)
    settings_asked = Signal()
    room_asked = Signal()
    shortcuts_asked = Signal()
    about_asked = Signal()
    guide_asked = Signal()
    demo_switched = Signal(bool)
    check_asked = Signal()
    report_asked = Signal()
    privacy_asked = Signal()
    page_asked = Signal(object)
    """The help.Page to be read."""
    takes_asked = Signal()
    form_asked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._open = QPushButton(self.tr("Open video"))
        style.put_icon(self._open, "folder-open")
        self._open.clicked.connect(self.open_asked)
        self._title = QLabel()
        self._title.setFont(style.font(strong=True))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._make = QLabel()
        self._make.setProperty("tone", "muted")
        self._demo = QLabel(self.tr("Demo service"))
        self._demo.setProperty("tone", "tag")
        self._demo.setToolTip(self.tr("Retakes are made on this computer with a plain effect, for nothing."))
        self._menu_button = QToolButton()
        self._menu_button.setIcon(style.icon("menu"))
        self._menu_button.setAccessibleName(self.tr("Menu"))
        self._menu_button.setToolTip(self.tr("Demo service, help, quit"))
        self._menu_button.clicked.connect(self._on_menu)
        self._settings = QToolButton()
        self._settings.setIcon(style.icon("settings"))
        self._settings.setAccessibleName(self.tr("Settings"))
        self._settings.setToolTip(self.tr("Settings"))
        self._settings.clicked.connect(self.settings_asked)
        self._menu = self._make_menu()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP_SMALL)
        row.setSpacing(style.GAP)
        row.addWidget(self._open)
        row.addWidget(self._title, 1)
        row.addWidget(self._make)
        row.addWidget(self._demo)
        row.addWidget(self._menu_button)
        row.addWidget(self._settings)
        self.show_clip(None)
        self.show_demo(False)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Open…")).triggered.connect(self.open_asked)
        menu.addAction(self.tr("Open what is on the clipboard")).triggered.connect(self.paste_asked)
        self._recent = menu.addMenu(self.tr("Recent videos"))
        self._recent.triggered.connect(self._on_recent)
        menu.addSeparator()
        menu.addAction(self.tr("Show or hide the takes")).triggered.connect(self.takes_asked)
        menu.addAction(self.tr("Show or hide the form")).triggered.connect(self.form_asked)
        menu.addSeparator()
        menu.addAction(self.tr("Set up RunComfy…")).triggered.connect(self.guide_asked)
        self._demo_action = menu.addAction(self.tr("Retake on the demo service"))
        self._demo_action.setCheckable(True)
        self._demo_action.triggered.connect(self.demo_switched)
        menu.addSeparator()
        self._add_help(menu.addMenu(self.tr("Help")))
        menu.addSeparator()
        menu.addAction(self.tr("Quit")).triggered.connect(self.quit_asked)
        return menu

    def _add_help(self, menu: QMenu) -> None:
        menu.addAction(self.tr("Is everything all right?")).triggered.connect(self.check_asked)
        menu.addAction(self.tr("A report for whoever helps you…")).triggered.connect(self.report_asked)
        menu.addSeparator()
        menu.addAction(self.tr("What of mine lies where?")).triggered.connect(self.privacy_asked)
        menu.addAction(self.tr("Room on disk")).triggered.connect(self.room_asked)
        menu.addAction(self.tr("Keyboard shortcuts")).triggered.connect(self.shortcuts_asked)
        menu.addSeparator()
        for page in Page:
            menu.addAction(heading(page)).setData(page)
        menu.triggered.connect(self._on_page)
        menu.addSeparator()
        menu.addAction(self.tr("About Retake Desktop")).triggered.connect(self.about_asked)

    def _on_page(self, action: QAction) -> None:
        if isinstance(action.data(), Page):
            self.page_asked.emit(action.data())

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """The videos opened lately, newest first."""
        self._recent.clear()
        for path in paths:
            action = self._recent.addAction(Path(path).name.replace("&", "&&"))
            action.setData(path)
            action.setToolTip(path)
        self._recent.menuAction().setVisible(bool(paths))

    def _on_recent(self, action: QAction) -> None:
        self.recent_asked.emit(action.data())

    def show_clip(self, clip: Clip | None) -> None:
        """Names the open video; without one, the button to open belongs to the drop zone."""
        self._open.setVisible(clip is not None)
        self._name = Path(clip.path).name if clip else self.tr("Retake Desktop")
        self._title.setToolTip(clip.path if clip else "")
        self._make.setText(_make_of(clip) if clip else "")
        # What stands beside it has another width now.
        self._row.activate()
        self._elide()

    def show_demo(self, is_demo: bool) -> None:
        self._demo.setVisible(is_demo)
        self._demo_action.setChecked(is_demo)
        self._row.activate()
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = self._title.fontMetrics()
        self._title.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, max(80, self._title.width())))

    def _on_menu(self) -> None:
        # Not a menu of the button's own: that would run a loop of its own and leave a screen reader without an answer.
        self._menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))


def _make_of(clip: Clip) -> str:
    rate = float(clip.frame_rate)
    shown = f"{rate:.3f}".rstrip("0").rstrip(".")
    parts = [f"{clip.width} × {clip.height}", f"{shown} fps", _length_of(clip), clip.codec]
    if clip.is_variable_rate:
        parts[1] = QCoreApplication.translate("TopBar", "variable, about {rate} fps").format(rate=shown)
    return "  ·  ".join(parts)


def _length_of(clip: Clip) -> str:
    """Seconds, or from a minute on hours, minutes and seconds."""
    if clip.duration < 60:
        return text.whole_seconds(clip.duration)
    return text.elapsed(timedelta(seconds=int(clip.duration)))
