"""What of a person's lies where, until when, with delete now; and what each job sent."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.privacy import Held, Holding, Privacy
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.dialogs.privacy_words import bar_words, name_of, where_words
from retake_desktop.ui.dialogs.section import note, write
from retake_desktop.ui.dialogs.sent_table import SentTable

_WIDTH, _HEIGHT = 940, 640
_OF_THE_SCREEN = 0.92
_FOR_GOOD = frozenset({Held.DISCARDED, Held.TOKEN, Held.SECRET, Held.DRAFTS})
"""What cannot be made again: it is asked about once more."""


class PrivacyDialog(QDialog):
    """Shows a `Privacy`. `delete_asked` carries the Held that shall go now."""

    delete_asked = Signal(object)
    again_asked = Signal()
    folder_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What of mine lies where?"))
        self._asked: Held | None = None
        self._buttons: list[tuple[Holding, QPushButton]] = []
        self._said = note(self.tr("Looking…"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(style.GAP)
        self._grid.setVerticalSpacing(style.GAP)
        self._grid.setColumnStretch(0, 1)
        self._sent = SentTable(self)
        self._none_sent = note(self.tr("Nothing has been sent yet."))
        self._lay_out()

    def _lay_out(self) -> None:
        tabs = self._pages = QTabWidget()
        tabs.setAccessibleName(self.tr("Pages"))
        tabs.setDocumentMode(True)
        tabs.addTab(self._holdings_page(), self.tr("What lies where"))
        tabs.addTab(self._sent_page(), self.tr("What each take sent"))
        again = QPushButton(self.tr("Look again"))
        again.clicked.connect(self.again_asked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(again)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(tabs, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)
        for button in (again, close):
            button.setAutoDefault(False)
        room = self.screen().availableSize() * _OF_THE_SCREEN
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))

    def _holdings_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, style.GAP, style.GAP, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("What lies where"))
        return area

    def _sent_page(self) -> QWidget:
        table = QTableView()
        table.setAccessibleName(self.tr("What each take sent"))
        table.setModel(self._sent)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setResizeContentsPrecision(0)
        table.horizontalHeader().setStretchLastSection(True)
        self._table = table
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, style.GAP, 0, 0)
        column.addWidget(note(self.tr("Only the clip and the prompt are ever sent, and only with Retake.")))
        column.addWidget(self._none_sent)
        column.addWidget(table, 1)
        return page

    def show_privacy(self, found: Privacy | Problem) -> None:
        """What was found, or why nothing could be, or be deleted."""
        if isinstance(found, Problem):
            write(self._said, problems.message(found), "danger")
            return
        self._asked = None
        write(self._said, "")
        self._fill(found.holdings)
        self._sent.load(found.sendings)
        self._none_sent.setVisible(not found.sendings)
        self._table.setVisible(bool(found.sendings))

    def _fill(self, holdings: Sequence[Holding]) -> None:
        self._buttons = []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, holding in enumerate(holdings):
            self._grid.addWidget(_HoldingWords(holding), row, 0)
            size = QLabel("" if holding.size is None else text.size(holding.size))
            size.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(size, row, 1)
            button = self._button(holding)
            self._buttons.append((holding, button))
            self._grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignTop)
        self._label_buttons()

    def _button(self, holding: Holding) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setEnabled(holding.bar is None)
        why_not = "" if holding.bar is None else bar_words(holding.bar)
        button.setToolTip(why_not)
        button.setAccessibleDescription(why_not)
        button.clicked.connect(lambda: self._on_delete(holding.what))
        return button

    def _label_buttons(self) -> None:
        """The one that was pressed asks once more; it stays where it is, and so does the focus."""
        for holding, button in self._buttons:
            is_asked = self._asked is holding.what
            button.setText(self.tr("Yes, delete for good") if is_asked else self.tr("Delete now"))
            button.setAccessibleName(f"{button.text()}: {name_of(holding.what)}")

    def _on_delete(self, what: Held) -> None:
        if what in _FOR_GOOD and self._asked is not what:
            self._asked = what
            self._label_buttons()
            words = self.tr("{what} cannot be brought back. Press once more to delete it for good.")
            write(self._said, words.format(what=name_of(what)), "warning")
            return
        self._asked = None
        self._label_buttons()
        write(self._said, self.tr("Deleting…"))
        self.delete_asked.emit(what)


class _HoldingWords(QWidget):
    """What it is, and where and until when, in two lines."""

    def __init__(self, holding: Holding) -> None:
        super().__init__()
        title = QLabel(
            QCoreApplication.translate("PrivacyDialog", "{what} ({count})").format(
                what=name_of(holding.what), count=text.number(holding.count)
            )
            if holding.count > 1
            else name_of(holding.what)
        )
        title.setFont(style.font(strong=True))
        title.setTextFormat(Qt.TextFormat.PlainText)
        words = note(where_words(holding))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(words)
