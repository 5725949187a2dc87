"""Looking around in a clip: zoom, minimap, the frame under the pointer, the shot that a frame belongs to."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import MAX_SPAN
from retake_desktop.domain.span import Span
from retake_desktop.ui.asking import Asking
from retake_desktop.ui.timeline.handles import Handle
from retake_desktop.ui.timeline.hover import HoverCard
from retake_desktop.ui.timeline.minimap import Minimap
from retake_desktop.ui.timeline.selecting import around
from retake_desktop.ui.timeline.track import Track
from retake_desktop.ui.timeline.viewing import MARGIN, ZOOM_STEP

if TYPE_CHECKING:
    from retake_desktop.media.shots import Shot


class Looking(QObject):
    """Serves one track. Signals: `shot_found(Span)`, `searching(bool)` while a shot is looked for."""

    shot_found = Signal(object)
    searching = Signal(bool)

    def __init__(self, track: Track, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.minimap = Minimap(MARGIN)
        self._track = track
        self._card = HoverCard(track)
        self._shots = Asking("shots", self)
        self._sought: tuple[Clip, int] | None = None
        self._clip: Clip | None = None
        track.viewed.connect(self._on_viewed)
        track.hovered.connect(self._on_hovered)
        track.left.connect(self._card.hide)
        track.shot_wanted.connect(self.select_shot)
        track.selected.connect(self._end_search)
        track.playhead_wanted.connect(self._end_search)
        self.minimap.wanted.connect(track.centre_on)
        self._shots.answered.connect(self._on_shot)

    @property
    def view(self) -> Span:
        """What is in view."""
        return self._track.scale.view

    def view_of(self, clip: Clip | None) -> Span | None:
        """What is in view of `clip`, if that is the clip on the track; whichever comes next is remembered."""
        is_same = clip is not None and clip is self._clip and self._track.whole == Span(Fraction(0), clip.duration)
        self._clip = clip
        return self._track.scale.view if is_same else None

    def zoom_in(self, about: Fraction) -> None:
        """Towards the handle in use, otherwise towards `about`, usually the playhead."""
        self._track.zoom(ZOOM_STEP * ZOOM_STEP, self._centre(about))

    def zoom_out(self, about: Fraction) -> None:
        self._track.zoom(1 / (ZOOM_STEP * ZOOM_STEP), self._centre(about))

    def show_all(self) -> None:
        self._track.show_all()

    def select_shot(self, time: Fraction) -> None:
        """Looks for the shot at clip time `time`; another gesture or `stop` gives it up."""
        clip = self._clip
        if clip is None:
            return
        index = clip.frames.index_at(time)
        self._sought = clip, index
        self.searching.emit(True)
        self._shots.ask(_question(clip, index))

    def stop(self) -> None:
        self._card.hide()
        self._end_search()

    def close(self) -> None:
        """Ends the threads."""
        self._card.close_files()
        self._shots.close()

    def _centre(self, about: Fraction) -> Fraction:
        handle = self._track.focusWidget()
        if isinstance(handle, Handle) and handle.hasFocus() and self._clip is not None:
            return self._clip.frames.start_of(handle.value())
        return about

    def _end_search(self, _what: object = None) -> None:
        if self._shots.is_busy:
            self._shots.stop()
            self.searching.emit(False)

    def _on_viewed(self) -> None:
        self.minimap.show_view(self._track.whole, self._track.scale.view)

    def _on_hovered(self, time: Fraction, x: float) -> None:
        if self._clip is not None:
            self._card.point_at(self._clip, time, x)

    def _on_shot(self, shot: "Shot | None") -> None:
        self.searching.emit(False)
        if shot is not None and self._sought is not None:
            clip, index = self._sought
            self.shot_found.emit(around(index, shot.first, shot.end, clip.frames))


def _question(clip: Clip, index: int) -> Callable[[Callable[[], bool]], object]:
    def ask(given_up: Callable[[], bool]) -> object:
        # Not at the top: loading the decoder would hold up the window's first appearance.
        from retake_desktop.media.shots import shot_at

        return shot_at(clip, index, MAX_SPAN, given_up)

    return ask
