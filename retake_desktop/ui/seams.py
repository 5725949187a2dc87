"""The seam inspector: one second around the in or the out point, over and over, original and take in turn."""

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject

from retake_desktop.domain.span import Span
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.review.gathering import Gatherer, Joint
from retake_desktop.ui.review.seam_panel import AROUND

HALF = Fraction(1, 2)
"""Seconds on either side of the joint."""


class Seams(QObject):
    """Begins and ends the loop. It ends by itself when something else is looped or loaded."""

    def __init__(
        self, window: MainWindow, playback: Playback, gatherer: Gatherer, span: Callable[[], Span | None]
    ) -> None:
        """`span` gives the moment under review; None outside a review."""
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._gatherer = gatherer
        self._span = span
        self._looped: Span | None = None
        self._is_out = False
        self._before: tuple[Span | None, Side] = None, Side.BEFORE
        playback.lap_began.connect(self._on_lap)
        playback.state_changed.connect(self._on_state)
        playback.moved.connect(window.seam_panel.waves.show_playhead)
        window.seam_panel.waves.place_wanted.connect(playback.seek)
        window.compare_bar.seam_wanted.connect(self.toggle)
        gatherer.found.connect(self._on_found)

    @property
    def is_on(self) -> bool:
        return self._looped is not None

    def toggle(self, out: bool) -> None:
        """Loops around the in point, or the out point; the same again ends it."""
        if self.is_on and self._is_out is out:
            self.end()
        else:
            self._begin(out)
        self._window.compare_bar.show_seam(self._is_out if self.is_on else None)

    def end(self) -> None:
        """Back to the loop and the sound of before."""
        if not self.is_on:
            return
        self._looped = None
        loop, side = self._before
        self._playback.pause()
        self._playback.set_loop(loop)
        if self._playback.side is not side:
            self._playback.choose_sound(side)
        self._close()

    def _begin(self, out: bool) -> None:
        span, material = self._span(), self._playback.material
        is_blind = self._window.compare.cast.is_blind
        if span is None or material is None or material.after is None or is_blind:
            return
        if not self.is_on:
            self._before = self._playback.loop, self._playback.side
        joint = material.before.frames.snap(span.end if out else span.start)
        limits = self._playback.limits or Span(Fraction(0), material.before.duration)
        around = Span(max(limits.start, joint - HALF), min(limits.end, joint + HALF))
        self._looped, self._is_out = around, out
        self._window.compare.take_turns(True)
        # Its own sound is enough: together they would not fit into a small window.
        self._window.waves.hide()
        self._window.seam_panel.begin(material, around, joint, is_out=out)
        boundary = material.before.frames.nearest_boundary(joint)
        self._gatherer.show_joint(material, boundary, AROUND, self._window.seam_panel.strip.box)
        self._playback.pause()
        self._playback.set_loop(around)
        self._playback.seek(around.start)
        self._playback.play()

    def _close(self) -> None:
        self._window.compare.take_turns(False)
        self._window.seam_panel.hide()
        material = self._playback.material
        if material is not None and material.after is not None:
            self._window.waves.setVisible(self._window.waves.has_sound)
        self._window.compare_bar.show_seam(None)

    def _on_lap(self, lap: int) -> None:
        side = Side.AFTER if lap % 2 else Side.BEFORE
        if self.is_on and self._playback.side is not side:
            self._playback.choose_sound(side)

    def _on_state(self) -> None:
        self._window.seam_panel.waves.show_heard(self._playback.side)
        if self.is_on and self._playback.loop != self._looped:
            self._looped = None
            self._close()

    def _on_found(self, found: object) -> None:
        if self.is_on and isinstance(found, Joint):
            self._window.seam_panel.strip.show_joint(found, self._playback.material, is_out=self._is_out)
