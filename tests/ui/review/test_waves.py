"""Both sounds as outlines."""

from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.span import Span
from retake_desktop.domain.window import window_for_whole_file
from retake_desktop.ui import style
from retake_desktop.ui.playback.material import After, Material
from retake_desktop.ui.review.gathering import Gatherer, Loudness, OutlinePart
from retake_desktop.ui.review.waves import Waves
from retake_desktop.ui.style import Style, Theme
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import grab


def fullness(waves: Waves) -> list[int]:
    """How many pixels of each lane are drawn in, beside its caption."""
    image, empty = grab(waves), style.colour("window").rgb()
    half = image.height() // 2
    rows = (range(3, half - 1), range(half + 2, image.height() - 3))
    columns = range(90, image.width() - 12)
    return [sum(image.pixel(x, y) != empty for y in lane for x in columns) for lane in rows]


def test_the_lanes_follow_the_theme(qtbot: QtBot, styled: Style) -> None:
    waves = Waves("Both sounds")
    qtbot.addWidget(waves)
    waves.resize(400, 50)
    waves.show()
    for theme in (Theme.DARK, Theme.LIGHT, Theme.DARK):
        styled.set_theme(theme)
        assert grab(waves).pixelColor(1, 0).rgb() == style.colour("panel").rgb()


@pytest.mark.usefixtures("styled")
def test_two_takes_are_drawn_and_measured_by_their_own_sounds(qtbot: QtBot, make_footage: MakeFootage) -> None:
    """The source and the first take sound throughout, the second take beeps: its lane is mostly empty."""
    tone, beeps = (make_footage(frames=100, beeps=each) for each in (False, True))
    window = window_for_whole_file(Span(Fraction(1), Fraction(3)), tone.duration, 320, 180, Fraction(25))
    before_and_after = Material(tone, After(beeps, window), (After(tone, window),))
    waves = Waves("Both sounds")
    qtbot.addWidget(waves)
    waves.resize(400, 50)
    waves.show()
    found: list[object] = []
    with closing(Gatherer()) as gatherer:
        gatherer.found.connect(found.append)
        for heard, is_first_fuller in (((0, 1), True), ((1, 2), False)):
            material = replace(before_and_after, heard=heard)
            waves.show_material(material, window.source)
            found.clear()
            gatherer.gather(material)
            qtbot.waitUntil(lambda: len({type(one) for one in found}) == 2 and len(found) >= 3, timeout=10_000)
            for part in found:
                if isinstance(part, OutlinePart):
                    waves.add(part)
            first, second = fullness(waves)
            assert (first > 2 * second, second > 2 * first) == (is_first_fuller, not is_first_fuller)
            (loudness,) = [one for one in found if isinstance(one, Loudness)]
            assert loudness.before is not None
            assert loudness.after is not None
            assert (loudness.before > loudness.after) is is_first_fuller
