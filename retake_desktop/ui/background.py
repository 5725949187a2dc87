"""Work that would hold the window up, one piece after the other on a thread of its own."""

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError

_log = logging.getLogger(__name__)
_LAST_WORDS = 2000
"""Milliseconds that what is under way gets when the app closes."""
_Result = TypeVar("_Result")


class Background(QObject):
    """`run` returns at once; what is to be done with the result is done on the window's thread."""

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._is_closed = False
        self._done.connect(self._on_done)

    def run(self, work: Callable[[], _Result], then: Callable[[_Result | Problem], object]) -> None:
        """Does `work`, then hands its result, or the Problem that it met, to `then`."""
        if not self._is_closed:
            self._pool.start(_Piece(work, then, self._done.emit))

    def close(self) -> None:
        """What has not begun is dropped, and nobody hears of the rest."""
        self._is_closed = True
        self._pool.clear()
        self._pool.waitForDone(_LAST_WORDS)

    def _on_done(self, then: Callable[[object], object], result: object) -> None:
        if not self._is_closed:
            then(result)


class _Piece(QRunnable):
    def __init__(
        self,
        work: Callable[[], object],
        then: Callable[[_Result | Problem], object],
        tell: Callable[[object, object], object],
    ) -> None:
        super().__init__()
        self._work = work
        self._then = then
        self._tell = tell

    def run(self) -> None:
        try:
            result = self._work()
        except RetakeError as error:
            result = error.problem
        except Exception as error:  # noqa: BLE001 - a bug in here must not end the thread, and is told
            _log.exception("work in the background failed")
            result = Problem(ErrorKind.APP_FAULT, repr(error))
        self._tell(self._then, result)
