"""Makes the window work: one presenter for each thing that a person does, and the keyboard for all of them."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.span import Span
from retake_desktop.services.settings import Settings
from retake_desktop.ui.announcing import Announcing
from retake_desktop.ui.care import Care, CareTools
from retake_desktop.ui.choosing import Choosing
from retake_desktop.ui.comparing import Comparing
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.drafting import Drafting
from retake_desktop.ui.finishing import Finishing
from retake_desktop.ui.first_run import FirstRun
from retake_desktop.ui.from_below import said
from retake_desktop.ui.inspecting import Inspecting
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.key_hints import KeyHints
from retake_desktop.ui.listing import Listing
from retake_desktop.ui.looking import Looking
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.marking import Marking
from retake_desktop.ui.navigating import Navigating
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.opening import Opening
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playing import Playing
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.presenter import Surroundings
from retake_desktop.ui.privacy import PrivacyDesk
from retake_desktop.ui.quitting import Quitting
from retake_desktop.ui.restarting import Restarting
from retake_desktop.ui.retaking import Retaking
from retake_desktop.ui.reviewing import Reviewing
from retake_desktop.ui.setting_up import SettingUp
from retake_desktop.ui.shortcuts import SHORTCUTS, Shortcuts, Verb, described
from retake_desktop.ui.speaking import Speaking
from retake_desktop.ui.spending import SpendingDesk
from retake_desktop.ui.storage_setup import StorageSetup
from retake_desktop.ui.style import Style
from retake_desktop.ui.supporting import Supporting
from retake_desktop.ui.tending import Tending
from retake_desktop.ui.tidying import Tidying
from retake_desktop.ui.updating import Updating

_SAMPLE_MOMENT = Span(Fraction(5), Fraction(8))
"""Where the sample's bad moment is: a bath duck in a calm bay."""


