"""The person's settings as the window uses them: read at once, written in the background."""

from collections.abc import Callable
from pathlib import PurePath

import msgspec
from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from retake_desktop.domain.errors import RetakeError
from retake_desktop.services.settings import Settings

_RECENT = 8
_REMEMBERED_MS = 500


class Preferences(QObject):
    """Holds the settings; `save` writes them to the file and is called on a thread of its own, in order."""

    changed = Signal(object)
    """The new Settings."""
    saved = Signal()
    """What was changed is on disk."""
    failed = Signal(object)
    """The Problem that kept them from being written."""

    def __init__(self, settings: Settings, save: Callable[[Settings], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._save = save
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._unremembered = ""
        self._remembering = QTimer(self, interval=_REMEMBERED_MS)
        self._remembering.timeout.connect(self._remember)

    def change(self, **fields: object) -> None:
        """Replaces the named settings, tells and saves. Nothing happens when they are as they were."""
        after = msgspec.structs.replace(self.settings, **fields)
        if after == self.settings:
            return
        self.settings = after
        self.changed.emit(after)
        self._pool.start(_Saving(after, self._save, self.saved.emit, self.failed.emit))

    def remember_soon(self, path: str) -> None:
        """Puts `path` first among the recent videos in a moment, at the latest on closing."""
        self._remember()
        self._unremembered = path
        self._remembering.start()

    def _remember(self) -> None:
        self._remembering.stop()
        path, self._unremembered = self._unremembered, ""
        if not path:
            return
        others = [other for other in self.settings.recent if other != path]
        self.change(recent=(path, *others)[:_RECENT])

    def forget_recent(self, path: str) -> None:
        """Takes a video that cannot be opened any more off the recent ones."""
        self.change(recent=tuple(other for other in self.settings.recent if other != path))

    def close(self) -> None:
        """Waits until everything is written."""
        self._remember()
        self._pool.waitForDone(5000)


def short_name(path: str) -> str:
    return PurePath(path).name or path


class _Saving(QRunnable):
    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], None],
        saved: Callable[[], object],
        failed: Callable[[object], object],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._save = save
        self._saved = saved
        self._failed = failed

    def run(self) -> None:
        try:
            self._save(self._settings)
        except RetakeError as error:
            self._failed(error.problem)
        else:
            self._saved()
