"""The window's composition root: makes the parts, hands them to each other, and takes them down again."""

import argparse
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from retake_desktop import __version__
from retake_desktop.assets import asset
from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.problems import english
from retake_desktop.services import logs, runs, settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.runs import Run
from retake_desktop.services.secrets import ENVIRONMENT_NAME
from retake_desktop.services.settings import BASE_NAME
from retake_desktop.ui import accessible
from retake_desktop.ui.beginning import Beginning, Start
from retake_desktop.ui.drop import Dropped
from retake_desktop.ui.ending import Ending
from retake_desktop.ui.language import speak
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.single_window import SingleWindow
from retake_desktop.ui.style import Style, Theme

if TYPE_CHECKING:
    from retake_desktop.services.crashes import Unfinished
    from retake_desktop.session import Session

_LATER = (
    "retake_desktop.ui.playback.material",
    "subprocess",
    "asyncio",
    "retake_desktop.ui.playback.decoding",
    "retake_desktop.ui.playback.playback",
    "retake_desktop.ui.player.stage",
    "retake_desktop.ui.player.transport",
    "retake_desktop.media.previews",
    "retake_desktop.ui.timeline.backfill",
    "retake_desktop.ui.timeline.panel",
    "retake_desktop.ui.review.compare_view",
    "retake_desktop.ui.review.panel",
    "retake_desktop.ui.review.seam_panel",
    "retake_desktop.ui.opening",
    "retake_desktop.ui.inspecting",
    "retake_desktop.ui.finishing",
    "retake_desktop.ui.announcing",
    "retake_desktop.ui.setting_up",
    "retake_desktop.ui.care",
    "retake_desktop.ui.workbench",
    "retake_desktop.ui.job_thread",
    "retake_desktop.session",
)
"""Modules that are loaded once the window is drawn, a step for each; what they would load at once in more than some
20 ms has a step of its own before."""
_log = logging.getLogger(__name__)
_UNUSABLE = 2


def main(arguments: Sequence[str]) -> int:
    """Opens the window and returns when it and its work have ended; 2 when there is nothing to open it on."""
    options = _options(arguments)
    if not _has_display():
        print("There is no display to open a window on. For a virtual one: xvfb-run -a retake-desktop", file=sys.stderr)  # noqa: T201 - no window to say it in
        return _UNUSABLE
    folders = Folders.of_this_person()
    try:
        folders.create()
    except RetakeError as error:
        print(english(error.problem), file=sys.stderr)  # noqa: T201 - no window to say it in
        return _UNUSABLE
    logs.start(folders.logs)
    environment = dict(os.environ)
    is_another_there = bool(runs.records(folders.logs))
    with runs.on_record(folders.logs) as run:
        code, again = _window(options, folders, run, is_another_there=is_another_there)
    if run.has_failed:
        # Threads behind half a window may wait for ever, out of sight, for who would have ended them.
        logging.shutdown()
        os._exit(code)
    if again:
        import subprocess

        subprocess.Popen(again, env=environment, start_new_session=True)  # noqa: S603 - this program
    return code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="retake-desktop",
        description="Redo one bad moment of a video.",
        epilog="Without a window: retake-desktop run | jobs | splice | check | demo-service (each with --help).",
    )
    parser.add_argument("video", metavar="VIDEO", nargs="?", help="a video to open")
    parser.add_argument("--demo", action="store_true", help="use the built-in demo service; no account needed")
    parser.add_argument("--version", action="version", version=f"Retake Desktop {__version__}")
    return parser.parse_args(list(arguments))


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _window(
    options: argparse.Namespace, folders: Folders, run: Run, *, is_another_there: bool
) -> tuple[int, tuple[str, ...]]:
    """The exit code, and what is to be started after this, where the person wants to start again."""
    _scale(settings.peek(folders.settings).scale)
    app = _application()
    entry = SingleWindow(folders.locks, _kind(options))
    if sys.platform == "darwin":
        # Only there files come as events; a filter of the application is asked for every event there is.
        app.installEventFilter(entry)
    if not entry.open() and entry.hand_over(options.video):
        return 0, ()
    unfinished = _unfinished(folders) if is_another_there else ()
    chosen, set_aside = settings.load(folders.settings)
    sample = _own_sample(folders)
    start = Start(options.video, options.demo, folders, chosen, set_aside, sample, run, unfinished)
    return _run(app, entry, start)


