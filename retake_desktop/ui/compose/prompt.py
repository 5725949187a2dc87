"""Where the person says what should happen instead."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from retake_desktop.ui.compose.starters import GAP

_LEAST_LINES, _MOST_LINES = 5, 14


class PromptEdit(QPlainTextEdit):
    """A plain text field in which Ctrl+Enter means Retake and Tab goes on to the next control."""

    retake_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Prompt"))
        self.setAccessibleDescription(self.tr("What should happen instead. Ctrl+Enter sends the retake."))
        self._invitation = self.tr(
            "Describe the moment as it should look and sound, with what stays the same.\n\n"
            "“A woman in a red wool coat turns to the camera and smiles, same kitchen, warm morning light. "
            "She says: ‘I knew you would come.’”"
        )
        self.setPlaceholderText(self._invitation)
        self.setTabChangesFocus(True)
        # The window undoes and redoes prompt, selection and mode together.
        self.setUndoRedoEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * _MOST_LINES)

    def sizeHint(self) -> QSize:
        """The least of it: it grows into the room that is there, and never pushes the choices below it out of sight."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the example would be cut off there is none."""
        super().resizeEvent(event)
        margin = 2 * round(self.document().documentMargin())
        room = self.viewport().rect().adjusted(0, 0, -margin, -margin)
        wanted = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._invitation)
        has_room = wanted.height() <= room.height()
        self.setPlaceholderText(self._invitation if has_room else self._invitation.partition("\n\n")[0])

    def begin_with(self, starter: str) -> None:
        """Puts a beginning in, after what is there, and selects the place to fill in. Can be undone."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self.toPlainText().strip():
            starter = f"\n{starter}"
        at = cursor.position()
        cursor.insertText(starter)
        gap = starter.rfind(GAP)
        if gap >= 0:
            cursor.setPosition(at + gap)
            cursor.setPosition(at + gap + len(GAP), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()

    def replace_with(self, prompt: str) -> None:
        """Puts an earlier prompt in place of what is there. Can be undone."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(prompt)
        self.setTextCursor(cursor)
        self.setFocus()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Text only: files that are dropped here are for the window to open."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.retake_pressed.emit()
            return
        super().keyPressEvent(event)
