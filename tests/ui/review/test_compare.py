"""Before and after: in every mode both sides are the same instant."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.filtered import Filter, Recipe, SoundSource, rewrite
from retake_desktop.media.probe import probe
from retake_desktop.ui.playback.material import After, Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.review.compare_bar import CompareBar
from retake_desktop.ui.review.compare_divider import Divider
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.review.compare_view import CompareView
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import grab, halves, number_on

LEFT = Qt.MouseButton.LeftButton


def window(width: int, height: int, picture: Rectangle) -> Window:
    """Seconds 1 to 3 of the source, sent at 24 frames a second."""
    span = Span(Fraction(0), Fraction(2))
    return Window(Span(Fraction(1), Fraction(3)), Fraction(1), 24, 48, width, height, picture, span)


@pytest.fixture
def material(make_footage: MakeFootage) -> Material:
    """25 fps against a 24 fps take that counts from 1000, larger than what was sent."""
    before = make_footage(frames=100, rate=25)
    after = make_footage(frames=48, rate=24, first_number=1000, size=(640, 360), tint=(150, 60, 60))
    return Material(before, After(after, window(320, 180, Rectangle(0, 0, 320, 180))))


@pytest.fixture
def view(qtbot: QtBot, playback: Playback) -> CompareView:
    view = CompareView(playback)
    qtbot.addWidget(view)
    view.resize(900, 360)
    with qtbot.waitExposed(view):
        view.show()
    return view


def show(qtbot: QtBot, playback: Playback, view: CompareView, index: int) -> None:
    playback.seek_frame(index)
    qtbot.waitUntil(lambda: view.shot is not None and view.shot.index == index)


def partner(index: int) -> int:
    return 1000 + int(((index + Fraction(1, 2)) / 25 - 1) * 24)


def test_side_by_side_shows_the_same_instant_at_any_place(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    playback.load(material)
    for index in (25, 74, 38, 50, 49):
        show(qtbot, playback, view, index)
        assert halves(view) == (index, partner(index))


def test_the_same_pair_is_in_every_mode(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    playback.load(material)
    show(qtbot, playback, view, 60)
    view.choose(CompareMode.AB)
    qtbot.wait(100)
    assert number_on(view) == partner(60)
    view.flip()
    assert number_on(view) == 60
    view.choose(CompareMode.WIPE)
    view.findChildren(Divider)[0].setValue(0)
    qtbot.wait(100)
    assert number_on(view) == partner(60)
    view.findChildren(Divider)[0].setValue(1000)
    assert number_on(view) == 60


def test_peeking_shows_before_in_any_mode_and_returns(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    playback.load(material)
    show(qtbot, playback, view, 60)
    view.choose(CompareMode.AB)
    view.peek(True)
    assert number_on(view) == 60
    assert "showing before" in view.accessibleDescription()
    view.peek(False)
    assert number_on(view) == partner(60)


def test_padding_is_cut_away_so_that_both_pictures_coincide(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage, tmp_path: Path
) -> None:
    """A 4:3 source in a 16:9 window: the take shows it in the middle, between black bars."""
    before = make_footage(frames=50, rate=25, size=(240, 180))
    padded = tmp_path / "padded.mp4"
    bars = Filter("pad", "width=320:height=180:x=40:y=0")
    rewrite(before, str(padded), Recipe(Fraction(25), (bars,), sound_source=SoundSource.NONE))
    identity = replace(window(320, 180, Rectangle(40, 0, 240, 180)), source=Span(Fraction(0), Fraction(2)), rate=25)
    playback.load(Material(before, After(probe(str(padded)), identity)), Fraction(1))
    view.choose(CompareMode.AB)
    qtbot.waitUntil(lambda: view.shot is not None and view.shot.index == 25)
    after = lit_columns(view)
    view.flip()
    assert number_on(view) == 25
    assert len(after) == pytest.approx(480, abs=3), "as wide as the 4:3 source, not as the padded take"
    assert after == pytest.approx(lit_columns(view), abs=3)


def lit_columns(view: CompareView) -> list[int]:
    """Which columns of the picture are not black."""
    line = grab(view, QRect(0, 300, view.width(), 1))
    return [x for x in range(line.width()) if QColor(line.pixel(x, 0)).lightness() > 20]


def test_equal_pictures_have_no_difference_and_different_ones_do(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage, material: Material
) -> None:
    before = material.before
    same = After(before, window(320, 180, Rectangle(0, 0, 320, 180)))
    identity = Window(
        Span(Fraction(0), Fraction(4)),
        Fraction(1),
        25,
        100,
        320,
        180,
        same.window.picture,
        Span(Fraction(0), Fraction(2)),
    )
    view.choose(CompareMode.DIFFERENCE)
    playback.load(Material(before, After(before, identity)), Fraction(2))
    qtbot.waitUntil(lambda: view.shot is not None and view.shot.index == 50)
    picture = QRect(330, 20, 240, 250)

    def brightest(image: QImage) -> int:
        return max(
            QColor(image.pixel(x, y)).lightness()
            for x in range(0, image.width(), 5)
            for y in range(0, image.height(), 5)
        )

    assert brightest(grab(view, picture)) == 0
    playback.load(material, Fraction(2))
    qtbot.waitUntil(lambda: view.shot is not None and view.shot.index == 50)
    assert brightest(grab(view, picture)) > 100


def test_where_the_take_has_nothing_it_says_so_and_shows_no_other_frame(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    playback.load(material)
    show(qtbot, playback, view, 90)
    before, after = halves(view)
    assert before == 90
    assert after is None
    assert "the take shows nothing here" in view.accessibleDescription()
    for mode in CompareMode:
        view.choose(mode)
        view.grab()


def test_the_divider_is_dragged_and_moved_by_keys(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    playback.load(material)
    show(qtbot, playback, view, 60)
    view.choose(CompareMode.WIPE)
    divider = view.findChildren(Divider)[0]
    assert divider.isVisible()
    assert divider.accessibleName() == "Wipe divider"
    QTest.mousePress(divider, LEFT, pos=QPoint(12, 100))
    QTest.mouseMove(divider, QPoint(12 + 160, 100))
    QTest.mouseRelease(divider, LEFT)
    assert divider.value() == 750, "160 of the picture's 640 pixels further"
    QTest.keyClick(divider, Qt.Key.Key_Left)
    assert divider.value() == 740
    assert divider.accessibleDescription() == "74 % before"


def test_it_tells_a_screen_reader_both_frames(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    playback.load(material)
    show(qtbot, playback, view, 50)
    assert view.accessibleName() == "Before and after"
    assert view.accessibleDescription() == "00:00:02.000, frame 50, frame 24 of the take"


def test_a_take_of_the_demo_is_marked(qtbot: QtBot, playback: Playback, view: CompareView, material: Material) -> None:
    playback.load(material)
    show(qtbot, playback, view, 50)
    plain = view.grab().toImage()
    view.set_demo(True)
    assert view.grab().toImage() != plain


def test_the_bar_and_the_view_agree_whoever_chooses(
    qtbot: QtBot, playback: Playback, view: CompareView, material: Material
) -> None:
    bar = CompareBar(playback)
    qtbot.addWidget(bar)
    bar.mode_chosen.connect(view.choose)
    view.mode_changed.connect(bar.show_mode)
    buttons = {button.text(): button for button in bar.findChildren(QRadioButton)}
    buttons["Wipe"].click()
    assert view.mode is CompareMode.WIPE
    view.choose(CompareMode.DIFFERENCE)
    assert buttons["Difference"].isChecked()
    assert [name for name in buttons if name in {"Side by side", "Wipe", "A/B", "Difference"}] == [
        "Side by side",
        "Wipe",
        "A/B",
        "Difference",
    ]
    assert sum(each.accessibleName() == "Compare mode" for each in bar.findChildren(QWidget)) == 1


def test_sound_is_taken_from_the_chosen_side_or_says_why_not(
    qtbot: QtBot, playback: Playback, make_footage: MakeFootage, material: Material
) -> None:
    bar = CompareBar(playback)
    qtbot.addWidget(bar)
    after = next(button for button in bar.findChildren(QRadioButton) if button.accessibleName() == "Sound after")
    assert not after.isEnabled()
    assert after.accessibleDescription() == "Choose a take to review first."
    playback.load(material)
    after.click()
    sides = [playback.side]
    assert material.after is not None
    mute = make_footage(frames=48, rate=24, audio=False)
    playback.load(Material(material.before, After(mute, material.after.window)))
    assert not after.isEnabled()
    assert after.accessibleDescription() == "It has no sound."
    assert [*sides, playback.side] == [Side.AFTER, Side.BEFORE]
