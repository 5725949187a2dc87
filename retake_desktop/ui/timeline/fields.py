"""The selection in figures: two fields that take effect while they are written."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import Clip
from retake_desktop.ui import style

_TYPING_PAUSE_MS = 180
"""After the last key; what is half typed ("1" on the way to "12") should not move anything."""


class TimeField(QLineEdit):
    """A time in a clip, as `00:00:01.200` or with frames `00:00:01:05`.

    Signals: `typing_began()` before the first effect of typing, `entered(Fraction)` when a new time stands there.
    Text set from outside (a screen reader) counts at once; typing counts after a short pause, or Enter. The text is
    made tidy when the field loses the focus, or when the time changes elsewhere.
    """

    typing_began = Signal()
    entered = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._time = Fraction(0)
        self._obstacle = ""
        self._typing = False
        self._reason = ""
        self.setAccessibleName(name)
        self.setFont(style.font())
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(24)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("00:00:00.000") + 2 * style.GAP)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._take)
        self.textEdited.connect(self._type)
        self.textChanged.connect(self._change)
        self.editingFinished.connect(self._finish)

    @property
    def is_typing(self) -> bool:
        """Somebody is in the middle of writing here."""
        return self._typing

    def show_clip(self, clip: Clip | None, reason: str = "") -> None:
        """Belongs to `clip` from now on; without one, or with a `reason` against editing, it is disabled."""
        self._clip = clip
        self._typing = False
        self.setEnabled(clip is not None and not reason)
        self._reason = reason or ("" if clip else self.tr("Open a video first."))
        self._mark()

    def show_time(self, time: Fraction, obstacle: str = "") -> None:
        """The time that holds, and what is wrong with the selection, if anything. Does not disturb typing."""
        self._time = time
        self._obstacle = obstacle
        if not self._typing and self._written() != time:
            self._tidy()
        self._mark()

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the window: a time that was entered is a change of the selection."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys):
                event.ignore()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._finish()
        super().focusOutEvent(event)
        self._tidy()
        self._mark()

    def _type(self) -> None:
        if not self._typing:
            self._typing = True
            self.typing_began.emit()
        self._pause.start()

    def _change(self) -> None:
        if not self._pause.isActive():
            self._take()

    def _finish(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._take()
        self._typing = False

    def _take(self) -> None:
        written = self._written()
        if written is not None and written != self._time:
            self.entered.emit(written)
        self._mark()

    def _written(self) -> Fraction | None:
        """The time in the field, on a frame boundary; None where there is none."""
        if self._clip is None:
            return None
        try:
            return self._clip.frames.snap(timecode.parse(self.text(), self._clip.frame_rate))
        except ValueError:
            return None

    def _tidy(self) -> None:
        with QSignalBlocker(self):
            self.setText(timecode.to_text(self._time))

    def _mark(self) -> None:
        problem = self._obstacle
        if self._clip is not None and self._written() is None:
            problem = QCoreApplication.translate("TimeField", "Write a time such as 00:00:01.200 or 00:00:01:05.")
        said = self._reason or problem
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        if self.property("invalid") != bool(problem):
            self.setProperty("invalid", bool(problem))
            self.style().polish(self)
