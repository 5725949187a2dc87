"""What the person does with rows of the list: name them, take them off it, write their prompts into the form."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from retake_desktop.domain.mark import TakeMark
from retake_desktop.ui import text
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.preferences import short_name
from retake_desktop.ui.reviewing import reveal


class Listing(QObject):
    """Between the list and the record. Taking a take off the list deletes nothing, and says where its file is."""

    def __init__(self, window: MainWindow, jobs: Jobs, notices: Notices) -> None:
        super().__init__(window)
        self._takes = window.takes
        self._compose = window.compose
        self._window = window
        self._jobs = jobs
        self._notices = notices
        wishes = window.takes.list.deeds
        wishes.renamed.connect(self._on_renamed)
        wishes.remove_asked.connect(self._on_remove)
        wishes.remove_refused.connect(self._on_refused)
        wishes.bring_back_asked.connect(self._on_bring_back)
        wishes.prompt_asked.connect(self._on_prompt)
        wishes.reveal_asked.connect(reveal)
        jobs.takes_marked.connect(self._on_marked)
        window.compose.prompt_tools.recent = self._prompts

    def _on_marked(self, marks: Mapping[str, TakeMark]) -> None:
        self._takes.set_marks(marks)

    def _on_renamed(self, job_id: str, name: str) -> None:
        self._jobs.rename(job_id, name)

    def _on_remove(self, job_id: str) -> None:
        job = self._takes.job(job_id)
        if job is None:
            return
        self._jobs.remove(job_id)
        said = [self.tr("The take is off the list; its record and receipt stay.")]
        files = [short_name(path) for path in (job.result_path, job.final_path) if path]
        if files:
            said.append(self.tr("What you paid for is not deleted: {files}.").format(files=", ".join(files)))
        self._notices.say(text.sentences(said), action=self.tr("Undo"), deed=lambda: self._jobs.bring_back(job_id))

    def _on_refused(self, _job_id: str, why_not: str) -> None:
        self._notices.say(why_not, tone="warning")

    def _on_bring_back(self, job_id: str) -> None:
        self._jobs.bring_back(job_id)

    def _on_prompt(self, job_id: str) -> None:
        job = self._takes.job(job_id)
        if job is not None:
            self._compose.prompt.replace_with(job.request.prompt)

    def _prompts(self) -> list[str]:
        """Of all takes, newest first."""
        jobs = sorted(self._takes.jobs(), key=lambda job: job.created_at, reverse=True)
        return [job.request.prompt for job in jobs]
