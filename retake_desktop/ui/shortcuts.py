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
    LARGER = auto()
    SMALLER = auto()
    ZOOM_FIT = auto()
    ZOOM_ACTUAL = auto()
    PAN_LEFT = auto()
    PAN_RIGHT = auto()
    PAN_UP = auto()
    PAN_DOWN = auto()
    MAGNIFIER = auto()
    FULL_SCREEN = auto()
    SOUND = auto()
    IN_SEAM = auto()
    OUT_SEAM = auto()
    NEXT_CHANGE = auto()
    PREVIOUS_CHANGE = auto()
    EARLIER = auto()
    LATER = auto()
    RETAKE = auto()
    UNDO = auto()
    REDO = auto()
    SHOT = auto()
    TO_START = auto()
    TO_END = auto()
    TO_IN_POINT = auto()
    TO_OUT_POINT = auto()
    PAGE_BACK = auto()
    PAGE_FORWARD = auto()
    NUDGE_BACK = auto()
    NUDGE_FORWARD = auto()
    NUDGE_SECOND_BACK = auto()
    NUDGE_SECOND_FORWARD = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    ZOOM_ALL = auto()
    TAKES_PANEL = auto()
    FORM_PANEL = auto()
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
    Shortcut(Verb.RETAKE, "Ctrl+Return", QT_TRANSLATE_NOOP("Shortcuts", "Start the retake"), typing=True),
    Shortcut(
        Verb.UNDO, "Ctrl+Z", QT_TRANSLATE_NOOP("Shortcuts", "Undo a change of selection, prompt or mode"), typing=True
    ),
    Shortcut(Verb.REDO, "Ctrl+Shift+Z", QT_TRANSLATE_NOOP("Shortcuts", "Redo what was undone"), typing=True),
    Shortcut(Verb.PLAY, "Space", QT_TRANSLATE_NOOP("Shortcuts", "Play or pause")),
    Shortcut(Verb.SHUTTLE_BACK, "J", QT_TRANSLATE_NOOP("Shortcuts", "Backwards, faster each time")),
    Shortcut(Verb.SHUTTLE_STOP, "K", QT_TRANSLATE_NOOP("Shortcuts", "Stop")),
    Shortcut(Verb.SHUTTLE_FORWARD, "L", QT_TRANSLATE_NOOP("Shortcuts", "Forwards, faster each time")),
    Shortcut(Verb.FRAME_BACK, "Left", QT_TRANSLATE_NOOP("Shortcuts", "One frame back")),
    Shortcut(Verb.FRAME_FORWARD, "Right", QT_TRANSLATE_NOOP("Shortcuts", "One frame on")),
    Shortcut(Verb.SECOND_BACK, "Shift+Left", QT_TRANSLATE_NOOP("Shortcuts", "One second back")),
    Shortcut(Verb.SECOND_FORWARD, "Shift+Right", QT_TRANSLATE_NOOP("Shortcuts", "One second on")),
    Shortcut(Verb.TO_START, "Home", QT_TRANSLATE_NOOP("Shortcuts", "To the first frame")),
    Shortcut(Verb.TO_END, "End", QT_TRANSLATE_NOOP("Shortcuts", "To the last frame")),
    Shortcut(Verb.PAGE_BACK, "PgUp", QT_TRANSLATE_NOOP("Shortcuts", "A tenth of the timeline back")),
    Shortcut(Verb.PAGE_FORWARD, "PgDown", QT_TRANSLATE_NOOP("Shortcuts", "A tenth of the timeline on")),
    Shortcut(Verb.IN_POINT, "I", QT_TRANSLATE_NOOP("Shortcuts", "In point at the playhead")),
    Shortcut(Verb.OUT_POINT, "O", QT_TRANSLATE_NOOP("Shortcuts", "Out point at the playhead")),
    Shortcut(Verb.TO_IN_POINT, "Shift+I", QT_TRANSLATE_NOOP("Shortcuts", "To the in point")),
    Shortcut(Verb.TO_OUT_POINT, "Shift+O", QT_TRANSLATE_NOOP("Shortcuts", "To the out point")),
    Shortcut(Verb.SHOT, "S", QT_TRANSLATE_NOOP("Shortcuts", "Select the shot at the playhead")),
    Shortcut(Verb.NUDGE_BACK, "Alt+Left", QT_TRANSLATE_NOOP("Shortcuts", "Move the selection one frame back")),
    Shortcut(Verb.NUDGE_FORWARD, "Alt+Right", QT_TRANSLATE_NOOP("Shortcuts", "Move the selection one frame on")),
    Shortcut(
        Verb.NUDGE_SECOND_BACK, "Alt+Shift+Left", QT_TRANSLATE_NOOP("Shortcuts", "Move the selection one second back")
    ),
    Shortcut(
        Verb.NUDGE_SECOND_FORWARD,
        "Alt+Shift+Right",
        QT_TRANSLATE_NOOP("Shortcuts", "Move the selection one second on"),
    ),
    Shortcut(Verb.ZOOM_IN, "+", QT_TRANSLATE_NOOP("Shortcuts", "Zoom in on the timeline, down to single frames")),
    Shortcut(Verb.ZOOM_OUT, "-", QT_TRANSLATE_NOOP("Shortcuts", "Zoom out")),
    Shortcut(Verb.ZOOM_ALL, "0", QT_TRANSLATE_NOOP("Shortcuts", "Show the whole video on the timeline")),
    Shortcut(Verb.LOOP, "Shift+L", QT_TRANSLATE_NOOP("Shortcuts", "Loop the selection")),
    Shortcut(
        Verb.BEFORE_AFTER,
        "B",
        QT_TRANSLATE_NOOP("Shortcuts", "Before alone while it is held, in review; the other one in A/B"),
    ),
    Shortcut(Verb.SIDE_BY_SIDE, "1", QT_TRANSLATE_NOOP("Shortcuts", "Side by side")),
    Shortcut(Verb.WIPE, "2", QT_TRANSLATE_NOOP("Shortcuts", "Wipe")),
    Shortcut(Verb.AB, "3", QT_TRANSLATE_NOOP("Shortcuts", "A/B in place")),
    Shortcut(Verb.DIFFERENCE, "4", QT_TRANSLATE_NOOP("Shortcuts", "Difference, amplified")),
    Shortcut(Verb.LARGER, "Ctrl++", QT_TRANSLATE_NOOP("Shortcuts", "Larger picture")),
    Shortcut(Verb.SMALLER, "Ctrl+-", QT_TRANSLATE_NOOP("Shortcuts", "Smaller picture")),
    Shortcut(Verb.ZOOM_FIT, "Ctrl+0", QT_TRANSLATE_NOOP("Shortcuts", "Fit the picture to the window")),
    Shortcut(Verb.ZOOM_ACTUAL, "Ctrl+1", QT_TRANSLATE_NOOP("Shortcuts", "Pixel for pixel (100 %)")),
    Shortcut(Verb.PAN_LEFT, "Ctrl+Shift+Left", QT_TRANSLATE_NOOP("Shortcuts", "Look further left")),
    Shortcut(Verb.PAN_RIGHT, "Ctrl+Shift+Right", QT_TRANSLATE_NOOP("Shortcuts", "Look further right")),
    Shortcut(Verb.PAN_UP, "Ctrl+Shift+Up", QT_TRANSLATE_NOOP("Shortcuts", "Look further up")),
    Shortcut(Verb.PAN_DOWN, "Ctrl+Shift+Down", QT_TRANSLATE_NOOP("Shortcuts", "Look further down")),
    Shortcut(Verb.MAGNIFIER, "M", QT_TRANSLATE_NOOP("Shortcuts", "Magnifier")),
    Shortcut(Verb.FULL_SCREEN, "F11", QT_TRANSLATE_NOOP("Shortcuts", "Comparison on the full screen")),
    Shortcut(Verb.SOUND, "A", QT_TRANSLATE_NOOP("Shortcuts", "Sound from before, after, or what is shown")),
    Shortcut(Verb.IN_SEAM, "5", QT_TRANSLATE_NOOP("Shortcuts", "Loop one second around the in point, in turn")),
    Shortcut(Verb.OUT_SEAM, "6", QT_TRANSLATE_NOOP("Shortcuts", "Loop one second around the out point, in turn")),
    Shortcut(Verb.NEXT_CHANGE, "N", QT_TRANSLATE_NOOP("Shortcuts", "To the next change")),
    Shortcut(Verb.PREVIOUS_CHANGE, "Shift+N", QT_TRANSLATE_NOOP("Shortcuts", "To the change before")),
    Shortcut(Verb.EARLIER, "Ctrl+Left", QT_TRANSLATE_NOOP("Shortcuts", "Show an earlier frame of the take, for good")),
    Shortcut(Verb.LATER, "Ctrl+Right", QT_TRANSLATE_NOOP("Shortcuts", "Show a later frame of the take, for good")),
    Shortcut(Verb.TAKES_PANEL, "F7", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the takes"), typing=True),
    Shortcut(Verb.FORM_PANEL, "F8", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the form"), typing=True),
    Shortcut(Verb.CLOSE_REVIEW, "Escape", QT_TRANSLATE_NOOP("Shortcuts", "Back to editing"), typing=True),
    Shortcut(Verb.SHEET, "?", QT_TRANSLATE_NOOP("Shortcuts", "This list")),
)

_ARROWS = frozenset({Verb.FRAME_BACK, Verb.FRAME_FORWARD, Verb.SECOND_BACK, Verb.SECOND_FORWARD})
_NUDGES = frozenset({Verb.NUDGE_BACK, Verb.NUDGE_FORWARD, Verb.NUDGE_SECOND_BACK, Verb.NUDGE_SECOND_FORWARD})
_PAGES = frozenset({Verb.PAGE_BACK, Verb.PAGE_FORWARD})
_REPEATING = _ARROWS | _NUDGES | _PAGES | {Verb.ZOOM_IN, Verb.ZOOM_OUT, Verb.UNDO, Verb.REDO}
_ARROW_KEYS = frozenset({"Left", "Right", "Up", "Down"})
_PAGE_KEYS = frozenset({"Home", "End", "PgUp", "PgDown"})
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_USES_ARROWS = (QRadioButton, QAbstractSlider, QAbstractItemView, QComboBox)
_USES_PAGES = (QAbstractSlider, QAbstractItemView, QComboBox)
_USES_SPACE = (QAbstractButton, QAbstractItemView, QComboBox)


def keys_of(row: Shortcut, own: Mapping[str, str]) -> str:
    """The keys in use: the person's own, where they can be read and nothing else has them, or the usual ones."""
    keys = own.get(row.verb.name.lower(), "")
    return keys if keys and obstacle(row, keys, own) is None else row.keys


class Obstacle(Enum):
    TAKEN = auto()
    TYPED = auto()
    """It would be a letter in a text field, and this one works there as well."""
    UNREADABLE = auto()


def obstacle(row: Shortcut, keys: str, own: Mapping[str, str]) -> Obstacle | None:
    """Why `row` cannot have `keys`; None when it can."""
    wanted = QKeySequence(keys)
    held, _plus, last = wanted.toString().rpartition("+")
    if wanted.count() != 1 or not last:
        return Obstacle.UNREADABLE
    if holder(row, keys, own) is not None:
        return Obstacle.TAKEN
    is_typed = (len(last) == 1 or last == "Space") and not {"Ctrl", "Alt", "Meta"} & set(held.split("+"))
    return Obstacle.TYPED if row.typing and is_typed else None


def holder(row: Shortcut, keys: str, own: Mapping[str, str]) -> Shortcut | None:
    """Which other row has `keys`, if any."""
    wanted = QKeySequence(keys)
    for other in SHORTCUTS:
        taken = own.get(other.verb.name.lower()) or other.keys
        if other is not row and QKeySequence(taken).matches(wanted) is QKeySequence.SequenceMatch.ExactMatch:
            return other
    return None


class Shortcuts(QObject):
    """Connects the table to `deeds` for a window, and stands back for the control that has the focus."""

    def __init__(
        self, window: QWidget, deeds: Mapping[Verb, Callable[[], object]], own: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._own: Mapping[str, str] = own or {}
        self._shortcuts = [(row, self._made(row, deeds[row.verb])) for row in SHORTCUTS if row.verb in deeds]
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _made(self, row: Shortcut, deed: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys_of(row, self._own)), self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(row.verb in _REPEATING)
        shortcut.activated.connect(deed)
        return shortcut

    def use(self, own: Mapping[str, str]) -> None:
        """From now on the person's own keys count where there are any."""
        if own == self._own:
            return
        self._own = own
        for row, shortcut in self._shortcuts:
            shortcut.setKey(QKeySequence(keys_of(row, own)))

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for row, shortcut in self._shortcuts:
            shortcut.setEnabled(not belongs_to(now, row, keys_of(row, self._own)))


def belongs_to(focused: QWidget | None, row: Shortcut, keys: str = "") -> bool:
    """Whether the focused control needs the keys of `row` itself: a text field all it can type, a button Space, ..."""
    if isinstance(focused, _TEXT_FIELDS):
        return not row.typing
    held, _plus, used = (keys or row.keys).rpartition("+")
    if used == "Space":
        return isinstance(focused, _USES_SPACE)
    if "Alt" in held.split("+"):
        return False
    if used in _PAGE_KEYS:
        return isinstance(focused, _USES_PAGES)
    return used in _ARROW_KEYS and isinstance(focused, _USES_ARROWS)


def described(row: Shortcut, own: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The keys as this system writes them, and what they do."""
    keys = QKeySequence(keys_of(row, own or {})).toString(QKeySequence.SequenceFormat.NativeText)
    return keys, QCoreApplication.translate("Shortcuts", row.what)
