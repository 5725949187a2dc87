"""The settings in one window, with a search. Nothing in here blocks the window."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.services.settings import Settings
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.advanced import AdvancedSection
from retake_desktop.ui.dialogs.files import FilesSection
from retake_desktop.ui.dialogs.look import LookSection
from retake_desktop.ui.dialogs.money import MoneySection
from retake_desktop.ui.dialogs.playing import PlaybackSection
from retake_desktop.ui.dialogs.section import Section
from retake_desktop.ui.dialogs.service import ServiceSection
from retake_desktop.ui.dialogs.shortcut_keys import ShortcutSection
from retake_desktop.ui.dialogs.token import TokenSection
from retake_desktop.ui.search_field import SearchField

_SIZE = QSize(760, 620)
_LIST_WIDTH = 170
_OF_THE_SCREEN = 0.92


class SettingsDialog(QDialog):
    """A list of sections on the left, all of them in one page on the right. `chosen` names a field and its value."""

    chosen = Signal(str, object)
    shown = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Retake Desktop settings"))
        self.service = ServiceSection()
        self.token = TokenSection()
        self.money = MoneySection(settings.ask_above, settings.stop_above_per_day)
        self.files = FilesSection(settings)
        self.look = LookSection(settings)
        self.keys = ShortcutSection(settings)
        self.advanced = AdvancedSection(settings)
        account = Section(self.tr("Account"))
        account.add(self.token)
        money = Section(self.tr("Money"))
        money.add(self.money)
        playback = PlaybackSection(settings)
        self._sections = (account, self.service, money, self.files, playback, self.look, self.keys, self.advanced)
        for section in self._sections:
            section.chosen.connect(self.chosen)
        self._search = SearchField()
        self._search.setAccessibleName(self.tr("Search settings"))
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.textChanged.connect(self._on_search)
        self._nothing = QLabel(self.tr("No setting goes by these words."))
        self._nothing.setProperty("tone", "muted")
        self._lay_out()
        self._on_search("")
        # What has nothing to say yet takes no room.
        self.token.clear()

    def _lay_out(self) -> None:
        self._names = QListWidget()
        self._names.setAccessibleName(self.tr("Sections"))
        self._names.setFixedWidth(_LIST_WIDTH)
        for section in self._sections:
            item = QListWidgetItem(section.title)
            item.setSizeHint(QSize(0, style.CONTROL_HEIGHT))
            self._names.addItem(item)
        self._names.currentRowChanged.connect(self._on_section)
        left = QVBoxLayout()
        left.setSpacing(style.GAP)
        left.addWidget(self._search)
        left.addWidget(self._names, 1)
        row = QHBoxLayout()
        row.setSpacing(style.GAP_LARGE)
        row.addLayout(left)
        row.addWidget(self._page(), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        whole.setSpacing(style.GAP)
        whole.addLayout(row, 1)
        whole.addWidget(self._close_box())
        # Also on a small screen, or at twice the size, nothing lies beyond the edge.
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * _OF_THE_SCREEN))

    def _page(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, style.GAP, 0)
        column.setSpacing(style.GAP_HUGE)
        for section in self._sections:
            column.addWidget(section)
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(page)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._area

    def _close_box(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        close = box.addButton(self.tr("Close settings"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        return box

    def open_at_token(self) -> None:
        self.open_up()
        self._show(self._sections[0])
        self.token.focus_field()

    def open_at_model(self) -> None:
        self.open_up()
        self._show(self.advanced)
        self.advanced.focus_model()

    def open_at_money(self) -> None:
        self.open_up()
        self._show(self._sections[2])
        self.money.focus_field()

    def open_up(self) -> None:
        self._search.clear()
        self.shown.emit()
        self.show()
        self.raise_()
        self.activateWindow()

    def hideEvent(self, event: QHideEvent) -> None:
        self.token.settle()
        self.token.clear()
        super().hideEvent(event)

    def _show(self, section: Section) -> None:
        page = self._area.widget()
        layout = page.layout() if page is not None else None
        if layout is not None:
            layout.activate()
        self._area.verticalScrollBar().setValue(section.y())

    def _on_section(self, row: int) -> None:
        if row >= 0:
            self._show(self._sections[row])

    def _on_search(self, words: str) -> None:
        """Shows the sections that hold every word."""
        wanted = words.casefold().split()
        is_any = False
        for row, section in enumerate(self._sections):
            is_found = all(word in section.words() for word in wanted)
            section.setVisible(is_found)
            self._names.item(row).setHidden(not is_found)
            is_any = is_any or is_found
        self._nothing.setVisible(not is_any)
