"""Both sounds as outlines."""

from pytestqt.qtbot import QtBot

from retake_desktop.ui import style
from retake_desktop.ui.review.waves import Waves
from retake_desktop.ui.style import Style, Theme
from tests.ui.frames_on_screen import grab


def test_the_lanes_follow_the_theme(qtbot: QtBot, styled: Style) -> None:
    waves = Waves("Both sounds")
    qtbot.addWidget(waves)
    waves.resize(400, 50)
    waves.show()
    for theme in (Theme.DARK, Theme.LIGHT, Theme.DARK):
        styled.set_theme(theme)
        assert grab(waves).pixelColor(1, 0).rgb() == style.colour("panel").rgb()
