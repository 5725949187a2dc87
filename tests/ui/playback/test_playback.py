"""The engine by itself: playing, looping, shuttling, pairs and sound, with real decoding."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.picture import Picture
from retake_desktop.media.sound import Sound
from retake_desktop.media.sound_output import Device, Output
from retake_desktop.ui.playback import sound_players
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.material import After, Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Side, Soundtrack
from retake_desktop.ui.player.transport import Transport
from retake_desktop.ui.style import Style
from tests.ui.conftest import MakeFootage, no_sound, no_trouble
from tests.ui.frames_on_screen import number_in


class Watcher:
    """Notes which frames were shown, and reads their numbers from the pixels."""

    def __init__(self, playback: Playback) -> None:
        self.shots: list[Shot] = []
        self.moments: list[float] = []
        playback.shot_shown.connect(self._note)

    def _note(self, shot: Shot) -> None:
        self.shots.append(shot)
        self.moments.append(time.monotonic())

    @property
    def indexes(self) -> list[int]:
        return [shot.index for shot in self.shots]

    def is_right(self) -> bool:
        return all(number_in(shot.before) == shot.index for shot in self.shots)


class Tone:
    """A sound player that starts late and runs by its own clock, as libVLC does."""

    opened: list["Tone"]
    delay = 0.06

    def __init__(self, clip: Clip) -> None:
        self.clip = clip
        self.calls: list[object] = []
        self._began: float | None = None
        self._at = Fraction(0)
        self._rate = Fraction(1)

    output = Output.PRESENT
    devices = (Device("one", "Headphones"),)

    def play(self, at: Fraction, rate: Fraction = Fraction(1), loop: Span | None = None) -> None:
        self.calls.append(("play", at, rate) if loop is None else ("play", at, rate, loop))
        self._began, self._at, self._rate = time.monotonic(), at, rate

    def pause(self) -> None:
        self.calls.append("pause")
        self._began = None

    def position(self) -> Fraction | None:
        if self._began is None or (elapsed := time.monotonic() - self._began) < self.delay:
            return None
        return self._at + Fraction(elapsed - self.delay).limit_denominator(100000) * self._rate

    def set_volume(self, percent: int) -> None:
        self.calls.append(("volume", percent))

    def choose_device(self, device: str) -> None:
        self.calls.append(("device", device))

    def close(self) -> None:
        self.calls.append("close")


@dataclass(frozen=True)
class Interval:
    start: Fraction
    end: Fraction

    def __contains__(self, time: Fraction | None) -> bool:
        return time is not None and self.start <= time <= self.end


@pytest.fixture
def tones() -> list[Tone]:
    return []


@pytest.fixture
def with_sound(qtbot: QtBot, tones: list[Tone]) -> Iterator[Playback]:
    def open_tone(clip: Clip) -> Tone:
        tones.append(Tone(clip))
        return tones[-1]

    engine = Playback(sound=Soundtrack(open_tone, no_trouble))
    yield engine
    engine.close()


def pair(make_footage: MakeFootage) -> Material:
    """25 fps against a take of seconds 1 to 3 at 24 fps, whose frames count from 1000."""
    before = make_footage(frames=100, rate=25)
    after = make_footage(frames=48, rate=24, first_number=1000, size=(384, 216))
    window = Window(
        source=Span(Fraction(1), Fraction(3)), stretch=Fraction(1), rate=24, frame_count=48, width=384, height=216,
        picture=Rectangle(0, 0, 384, 216), span=Span(Fraction(0), Fraction(2)),
    )  # fmt: skip
    return Material(before, After(after, window))


class LateReader:
    """Decodes nothing before it is told to."""

    def __init__(self, clip: Clip, opened: list[Clip], may_open: threading.Event) -> None:
        opened.append(clip)
        self._reader = FrameReader(clip)
        self._may_open = may_open

    def picture(self, index: int, box: tuple[int, int]) -> Picture:
        self._may_open.wait(10)
        return self._reader.picture(index, box)

    def close(self) -> None:
        self._reader.close()


def test_a_first_picture_that_is_known_is_shown_before_the_file_is_opened(
    qtbot: QtBot, styled: Style, make_footage: MakeFootage
) -> None:
    clip, opened, may_open = make_footage(frames=10), list[Clip](), threading.Event()
    engine = Playback(Decoder(lambda one: LateReader(one, opened, may_open)), Soundtrack(no_sound, no_trouble))
    watcher = Watcher(engine)
    with FrameReader(clip) as reader:
        first = reader.picture(0, engine.box)
    try:
        engine.know_first(clip, first)
        engine.load(Material(clip))
        qtbot.waitUntil(lambda: watcher.indexes == [0])
        assert (watcher.is_right(), watcher.shots[0].is_exact, opened) == (True, True, [])
        engine.set_box(QSize(64, 64))
        may_open.set()
        qtbot.waitUntil(lambda: len(watcher.shots) > 1)
        assert (watcher.shots[-1].before.width(), opened) == (64, [clip]), "another size is decoded"
    finally:
        may_open.set()
        engine.close()


def test_playing_shows_the_frames_in_order_at_their_time(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=50, rate=25)))
    playback.play()
    qtbot.waitUntil(lambda: not playback.is_playing, timeout=8000)
    assert watcher.indexes == sorted(watcher.indexes)
    assert len(set(watcher.indexes)) >= 30, "a busy machine may cost some"
    assert watcher.is_right()
    elapsed = watcher.moments[watcher.indexes.index(49)] - watcher.moments[watcher.indexes.index(0)]
    assert 1.8 <= elapsed <= 2.2


def test_what_was_decoded_ahead_is_not_shown_after_pausing(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=100)))
    playback.play()
    qtbot.waitUntil(lambda: len(watcher.shots) > 5)
    stale = watcher.shots[-1]
    playback.pause()
    paused_at = playback.index
    playback._decoder.shot_ready.emit(replace(stale, index=paused_at + 3))
    qtbot.wait(100)
    assert watcher.indexes[-1] == paused_at
    assert paused_at + 3 not in watcher.indexes


def test_the_end_stops_on_the_last_frame_and_play_starts_over(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=30)), Fraction(1))
    playback.play()
    qtbot.waitUntil(lambda: not playback.is_playing)
    assert playback.index == 29
    qtbot.waitUntil(lambda: watcher.indexes[-1] == 29)
    playback.play()
    qtbot.waitUntil(lambda: watcher.indexes[-1] in range(5))
    assert playback.is_playing


def test_backwards_shows_frames_in_falling_order_and_stops_at_the_first(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=60)), Fraction(1))
    watcher = Watcher(playback)
    playback.shuttle(-1)
    assert playback.rate == -1
    qtbot.waitUntil(lambda: not playback.is_playing, timeout=8000)
    qtbot.waitUntil(lambda: watcher.indexes[-1] == 0)
    assert watcher.indexes == sorted(watcher.indexes, reverse=True)
    assert len(set(watcher.indexes)) >= 8, "a busy machine may cost some of the 26"
    assert watcher.is_right()


def test_a_loop_goes_round_within_its_span(qtbot: QtBot, playback: Playback, make_footage: MakeFootage) -> None:
    watcher = Watcher(playback)
    playback.load(Material(make_footage(frames=75)))
    playback.set_loop(Span(Fraction(1), Fraction(8, 5)))
    playback.play()
    qtbot.waitUntil(lambda: sum(b < a for a, b in zip(watcher.indexes, watcher.indexes[1:], strict=False)) >= 2)
    playing = watcher.indexes[watcher.indexes.index(25) :]
    assert set(playing) <= set(range(25, 40))
    assert len(set(playing)) >= 8
    assert watcher.is_right()


def test_shuttling_goes_through_the_speeds_and_back(playback: Playback, make_footage: MakeFootage) -> None:
    playback.load(Material(make_footage(frames=300)))
    rates = []
    for key in (1, 1, 1, -1, -1, -1, -1, 0, -1, 0):
        playback.shuttle(key)
        rates.append(playback.rate)
    assert rates == [1, 2, 2, 1, Fraction(1, 2), Fraction(1, 4), Fraction(-1, 4), 0, -1, 0]


def test_a_range_keeps_the_playhead_inside(qtbot: QtBot, playback: Playback, make_footage: MakeFootage) -> None:
    playback.load(Material(make_footage(frames=100)))
    playback.set_range(Span(Fraction(1), Fraction(2)))
    assert playback.index == 25
    playback.seek(Fraction(3))
    assert playback.index == 49
    playback.play()
    assert playback.is_playing
    playback.pause()
    assert playback.index in range(25, 50)


@pytest.mark.parametrize("index", [25, 26, 37, 49, 50, 74])
def test_a_pair_is_the_frame_whose_interval_holds_the_mapped_midpoint(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage, index: int
) -> None:
    watcher = Watcher(playback)
    playback.load(pair(make_footage), Fraction(0))
    playback.seek_frame(index)
    qtbot.waitUntil(lambda: bool(watcher.shots) and watcher.shots[-1].index == index)
    shot = watcher.shots[-1]
    midpoint = (index + Fraction(1, 2)) / 25 - 1
    assert number_in(shot.before) == index
    assert shot.after is not None
    assert number_in(shot.after) == 1000 + int(midpoint * 24)


def test_outside_the_take_a_pair_has_no_after(qtbot: QtBot, playback: Playback, make_footage: MakeFootage) -> None:
    watcher = Watcher(playback)
    playback.load(pair(make_footage), Fraction(7, 2))
    qtbot.waitUntil(lambda: bool(watcher.shots))
    assert watcher.shots[-1].after is None
    assert number_in(watcher.shots[-1].before) == 87


def test_every_pair_shown_while_playing_is_the_right_pair(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    playback.load(pair(make_footage), Fraction(1))
    playback.set_range(Span(Fraction(1), Fraction(3)))
    watcher = Watcher(playback)
    playback.play()
    qtbot.waitUntil(lambda: not playback.is_playing, timeout=8000)
    assert len(set(watcher.indexes)) >= 25, "a busy machine may cost some, but never the pairing"
    for shot in watcher.shots:
        assert shot.after is not None
        assert number_in(shot.after) == 1000 + int(((shot.index + Fraction(1, 2)) / 25 - 1) * 24)
    assert watcher.is_right()


def test_pictures_are_made_for_the_box_in_physical_pixels(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    watcher = Watcher(playback)
    playback.set_box(QSize(160, 160))
    playback.load(Material(make_footage(frames=10)))
    qtbot.waitUntil(lambda: bool(watcher.shots))
    assert watcher.shots[-1].before.size() == QSize(160, 90)
    assert watcher.shots[-1].before.format() is QImage.Format.Format_RGB32


def test_padding_of_the_take_does_not_cost_resolution(make_footage: MakeFootage) -> None:
    window = Window(
        source=Span(Fraction(0), Fraction(1)), stretch=Fraction(1), rate=25, frame_count=25, width=1280, height=720,
        picture=Rectangle(437, 0, 406, 720), span=Span(Fraction(0), Fraction(1)),
    )  # fmt: skip
    clip = make_footage(frames=10)
    assert Material(clip, After(clip, window)).after_box((406, 720)) == (1280, 720)


def test_picture_and_sound_start_together_though_the_sound_takes_its_time(
    qtbot: QtBot, with_sound: Playback, tones: list[Tone], make_footage: MakeFootage
) -> None:
    with_sound.load(Material(make_footage(frames=100)))
    apart: list[Fraction] = []

    def compare(shot: Shot) -> None:
        heard = tones[-1].position() if tones else None
        if heard is not None and with_sound.is_playing:
            apart.append(abs(shot.time - heard))

    with_sound.play()
    qtbot.waitUntil(lambda: with_sound.index > 10)
    with_sound.pause()
    with_sound.shot_shown.connect(compare)
    with_sound.play()
    qtbot.waitUntil(lambda: len(apart) >= 20)
    with_sound.pause()
    assert sorted(apart)[len(apart) // 2] < Fraction(40, 1000)
    assert ("play", Fraction(0), Fraction(1)) in tones[-1].calls
    qtbot.waitUntil(lambda: tones[-1].calls[-1] == "pause")


def test_sound_can_come_from_the_take_in_the_take_s_own_time(
    qtbot: QtBot, with_sound: Playback, tones: list[Tone], make_footage: MakeFootage
) -> None:
    material = pair(make_footage)
    with_sound.load(material, Fraction(2))
    with_sound.choose_sound(Side.AFTER)
    with_sound.play()
    assert material.after is not None
    qtbot.waitUntil(lambda: len(tones) == 2 and ("play", Fraction(1), Fraction(1)) in tones[1].calls)
    assert tones[-1].clip is material.after.clip
    qtbot.waitUntil(lambda: with_sound.sound.position() is not None)
    assert with_sound.sound.position() in Interval(Fraction(2), Fraction(14, 5))
    assert tones[0].calls[-1] == "pause", "the other sound has fallen silent"


def test_the_other_sound_is_heard_at_the_same_instant(
    qtbot: QtBot, with_sound: Playback, tones: list[Tone], make_footage: MakeFootage
) -> None:
    with_sound.load(pair(make_footage), Fraction(1))
    with_sound.play()
    qtbot.waitUntil(lambda: with_sound.index > 30)
    before = with_sound.sound.position()
    with_sound.choose_sound(Side.AFTER)
    qtbot.waitUntil(lambda: tones[1].position() is not None)
    after = with_sound.sound.position()
    assert before is not None
    assert after is not None
    assert before <= after < before + Fraction(1, 5), "it goes on where the picture is"
    assert len(tones) == 2, "both were open already"


def test_one_side_is_made_softer_until_other_material_comes(
    qtbot: QtBot, with_sound: Playback, tones: list[Tone], make_footage: MakeFootage
) -> None:
    material = pair(make_footage)
    with_sound.load(material)
    with_sound.sound.set_volume(80)
    with_sound.sound.set_gain(Side.AFTER, -6.0)
    qtbot.waitUntil(lambda: len(tones) == 2 and ("volume", 64) in tones[1].calls)
    assert tones[0].calls[-1] == ("volume", 80)
    with_sound.sound.set_volume(40)
    qtbot.waitUntil(lambda: tones[1].calls[-1] == ("volume", 32))
    with_sound.load(material)
    qtbot.waitUntil(lambda: len(tones) == 4)
    assert tones[3].calls[0] == ("volume", 40)


def test_it_runs_silently_backwards(
    qtbot: QtBot, with_sound: Playback, tones: list[Tone], make_footage: MakeFootage
) -> None:
    with_sound.load(Material(make_footage(frames=50)), Fraction(1))
    with_sound.play(Fraction(-1))
    qtbot.wait(200)
    assert not [call for call in tones[-1].calls if isinstance(call, tuple) and call[0] == "play"]


def test_a_sound_that_nobody_asks_for_leaves_the_first_moments_to_the_picture(
    qtbot: QtBot, with_sound: Playback, tones: list[Tone], make_footage: MakeFootage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_players, "_LATER", 60.0)
    with_sound.load(Material(make_footage(frames=50, audio="aac")))
    qtbot.wait(100)
    assert tones == []
    with_sound.play()
    qtbot.waitUntil(lambda: len(tones) == 1)


def test_a_system_that_can_play_no_sound_says_why_and_shows_the_picture(
    qtbot: QtBot, styled: Style, make_footage: MakeFootage
) -> None:
    engine = Playback(sound=Soundtrack(Tone, lambda: "Install VLC."))
    transport = Transport(engine)
    qtbot.addWidget(transport)
    watcher = Watcher(engine)
    engine.load(Material(make_footage(frames=50)))
    engine.play()
    qtbot.waitUntil(lambda: len(watcher.shots) > 5)
    assert transport.findChildren(QSlider)[0].accessibleDescription() == "Install VLC."
    engine.close()


@pytest.mark.full
def test_libvlc_s_own_sound_leads_the_picture(qtbot: QtBot, make_footage: MakeFootage) -> None:
    """The real thing, into libVLC's output that plays to nowhere in real time."""
    engine = Playback(sound=Soundtrack(lambda clip: Sound(clip, output="adummy")))
    engine.load(Material(make_footage(frames=100)))
    watcher = Watcher(engine)
    heard: list[Fraction] = []

    def listen(shot: Shot) -> None:
        position = engine.sound.position()
        if position is not None:
            heard.append(shot.time - position)

    engine.shot_shown.connect(listen)
    engine.play()
    qtbot.waitUntil(lambda: engine.index > 40)
    engine.pause()
    heard.clear()
    engine.seek_frame(10)
    engine.play()
    qtbot.waitUntil(lambda: len(heard) >= 15)
    engine.close()
    assert watcher.is_right()
    assert abs(sorted(heard)[len(heard) // 2]) < Fraction(60, 1000)


def test_a_file_that_vanishes_is_reported_and_stops_playback(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage
) -> None:
    clip = make_footage(frames=10)
    Path(clip.path).unlink()
    with qtbot.waitSignal(playback.failed) as failure:
        playback.load(Material(clip))
    assert isinstance(failure.args[0], Problem)
    assert failure.args[0].kind is ErrorKind.FILE_TROUBLE
    assert not playback.is_playing


def test_closing_leaves_no_thread(qtbot: QtBot, make_footage: MakeFootage) -> None:
    before = threading.active_count()
    engine = Playback(sound=Soundtrack(no_sound, no_trouble))
    engine.load(Material(make_footage(frames=60)))
    engine.play()
    qtbot.wait(80)
    engine.close()
    assert threading.active_count() == before
    qtbot.wait(50)
