"""Shows what takes how much room, when somebody asks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from retake_desktop.services.room import Room
    from retake_desktop.ui.dialogs.room import RoomDialog


class Rooming(QObject):
    """The window with the figures; they are looked up on the job thread each time it is opened."""

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._dialog: RoomDialog | None = None
        window.top_bar.room_asked.connect(self.open)
        jobs.room_known.connect(self._on_known)

    def open(self) -> None:
        """Brings the window up, or to the front."""
        if self._dialog is None:
            from retake_desktop.ui.dialogs.room import RoomDialog

            self._dialog = RoomDialog(self._window)
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.clear_asked.connect(self._jobs.clear_cache)
            self._dialog.destroyed.connect(self._on_destroyed)
        self._dialog.show()
        self._dialog.raise_()
        self._jobs.measure_room()

    def _on_known(self, room: "Room") -> None:
        if self._dialog is not None:
            self._dialog.show_room(room)

    def _on_destroyed(self) -> None:
        self._dialog = None
