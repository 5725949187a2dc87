"""What makes the window work: everything behind it, built once it has been drawn, and taken down again."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from retake_desktop.demo.on_demand import DemoOnDemand
from retake_desktop.domain.errors import Problem, RetakeError
from retake_desktop.domain.network import Network
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.card_use import CARD_USE, is_current
from retake_desktop.media.overview import in_a_child
from retake_desktop.media.previews import Previews
from retake_desktop.services import drafts, settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.secrets import ENVIRONMENT_NAME, TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.services.updates import release
from retake_desktop.ui.beginning import Start
from retake_desktop.ui.care import CareTools
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.drop import read_text
from retake_desktop.ui.faults import Faults
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.last_time import unreadable
from retake_desktop.ui.loading import settle
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.single_window import SingleWindow
from retake_desktop.ui.stillness import Stillness
from retake_desktop.ui.style import Style
from retake_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from retake_desktop.services.crashes import Unfinished

_SOUND_MS = 60


class Session:
    """Everything behind `window`. `work` begins it all, `close` ends it."""

    def __init__(self, window: MainWindow, style: Style, start: Start) -> None:
        self._window = window
        self._style = style
        self._start = start
        chosen, folders = start.settings, start.folders
        with ExitStack() as kept:
            CARD_USE.report_to(start.run.note_cards)
            self._trouble = _go_by(chosen.network)
            cache = _cache(chosen, folders)
            demo = kept.enter_context(DemoOnDemand(folders.demo))
            previews = kept.enter_context(closing(Previews(cache, in_a_child)))
            self._tools = CareTools(folders, TokenStore(), cache, release())
            tokens, at_once = self._tools.tokens, chosen.at_once
            self._jobs = JobThread(folders, tokens, demo.address, demo=start.demo, at_once=at_once, cache=cache)
            self._playback = Playback()
            window.furnish(self._playback, previews)
            self._kept = kept.pop_all()

    def connect(self, entry: SingleWindow) -> None:
        """Makes the panels work."""
        start, folders = self._start, self._start.folders
        preferences = Preferences(start.settings, partial(settings.save, folders.settings))
        shelf = DraftShelf(drafts.load(folders.drafts), partial(drafts.save, folders.drafts))
        self.workbench = Workbench(
            self._window,
            self._jobs,
            self._playback,
            preferences,
            self._style,
            sample=start.sample,
            is_guest=start.demo or start.video is not None or ENVIRONMENT_NAME in os.environ,
            shelf=shelf,
            tools=self._tools,
        )
        preferences.change(lost_cards=_lost_cards(start.settings, start.unfinished))
        Stillness(preferences, self._window)
        faults = Faults(self.workbench)
        self._kept.callback(self._jobs.wait)
        self._kept.callback(faults.close)
        entry.called.connect(self.workbench.opening.answer_call)
        # What is opened for the service that the window began with must not land in front of another one.
        self.workbench.setting_up.service_switched.connect(entry.close)

    def work(self, ended: Callable[[], object]) -> None:
        """Opens what is to be opened, and lets the job thread and the sound begin."""
        self._jobs.finished.connect(ended)
        self._tell()
        _open_first(self.workbench, self._start)
        self._jobs.start()
        settle()
        # What is loaded for sound holds Python up for long; the window is drawn with what was just told first.
        QTimer.singleShot(_SOUND_MS, self._playback, self._playback.sound.get_ready)

    def _tell(self) -> None:
        """How an earlier run ended, and what was wrong with the settings."""
        workbench = self.workbench
        workbench.supporting.offer(self._start.unfinished)
        if self._trouble is not None:
            workbench.notices.problem(self._trouble, workbench.setting_up.open_at_model)
        if self._start.set_aside is not None:
            workbench.notices.problem(unreadable(self._start.set_aside))

    def close(self) -> None:
        self._kept.close()


def _cache(chosen: Settings, folders: Folders) -> DiskCache:
    folder = Path(chosen.cache_folder) if chosen.cache_folder else folders.cache
    return DiskCache(folder, chosen.cache_limit)


def _lost_cards(chosen: Settings, unfinished: "Sequence[Unfinished]") -> tuple[str, ...]:
    """The graphics cards to be left off: those that crashed the app before and last time, and are the same still."""
    suspects = (card for run in unfinished for card in run.suspects)
    return tuple(card for card in dict.fromkeys((*chosen.lost_cards, *suspects)) if is_current(card))


def _go_by(network: Network) -> Problem | None:
    """Why the chosen proxy or certificates cannot be used; then the system's are."""
    if network == Network():
        return None
    # Only now: most people go by the system's, and need not wait for what talks to the network.
    from retake_desktop.services.transfer import take_network

    try:
        take_network(network)
    except RetakeError as error:
        return error.problem
    return None


def _open_first(workbench: Workbench, start: Start) -> None:
    if start.video is not None and "://" in start.video:
        workbench.opening.take_drop(read_text(start.video))
    elif start.video is not None:
        workbench.opening.open_path(start.video)
    elif start.demo and start.sample is not None:
        workbench.opening.open_sample()
