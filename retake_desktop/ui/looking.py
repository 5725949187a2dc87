"""A look at what would be sent, before anything is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices

if TYPE_CHECKING:
    from retake_desktop.media.prepare import Prepared
    from retake_desktop.ui.dialogs.sent_window import SentWindow


class Looking(QObject):
    """Has the window cut, and shows it in a dialog that stands beside the work."""

    def __init__(self, window: MainWindow, jobs: Jobs, notices: Notices) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._notices = notices
        self._wanted: RetakeRequest | None = None
        self._dialog: SentWindow | None = None
        window.compose.look_asked.connect(self._on_asked)
        jobs.window_looked.connect(self._on_looked)

    def close_down(self) -> None:
        """Ends the background work."""
        if self._dialog is not None:
            self._dialog.close_down()

    def _on_asked(self, request: RetakeRequest) -> None:
        self._wanted = request
        self._window.compose.set_looking(True)
        self._jobs.look(request)

    def _on_looked(self, request: RetakeRequest, found: "Prepared | Problem") -> None:
        if request != self._wanted:
            return
        self._wanted = None
        self._window.compose.set_looking(False)
        if isinstance(found, Problem):
            self._notices.problem(found)
            return
        if self._dialog is None:
            from retake_desktop.ui.dialogs.sent_window import SentWindow

            self._dialog = SentWindow(parent=self._window)
        self._dialog.show_window(request, found)
        self._dialog.show()
        self._dialog.raise_()
