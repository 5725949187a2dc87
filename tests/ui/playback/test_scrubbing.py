"""Dragging the playhead: small pictures at once, in order, and the exact picture when it rests."""

import random
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.picture import Picture
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.material import After, Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.scrubbing import PLAYING, Scrubber
from retake_desktop.ui.playback.sides import Box
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.style import Style
from tests.ui.conftest import MakeFootage, no_sound, no_trouble
from tests.ui.frames_on_screen import number_in

LARGE: dict[str, Any] = {"size": (640, 360), "gop": 250, "audio": False}


class Watcher:
    def __init__(self, playback: Playback) -> None:
        self.shots: list[Shot] = []
        playback.shot_shown.connect(self.shots.append)

    def rests_on(self, index: int) -> bool:
        return bool(self.shots) and self.shots[-1].index == index and self.shots[-1].is_exact


def ready(playback: Playback, *indexes: int) -> Callable[[], bool]:
    def all_there() -> bool:
        material = playback.material
        assert material is not None
        return all(playback._scrubber.shot(material, index) is not None for index in indexes)

    return all_there


def is_right(shots: list[Shot]) -> bool:
    return all(number_in(shot.before) == shot.index for shot in shots)


def test_the_small_picture_of_the_frame_is_shown_at_once_and_then_the_exact_one(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=100, **LARGE)))
    qtbot.waitUntil(ready(playback, 0, 99))
    qtbot.waitUntil(lambda: watcher.rests_on(0))
    for index in (80, 20, 60):
        playback.seek_frame(index)
        assert (watcher.shots[-1].index, watcher.shots[-1].is_exact) == (index, False), "before seek_frame returns"
        assert watcher.shots[-1].before.width() == 320
        qtbot.waitUntil(partial(watcher.rests_on, index))
        assert watcher.shots[-1].before.width() == 640
    assert is_right(watcher.shots)


def test_a_drag_shows_each_frame_in_order_and_never_falls_back(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=100, **LARGE)))
    qtbot.waitUntil(ready(playback, 0, 99))
    watcher = Watcher(playback)
    chance = random.Random(7)  # noqa: S311 - the same drag in every run
    place, asked = 50, []
    for _ in range(60):
        place = max(0, min(99, place + chance.choice((-9, -4, -1, 0, 1, 3, 8))))
        asked.append(place)
        playback.seek_frame(place)
        qtbot.wait(chance.choice((0, 2, 12)))
    qtbot.waitUntil(lambda: watcher.rests_on(place))
    assert is_right(watcher.shots)
    keys = [(shot.order, shot.is_exact) for shot in watcher.shots]
    assert keys == sorted(keys), "an order never comes after a later one, nor a small picture after the exact one"
    shown = {shot.index for shot in watcher.shots}
    jumps = {later for earlier, later in pairwise(asked) if abs(later - earlier) > 1}
    assert jumps <= shown, "every place the handle jumped to was on screen"


def test_the_picture_at_rest_is_never_replaced_by_its_small_one(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=60, **LARGE)))
    qtbot.waitUntil(ready(playback, 0, 59))
    playback.seek_frame(30)
    qtbot.waitUntil(lambda: watcher.rests_on(30))
    begun = len(watcher.shots)
    playback.seek_frame(30)
    playback.set_box(QSize(800, 600))
    playback.play()
    qtbot.waitUntil(lambda: len(watcher.shots) > begun + 4)
    playback.pause()
    index = playback.index
    qtbot.waitUntil(lambda: watcher.rests_on(index))
    qtbot.wait(50)
    assert all(shot.is_exact for shot in watcher.shots[begun:])


def test_a_step_to_the_next_frame_stays_sharp_where_decoding_is_quick(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=60, size=(640, 360), gop=1, audio=False)))
    qtbot.waitUntil(ready(playback, 0, 59))
    playback.seek_frame(30)
    qtbot.waitUntil(lambda: watcher.rests_on(30))
    small = 0
    for index in (31, 32, 33, 32, 31):
        begun = len(watcher.shots)
        playback.step(index - playback.index)
        qtbot.waitUntil(partial(watcher.rests_on, index))
        small += len(watcher.shots) - begun - 1
    assert small <= 2, "a busy machine may cost some"


