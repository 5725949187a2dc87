"""What can be done with a finished take: what keeping it would touch, how far it is, and what came of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import Job, Progress, Stage
from retake_desktop.ui import problems, style
from retake_desktop.ui.motion import is_still
from retake_desktop.ui.review import keep_words
from retake_desktop.ui.review.drag_out import DragOut
from retake_desktop.ui.review.export_menu import Export as Export
from retake_desktop.ui.review.export_menu import ExportMenu
from retake_desktop.ui.review.seam_choice import SeamChooser

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport
    from retake_desktop.services.pipeline.keeping import KeepPlan


_USUAL_LINES = 3
"""Of what is said about a plan."""


class Decisions(QWidget):
    """Keep, Discard, Retake again, Export, and what can be done with the finished film.

    Says before keeping what will be touched, and afterwards what was. `film_asked(bool)`: compare the finished film
    (or the take again); `on_asked`: go on from the finished film.
    """

    keeping = Signal()
    """Keep was pressed; `keep_asked` follows."""
    keep_asked = Signal()
    stop_asked = Signal()
    out_asked = Signal()
    discard_asked = Signal()
    again_asked = Signal()
    on_asked = Signal()
    film_asked = Signal(bool)
    export_asked = Signal(object)
    """An `Export` that is a file already: `RESULT` or `FILM`."""
    share_asked = Signal(object)
    """An `Export` that has to be made."""
    reveal_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._is_building = False
        self._shows_film = False
        self.seams = SeamChooser()
        self._outlook = _note("muted")
        # As tall before the plan is known as it mostly is afterwards: the buttons below do not move.
        self._outlook.setMinimumHeight(_USUAL_LINES * self._outlook.fontMetrics().lineSpacing())
        self._outlook.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._outcome = _note("")
        self._outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Keeping"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(style.GAP_TINY)
        self._stop = _button(self.tr("Stop keeping"), "x", self.tr("Nothing will have been changed"))
        self._keep = _button(self.tr("Keep"), "")
        self._keep.setProperty("kind", "primary")
        style.put_icon(self._keep, "check", "on_accent")
        self._keep.setMinimumHeight(style.CONTROL_HEIGHT + style.GAP_SMALL)
        self._discard = _button(self.tr("Discard"), "trash-2")
        again = self.tr("Back to editing, with this take's prompt and selection")
        self._again = _button(self.tr("Retake again"), "rotate-ccw", again)
        self._export = _button(self.tr("Export"), "download")
        self._reveal = _button(self.tr("Show in folder"), "folder-open")
        self._film = _button(self.tr("Show the film"), "eye")
        self._out = _button(self.tr("Take out"), "x", self.tr("Makes the film anew without this moment"))
        on = self.tr("Opens the finished film, to change another moment or this one again; nothing is encoded twice")
        self._on = _button(self.tr("Use as source"), "clapperboard", on)
        self._file = DragOut()
        self._menu = ExportMenu(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(style.GAP_SMALL)
        pairs = ((self._discard, self._again), (self._export, self._reveal), (self._film, self._out))
        for shown in ((self._keep,), *pairs, (self._on,)):
            # One that stands alone, because the other is not there yet, takes the whole line.
            line = QHBoxLayout()
            line.setSpacing(style.GAP_SMALL)
            for button in shown:
                line.addWidget(button, 1)
            buttons.addLayout(line)
        running = QHBoxLayout()
        running.setSpacing(style.GAP_SMALL)
        running.addWidget(self._bar, 1)
        running.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(self.seams)
        column.addWidget(self._outlook)
        column.addWidget(self._outcome)
        column.addLayout(running)
        column.addWidget(self._file)
        column.addLayout(buttons)
        # Before there is a take they would only keep the window from being made low.
        for later in (self._outcome, self._bar, self._stop, self._reveal, self._film, self._out, self._on):
            later.hide()

    def _connect(self) -> None:
        self._keep.clicked.connect(self._on_keep)
        self._stop.clicked.connect(self.stop_asked)
        self._out.clicked.connect(self._on_out)
        self._discard.clicked.connect(self.discard_asked)
        self._again.clicked.connect(self.again_asked)
        self._on.clicked.connect(self.on_asked)
        self._film.clicked.connect(self._on_film)
        self._export.clicked.connect(self._on_export)
        self._menu.asked.connect(self._on_export_chosen)
        self._reveal.clicked.connect(self._on_reveal)

    def event(self, event: QEvent) -> bool:
        """Keeps all of it in view: by itself a layout with lines that wrap asks for too little."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))
        return done

    def show_job(self, job: Job) -> None:
        if self._job is None or self._job.id != job.id:
            self._is_building = self._shows_film = False
            self._outcome.setText("")
            self._outlook.setText(self.tr("Finding out which frames Keep would re-encode…"))
        self._job = job
        if job.problem is not None:
            self._is_building = False
        self.seams.show_choice(job.seams)
        self._menu.show_job(job)
        self._refresh()

    def show_plan(self, plan: "KeepPlan | Problem") -> None:
        """What Keep would do, or why it could not be found out."""
        if isinstance(plan, Problem):
            self._outlook.setText(problems.message(plan))
            self._outlook.setToolTip("")
        else:
            self._outlook.setText(keep_words.planned(plan))
            self._outlook.setToolTip(keep_words.reasons(plan))
            self.seams.show_plan(plan)
        self._refresh()

    def show_report(self, report: "SpliceReport") -> None:
        """What keeping came to: how many frames are as they were shot, and where the film lies."""
        self._is_building = False
        self._outcome.setText(keep_words.done(report))
        self._refresh()

    def show_film(self, shown: bool) -> None:
        """Whether the comparison shows the finished film or the take as it came."""
        self._shows_film = shown
        self._refresh()

    def keeping_failed(self) -> None:
        self._is_building = False
        self._refresh()

    def show_progress(self, progress: Progress) -> None:
        """How far the film is that Keep makes."""
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)

    def _refresh(self) -> None:
        job = self._job
        if job is None:
            return
        kept = job.stage is Stage.KEPT
        is_current = kept and (job.film is None or job.film.seams == job.seams)
        busy = self.tr("The film is being put together.")
        _enable(self._keep, not is_current and not self._is_building, busy if self._is_building else self._kept_words())
        first_out = self.tr("Take it out of the film first.") if kept else busy
        _enable(self._discard, not kept and not self._is_building, first_out)
        _enable(self._out, not self._is_building, busy)
        self.seams.setVisible(job.request.mode.replaces_picture)
        self.seams.setEnabled(not self._is_building)
        self._outlook.setVisible(not is_current and not self._is_building)
        if kept and not self._outcome.text():
            self._outcome.setText(self.tr("The finished film:\n{path}").format(path=job.final_path or ""))
        self._outcome.setVisible(kept and not self._is_building and bool(self._outcome.text()))
        for running in (self._bar, self._stop):
            running.setVisible(self._is_building)
        self._reveal.setVisible(bool(job.final_path))
        for about_film in (self._film, self._out, self._on):
            about_film.setVisible(kept and job.film is not None)
        self._film.setText(self.tr("Show the take") if self._shows_film else self.tr("Show the film"))
        self._file.show_file(job.final_path if kept else job.result_path)

    def _kept_words(self) -> str:
        return self.tr("It is kept already. Move a seam to make the film anew.")

    def _begin(self) -> None:
        self._is_building = True
        # A bar without an end runs to and fro.
        self._bar.setRange(0, int(is_still()))
        self._outcome.setText("")
        self._refresh()

    def _on_keep(self) -> None:
        self._begin()
        self.keeping.emit()
        self.keep_asked.emit()

    def _on_out(self) -> None:
        self._begin()
        self.out_asked.emit()

    def _on_film(self) -> None:
        self.film_asked.emit(not self._shows_film)

    def _on_export(self) -> None:
        # A menu set on the button would run a loop of its own and leave a screen reader without an answer.
        self._menu.popup(self._export.mapToGlobal(self._export.rect().bottomLeft()))

    def _on_export_chosen(self, what: Export) -> None:
        (self.export_asked if what in {Export.RESULT, Export.FILM} else self.share_asked).emit(what)

    def _on_reveal(self) -> None:
        if self._job is not None and self._job.final_path:
            self.reveal_asked.emit(self._job.final_path)


def _note(tone: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(style.font(style.TextRole.SMALL))
    label.setProperty("tone", tone)
    return label


def _button(words: str, icon: str, what: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "narrow")
    button.setToolTip(what)
    if icon:
        style.put_icon(button, icon)
    return button


def _enable(button: QPushButton, is_possible: bool, why_not: str) -> None:
    button.setEnabled(is_possible)
    button.setToolTip("" if is_possible else why_not)
    button.setAccessibleDescription("" if is_possible else why_not)
