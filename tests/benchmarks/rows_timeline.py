"""The timeline in the window: what it takes of the GUI thread."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.overview import in_a_child
from retake_desktop.media.previews import Previews
from retake_desktop.media.probe import probe
from retake_desktop.ui.loading import settle
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.filling import Filler
from retake_desktop.ui.timeline.panel import Timeline
from retake_desktop.ui.timeline.track import Track
from tests.benchmarks.footage import film_of
from tests.benchmarks.measuring import Samples, row

_NOTCHES = 70
_NOTCH_SECONDS = 0.03
"""A wheel that is turned fast."""
_PICTURES, _HEIGHT = 12, 56


@row("timeline-zoom", reach=0.050)
def timeline_zoom(runs: int) -> Samples:
    """Longest gap of the GUI thread while a film of two hours is zoomed to single frames, its strip and wave filling
    in, beyond the longest gap of an empty window while the same film is read."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    style = Style(application) if isinstance(application, QApplication) else None
    settle()
    film = probe(str(film_of(7_200)))
    with closing(Previews(make_reader=in_a_child)) as previews:
        excess = [max(0.0, _zooming(film, previews) - _empty(film, previews)) for _ in range(runs)]
    del style
    return Samples(excess, quantile=1.0)


def _zooming(film: Clip, previews: Previews) -> float:
    timeline = Timeline(Filler(previews))
    track = timeline.findChild(Track)
    if not isinstance(track, Track):
        raise TypeError("the timeline has no track")
    timeline.resize(1000, 220)
    timeline.show()
    timeline.open(film, Span(Fraction(3600), Fraction(3606)))
    place = QPointF(track.width() / 2, 60)

    def zoom() -> None:
        QApplication.sendEvent(
            track,
            QWheelEvent(
                place, track.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    try:
        longest = _longest_gap(zoom)
        if track.scale.view.duration * film.frame_rate > 7:
            raise RuntimeError("single frames were not reached")
        return longest
    finally:
        timeline.close_files()
        timeline.close()


def _empty(film: Clip, previews: Previews) -> float:
    window, filler = QWidget(), Filler(previews)
    window.resize(1000, 220)
    window.show()
    filler.fill_peaks(film)
    filler.fill_pictures(film, Span(Fraction(0), film.duration), _PICTURES, _HEIGHT)
    try:
        return _longest_gap(window.update)
    finally:
        filler.close()
        window.close()


def _longest_gap(deed: Callable[[], object]) -> float:
    """Seconds between two turns of the event loop, while `deed` is done at the pace of a wheel."""
    with _heartbeat() as gaps:
        for _ in range(_NOTCHES):
            deed()
            until = time.perf_counter() + _NOTCH_SECONDS
            while time.perf_counter() < until:
                QApplication.processEvents()
                time.sleep(0.001)
    return max(gaps)


@contextmanager
def _heartbeat() -> Iterator[list[float]]:
    gaps: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer(interval=2, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start()
    try:
        yield gaps
    finally:
        timer.stop()
