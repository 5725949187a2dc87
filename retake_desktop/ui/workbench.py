"""Makes the window work: one presenter for each thing that a person does, and the keyboard for all of them."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.span import Span
from retake_desktop.ui.dialogs.sheets import About, ShortcutSheet
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.opening import Opening
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.retaking import Retaking
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.reviewing import Reviewing
from retake_desktop.ui.setting_up import SettingUp
from retake_desktop.ui.shortcuts import SHORTCUTS, Shortcuts, Verb, described
from retake_desktop.ui.style import Style
from retake_desktop.ui.tending import Tending

_SAMPLE_MOMENT = Span(Fraction(5), Fraction(8))
"""Where the sample's bad moment is: a bath duck in a calm bay."""
_FAREWELL = 900
"""Milliseconds for which the window says on closing that open takes go on next time. A second close is immediate."""


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
    ) -> None:
        super().__init__(window)
        self.window = window
        self._jobs = jobs
        self._playback = playback
        self._preferences = preferences
        self._has_said_farewell = False
        self.notices = Notices(window.notice)
        self.opening = Opening(window, jobs, preferences, self.notices, sample)
        # First of those that hear of jobs: the others look them up in the list that it keeps.
        self.tending = Tending(window, jobs, self.notices, self.opening)
        self.retaking = Retaking(window, jobs, playback)
        self.reviewing = Reviewing(window, jobs, playback, self.notices, self.opening, self.retaking)
        self.setting_up = SettingUp(window, jobs, preferences, style, is_guest=is_guest)
        self._connect()
        self._shortcuts = Shortcuts(window, self._deeds())

    def _connect(self) -> None:
        window, playback = self.window, self._playback
        self.opening.opened.connect(self._on_opened)
        self.retaking.recorded.connect(window.takes.choose)
        self.tending.token_wanted.connect(self.setting_up.open_at_token)
        self.tending.settings_wanted.connect(self.setting_up.open)
        window.timeline.playhead_requested.connect(playback.seek)
        window.timeline.scrub_preview.connect(playback.seek)
        playback.moved.connect(window.timeline.set_playhead)
        playback.failed.connect(self._on_playback_failed)
        playback.sound.unusable.connect(self._on_no_sound, Qt.ConnectionType.QueuedConnection)
        window.stage.clicked.connect(playback.toggle)
        window.compare.clicked.connect(playback.toggle)
        window.top_bar.shortcuts_asked.connect(self.show_shortcuts)
        window.top_bar.about_asked.connect(self.show_about)
        window.top_bar.quit_asked.connect(window.close)
        window.may_close = self._may_close
        window.closed.connect(self.close_down)

    def show_shortcuts(self) -> None:
        _show(ShortcutSheet([described(row) for row in SHORTCUTS], self.window))

    def show_about(self) -> None:
        _show(About(self.window))

    def close_down(self) -> None:
        """Ends all background work and asks the job thread to end."""
        self._playback.close()
        self.window.timeline.close_files()
        self.window.takes.close_down()
        self._preferences.close()
        self._jobs.shut_down()

    def _on_opened(self, clip: Clip) -> None:
        self.retaking.take_up(clip, _SAMPLE_MOMENT if self.opening.is_sample(clip) else None)
        self.window.stage.setFocus()

    def _on_playback_failed(self, problem: Problem) -> None:
        self.notices.problem(problem)

    def _on_no_sound(self, reason: str) -> None:
        self.notices.say(self.tr("Videos play without sound: {reason}").format(reason=reason))

    def _may_close(self) -> bool:
        count = self.tending.open_count
        if not count or self._has_said_farewell:
            return True
        self._has_said_farewell = True
        self.notices.say(self.tr("%n take(s) go on the next time you start Retake Desktop.", "", count))
        QTimer.singleShot(_FAREWELL, self.window.close)
        return False

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
            Verb.IN_POINT: lambda: window.timeline.mark_in(playback.time),
            Verb.OUT_POINT: lambda: window.timeline.mark_out(playback.time),
            Verb.LOOP: window.transport.toggle_loop,
            Verb.BEFORE_AFTER: self._flip,
            Verb.SIDE_BY_SIDE: lambda: self._compare(CompareMode.SIDE_BY_SIDE),
            Verb.WIPE: lambda: self._compare(CompareMode.WIPE),
            Verb.AB: lambda: self._compare(CompareMode.AB),
            Verb.DIFFERENCE: lambda: self._compare(CompareMode.DIFFERENCE),
            Verb.RETAKE: self._retake,
            Verb.UNDO: self._undo,
            Verb.OPEN: self.opening.choose_file,
            Verb.PASTE: self.opening.paste,
            Verb.CLOSE_REVIEW: self.reviewing.leave,
            Verb.SHEET: self.show_shortcuts,
        }

    def _step(self, frames: int) -> None:
        self.retaking.touch()
        self._playback.step(frames)

    def _skip(self, seconds: int) -> None:
        self.retaking.touch()
        self._playback.skip(seconds)

    def _compare(self, mode: CompareMode) -> None:
        if self.window.is_reviewing:
            self.window.compare.choose(mode)

    def _flip(self) -> None:
        """B goes to A/B first, and from then on between before and after."""
        if not self.window.is_reviewing:
            return
        if self.window.compare.mode is CompareMode.AB:
            self.window.compare.flip()
        else:
            self.window.compare.choose(CompareMode.AB)

    def _retake(self) -> None:
        if not self.window.is_reviewing:
            self.window.compose.ask()

    def _undo(self) -> None:
        if not self.window.is_reviewing:
            self.retaking.undo()


def _show(dialog: ShortcutSheet | About) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
