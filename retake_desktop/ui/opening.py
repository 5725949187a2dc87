"""How a video comes onto the stage: from a file dialog, a drop, the clipboard, the web, the list or the sample."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import Progress
from retake_desktop.media.picture import Picture
from retake_desktop.ui import clipboard, drop, problems, text
from retake_desktop.ui.asking import Asking
from retake_desktop.ui.clip_advice import advice
from retake_desktop.ui.drop import Dropped
from retake_desktop.ui.in_turns import InTurns
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.preferences import Preferences, short_name
from retake_desktop.ui.reading_news import ReadingNews


class Opening(QObject):
    """Asks the job thread to read a file; the clip on stage stays until the new one is there.

    Signal `opened(Clip)`: this one is now the clip on stage. Only the file asked for last gets there.
    """

    opened = Signal(object)

    def __init__(
        self, window: MainWindow, jobs: Jobs, preferences: Preferences, notices: Notices, sample: Path | None
    ) -> None:
        super().__init__(window)
        self.clip: Clip | None = None
        self._window = window
        self._jobs = jobs
        self._preferences = preferences
        self._notices = notices
        self._sample = sample
        self._wanted: str | None = None
        self._afterwards = ""
        self._news = ReadingNews(window.welcome, notices)
        self._dialog: QFileDialog | None = None
        self._looking = Asking("dropped", self)
        self._connect()
        window.welcome.begin(preferences.settings.recent, has_sample=sample is not None)
        window.top_bar.show_recent(preferences.settings.recent)

    def _connect(self) -> None:
        welcome, top_bar = self._window.welcome, self._window.top_bar
        welcome.open_asked.connect(self.choose_file)
        welcome.recent_asked.connect(self.open_path)
        welcome.sample_asked.connect(self.open_sample)
        top_bar.open_asked.connect(self.choose_file)
        top_bar.paste_asked.connect(self.paste)
        top_bar.recent_asked.connect(self.open_path)
        self._looking.answered.connect(self._on_looked)
        self._window.closed.connect(self._looking.stop)
        self._window.dropped.connect(self.take_drop)
        self._jobs.clip_reading.connect(self._on_reading)
        self._jobs.clip_fetched.connect(self._on_fetched)
        self._jobs.clip_opened.connect(self._on_read)
        self._jobs.clip_refused.connect(self._on_refused)
        self._preferences.changed.connect(self._show_recent)

    @property
    def is_opening(self) -> bool:
        return self._wanted is not None

    def open_path(self, path: str) -> None:
        """Begins to open the file at `path`."""
        self._looking.stop()
        self._wanted = str(Path(path).absolute())
        self._afterwards = ""
        self._news.begin(self.tr("Reading {name}…").format(name=short_name(path)), is_above=self.clip is not None)
        self._window.foresee_stage()
        self._jobs.open_clip(self._wanted, self._window.stage.playback.box)

    def open_address(self, url: str) -> None:
        """Begins to fetch the video at `url`, an https address, and then to open it."""
        self._looking.stop()
        self._wanted = url
        words = self.tr("Fetching the video from {host}…").format(host=_name(url))
        self._news.begin(words, is_above=self.clip is not None)
        self._jobs.open_address(url)

    def _on_fetched(self, url: str, path: str) -> None:
        if url == self._wanted:
            self.open_path(path)
            self._afterwards = self.tr("Fetched from {host}.").format(host=_name(url))

    def open_sample(self) -> None:
        if self._sample is not None:
            self.open_path(str(self._sample))

    def is_sample(self, clip: Clip) -> bool:
        return self._sample is not None and clip.path == str(self._sample.absolute())

    def choose_file(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Choose a video"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Videos ({suffixes})").format(suffixes=" ".join(f"*{suffix}" for suffix in drop.SUFFIXES)),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self.open_path)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def paste(self) -> None:
        words = clipboard.pasted_text()
        if words:
            self.take_drop(drop.read_text(words))

    def take_drop(self, dropped: Dropped) -> None:
        """Opens what was dropped or pasted, or says why it cannot be."""
        if dropped.url is not None:
            self.open_address(dropped.url)
        elif dropped.path is None:
            self._complain(drop.sentence(dropped.trouble or drop.DropTrouble.NOTHING), None)
        elif dropped.is_checked:
            self.open_path(dropped.path)
            self._afterwards = drop.left_out(dropped)
        else:
            # A look at a disk, which may lie on a network or be asleep.
            self._looking.ask(lambda _given_up: drop.checked(dropped))

    def answer_call(self, dropped: Dropped) -> None:
        """Another launch handed this over: the window comes to the front, and opens it."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()
        if dropped.path is not None or dropped.url is not None:
            self.take_drop(dropped)

    def _on_looked(self, dropped: Dropped | None) -> None:
        if dropped is not None:
            self.take_drop(dropped)

    def _on_reading(self, path: str, news: Picture | Progress) -> None:
        if path != self._wanted:
            return
        if isinstance(news, Picture):
            self._news.keep(news)
        elif news.total:
            words = self.tr("Finding every frame of {name}… {percent} %")
            if _is_address(path):
                words = self.tr("Fetching the video from {name}… {percent} %")
            self._news.go_on(words.format(name=_name(path), percent=100 * news.done // news.total))

    def _on_read(self, clip: Clip) -> None:
        """The panels hear of the clip in one turn, and are drawn in the next ones: one turn for all would be felt."""
        if clip.path != self._wanted:
            return
        InTurns(self._window, (self._window.transport, self._window.timeline))
        self._on_opened(clip)

    def _on_opened(self, clip: Clip) -> None:
        self._wanted = None
        self._news.end()
        self.clip = clip
        # Before the panels make room for the clip, which they would have to do anew beside another notice.
        told = text.sentences((self._afterwards, advice(clip)))
        if told:
            self._notices.say(told)
        else:
            self._notices.clear()
        self._window.top_bar.show_clip(clip)
        if not self.is_sample(clip):
            # Not in the turns in which the clip appears: those have enough to do.
            self._preferences.remember_soon(clip.path)
        self.opened.emit(clip)

    def _on_refused(self, path: str, problem: Problem) -> None:
        if path != self._wanted:
            return
        self._wanted = None
        self._preferences.forget_recent(path)
        self._news.end()
        self._complain(f"{_name(path)}: {problems.message(problem)}", self.choose_file)

    def _complain(self, words: str, deed: Callable[[], object] | None) -> None:
        """In the drop zone while that is in sight, otherwise above the picture."""
        if self.clip is None:
            self._window.welcome.show_trouble(words)
        else:
            self._notices.say(words, tone="warning", action=self.tr("Choose another file"), deed=deed)

    def _show_recent(self) -> None:
        self._window.welcome.show_recent(self._preferences.settings.recent)
        self._window.top_bar.show_recent(self._preferences.settings.recent)


def _is_address(what: str) -> bool:
    return what.startswith("https://")


def _name(what: str) -> str:
    """A file's name, or an address's server: the rest of it may be a signature."""
    return urlsplit(what).hostname or "" if _is_address(what) else short_name(what)
