"""The window's composition root: makes the parts, hands them to each other, and takes them down again."""

import argparse
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from retake_desktop import __version__
from retake_desktop.assets import asset
from retake_desktop.demo.on_demand import DemoOnDemand
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.network import Network
from retake_desktop.domain.problems import english
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.overview import in_a_child
from retake_desktop.media.previews import Previews
from retake_desktop.services import drafts, logs, runs, settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.runs import Unfinished
from retake_desktop.services.secrets import ENVIRONMENT_NAME, TokenStore
from retake_desktop.services.settings import BASE_NAME, Settings
from retake_desktop.services.updates import release
from retake_desktop.ui import accessible
from retake_desktop.ui.beginning import Beginning
from retake_desktop.ui.care import CareTools
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.drop import read_text
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.language import speak
from retake_desktop.ui.loading import settle
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.single_window import SingleWindow
from retake_desktop.ui.stillness import Stillness
from retake_desktop.ui.style import Style, Theme
from retake_desktop.ui.workbench import Workbench

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
    return _window(options, folders)


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


def _window(options: argparse.Namespace, folders: Folders) -> int:
    environment = dict(os.environ)
    _scale(settings.peek(folders.settings).scale)
    app = _application()
    entry = SingleWindow(folders.locks, _kind(options))
    if sys.platform == "darwin":
        # Only there files come as events; a filter of the application is asked for every event there is.
        app.installEventFilter(entry)
    if not entry.open() and entry.hand_over(options.video):
        return 0
    unfinished = runs.collect(folders.logs)
    with runs.on_record(folders.logs):
        code, again = _run(app, entry, options, folders, unfinished)
    if again:
        subprocess.Popen(again, env=environment, start_new_session=True)  # noqa: S603 - this program
    return code


def _run(
    app: QApplication,
    entry: SingleWindow,
    options: argparse.Namespace,
    folders: Folders,
    unfinished: tuple[Unfinished, ...],
) -> tuple[int, tuple[str, ...]]:
    """The exit code, and what is to be started after this, where the person wants to start again."""
    chosen, set_aside = settings.load(folders.settings)
    speak(app, chosen.language)
    style = _style(app, chosen.theme)
    sample = _own_sample(folders)
    trouble = _go_by(chosen.network)
    cache = _cache(chosen, folders)
    with DemoOnDemand(folders.demo) as demo, closing(Previews(cache, in_a_child)) as previews:
        tools = CareTools(folders, TokenStore(), cache, release())
        jobs = JobThread(folders, tools.tokens, demo.address, demo=options.demo, at_once=chosen.at_once)
        playback, preferences = Playback(), Preferences(chosen, partial(settings.save, folders.settings))
        window = MainWindow(playback, folders.config / "window.ini", previews)
        is_guest = options.demo or options.video is not None or ENVIRONMENT_NAME in os.environ
        shelf = DraftShelf(drafts.load(folders.drafts), partial(drafts.save, folders.drafts))
        workbench = Workbench(
            window, jobs, playback, preferences, style, sample=sample, is_guest=is_guest, shelf=shelf, tools=tools
        )
        Stillness(preferences, window)
        faults, ending = _Faults(workbench), _Ending(window)
        entry.called.connect(workbench.opening.answer_call)
        window.closed.connect(entry.close)
        # What is opened for the service that the window began with must not land in front of another one.
        workbench.setting_up.service_switched.connect(entry.close)
        jobs.finished.connect(app.quit)
        style.dress()
        window.show()
        Beginning(window, jobs.start, settle, playback.sound.get_ready)
        _tell(workbench, unfinished, trouble, set_aside)
        _open_first(workbench, options, sample)
        code = app.exec()
        ending.close()
        faults.close()
        jobs.wait()
    return code, workbench.restarting.command


def _kind(options: argparse.Namespace) -> str:
    """Which service and account a window works with: one must never take over what was meant for another."""
    return repr((options.demo, os.environ.get(BASE_NAME), os.environ.get(ENVIRONMENT_NAME)))


def _application() -> QApplication:
    app = QApplication.instance() or QApplication([sys.argv[0]])
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


def _scale(percent: int) -> None:
    """Qt reads the size once, before there is an application; who set it by hand knows better."""
    if percent and "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = str(percent / 100)


def _cache(chosen: Settings, folders: Folders) -> DiskCache:
    folder = Path(chosen.cache_folder) if chosen.cache_folder else folders.cache
    return DiskCache(folder, chosen.cache_limit)


def _go_by(network: Network) -> Problem | None:
    """Why the chosen proxy or certificates cannot be used; then the system's are."""
    if network == Network():
        return None
    # Only now: loading what talks to the network would hold up the window's first appearance.
    from retake_desktop.services.transfer import take_network

    try:
        take_network(network)
    except RetakeError as error:
        return error.problem
    return None


def _tell(
    workbench: Workbench, unfinished: tuple[Unfinished, ...], trouble: Problem | None, set_aside: str | None
) -> None:
    """How an earlier run ended, and what was wrong with the settings."""
    workbench.supporting.offer(unfinished)
    if trouble is not None:
        workbench.notices.problem(trouble, workbench.setting_up.open_at_model)
    if set_aside is not None:
        workbench.notices.problem(Problem(ErrorKind.FILE_TROUBLE, f"the settings were unreadable, see {set_aside}"))


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


def _open_first(workbench: Workbench, options: argparse.Namespace, sample: Path | None) -> None:
    if options.video is not None and "://" in options.video:
        workbench.opening.take_drop(read_text(options.video))
    elif options.video is not None:
        workbench.opening.open_path(options.video)
    elif options.demo and sample is not None:
        workbench.opening.open_sample()


class _Faults(QObject):
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


class _Ending(QObject):
    """Ctrl-C and a polite kill close the window as a click would."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reading, self._writing = socket.socketpair()
        self._writing.setblocking(False)
        # Python's own handlers run only when the interpreter gets a turn; the notifier gives it one.
        self._wakeup_before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        self._handlers = {number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM)}

    def _drain(self) -> None:
        self._reading.recv(64)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._window.may_close = lambda: True
        self._window.close()

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()
