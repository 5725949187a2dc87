"""Under the prompt: how long it is and what is wrong with it, ways to begin, and what was asked for before."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.retake import MAX_PROMPT, Obstacle
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.compose.starters import starters

_MOST_RECENT = 15
_ENTRY = 60
"""Characters of an earlier prompt that its menu entry shows."""


class PromptTools(QWidget):
    """`recent` is asked for the earlier prompts, newest first, when their menu is about to open."""

    starter_chosen = Signal(str)
    recent_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent: Callable[[], Iterable[str]] = tuple
        self._counter = QLabel()
        self._note = QLabel()
        self._note.setWordWrap(True)
        for label in (self._counter, self._note):
            label.setFont(style.font(style.TextRole.SMALL))
        self._counter.setProperty("tone", "muted")
        self._note.setProperty("tone", "warning")
        self._starters = _menu_button(self.tr("Starters"), self.tr("Beginnings of good retake prompts"))
        self._recents = _menu_button(self.tr("Recent"), self.tr("Prompts of earlier takes"))
        self._fill_starters()
        self._recents.menu().aboutToShow.connect(self._fill_recents)
        self._recents.menu().triggered.connect(lambda entry: self.recent_chosen.emit(entry.data()))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP)
        row.addWidget(self._starters)
        row.addWidget(self._recents)
        row.addStretch(1)
        row.addWidget(self._counter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addLayout(row)
        column.addWidget(self._note)

    def show_length(self, length: int, found: Iterable[Obstacle]) -> None:
        """`length` in characters; the obstacles that are the prompt's own are said here."""
        self._counter.setText(
            self.tr("{count} of {limit}").format(count=text.number(length), limit=text.number(MAX_PROMPT))
        )
        self._counter.setToolTip(self.tr("Characters that the prompt has, of those that the model takes"))
        words = ""
        if Obstacle.PROMPT_TOO_LONG in found:
            too_many = self.tr("%n character(s) too many.", "", length - MAX_PROMPT)
            words = text.sentences((problems.obstacle(Obstacle.PROMPT_TOO_LONG), too_many))
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _fill_starters(self) -> None:
        menu = self._starters.menu()
        for starter in starters():
            entry = menu.addAction(starter.name)
            entry.setToolTip(starter.prompt)
            entry.setData(starter.prompt)
        menu.addSeparator()
        tip = menu.addAction(self.tr("Ask for one change a take; put what is spoken into quotes."))
        tip.setEnabled(False)
        menu.setToolTipsVisible(True)
        menu.triggered.connect(lambda entry: self.starter_chosen.emit(entry.data()))

    def _fill_recents(self) -> None:
        menu = self._recents.menu()
        menu.clear()
        for prompt in _distinct(self.recent()):
            entry = menu.addAction(shortened(prompt))
            entry.setToolTip(prompt[:1000])
            entry.setData(prompt)
        if menu.isEmpty():
            menu.addAction(self.tr("Prompts appear here once you have made a retake.")).setEnabled(False)
        menu.setToolTipsVisible(True)


def shortened(prompt: str) -> str:
    """One line for a menu, in which an ampersand is no shortcut."""
    line = " ".join(prompt.split())
    return (line if len(line) <= _ENTRY else line[: _ENTRY - 1] + "…").replace("&", "&&")


def _distinct(prompts: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for prompt in prompts:
        found.setdefault(prompt)
        if len(found) == _MOST_RECENT:
            break
    return list(found)


def _menu_button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "link")
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.setMenu(QMenu(button))
    return button