class Workbench(QObject):
    """Wires a window, a job thread and a playback together.

    `sample` is the clip behind "Try it with the sample"; `is_guest` is true where a video or a token was given at the
    start. Ends what it began when the window has closed: playback, timeline, settings and the job thread, whose
    `finished` says that the process may go.
    """

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        playback: Playback,
        preferences: Preferences,
        style: Style,
        *,
        sample: Path | None = None,
        is_guest: bool = False,
        shelf: DraftShelf | None = None,
        tools: CareTools | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        self._jobs = jobs
        self._playback = playback
        self._preferences = preferences
        self.notices = Notices(window.notice)
        self.opening = Opening(window, jobs, preferences, self.notices, sample)
        # First of those that hear of jobs: the others look them up in the list that it keeps.
        self.tending = Tending(window, jobs, self.notices, self.opening)
        self.retaking = Retaking(window, jobs, playback)
        self.marking = Marking(window, jobs, self.retaking)
        drafts = shelf or DraftShelf(parent=self)
        self.drafting = Drafting(window, self.retaking, drafts)
        self._begin_reviews()
        self.listing = Listing(window, jobs, self.notices)
        self.looking = Looking(window, jobs, self.notices)
        self.announcing = Announcing(window, jobs)
        self.storage = StorageSetup(window, jobs, preferences)
        self.setting_up = SettingUp(window, jobs, preferences, style, is_guest=is_guest)
        self.spending = SpendingDesk(window, jobs)
        self.quitting = Quitting(window, preferences)
        self.first_run = FirstRun(window, jobs, preferences, self.setting_up, self.opening, self.notices)
        self._begin_help(tools or CareTools(), drafts)
        self._connect()
        self._begin_keys()

    def _begin_keys(self) -> None:
        navigating = Navigating(self.window, self._playback, self.retaking)
        deeds = self._deeds() | navigating.deeds() | self.comparing.deeds() | self.inspecting.deeds()
        self._shortcuts = Shortcuts(self.window, deeds, self._preferences.settings.shortcuts)
        self._preferences.changed.connect(self._on_settings)

    def _begin_help(self, tools: CareTools, drafts: DraftShelf) -> None:
        """Everything that helps, or tells what lies where."""
        window, jobs = self.window, self._jobs
        self.care = Care(window, self.setting_up, tools)
        self.supporting = Supporting(window, jobs, self.notices, self.tending)
        self.privacy = PrivacyDesk(window, jobs, self._preferences, drafts, self.setting_up)
        self.hints = KeyHints(self._preferences, self)
        self.restarting = Restarting(window, self.retaking)
        self.updating = Updating(self._preferences, self.notices, tools.release, self)

    def _begin_reviews(self) -> None:
        """Everything about finished takes."""
        around = Surroundings(self.window, self._jobs, self._playback, self.notices, self.opening)
        self.comparing = Comparing(self.window, self._playback)
        self.inspecting = Inspecting(around)
        self.reviewing = Reviewing(around, self.retaking)
        self.reviewing.shown.connect(self.inspecting.begin)
        self.choosing = Choosing(around)
        self.reviewing.shown.connect(self.choosing.begin)
        self.choosing.review_wanted.connect(self.reviewing.open)
        self.finishing = Finishing(around, self.reviewing)
        self.playing = Playing(self.window, self._playback, self._preferences, self.reviewing)
        self._tidying = Tidying(self._playback, self)
        for let_go in (self.opening.opened, self.reviewing.shown):
            let_go.connect(self._tidying.soon)

    def _connect(self) -> None:
        window, playback = self.window, self._playback
        self.speaking = Speaking(window, self._jobs)
        self.opening.opened.connect(self._on_opened)
        self.retaking.recorded.connect(window.takes.choose)
        self.tending.is_token_in_sight = self.setting_up.is_token_in_sight
        self.tending.token_wanted.connect(self.setting_up.open_at_token)
        self.tending.settings_wanted.connect(self.setting_up.open)
        self.tending.storage_wanted.connect(self.storage.open)
        window.compose.advanced.way_asked.connect(self.storage.open)
        self.announcing.review_wanted.connect(self.reviewing.open)
        self.setting_up.storage_wanted.connect(self.storage.open)
        self.setting_up.restart_wanted.connect(self.restarting.ask)
        self.tending.limits_wanted.connect(self.setting_up.open_at_money)
        self.tending.report_wanted.connect(self.supporting.open)
        self.tending.model_wanted.connect(self.setting_up.open_at_model)
        self.spending.limits_wanted.connect(self.setting_up.open_at_money)
        window.timeline.playhead_requested.connect(playback.seek)
        window.timeline.scrub_preview.connect(playback.seek)
        self._jobs.first_known.connect(playback.know_first)
        playback.moved.connect(window.timeline.set_playhead)
        playback.failed.connect(self._on_playback_failed)
        playback.sound.unusable.connect(self._on_no_sound, Qt.ConnectionType.QueuedConnection)
        playback.sound.lost.connect(self._on_sound_lost, Qt.ConnectionType.QueuedConnection)
        playback.sound.regained.connect(self._on_sound_regained, Qt.ConnectionType.QueuedConnection)
        window.stage.clicked.connect(playback.toggle)
        window.top_bar.shortcuts_asked.connect(self.show_shortcuts)
        window.top_bar.takes_asked.connect(window.sides.toggle_takes)
        window.top_bar.form_asked.connect(window.sides.toggle_form)
        window.top_bar.quit_asked.connect(window.close)
        window.closed.connect(self.close_down)

    def show_shortcuts(self) -> None:
        own = self._preferences.settings.shortcuts
        from retake_desktop.ui.dialogs.sheets import ShortcutSheet

        sheet = ShortcutSheet([described(row, own) for row in SHORTCUTS], self.window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()

    def close_down(self) -> None:
        """Ends all background work and asks the job thread to end."""
        self._playback.close()
        self.inspecting.close()
        self.drafting.close()
        self.window.timeline.close_files()
        self.window.takes.close_down()
        self.looking.close_down()
        self.announcing.close_down()
        self.care.close()
        self.updating.close()
        self._tidying.close()
        self._preferences.close()
        self._jobs.shut_down()

    def _on_opened(self, clip: Clip) -> None:
        self.drafting.take_up(clip, _SAMPLE_MOMENT if self.opening.is_sample(clip) else None)
        self.window.stage.setFocus()

    def _on_settings(self, settings: Settings) -> None:
        self._shortcuts.use(settings.shortcuts)

    def _on_playback_failed(self, problem: Problem) -> None:
        self.notices.problem(problem)

    def _on_no_sound(self, reason: str) -> None:
        self.notices.say(self.tr("Videos play without sound: {reason}").format(reason=said(reason)))

    def _on_sound_lost(self) -> None:
        self.notices.say(self.tr("The sound device is gone. The picture goes on; sound comes back with a device."))

    def _on_sound_regained(self) -> None:
        self.notices.say(self.tr("Sound is back."))

    # -- the keyboard

    def _deeds(self) -> dict[Verb, Callable[[], object]]:
        playback, window = self._playback, self.window
        return {
            Verb.PLAY: playback.toggle,
            Verb.SHUTTLE_BACK: lambda: playback.shuttle(-1),
            Verb.SHUTTLE_STOP: lambda: playback.shuttle(0),
            Verb.SHUTTLE_FORWARD: lambda: playback.shuttle(1),
            Verb.FRAME_BACK: lambda: self._step(-1),
            Verb.FRAME_FORWARD: lambda: self._step(1),
            Verb.SECOND_BACK: lambda: self._skip(-1),
            Verb.SECOND_FORWARD: lambda: self._skip(1),
            Verb.LOOP: window.transport.toggle_loop,
            Verb.RETAKE: self._retake,
            Verb.UNDO: lambda: self._edit(self.drafting.undo),
            Verb.REDO: lambda: self._edit(self.drafting.redo),
            Verb.SHOT: lambda: self._edit(lambda: window.timeline.looking.select_shot(playback.time)),
            Verb.TAKES_PANEL: window.sides.toggle_takes,
            Verb.FORM_PANEL: window.sides.toggle_form,
            Verb.OPEN: self.opening.choose_file,
            Verb.PASTE: self.opening.paste,
            Verb.CLOSE_REVIEW: self._close_review,
            Verb.SHEET: self.show_shortcuts,
        }

    def _step(self, frames: int) -> None:
        self.retaking.touch()
        self._playback.step(frames)

    def _skip(self, seconds: int) -> None:
        self.retaking.touch()
        self._playback.skip(seconds)

    def _retake(self) -> None:
        if not self.window.is_reviewing:
            self.window.compose.ask()

    def _close_review(self) -> None:
        """Out of the full screen first."""
        if self.window.is_full:
            self.window.show_full(False)
        else:
            self.reviewing.leave()

    def _edit(self, deed: Callable[[], object]) -> None:
        """What changes selection or prompt waits until a review is over."""
        if not self.window.is_reviewing:
            deed()
