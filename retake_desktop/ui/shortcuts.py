"""Every shortcut of the window in one table, for the keyboard and for the sheet that lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP


class Verb(Enum):
    PLAY = auto()
    SHUTTLE_BACK = auto()
    SHUTTLE_STOP = auto()
    SHUTTLE_FORWARD = auto()
    FRAME_BACK = auto()
    FRAME_FORWARD = auto()
    SECOND_BACK = auto()
    SECOND_FORWARD = auto()
    IN_POINT = auto()
    OUT_POINT = auto()
    LOOP = auto()
    BEFORE_AFTER = auto()
    SIDE_BY_SIDE = auto()
    WIPE = auto()
    AB = auto()
    DIFFERENCE = auto()
    RETAKE = auto()
    UNDO = auto()
    OPEN = auto()
    PASTE = auto()
    CLOSE_REVIEW = auto()
    SHEET = auto()


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`keys` in Qt's portable writing. `typing` tells that it works in a text field as well."""

    verb: Verb
    keys: str
    what: str
    typing: bool = False


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(Verb.OPEN, "Ctrl+O", QT_TRANSLATE_NOOP("Shortcuts", "Open a video"), typing=True),
    Shortcut(Verb.PASTE, "Ctrl+V", QT_TRANSLATE_NOOP("Shortcuts", "Open the file or path on the clipboard")),
    Shortcut(Verb.RETAKE, "Ctrl+Return", QT_TRANSLATE_NOOP("Shortcuts", "Retake"), typing=True),
    Shortcut(Verb.UNDO, "Ctrl+Z", QT_TRANSLATE_NOOP("Shortcuts", "Undo a change of selection or prompt")),
    Shortcut(Verb.PLAY, "Space", QT_TRANSLATE_NOOP("Shortcuts", "Play or pause")),
    Shortcut(Verb.SHUTTLE_BACK, "J", QT_TRANSLATE_NOOP("Shortcuts", "Backwards, faster each time")),
    Shortcut(Verb.SHUTTLE_STOP, "K", QT_TRANSLATE_NOOP("Shortcuts", "Stop")),
    Shortcut(Verb.SHUTTLE_FORWARD, "L", QT_TRANSLATE_NOOP("Shortcuts", "Forwards, faster each time")),
    Shortcut(Verb.FRAME_BACK, "Left", QT_TRANSLATE_NOOP("Shortcuts", "One frame back")),
    Shortcut(Verb.FRAME_FORWARD, "Right", QT_TRANSLATE_NOOP("Shortcuts", "One frame on")),
    Shortcut(Verb.SECOND_BACK, "Shift+Left", QT_TRANSLATE_NOOP("Shortcuts", "One second back")),
    Shortcut(Verb.SECOND_FORWARD, "Shift+Right", QT_TRANSLATE_NOOP("Shortcuts", "One second on")),
    Shortcut(Verb.IN_POINT, "I", QT_TRANSLATE_NOOP("Shortcuts", "In point at the playhead")),
    Shortcut(Verb.OUT_POINT, "O", QT_TRANSLATE_NOOP("Shortcuts", "Out point at the playhead")),
    Shortcut(Verb.LOOP, "Shift+L", QT_TRANSLATE_NOOP("Shortcuts", "Loop the selection")),
    Shortcut(Verb.BEFORE_AFTER, "B", QT_TRANSLATE_NOOP("Shortcuts", "Before or after, in review")),
    Shortcut(Verb.SIDE_BY_SIDE, "1", QT_TRANSLATE_NOOP("Shortcuts", "Side by side")),
    Shortcut(Verb.WIPE, "2", QT_TRANSLATE_NOOP("Shortcuts", "Wipe")),
    Shortcut(Verb.AB, "3", QT_TRANSLATE_NOOP("Shortcuts", "A/B in place")),
    Shortcut(Verb.DIFFERENCE, "4", QT_TRANSLATE_NOOP("Shortcuts", "Difference, amplified")),
    Shortcut(Verb.CLOSE_REVIEW, "Escape", QT_TRANSLATE_NOOP("Shortcuts", "Back to editing"), typing=True),
    Shortcut(Verb.SHEET, "?", QT_TRANSLATE_NOOP("Shortcuts", "This list")),
)

_ARROWS = frozenset({Verb.FRAME_BACK, Verb.FRAME_FORWARD, Verb.SECOND_BACK, Verb.SECOND_FORWARD})
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_USES_ARROWS = (QRadioButton, QAbstractSlider, QAbstractItemView, QComboBox)
_USES_SPACE = (QAbstractButton, QAbstractItemView, QComboBox)


class Shortcuts(QObject):
    """Connects the table to `deeds` for a window, and stands back for the control that has the focus."""

    def __init__(self, window: QWidget, deeds: Mapping[Verb, Callable[[], object]]) -> None:
        super().__init__(window)
        self._window = window
        self._shortcuts = [(row, self._made(row, deeds[row.verb])) for row in SHORTCUTS if row.verb in deeds]
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _made(self, row: Shortcut, deed: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(row.keys), self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(row.verb in _ARROWS)
        shortcut.activated.connect(deed)
        return shortcut

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for row, shortcut in self._shortcuts:
            shortcut.setEnabled(not belongs_to(now, row))


def belongs_to(focused: QWidget | None, row: Shortcut) -> bool:
    """Whether the focused control needs the keys of `row` itself: a text field all it can type, a button Space, ..."""
    if isinstance(focused, _TEXT_FIELDS):
        return not row.typing
    if row.verb is Verb.PLAY:
        return isinstance(focused, _USES_SPACE)
    return row.verb in _ARROWS and isinstance(focused, _USES_ARROWS)


def described(row: Shortcut) -> tuple[str, str]:
    """The keys as this system writes them, and what they do."""
    keys = QKeySequence(row.keys).toString(QKeySequence.SequenceFormat.NativeText)
    return keys, QCoreApplication.translate("Shortcuts", row.what)
