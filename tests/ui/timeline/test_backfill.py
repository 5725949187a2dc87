"""The timeline asks for what is in view, newest wish first, and shows a known file without reading it again."""

import threading
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.overview import Here
from retake_desktop.media.peaks import FACTOR, PARTS, WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.previews import Previews
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.backdrop import RULER_HEIGHT
from retake_desktop.ui.timeline.filling import Filler
from retake_desktop.ui.timeline.panel import Timeline
from retake_desktop.ui.timeline.peaks import Peaks
from retake_desktop.ui.timeline.track import Track
from tests.ui.conftest import MakeFootage


class Slow:
    """Gives one picture of what is asked for and then works on until it is told to stop."""

    def __init__(self) -> None:
        self.reader = Here()
        self.asked: list[Span] = []
        self.abandoned: list[Span] = []

    def pictures(
        self,
        clip: Clip,
        span: Span,
        count: int,  # noqa: ARG002 - the real one's
        height: int,  # noqa: ARG002 - the real one's
        cancelled: Callable[[], bool],
    ) -> Iterator[Picture]:
        self.asked.append(span)
        index = clip.frames.index_at((span.start + span.end) / 2)
        yield Picture(index, clip.frames.start_of(index), 16, 9, 64, bytes([index % 256]) * 64 * 9)
        for _ in range(1000):
            if cancelled():
                break
            threading.Event().wait(0.01)
        self.abandoned.append(span)

    def peaks(
        self,
        clip: Clip,  # noqa: ARG002 - the real one's
        cancelled: Callable[[], bool],  # noqa: ARG002 - the real one's
    ) -> Iterator[WaveformBlock]:
        yield from ()


Show = Callable[[Previews | Slow], Timeline]


@pytest.fixture
def shown(qtbot: QtBot, styled: Style) -> Iterator[Show]:
    timelines: list[Timeline] = []

    def show(source: Previews | Slow) -> Timeline:
        timeline = Timeline(Filler(source))
        timelines.append(timeline)
        qtbot.addWidget(timeline)
        timeline.resize(1000, 180)
        with qtbot.waitExposed(timeline):
            timeline.show()
        return timeline

    yield show
    for timeline in timelines:
        timeline.close_files()


def track(timeline: Timeline) -> Track:
    found = timeline.findChild(Track)
    assert isinstance(found, Track)
    return found


def zoom(timeline: Timeline, seconds: float, notches: int) -> None:
    place = QPointF(track(timeline).scale.x_of(Fraction(seconds)), RULER_HEIGHT + 10)
    event = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    for _ in range(notches):
        QApplication.sendEvent(track(timeline), event)


def drawn(timeline: Timeline) -> tuple[int, int]:
    """How many pictures and blocks of peaks have arrived."""
    backdrop = track(timeline).backdrop
    return len(backdrop._images), len(backdrop._peaks._blocks)


def test_a_file_opened_again_shows_filmstrip_and_waveform_without_being_read(
    qtbot: QtBot, shown: Show, make_footage: MakeFootage, tmp_path: Path
) -> None:
    clip = make_footage(frames=100, size=(160, 90), gop=10)
    first = shown(Previews(DiskCache(tmp_path / "cache")))
    first.open(clip)
    qtbot.waitUntil(lambda: len(list(tmp_path.rglob("*.preview"))) == 3, timeout=10000)
    first.close_files()
    Path(clip.path).unlink()
    again = shown(Previews(DiskCache(tmp_path / "cache")))
    again.open(replace(clip))
    qtbot.waitUntil(lambda: drawn(again)[0] >= 10 and drawn(again)[1] == 1, timeout=10000)


def test_zooming_abandons_the_older_wish_and_asks_for_what_is_in_view(
    qtbot: QtBot, shown: Show, make_footage: MakeFootage
) -> None:
    clip = make_footage(frames=250, size=(64, 36), audio=False)
    source = Slow()
    timeline = shown(source)
    timeline.open(clip)
    qtbot.waitUntil(lambda: drawn(timeline)[0] == 1)
    zoom(timeline, 2, 4)
    qtbot.waitUntil(lambda: drawn(timeline)[0] == 2)
    assert source.asked == [Span(Fraction(0), clip.duration), track(timeline).scale.view]
    qtbot.waitUntil(lambda: source.abandoned == source.asked[:1])
    timeline.close_files()
    assert source.abandoned == source.asked


def test_another_clip_takes_the_strip_over(qtbot: QtBot, shown: Show, make_footage: MakeFootage) -> None:
    source = Slow()
    timeline = shown(source)
    first, second = (make_footage(frames=count, size=(64, 36), audio=False) for count in (250, 100))
    timeline.open(first)
    qtbot.waitUntil(lambda: drawn(timeline)[0] == 1)
    timeline.open(second)
    qtbot.waitUntil(lambda: len(source.asked) == 2)
    assert source.asked[-1] == Span(Fraction(0), second.duration)


@pytest.mark.parametrize("parts", [1, 3, 4, 17, 64, 900, 1024, 5000])
def test_columns_hold_every_peak_under_them_at_any_zoom(parts: int) -> None:
    random = Random(3)  # noqa: S311 - any bytes will do
    part = Fraction(256, 48000)
    blocks = [WaveformBlock(index, part, random.randbytes(PARTS), random.randbytes(PARTS)) for index in (0, 1, 3)]
    peaks = Peaks()
    high = [0] * (PARTS * 6)
    low = [0] * (PARTS * 6)
    for block in blocks:
        peaks.add(block)
        begin = block.index * PARTS
        high[begin : begin + PARTS] = [level - 128 for level in block.high]
        low[begin : begin + PARTS] = [level - 128 for level in block.low]
    count = 4096 // parts
    columns = peaks.columns(0.0, float(part) * parts * 1.000001, count)
    for column in range(1, count - 1):
        under = slice(column * parts, (column + 1) * parts)
        near = columns[column - 1 : column + 2]
        assert min(lowest for lowest, _ in near) <= min(low[under])
        assert max(highest for _, highest in near) >= max(high[under])


class Counting(bytes):
    """Counts what is read of it."""

    read = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        Counting.read += len(found) if isinstance(found, bytes) else 1
        return found


def test_a_column_reads_a_handful_of_peaks_be_it_a_part_of_a_second_or_of_two_hours() -> None:
    part = Fraction(1, 128)
    block = WaveformBlock(0, part, bytes(PARTS), bytes(PARTS))
    levels = tuple((Counting(low), Counting(high)) for low, high in block.levels)
    peaks = Peaks()
    for index in range(7200 // 8):
        found = copy(block)
        object.__setattr__(found, "index", index)
        object.__setattr__(found, "levels", levels)
        peaks.add(found)
    for seconds in (1, 60, 600, 7200):
        Counting.read = 0
        peaks.columns(0.0, seconds / 1000, 1000)
        assert 0 < Counting.read <= 2000 * (FACTOR + 1)
