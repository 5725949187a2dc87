"""The whole app on whatever window system there is: opens VIDEO at FRAME, says where its picture is, and stays.

It fills the screen, as Wayland tells nobody where a window lies.

    python -m tests.ui.player.window_on_stage VIDEO FRAME

Writes `platform ratio x y width height`: the stage in logical pixels of the window. Ends when its input does.
"""

import sys

from PySide6.QtCore import QObject, QPoint, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from retake_desktop import app, session
from retake_desktop.ui.beginning import Start
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.workbench import Workbench

_LOOK_MS = 50


class Guide(QObject):
    """Goes to the frame, and says so once its exact picture has been drawn."""

    def __init__(self, window: MainWindow, frame: int) -> None:
        super().__init__(window)
        self._window = window
        self._frame = frame
        self._is_sought = False
        self._ending = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._ending.activated.connect(QApplication.quit)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        stage = self._window.stage
        shot = stage.shot
        if shot is None:
            return
        if not self._is_sought:
            self._is_sought = True
            stage.playback.seek_frame(self._frame)
        elif shot.is_exact and shot.index == self._frame:
            self._timer.stop()
            stage.repaint()
            QTimer.singleShot(_LOOK_MS * 4, self._tell)

    def _tell(self) -> None:
        stage = self._window.stage
        corner = stage.mapTo(self._window, QPoint(0, 0))
        place = (corner.x(), corner.y(), stage.width(), stage.height())
        words = [QApplication.platformName(), f"{stage.devicePixelRatioF()}", *map(str, place)]
        sys.stdout.write(" ".join(words) + "\n")
        sys.stdout.flush()


def main(video: str, frame: int) -> None:
    open_first = session._open_first

    def begin(workbench: Workbench, start: Start) -> None:
        open_first(workbench, start)
        workbench.window.showFullScreen()
        Guide(workbench.window, frame)

    session._open_first = begin
    app.main([video])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
