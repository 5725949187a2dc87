"""Where the person says what should happen instead."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_LEAST_LINES, _MOST_LINES = 5, 14


class PromptEdit(QPlainTextEdit):
    """A plain text field in which Ctrl+Enter means Retake and Tab goes on to the next control."""

    retake_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Prompt"))
        self.setAccessibleDescription(self.tr("What should happen instead. Ctrl+Enter sends the retake."))
        self.setPlaceholderText(
            self.tr(
                "Describe the moment as it should look and sound, with what stays the same.\n\n"
                "“A woman in a red wool coat turns to the camera and smiles, same kitchen, warm morning light. "
                "She says: “I knew you would come.””"
            )
        )
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * _MOST_LINES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.retake_pressed.emit()
            return
        super().keyPressEvent(event)
