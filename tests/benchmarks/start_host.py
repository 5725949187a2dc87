"""A process of its own for one start of the window on the record under a home; ends at once when the takes are there.

    python -m tests.benchmarks.start_host HOME COUNT first|all

`first`: the newest takes are painted and the window answers. `all`: all COUNT takes are in the list.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from retake_desktop.demo.on_demand import DemoOnDemand
from retake_desktop.services.folders import Folders
from retake_desktop.services.secrets import TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style
from retake_desktop.ui.workbench import Workbench


def main(home: Path, count: int, until: str) -> int:
    application = QApplication(sys.argv[:1])
    style = Style(application)
    folders = Folders(home / "data", home / "config", home / "cache")
    with DemoOnDemand(folders.demo) as demo:
        jobs = JobThread(folders, TokenStore({}), demo.address, demo=True)
        return _run(application, style, jobs, count if until == "all" else min(count, 10))


def _run(application: QApplication, style: Style, jobs: JobThread, enough: int) -> int:
    playback = Playback()
    window = MainWindow(playback)
    workbench = Workbench(window, jobs, playback, Preferences(Settings(), lambda _: None), style, is_guest=True)

    def look() -> None:
        if len(window.takes.jobs()) < enough:
            return
        timer.stop()
        window.takes.list.viewport().repaint()
        # One turn of the event loop later the window has answered. How long it takes to end is not asked.
        QTimer.singleShot(0, lambda: os._exit(0))

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    jobs.start()
    window.show()
    code = application.exec()
    del workbench
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
