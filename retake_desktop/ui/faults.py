"""Bugs of the window: logged, told once, and never its end."""

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.ui.workbench import Workbench

_log = logging.getLogger(__name__)


class Faults(QObject):
    """Bugs end nothing: each is logged, and the person is told once that something went wrong."""

    happened = Signal(object)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._notices = workbench.notices
        self._supporting = workbench.supporting
        self.happened.connect(self._tell)
        self._before = sys.excepthook
        sys.excepthook = self._caught

    def close(self) -> None:
        sys.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        _log.error("a fault of the app", exc_info=(kind, error, trace))
        # From whichever thread: the signal brings it to the window's.
        self.happened.emit(Problem(ErrorKind.APP_FAULT, repr(error)))

    def _tell(self, problem: Problem) -> None:
        self._notices.problem(problem, self._supporting.open)