def test_a_pair_is_previewed_on_both_sides(qtbot: QtBot, playback: Playback, make_footage: MakeFootage) -> None:
    before = make_footage(frames=100, rate=25, **LARGE)
    after = make_footage(frames=48, rate=24, first_number=1000, **LARGE)
    window = Window(
        source=Span(Fraction(1), Fraction(3)), stretch=Fraction(1), rate=24, frame_count=48, width=640, height=360,
        picture=Rectangle(0, 0, 640, 360), span=Span(Fraction(0), Fraction(2)),
    )  # fmt: skip
    watcher = Watcher(playback)
    playback.load(Material(before, After(after, window)))
    qtbot.waitUntil(ready(playback, 5, 30, 74))
    for index in (30, 74, 5):
        playback.seek_frame(index)
        shot = watcher.shots[-1]
        assert (shot.index, shot.is_exact, number_in(shot.before)) == (index, False, index)
        midpoint = (index + Fraction(1, 2)) / 25 - 1
        partner = 1000 + int(midpoint * 24) if 0 <= midpoint < 2 else None
        assert (None if shot.after is None else number_in(shot.after)) == partner


def test_another_clip_never_shows_pictures_of_the_one_before(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=60, **LARGE)))
    qtbot.waitUntil(ready(playback, 0, 59))
    other = Material(make_footage(frames=60, first_number=500, **LARGE))
    watcher = Watcher(playback)
    playback.load(other)
    for index in (40, 10, 50):
        playback.seek_frame(index)
    qtbot.waitUntil(lambda: watcher.rests_on(50))
    assert {shot.material for shot in watcher.shots} == {other}
    assert all(number_in(shot.before) == 500 + shot.index for shot in watcher.shots)


class Notebook:
    """A cache that notes when it is filled."""

    def __init__(self, clip: Clip) -> None:
        self.clip = clip
        self.fills = 0
        self.rests = 0
        self.is_open = True

    def centre_on(self, index: int) -> bool:
        return index >= 0

    def picture(self, index: int) -> Picture | None:
        raise AssertionError(f"nobody asked for frame {index}")

    def fill(self, cancelled: Callable[[], bool]) -> bool:
        self.fills += 1
        while not cancelled():
            time.sleep(0.001)
        return False

    def rest(self) -> None:
        self.rests += 1

    def close(self) -> None:
        self.is_open = False


class Unreadable(Notebook):
    def picture(self, index: int) -> Picture | None:
        return None if index >= 0 else super().picture(index)

    def fill(self, cancelled: Callable[[], bool]) -> bool:
        if cancelled():
            return False
        raise RetakeError(ErrorKind.MEDIA_FAILED, "the video cannot be opened any more")


@pytest.fixture
def notebooks() -> list[Notebook]:
    return []


@pytest.fixture
def scrubber(notebooks: list[Notebook]) -> Iterator[Scrubber]:
    def open_notebook(clip: Clip) -> Notebook:
        notebooks.append(Notebook(clip))
        return notebooks[-1]

    made = Scrubber(open_notebook)
    yield made
    made.close()


def test_filling_rests_while_something_else_needs_the_processor(
    qtbot: QtBot, scrubber: Scrubber, notebooks: list[Notebook], make_footage: MakeFootage
) -> None:
    scrubber.hold(PLAYING)
    scrubber.load(Material(make_footage(frames=5)))
    qtbot.wait(60)
    assert notebooks == []
    scrubber.release(PLAYING)
    qtbot.waitUntil(lambda: bool(notebooks) and notebooks[0].fills == 1)
    scrubber.give_way(True)
    qtbot.wait(60)
    assert notebooks[0].fills == 1
    scrubber.give_way(False)
    qtbot.waitUntil(lambda: notebooks[0].fills == 2)
    scrubber.centre_on(3)
    qtbot.waitUntil(lambda: notebooks[0].fills >= 3)


