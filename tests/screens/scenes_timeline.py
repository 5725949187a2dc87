"""The timeline in every state, and what is said while something is held over the window."""

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtTest import QTest

from retake_desktop.domain.span import Span
from retake_desktop.ui.drop import read_drop
from retake_desktop.ui.timeline.bands import Band
from retake_desktop.ui.timeline.handles import Edge
from retake_desktop.ui.timeline.hover import HoverCard
from retake_desktop.ui.timeline.listening import Facts
from retake_desktop.ui.timeline.track import Track
from tests.screens.material import SPAN
from tests.screens.scene import SMALL, USUAL, Scene
from tests.screens.studio import Set, settle
from tests.ui.making import a_clip

_LEFT = Qt.MouseButton.LeftButton
_LONG_FILM = replace(a_clip("/videos/kitchen, the whole evening.mp4", 7384))


def _track(it: Set) -> Track:
    found = it.window.timeline.findChild(Track)
    assert found is not None
    return found


def _at(it: Set, seconds: float, y: int = 60) -> QPoint:
    return QPoint(round(_track(it).scale.x_of(Fraction(seconds))), y)


def single_frames(it: Set) -> None:
    it.open()
    it.playback.seek(SPAN.start)
    for _ in range(14):
        it.window.timeline.looking.zoom_in(SPAN.start)
    backdrop, first = _track(it).backdrop, it.material.sample.frames.index_at(SPAN.start)
    times = [it.material.sample.frames.start_of(index) for index in range(first - 2, first + 2)]
    settle(lambda: all(time in backdrop._times for time in times))


def empty_strip(it: Set) -> None:
    """A film whose pictures and sound have not come yet."""
    it.open(_LONG_FILM)


def two_hours_zoomed(it: Set) -> None:
    it.open(_LONG_FILM)
    it.workbench.retaking.set_span(Span(Fraction(3600), Fraction(3612)))
    it.playback.seek(Fraction(3604))
    for _ in range(12):
        it.window.timeline.looking.zoom_in(Fraction(3604))


def edge_in_hand(it: Set) -> None:
    it.open()
    grip = _track(it)._handles[Edge.OUT]
    QTest.mousePress(grip, _LEFT, pos=QPoint(6, 20))
    QTest.mouseMove(grip, QPoint(36, 20))


def edge_by_keyboard(it: Set) -> None:
    it.open()
    it.window.activateWindow()
    _track(it)._handles[Edge.IN].setFocus(Qt.FocusReason.TabFocusReason)


def track_by_keyboard(it: Set) -> None:
    it.open()
    it.window.activateWindow()
    _track(it).setFocus(Qt.FocusReason.TabFocusReason)


def drawing(it: Set) -> None:
    it.open()
    QTest.mousePress(_track(it), _LEFT, pos=_at(it, 1))
    QTest.mouseMove(_track(it), _at(it, 4))


def hovering(it: Set) -> None:
    it.open()
    place = _at(it, 10)
    _track(it).hovered.emit(Fraction(10), float(place.x()))
    card = it.window.findChild(HoverCard)
    assert card is not None
    settle(lambda: card.shown_index >= 0)


def bands(it: Set) -> None:
    it.open()
    spans = ((2, 5, False), (3, 6, False), (4, 7, True), (9, 11, True))
    it.window.timeline.set_bands(tuple(Band(Span(Fraction(a), Fraction(b)), kept) for a, b, kept in spans))


def _coached(it: Set, *, speech: bool = False, cut: bool = False, quiet: tuple[Span, ...] = ()) -> None:
    it.open()
    timeline = it.window.timeline
    settle(lambda: not timeline._coach._asking.is_busy and not timeline._coach._rest.isActive())
    spoken = (Span(SPAN.start - 1, SPAN.end - 1),) if speech else ()
    cuts = (it.material.sample.frames.index_at(SPAN.start + 2),) if cut else ()
    timeline._coach._on_facts(Facts(SPAN, spoken, quiet, cuts))


def cuts_through_speech(it: Set) -> None:
    _coached(it, speech=True, cut=True, quiet=(Span(SPAN.start - 2, SPAN.start - 1),))


def holds_a_cut(it: Set) -> None:
    _coached(it, cut=True)


def somebody_speaks(it: Set) -> None:
    _coached(it, speech=True, quiet=(Span(SPAN.start - 2, SPAN.start), Span(SPAN.end - 1, SPAN.end + 1)))


def loud_edge(it: Set) -> None:
    _coached(it, quiet=(Span(SPAN.start - 1, SPAN.start - Fraction(1, 4)), Span(SPAN.end, SPAN.end + 1)))


def looking_for_the_shot(it: Set) -> None:
    it.open()
    it.window.timeline._coach.show_busy(True)


def _held(it: Set, *addresses: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(each) if each.startswith("/") else QUrl(each) for each in addresses])
    it.window._overlay.show_for(read_drop(data), has_clip=it.workbench.opening.clip is not None)


def many_held_over(it: Set) -> None:
    it.open()
    _held(it, *(f"/card/{number}.jpg" for number in range(29)), "/card/the last evening at the harbour.mov")


def nothing_held_over(it: Set) -> None:
    _held(it, "http://example.org/a.mp4")


def link_held_over(it: Set) -> None:
    _held(it, "https://example.org/films/the-last-evening.mp4?token=1")


SCENES = (
    Scene("timeline-empty-strip", empty_strip, {"clips": (_LONG_FILM,)}),
    Scene("timeline-two-hours-zoomed", two_hours_zoomed, {"clips": (_LONG_FILM,)}),
    Scene("timeline-single-frames", single_frames),
    Scene("timeline-edge-in-hand", edge_in_hand),
    Scene("timeline-edge-by-keyboard", edge_by_keyboard),
    Scene("timeline-track-by-keyboard", track_by_keyboard),
    Scene("timeline-drawing", drawing),
    Scene("timeline-hovering", hovering),
    Scene("timeline-bands", bands),
    Scene("timeline-cuts-speech", cuts_through_speech, sizes=(USUAL, SMALL)),
    Scene("timeline-holds-a-cut", holds_a_cut),
    Scene("timeline-somebody-speaks", somebody_speaks, sizes=(USUAL, SMALL)),
    Scene("timeline-loud-edge", loud_edge, sizes=(USUAL, SMALL)),
    Scene("timeline-looking-for-the-shot", looking_for_the_shot),
    Scene("held-over-many", many_held_over, sizes=(USUAL, SMALL)),
    Scene("held-over-plain-http", nothing_held_over),
    Scene("held-over-link", link_held_over, sizes=(USUAL, SMALL)),
)
