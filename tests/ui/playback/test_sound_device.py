"""A sound device that goes away while it plays, and one that comes: with libVLC on a real sound server."""

import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.style import Style
from tests.fakes.sound_server import SoundServer, sound_server
from tests.ui.conftest import MakeFootage

WAIT = 20_000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with tempfile.TemporaryDirectory() as folder, sound_server(Path(folder)) as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        yield server


@pytest.fixture
def playback(styled: Style, server: SoundServer, make_footage: MakeFootage) -> Iterator[Playback]:
    """A minute on the sound device "one", playing and heard."""
    server.add("one")
    engine = Playback()
    engine.load(Material(make_footage(frames=1500, size=(64, 36), suffix=".mov", audio="pcm_s16le")))
    yield engine
    engine.close()


def test_a_device_that_goes_away_is_noticed_and_sound_comes_back_with_one(
    qtbot: QtBot, playback: Playback, server: SoundServer
) -> None:
    play(qtbot, playback)
    with qtbot.waitSignal(playback.sound.lost, timeout=WAIT):
        server.remove("one")
    assert playback.sound.position() is None
    goes_on(qtbot, playback)
    with qtbot.waitSignal(playback.sound.regained, timeout=WAIT):
        server.add("two")
    qtbot.waitUntil(lambda: is_in_step(playback), timeout=WAIT)
    assert server.is_played_on()
    assert [device.id for device in playback.sound.devices] == ["two"]


def test_a_sound_server_that_dies_is_noticed(qtbot: QtBot, playback: Playback, server: SoundServer) -> None:
    play(qtbot, playback)
    with qtbot.waitSignal(playback.sound.lost, timeout=WAIT):
        server.process.kill()
    goes_on(qtbot, playback)


def test_another_device_takes_over_without_a_word(qtbot: QtBot, playback: Playback, server: SoundServer) -> None:
    server.add("two")
    play(qtbot, playback)
    lost: list[bool] = []
    playback.sound.lost.connect(lambda: lost.append(True))
    server.remove("one")
    goes_on(qtbot, playback)
    qtbot.waitUntil(lambda: [device.id for device in playback.sound.devices] == ["two"], timeout=WAIT)
    assert is_in_step(playback)
    assert not lost


def play(qtbot: QtBot, playback: Playback) -> None:
    playback.play()
    qtbot.waitUntil(lambda: is_in_step(playback), timeout=WAIT)


def goes_on(qtbot: QtBot, playback: Playback) -> None:
    """A second of pictures, in step with the machine's clock."""
    begun = playback.time
    with qtbot.waitSignal(playback.moved, check_params_cb=lambda time: time > begun + 1, timeout=WAIT):
        assert playback.is_playing


def is_in_step(playback: Playback) -> bool:
    heard = playback.sound.position()
    return heard is not None and abs(heard - playback.time) < Fraction(1, 10)
