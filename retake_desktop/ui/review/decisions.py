"""What can be done with a finished take, and what came of keeping it."""

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QProgressBar, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job, Progress, Stage
from retake_desktop.domain.retake import Mode
from retake_desktop.ui import style, text

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport


class Export(Enum):
    """What can be written to a file of the person's choice."""

    RESULT = auto()
    """The service's file as it came."""
    FILM = auto()
    """The original with its kept moments."""


class Decisions(QWidget):
    """Keep, Discard, Retake again, Export. Says before keeping what will be touched, and afterwards what was."""

    keep_asked = Signal()
    discard_asked = Signal()
    again_asked = Signal()
    export_asked = Signal(object)
    reveal_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._is_keeping = False
        self._outlook = _note("muted")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Keeping"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(style.GAP_TINY)
        self._outcome = _note("")
        self._outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reveal = QPushButton(self.tr("Show in folder"))
        style.put_icon(self._reveal, "folder-open")
        self._keep = QPushButton(self.tr("Keep"))
        self._keep.setProperty("kind", "primary")
        style.put_icon(self._keep, "check", "on_accent")
        self._keep.setMinimumHeight(style.CONTROL_HEIGHT + style.GAP_SMALL)
        self._discard = QPushButton(self.tr("Discard"))
        style.put_icon(self._discard, "trash-2")
        self._again = QPushButton(self.tr("Retake again"))
        style.put_icon(self._again, "rotate-ccw")
        self._again.setToolTip(self.tr("Back to editing, with this take's prompt and selection"))
        self._export = QPushButton(self.tr("Export"))
        style.put_icon(self._export, "download")
        self._menu = self._make_menu()
        self._lay_out()
        self._connect()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Result as it came…")).triggered.connect(self._on_export_result)
        self._film_action: QAction = menu.addAction(self.tr("Finished film…"))
        self._film_action.triggered.connect(self._on_export_film)
        menu.setToolTipsVisible(True)
        return menu

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(style.GAP_SMALL)
        grid.addWidget(self._keep, 0, 0, 1, 2)
        grid.addWidget(self._discard, 1, 0)
        grid.addWidget(self._again, 1, 1)
        grid.addWidget(self._export, 2, 0)
        grid.addWidget(self._reveal, 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(self._outlook)
        column.addWidget(self._outcome)
        column.addWidget(self._bar)
        column.addLayout(grid)

    def _connect(self) -> None:
        self._keep.clicked.connect(self._on_keep)
        self._discard.clicked.connect(self.discard_asked)
        self._again.clicked.connect(self.again_asked)
        self._export.clicked.connect(self._on_export)
        self._reveal.clicked.connect(self._on_reveal)

    def show_job(self, job: Job) -> None:
        if self._job is None or self._job.id != job.id:
            self._is_keeping = False
            self._outcome.setText("")
        self._job = job
        if job.stage is Stage.KEPT or job.problem is not None:
            self._is_keeping = False
        self._refresh()

    def show_report(self, report: "SpliceReport") -> None:
        """What keeping came to: how many frames are as they were shot, and where the film lies."""
        self._is_keeping = False
        self._outcome.setText(f"{_untouched(report)}\n{report.output}")
        self._refresh()

    def keeping_failed(self) -> None:
        self._is_keeping = False
        self._refresh()

    def _refresh(self) -> None:
        job = self._job
        if job is None:
            return
        kept = job.stage is Stage.KEPT
        _enable(self._keep, not kept and not self._is_keeping, self._why_no_keep(kept=kept))
        _enable(self._discard, not self._is_keeping, self.tr("Wait until the film is finished."))
        self._reveal.setVisible(bool(job.final_path))
        self._outlook.setText(_outlook(job))
        self._outlook.setVisible(not kept)
        if kept and not self._outcome.text():
            self._outcome.setText(self.tr("The finished film:\n{path}").format(path=job.final_path or ""))
        self._outcome.setVisible(bool(self._outcome.text()))
        self._bar.setVisible(self._is_keeping)
        self._film_action.setEnabled(bool(job.final_path))
        self._film_action.setToolTip("" if job.final_path else self.tr("Keep the take first."))

    def _why_no_keep(self, *, kept: bool) -> str:
        return self.tr("It is kept already.") if kept else self.tr("The film is being put together.")

    def show_progress(self, progress: Progress) -> None:
        """How far the film is that Keep makes."""
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)

    def _on_keep(self) -> None:
        self._is_keeping = True
        self._bar.setRange(0, 0)
        self._outcome.setText("")
        self._refresh()
        self.keep_asked.emit()

    def _on_export(self) -> None:
        # A menu set on the button would run a loop of its own and leave a screen reader without an answer.
        self._menu.popup(self._export.mapToGlobal(self._export.rect().bottomLeft()))

    def _on_export_result(self) -> None:
        self.export_asked.emit(Export.RESULT)

    def _on_export_film(self) -> None:
        self.export_asked.emit(Export.FILM)

    def _on_reveal(self) -> None:
        if self._job is not None and self._job.final_path:
            self.reveal_asked.emit(self._job.final_path)


def _outlook(job: Job) -> str:
    """What keeping will touch, as far as that is known before it is done."""
    if job.request.mode is Mode.SOUND:
        return _words("Keep makes a new film beside the original: new sound in this moment, no frame touched.")
    return _words(
        "Keep makes a new film beside the original, with this moment replaced. Afterwards it says how many of the "
        "original's frames stayed untouched."
    )


def _untouched(report: "SpliceReport") -> str:
    words = _words("{untouched} of {total} frames untouched.").format(
        untouched=text.number(report.frames_untouched), total=text.number(report.frames_total)
    )
    if report.reason:
        words += f" {report.reason}"
    return words


def _words(sentence: str) -> str:
    return QCoreApplication.translate("Decisions", sentence)


def _note(tone: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(style.font(style.TextRole.SMALL))
    label.setProperty("tone", tone)
    return label


def _enable(button: QPushButton, is_possible: bool, why_not: str) -> None:
    button.setEnabled(is_possible)
    button.setToolTip("" if is_possible else why_not)
    button.setAccessibleDescription("" if is_possible else why_not)
