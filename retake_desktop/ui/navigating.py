"""What the keys do on the timeline: the playhead from place to place, the selection, and what is in view."""

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject

from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.retaking import Retaking
from retake_desktop.ui.shortcuts import Verb

_PAGE = Fraction(1, 10)
"""Of what is in view: the closer the view, the finer the way through it."""


class Navigating(QObject):
    """Everything that the mouse does on the timeline, for who does not use one."""

    def __init__(self, window: MainWindow, playback: Playback, retaking: Retaking) -> None:
        super().__init__(window)
        self._timeline = window.timeline
        self._playback = playback
        self._retaking = retaking

    def deeds(self) -> dict[Verb, Callable[[], object]]:
        timeline, playback = self._timeline, self._playback
        return {
            Verb.IN_POINT: lambda: timeline.mark_in(playback.time),
            Verb.OUT_POINT: lambda: timeline.mark_out(playback.time),
            Verb.TO_START: lambda: self._go(Fraction(0)),
            Verb.TO_END: self._to_end,
            Verb.TO_IN_POINT: self._to_in_point,
            Verb.TO_OUT_POINT: self._to_out_point,
            Verb.PAGE_BACK: lambda: self._page(-1),
            Verb.PAGE_FORWARD: lambda: self._page(1),
            Verb.NUDGE_BACK: lambda: timeline.nudge(-1),
            Verb.NUDGE_FORWARD: lambda: timeline.nudge(1),
            Verb.NUDGE_SECOND_BACK: lambda: timeline.nudge(-self._frames_of_a_second()),
            Verb.NUDGE_SECOND_FORWARD: lambda: timeline.nudge(self._frames_of_a_second()),
            Verb.ZOOM_IN: lambda: timeline.looking.zoom_in(playback.time),
            Verb.ZOOM_OUT: lambda: timeline.looking.zoom_out(playback.time),
            Verb.ZOOM_ALL: timeline.looking.show_all,
        }

    def _go(self, time: Fraction) -> None:
        self._retaking.touch()
        self._playback.seek(time)

    def _to_end(self) -> None:
        if self._retaking.clip is not None:
            self._go(self._retaking.clip.duration)

    def _to_in_point(self) -> None:
        if self._timeline.span is not None:
            self._go(self._timeline.span.start)

    def _to_out_point(self) -> None:
        """The last frame that is part of the selection."""
        clip, span = self._retaking.clip, self._timeline.span
        if clip is not None and span is not None:
            self._go(clip.frames.start_of(max(0, clip.frames.nearest_boundary(span.end) - 1)))

    def _page(self, direction: int) -> None:
        """At least a frame, however close the view is."""
        clip = self._retaking.clip
        if clip is not None:
            step = max(_PAGE * self._timeline.looking.view.duration, 1 / clip.frame_rate)
            self._go(max(Fraction(0), self._playback.time + direction * step))

    def _frames_of_a_second(self) -> int:
        clip = self._retaking.clip
        return max(1, round(clip.frame_rate)) if clip is not None else 0
