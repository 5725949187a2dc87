"""When something is wrong: the report that a person can read and send, offered calmly after a crash."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication

from retake_desktop.domain.errors import Problem
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.last_time import crash_words, report_label
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.reviewing import reveal
from retake_desktop.ui.tending import Tending

if TYPE_CHECKING:
    from retake_desktop.services.crashes import Unfinished
    from retake_desktop.services.pipeline.report import Report
    from retake_desktop.ui.dialogs.report import ReportDialog


class Supporting(QObject):
    """Opens the report, has it gathered on the job thread, and saves what is shown."""

    def __init__(self, window: MainWindow, jobs: Jobs, notices: Notices, tending: Tending) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._notices = notices
        self._dialog: ReportDialog | None = None
        self._offered = ""
        self._was_seen = False
        window.top_bar.report_asked.connect(self.open)
        tending.is_going_on_told = self._is_offered_now
        tending.going_on_said.connect(self._on_going_on)
        jobs.report_gathered.connect(self._on_gathered)
        jobs.report_saved.connect(self._on_saved)

    def open(self) -> None:
        """Shows a fresh report."""
        self._was_seen = True
        if self._dialog is None:
            from retake_desktop.ui.dialogs.report import ReportDialog

            self._dialog = ReportDialog(self._window)
            self._dialog.wanted.connect(self._on_wanted)
            self._dialog.save_asked.connect(self._on_save)
            self._dialog.reveal_asked.connect(reveal)
        self._dialog.ask()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def offer(self, unfinished: "Sequence[Unfinished]") -> None:
        """Says that an earlier run did not end by itself, and offers a report; the menu offers it later, too."""
        if not unfinished:
            return
        self._offered = crash_words(unfinished)
        self._say_offer()

    def _say_offer(self) -> None:
        self._notices.say(self._offered, action=report_label(), deed=self.open)

    def _is_offered_now(self) -> bool:
        return bool(self._offered) and self._window.notice.words() == self._offered

    def _on_going_on(self) -> None:
        """That takes go on has taken the place of what was said since the offer, which says so as well."""
        if self._offered and not self._was_seen:
            self._say_offer()

    def _on_wanted(self, with_names: bool) -> None:
        self._jobs.gather_report(_window_facts(), with_names=with_names)

    def _on_gathered(self, found: "Report | Problem") -> None:
        if self._dialog is not None:
            self._dialog.show_report(found)

    def _on_save(self, path: str) -> None:
        if self._dialog is not None and self._dialog.report is not None:
            self._jobs.save_report(path, self._dialog.report)

    def _on_saved(self, path: str, problem: Problem | None) -> None:
        if self._dialog is not None:
            self._dialog.show_saved(path, problem)


def _window_facts() -> dict[str, str]:
    """What only the window knows of the system."""
    screens = [
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    return {"Qt": qVersion(), "window system": QGuiApplication.platformName(), "screens": ", ".join(screens)}