def test_while_it_plays_no_decoder_of_small_pictures_is_kept_open(
    qtbot: QtBot, scrubber: Scrubber, notebooks: list[Notebook], make_footage: MakeFootage
) -> None:
    scrubber.load(Material(make_footage(frames=5)))
    qtbot.waitUntil(lambda: bool(notebooks) and notebooks[0].fills == 1)
    scrubber.give_way(True)
    qtbot.wait(60)
    assert notebooks[0].rests == 0, "a moment's rest is no reason to begin at a keyframe again"
    scrubber.hold(PLAYING)
    qtbot.waitUntil(lambda: notebooks[0].rests == 1)
    scrubber.give_way(False)
    scrubber.release(PLAYING)
    qtbot.waitUntil(lambda: notebooks[0].fills == 2)


def test_what_is_not_on_stage_any_more_gives_its_memory_back(
    qtbot: QtBot, scrubber: Scrubber, notebooks: list[Notebook], make_footage: MakeFootage
) -> None:
    scrubber.load(Material(make_footage(frames=5)))
    qtbot.waitUntil(lambda: len(notebooks) == 1)
    scrubber.load(None)
    qtbot.waitUntil(lambda: not notebooks[0].is_open)


def test_a_file_that_cannot_be_read_leaves_scrubbing_without_small_pictures(
    qtbot: QtBot, styled: Style, make_footage: MakeFootage
) -> None:
    engine = Playback(sound=Soundtrack(no_sound, no_trouble), scrubber=Scrubber(Unreadable))
    watcher = Watcher(engine)
    failures: list[object] = []
    engine.failed.connect(failures.append)
    engine.load(Material(make_footage(frames=30)))
    engine.seek_frame(20)
    qtbot.waitUntil(lambda: watcher.rests_on(20))
    assert failures == []
    engine.close()


class SlowReader:
    """Needs many packets for each frame, and asks after each whether it is still wanted."""

    packets = 400

    def __init__(self, clip: Clip, cancelled: Callable[[], bool]) -> None:
        self._reader = FrameReader(clip)
        self._cancelled = cancelled
        self.abandoned = 0

    def picture(self, index: int, box: Box) -> Picture:
        for _ in range(self.packets):
            time.sleep(0.001)
            if self._cancelled():
                self.abandoned += 1
                raise RetakeError(ErrorKind.CANCELLED)
        return self._reader.picture(index, box)

    def close(self) -> None:
        self._reader.close()


@pytest.mark.parametrize(("is_previewed", "abandoned"), [(True, 1), (False, 0)])
def test_a_frame_under_way_is_given_up_only_for_one_that_is_on_screen_already(
    is_previewed: bool, abandoned: int, qtbot: QtBot, make_footage: MakeFootage
) -> None:
    readers: list[SlowReader] = []
    busy: list[bool] = []

    def open_slow(clip: Clip) -> SlowReader:
        readers.append(SlowReader(clip, decoder._is_unwanted))
        return readers[-1]

    decoder = Decoder(open_slow, busy=busy.append)
    shots: list[Shot] = []
    failures: list[object] = []
    decoder.shot_ready.connect(shots.append)
    decoder.failed.connect(failures.append)
    material = Material(make_footage(frames=30))
    decoder.show(material, 3, (160, 90))
    qtbot.waitUntil(lambda: bool(readers))
    qtbot.wait(20)
    decoder.show(material, 9, (160, 90), is_previewed=is_previewed)
    qtbot.waitUntil(lambda: bool(shots) and shots[-1].index == 9)
    assert [shot.index for shot in shots] == ([9] if is_previewed else [3, 9])
    assert readers[0].abandoned == abandoned
    assert failures == []
    qtbot.waitUntil(lambda: not busy[-1])
    assert True in busy, "it took its time, so others had to wait"
    decoder.close()
