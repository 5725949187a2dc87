"""The first moments of the window: it is drawn as soon as it can be, and what it is not drawn with comes after that."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from retake_desktop.services.folders import Folders
from retake_desktop.services.runs import Run
from retake_desktop.services.settings import Settings

if TYPE_CHECKING:
    from retake_desktop.services.crashes import Unfinished

_LONGEST_MS = 1000
"""A window that is begun as an icon is never drawn."""
_BY_A_PERSON = frozenset(
    {
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.TouchBegin),
        *(QEvent.Type.TabletPress, QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod),
        *(QEvent.Type.DragEnter, QEvent.Type.Drop, QEvent.Type.Close),
    }
)


@dataclass(frozen=True, slots=True)
class Start:
    """What a window is begun with. `run` is the record of it, `unfinished` are earlier ones that died, `set_aside` is
    where unreadable settings were put."""

    video: str | None
    demo: bool
    folders: Folders
    settings: Settings
    set_aside: str | None
    sample: Path | None
    run: Run
    unfinished: "tuple[Unfinished, ...]"


class Beginning(QObject):
    """Goes through `rest`, a step at a time, once `window`, which has just been shown, has been drawn.

    Between two steps the window answers. Whatever a person does in it meets a whole window: all that is left of `rest`
    is done first. So it is for a screen reader, whose ways are not seen here.

    Signal `failed(error)`: a step raised it, and it goes on to `sys.excepthook`. Half a window is worth nothing.
    """

    failed = Signal(object)

    def __init__(self, window: QWidget, rest: Iterator[None]) -> None:
        super().__init__(window)
        self._rest = rest
        self._has_begun = False
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)
        QTimer.singleShot(_LONGEST_MS, self, self._begin)

    def finish(self) -> None:
        """Does what is left at once."""
        while self._step():
            pass

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            # The window is drawn while it hears of this.
            self._begin()
        elif event.type() in _BY_A_PERSON:
            self.finish()
        return False

    def _begin(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._turn.start()

    def _on_turn(self) -> None:
        if QAccessible.isActive():
            self.finish()
        else:
            self._step()

    def _step(self) -> bool:
        """Whether there may be more to do."""
        try:
            next(self._rest)
        except StopIteration:
            self._end()
            return False
        except BaseException as error:
            self._end()
            self.failed.emit(error)
            raise
        return True

    def _end(self) -> None:
        self._has_begun = True
        self._turn.stop()
        self._handle.removeEventFilter(self)
