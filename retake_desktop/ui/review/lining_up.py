"""How the take lies against the original, and the buttons that move it by a frame."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.ui import style
from retake_desktop.ui.review import measured


class LiningUp(QWidget):
    """Says when a result runs short or long, or could not be lined up. Signal `nudged(int)`: frames, later positive."""

    nudged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("tone", "warning")
        caption = QLabel(self.tr("Move the take"))
        caption.setProperty("tone", "muted")
        row = QHBoxLayout()
        row.setSpacing(style.GAP_TINY)
        row.addWidget(caption)
        row.addStretch(1)
        for frames, words, name, tip in (
            (-1, "−1", self.tr("One frame earlier"), self.tr("Show an earlier frame of the take (Ctrl+Left)")),
            (1, "+1", self.tr("One frame later"), self.tr("Show a later frame of the take (Ctrl+Right)")),
        ):
            button = QPushButton(words)
            button.setAccessibleName(name)
            button.setToolTip(tip)
            button.setFixedWidth(style.CONTROL_HEIGHT + style.GAP_LARGE)
            button.clicked.connect(lambda _checked, by=frames: self.nudged.emit(by))
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addWidget(self._words)
        column.addLayout(row)

    def show_job(self, job: Job) -> None:
        """Warns only of what a person should look at; the facts have the rest."""
        found, words = job.alignment, ""
        if found is not None and job.window is not None and (found.frames_missing or not found.is_certain):
            words = self.tr("The result: {timing}.").format(timing=measured.timing(found, job.window))
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setVisible(job.window is not None)
