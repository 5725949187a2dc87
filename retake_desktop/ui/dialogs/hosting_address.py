"""For a take that waits: the person puts its clip somewhere themselves, and gives the address."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.ui import style


class AddressSection(QWidget):
    """Names the prepared file, and takes the https address at which it was put. Hidden while no take waits."""

    given = Signal(str, str)
    """Job id and address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        caption = QLabel(self.tr("Or put this take's clip somewhere yourself"))
        caption.setFont(style.font(strong=True))
        self._file = QLabel()
        self._file.setWordWrap(True)
        self._file.setMinimumWidth(1)
        self._file.setTextFormat(Qt.TextFormat.PlainText)
        self._file.setProperty("tone", "muted")
        self._show = QPushButton(self.tr("Show the file"))
        self._show.clicked.connect(self._on_show)
        self._field = QLineEdit()
        self._field.setAccessibleName(self.tr("Address of the clip"))
        self._field.setPlaceholderText("https://")
        self._field.setMaxLength(4096)
        self._use = QPushButton(self.tr("Use this address"))
        self._use.clicked.connect(self._on_use)
        self._field.textChanged.connect(self._refresh)
        self._result = QLabel()
        self._result.setWordWrap(True)
        self._result.setAccessibleName(self.tr("Address result"))
        row = QHBoxLayout()
        row.addWidget(self._field, 1)
        row.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        for part in (caption, self._file, self._show):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading if part is self._show else Qt.AlignmentFlag(0))
        column.addLayout(row)
        column.addWidget(self._result)
        self.show_job(None)

    def show_job(self, job: Job | None) -> None:
        self._job = job
        self.setVisible(job is not None and job.window_path is not None)
        self._field.clear()
        self.say("")
        if job is not None and job.window_path is not None:
            words = self.tr("Upload {path} to a place that anybody can read without a login, and paste its address.")
            self._file.setText(words.format(path=job.window_path))
        self._refresh()

    @property
    def job_id(self) -> str:
        return self._job.id if self._job is not None else ""

    def say(self, words: str, tone: str = "muted") -> None:
        self._result.setText(words)
        self._result.setAccessibleDescription(words)
        self._result.setVisible(bool(words))
        self._result.setProperty("tone", tone)
        self._result.style().polish(self._result)

    def _refresh(self) -> None:
        is_address = self._field.text().strip().startswith(("https://", "http://"))
        why_not = "" if is_address else self.tr("Paste an address that begins with https:// first.")
        self._use.setEnabled(is_address)
        self._use.setToolTip(why_not)
        self._use.setAccessibleDescription(why_not)

    def _on_use(self) -> None:
        if self._job is not None:
            self.say(self.tr("Looking whether the clip is there…"))
            self.given.emit(self._job.id, self._field.text().strip())

    def _on_show(self) -> None:
        if self._job is not None and self._job.window_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._job.window_path).parent)))
