"""The transport drives playback and shows where it is."""

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.player.transport import Transport
from tests.ui.conftest import MakeFootage


@pytest.fixture
def transport(qtbot: QtBot, playback: Playback) -> Transport:
    transport = Transport(playback)
    qtbot.addWidget(transport)
    transport.resize(900, 44)
    with qtbot.waitExposed(transport):
        transport.show()
    return transport


def button(transport: Transport, name: str) -> QToolButton:
    return next(each for each in transport.findChildren(QToolButton) if each.accessibleName() == name)


def texts(transport: Transport) -> list[str]:
    return [label.text() for label in transport.findChildren(QLabel)]


def test_play_keeps_its_name_and_describes_its_state(
    playback: Playback, transport: Transport, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=100)))
    play = button(transport, "Play")
    assert play.accessibleDescription() == "Paused"
    play.click()
    assert playback.is_playing
    assert play.accessibleName() == "Play"
    assert play.accessibleDescription() == "Playing"
    play.click()
    assert not playback.is_playing


def test_without_a_clip_every_control_says_why_it_is_off(transport: Transport) -> None:
    controls = [*transport.findChildren(QToolButton), *transport.findChildren(QSlider)]
    assert len(controls) == 6
    for control in controls:
        assert not control.isEnabled()
        assert control.accessibleDescription() == "Open a video first."
        assert control.toolTip() == "Open a video first."


def test_steps_and_figures(playback: Playback, transport: Transport, make_footage: MakeFootage) -> None:
    playback.load(Material(make_footage(frames=100)), Fraction(1))
    button(transport, "Next frame").click()
    assert texts(transport)[:3] == ["00:00:01.040", "/ 00:00:04.000", "frame 26"]
    button(transport, "Previous frame").click()
    button(transport, "Previous frame").click()
    assert texts(transport)[2] == "frame 24"


def test_no_figure_moves_its_neighbours(playback: Playback, transport: Transport, make_footage: MakeFootage) -> None:
    playback.load(Material(make_footage(frames=100)))
    places = [label.geometry() for label in transport.findChildren(QLabel)]
    playback.shuttle(1)
    playback.shuttle(1)
    playback.pause()
    playback.seek(Fraction(3))
    QApplication.sendPostedEvents()
    assert [label.geometry() for label in transport.findChildren(QLabel)] == places


def test_the_loop_repeats_the_selection_and_follows_it(
    playback: Playback, transport: Transport, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=100)))
    loop = button(transport, "Loop")
    assert not loop.isEnabled()
    assert loop.accessibleDescription() == "Select the moment to repeat first."
    transport.set_loop_span(Span(Fraction(1), Fraction(3)))
    loop.click()
    seen = [(playback.loop, loop.isChecked())]
    transport.set_loop_span(Span(Fraction(1), Fraction(2)))
    seen.append((playback.loop, loop.isChecked()))
    transport.toggle_loop()
    seen.append((playback.loop, loop.isChecked()))
    assert seen == [
        (Span(Fraction(1), Fraction(3)), True),
        (Span(Fraction(1), Fraction(2)), True),
        (None, False),
    ]


def test_speed_is_shown_when_it_is_not_normal(
    playback: Playback, transport: Transport, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=200)))
    shown = []
    for direction in (1, 1, -1, -1):
        playback.shuttle(direction)
        shown.append(texts(transport)[3])
    assert shown == ["", "2×", "", "½×"]


def test_volume_says_why_nothing_is_heard(playback: Playback, transport: Transport, make_footage: MakeFootage) -> None:
    playback.load(Material(make_footage(frames=10, audio=False)))
    assert button(transport, "Mute").toolTip() == "This video has no sound."
    playback.load(Material(make_footage(frames=10)))
    assert button(transport, "Mute").isEnabled()
    transport.set_sound_trouble("libVLC is missing.")
    assert button(transport, "Mute").accessibleDescription() == "libVLC is missing."


def test_the_volume_follows_the_mouse_and_unmutes(
    playback: Playback, transport: Transport, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=10)))
    slider = transport.findChildren(QSlider)[0]
    button(transport, "Mute").click()
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert abs(slider.value() - 50) <= 2
    assert not button(transport, "Mute").isChecked()