def _run(app: QApplication, entry: SingleWindow, start: Start) -> tuple[int, tuple[str, ...]]:
    chosen = start.settings
    speak(app, chosen.language)
    style = _style(app, chosen.theme)
    window = MainWindow(place=start.folders.config / "window.ini")
    window.welcome.begin(chosen.recent, has_sample=start.sample is not None)
    if start.unfinished or start.set_aside is not None:
        from retake_desktop.ui import last_time

        last_time.begin(window.notice, start.unfinished, start.set_aside)
    style.dress()
    window.show()
    whole = _Whole(window, style, entry, start)
    ending = Ending(window)
    code = app.exec()
    ending.close()
    return code, whole.close()


class _Whole:
    """What makes the drawn window work: loaded and built in steps that are hardly felt."""

    def __init__(self, window: MainWindow, style: Style, entry: SingleWindow, start: Start) -> None:
        self._session: Session | None = None
        self._run = start.run
        self._beginning = Beginning(window, self._steps(window, style, entry, start))
        self._beginning.failed.connect(self._on_failed)
        window.closed.connect(entry.close)
        entry.called.connect(self._on_called)

    def close(self) -> tuple[str, ...]:
        """Ends it; the command that is to be started now, if any."""
        if self._session is None or self._run.has_failed:
            return ()
        self._session.close()
        return self._session.workbench.restarting.command

    def _steps(self, window: MainWindow, style: Style, entry: SingleWindow, start: Start) -> Iterator[None]:
        yield  # The first turn is the window's own.
        entry.listen()
        yield
        for name in _LATER:
            import_module(name)
            yield
        # Each rectangle that is filled with a colour asks for it, and PySide makes it then, with its 169 presets.
        from PySide6.QtGui import QGradient  # noqa: F401

        yield
        from retake_desktop.session import Session

        self._session = session = Session(window, style, start)
        yield
        session.connect(entry)
        yield
        session.work(QApplication.quit)

    def _on_failed(self, error: BaseException) -> None:
        self._run.fail(error)
        QApplication.exit(1)

    def _on_called(self, dropped: Dropped) -> None:
        self._beginning.finish()
        if self._session is not None:
            self._session.workbench.opening.answer_call(dropped)


def _unfinished(folders: Folders) -> "tuple[Unfinished, ...]":
    from retake_desktop.services.crashes import collect

    return collect(folders.logs)


def _kind(options: argparse.Namespace) -> str:
    """Which service and account a window works with: one must never take over what was meant for another."""
    return repr((options.demo, os.environ.get(BASE_NAME), os.environ.get(ENVIRONMENT_NAME)))


def _application() -> QApplication:
    before = qInstallMessageHandler(_hear_qt)
    app = QApplication.instance() or QApplication([sys.argv[0]])
    qInstallMessageHandler(before)
    if not isinstance(app, QApplication):
        raise TypeError("a Qt application without widgets is running")
    app.setApplicationName("retake-desktop")
    app.setApplicationDisplayName("Retake Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("io.github.retake_desktop.RetakeDesktop")
    app.setWindowIcon(QIcon(str(asset("icons/app.svg"))))
    accessible.install()
    # The work goes on after the window has closed: it ends the application.
    app.setQuitOnLastWindowClosed(False)
    return app


def _hear_qt(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Where Qt finds no way to a screen, it ends the process, and tells a terminal only."""
    if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
        _log.warning("Qt: %s", words)
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")


def _scale(percent: int) -> None:
    """Qt reads the size once, before there is an application; who set it by hand knows better."""
    if percent and "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = str(percent / 100)


def _style(app: QApplication, theme: str) -> Style:
    """In its colours, but without the style sheet as long as the window is built."""
    style = Style(app, is_dressed=False)
    style.set_theme(Theme(theme) if theme in set(Theme) else Theme.DARK)
    return style


def _own_sample(folders: Folders) -> Path | None:
    """The person's own copy of the sample clip, so that a finished film has a place beside it."""
    copy = folders.data / "sample" / "sample.mp4"
    try:
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            part = copy.with_suffix(".part")
            shutil.copyfile(asset("sample/sample.mp4"), part)
            part.replace(copy)
    except OSError:
        _log.warning("the sample clip could not be copied", exc_info=True)
        return None
    return copy
