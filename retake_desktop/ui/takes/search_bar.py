"""Above the takes: a field to search them, and a menu of kinds."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.search_field import SearchField
from retake_desktop.ui.takes.search import Query, Show


class SearchBar(QWidget):
    """Says what to look for at every key."""

    changed = Signal(object)
    """The Query."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show = Show.ALL
        self._field = SearchField()
        self._field.setAccessibleName(self.tr("Search takes"))
        self._field.setPlaceholderText(self.tr("Prompt, name, day, stage"))
        self._field.setMaxLength(200)
        self._kinds = QPushButton()
        self._kinds.setProperty("kind", "quiet")
        style.put_icon(self._kinds, "menu", "muted")
        self._kinds.setMenu(self._make_menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, 0, style.GAP, 0)
        row.setSpacing(style.GAP_TINY)
        row.addWidget(self._field, 1)
        row.addWidget(self._kinds)
        self._field.textChanged.connect(self._tell)
        self._name_button()

    def query(self) -> Query:
        return Query(self._field.text(), self._show)

    def show_only(self, show: Show) -> None:
        self._show = show
        for entry in self._kinds.menu().actions():
            entry.setChecked(entry.data() == show.name)
        self._name_button()
        self._tell()

    def reset(self) -> None:
        """Everything that is in the list."""
        self._field.clear()
        self.show_only(Show.ALL)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self._kinds)
        group = QActionGroup(menu)
        for show in Show:
            entry = menu.addAction(_name(show))
            entry.setCheckable(True)
            entry.setChecked(show is self._show)
            entry.setData(show.name)
            group.addAction(entry)
        group.triggered.connect(lambda entry: self.show_only(Show[entry.data()]))
        return menu

    def _name_button(self) -> None:
        words = self.tr("Shown: {kind}").format(kind=_name(self._show))
        self._kinds.setAccessibleName(words)
        self._kinds.setToolTip(words)
        style.put_icon(self._kinds, "menu", "muted" if self._show is Show.ALL else "accent")

    def _tell(self) -> None:
        self.changed.emit(self.query())


def _name(show: Show) -> str:
    return QCoreApplication.translate("Takes", show.value)
