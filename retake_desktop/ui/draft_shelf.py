"""The drafts of all videos as the window uses them: at hand at once, written in the background."""

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.services.drafts import MOST, Draft

_log = logging.getLogger(__name__)
_WRITE_MS = 500
"""After the first change that is not written yet."""


class DraftShelf(QObject):
    """`save` writes all drafts to disk; it is called on a thread of its own, in order."""

    written = Signal()

    def __init__(
        self,
        drafts: Mapping[str, Draft] | None = None,
        save: Callable[[dict[str, Draft]], None] = lambda _drafts: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._drafts = dict(drafts or {})
        self._save = save
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._writing = QTimer(self, singleShot=True, interval=_WRITE_MS)
        self._writing.timeout.connect(self._write)

    def of(self, clip: Clip) -> Draft | None:
        return self._drafts.get(clip.fingerprint)

    def put(self, clip: Clip, draft: Draft) -> None:
        """Keeps `draft`, as the newest."""
        if self._drafts.get(clip.fingerprint) == draft:
            return
        self._drafts.pop(clip.fingerprint, None)
        self._drafts[clip.fingerprint] = draft
        while len(self._drafts) > MOST:
            del self._drafts[next(iter(self._drafts))]
        if not self._writing.isActive():
            self._writing.start()

    def clear(self) -> None:
        """Forgets all drafts, here and on disk; `written` tells when."""
        self._drafts.clear()
        self._writing.stop()
        self._write()

    def close(self) -> None:
        """Waits until everything is written."""
        if self._writing.isActive():
            self._writing.stop()
            self._write()
        self._pool.waitForDone(5000)

    def _write(self) -> None:
        self._pool.start(_Writing(dict(self._drafts), self._save, self.written.emit))


class _Writing(QRunnable):
    def __init__(
        self, drafts: dict[str, Draft], save: Callable[[dict[str, Draft]], None], tell: Callable[[], object]
    ) -> None:
        super().__init__()
        self._drafts = drafts
        self._save = save
        self._tell = tell

    def run(self) -> None:
        try:
            self._save(self._drafts)
            self._tell()
        except RetakeError as error:
            # Not worth a word while somebody works: it is tried again with the next change.
            _log.warning("the drafts could not be written: %s", error.problem.detail)
