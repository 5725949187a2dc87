"""Whatever the two files are like, both sides of a comparison are the same instant, read back from the window itself.

Every take is numbered by its own frames from 1000 on. Which of them belongs to a frame of the source is worked out
here from the rates as the files state them, not from the times that were probed.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.filtered import Filter, Recipe, SoundSource, rewrite
from retake_desktop.media.probe import probe
from retake_desktop.ui.playback.material import After, Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.review.cast import Cast
from retake_desktop.ui.review.compare_divider import Divider
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.review.compare_view import CompareView
from tests.fakes.footage import DARK, LIGHT
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import grab, number_in, number_on
from tests.ui.wheel import turn

SECONDS = 4
SMALL = (192, 108)
"""Pixels in which a difference is undone; rows of whole words, so that there is no padding."""
WIDE = Rectangle(0, 0, 320, 180)
UNEVEN = tuple(itertools.accumulate((Fraction(n, 1000) for n in (33, 50, 17, 42) * 30), initial=Fraction(0)))[:-1]


@dataclass(frozen=True)
class Case:
    """`before` and `after` are options of the footage; rates and times are what the files say."""

    name: str
    rate: Fraction
    take_rate: Fraction
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    start: Fraction = Fraction(1)
    """Of the window, in source time."""
    stretch: Fraction = Fraction(1)
    missing: int = 0
    picture: Rectangle = WIDE
    window_rate: int = 24

    @property
    def frames(self) -> int:
        return len(UNEVEN) if "times" in self.before else round(SECONDS * self.rate)

    def middle(self, index: int) -> Fraction:
        """Source time in the middle of frame `index`."""
        if "times" not in self.before:
            return (index + Fraction(1, 2)) / self.rate
        end = UNEVEN[index + 1] if index + 1 < len(UNEVEN) else UNEVEN[-1] + 1 / self.rate
        return (UNEVEN[index] + end) / 2

    @property
    def take_frames(self) -> int:
        return round(2 * self.stretch * self.take_rate) - self.missing

    def partner(self, index: int) -> int | None:
        place = floor((self.middle(index) - self.start) * self.stretch * self.take_rate)
        return 1000 + place if 0 <= place < self.take_frames else None

    def made(self, make: MakeFootage, *, numbered: int = 1000) -> After:
        options = {"frames": self.take_frames, "rate": self.take_rate, "first_number": numbered, "audio": False}
        window = Window(
            source=Span(self.start, self.start + 2),
            stretch=self.stretch,
            rate=self.window_rate,
            frame_count=round(2 * self.stretch * self.window_rate),
            width=320,
            height=180,
            picture=self.picture,
            span=Span(Fraction(0), Fraction(2)),
        )
        return After(self.padded(make(**(options | self.after))), window)

    def padded(self, clip: Clip) -> Clip:
        """With black bars around the picture, as a 4:3 source is sent and comes back."""
        if self.picture == WIDE:
            return clip
        bars = Filter("pad", f"width=320:height=180:x={self.picture.x}:y={self.picture.y}")
        path = f"{clip.path}.padded.mp4"
        rewrite(clip, path, Recipe(self.take_rate, (bars,), sound_source=SoundSource.NONE))
        return probe(path)

    def source(self, make: MakeFootage) -> Clip:
        options: dict[str, Any] = {"frames": self.frames, "rate": self.rate, "audio": False, "tint": (60, 120, 60)}
        return make(**(options | self.before))


NTSC = Fraction(30000, 1001)
FILM = Fraction(24000, 1001)
CASES = [
    Case("25 against 24", Fraction(25), Fraction(24)),
    Case("23.976 restamped to 24", FILM, Fraction(24), start=24 / FILM, stretch=Fraction(1000, 1001)),
    Case("30 against 29.97", Fraction(30), NTSC, window_rate=30),
    Case("720p against 1080p", Fraction(25), Fraction(25), {"size": (1280, 720)}, {"size": (1920, 1080)}),
    Case(
        "4:3 padded",
        Fraction(25),
        Fraction(24),
        {"size": (240, 180)},
        {"size": (240, 180)},
        picture=Rectangle(40, 0, 240, 180),
    ),
    Case("VFR against CFR", Fraction(30), Fraction(24), {"times": UNEVEN}),
    Case("3 frames short", Fraction(25), Fraction(24), missing=3),
    Case("MKV's rounded times", NTSC, Fraction(24), {"suffix": ".mkv"}, {"suffix": ".mkv"}, start=30 / NTSC),
]


class Witness:
    """Reads both numbers from the window each time that a pair is shown, and keeps count."""

    def __init__(self, case: Case, view: CompareView) -> None:
        self.case = case
        self.view = view
        self.pairs = 0
        self.wrong: list[tuple[str, int, int | None, int | None]] = []
        view.playback.shot_shown.connect(self.look)

    def look(self, shot: Shot) -> None:
        """Every picture on screen is compared; what cannot be read counts as wrong."""
        if self.view.shot is not shot:
            return
        expected = self.case.partner(shot.index)
        for place, number in self.seen():
            wanted = shot.index if place == 0 else expected
            if number != wanted:
                self.wrong.append((self.view.mode.value, shot.index, wanted, number))
        self.pairs += 1

    def seen(self) -> Iterator[tuple[int, int | None]]:
        """Place in the shot, and the number read there. Where two overlap, each is brought to the fore in turn."""
        view = self.view
        if view.mode is CompareMode.WIPE and not view.cast.grid:
            divider = view.findChildren(Divider)[0]
            for place, value in ((0, 1000), (1, 0)):
                divider.show_part(value)
                yield place, number_on(view)
        elif view.mode is CompareMode.DIFFERENCE and not view.cast.grid:
            yield from self.undone_difference()
        else:
            for place, pane in view.panes():
                yield place, number_on(view, pane.toAlignedRect())

    def undone_difference(self) -> Iterator[tuple[int, int | None]]:
        """Adds the difference on screen to the source's frame again, which gives the take's."""
        view = self.view
        shot = view.shot
        assert shot is not None
        yield 0, number_in(shot.before)
        if shot.after is None:
            yield 1, None
            return
        view.pair.times = 1
        before, difference = (_grey(image) for image in (shot.before, grab(view, _inner(view))))
        taken = bytes(
            max(0, ours - apart) if ours > (DARK + LIGHT) // 2 else min(255, ours + apart)
            for ours, apart in zip(before, difference, strict=True)
        )
        image = QImage(taken, *SMALL, SMALL[0], QImage.Format.Format_Grayscale8)
        yield 1, number_in(image.convertToFormat(QImage.Format.Format_RGB32))


def _inner(view: CompareView) -> QRect:
    return view.target(view.pane()).toAlignedRect()


def _grey(image: QImage) -> bytes:
    small = image.convertToFormat(QImage.Format.Format_Grayscale8).scaled(*SMALL)
    return bytes(small.constBits())


def ready(qtbot: QtBot, playback: Playback, view: CompareView, index: int) -> None:
    def exact() -> bool:
        return view.shot is not None and view.shot.index == index and view.shot.is_exact

    playback.seek_frame(index)
    qtbot.waitUntil(exact, timeout=8000)


def rummage(qtbot: QtBot, case: Case, playback: Playback, view: CompareView, *, seconds: int) -> None:
    """Seeking, stepping, playing at several rates, backwards, and looping."""
    first = view.playback.index
    for offset in (20, 3, 44):
        ready(qtbot, playback, view, first + offset)
    for step in (1, 1, -1, -5, 1, 1, 1, 1, 2, 2):
        playback.step(step)
        ready(qtbot, playback, view, playback.index)
    playback.set_loop(Span(case.start + Fraction(1, 2), case.start + 1))
    for rate in (Fraction(1), Fraction(2), Fraction(-1), Fraction(1, 2)):
        playback.play(rate)
        qtbot.wait(round(1000 * seconds / 4))
    playback.pause()
    playback.set_loop(None)


@pytest.fixture
def view(qtbot: QtBot, playback: Playback) -> CompareView:
    view = CompareView(playback)
    qtbot.addWidget(view)
    view.resize(640, 300)
    with qtbot.waitExposed(view):
        view.show()
    return view


def begin(qtbot: QtBot, case: Case, playback: Playback, view: CompareView, material: Material) -> Witness:
    witness = Witness(case, view)
    playback.load(material, case.start)
    playback.set_range(Span(case.start, case.start + 2))
    qtbot.waitUntil(lambda: view.shot is not None, timeout=8000)
    return witness


def compare(
    qtbot: QtBot, playback: Playback, view: CompareView, make: MakeFootage, case: Case, *, seconds: int
) -> Witness:
    """All modes over one pair of files; returns what was seen."""
    witness = begin(qtbot, case, playback, view, Material(case.source(make), case.made(make)))
    for mode in CompareMode:
        view.choose(mode)
        view.flip()
        rummage(qtbot, case, playback, view, seconds=seconds)
        playback.seek_frame(playback.material.before.frames.index_at(case.start) if playback.material else 0)
    return witness


@pytest.mark.parametrize("case", [CASES[4], CASES[7]], ids=lambda case: case.name)
def test_every_pair_on_screen_is_the_right_pair_in_every_mode(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage, case: Case
) -> None:
    witness = compare(qtbot, playback, view, make_footage, case, seconds=1)
    assert witness.wrong == []
    assert witness.pairs >= 52, "13 of them in each mode whatever the machine does besides"


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_pair_on_screen_is_the_right_pair_over_a_longer_time(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage, case: Case
) -> None:
    witness = compare(qtbot, playback, view, make_footage, case, seconds=8)
    assert witness.wrong == []
    assert witness.pairs >= 150


def grid_of(qtbot: QtBot, playback: Playback, view: CompareView, make: MakeFootage, case: Case) -> Witness:
    """Original and three takes in step, each numbered alike."""
    takes = [case.made(make) for _ in range(3)]
    material = Material(case.source(make), takes[0], tuple(takes[1:]))
    view.show_cast(Cast(("Original", "Take 1", "Take 2", "Take 3"), grid=(2, 0, 3, 1)))
    return begin(qtbot, case, playback, view, material)


def test_a_grid_shows_the_same_instant_in_every_cell(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage
) -> None:
    case = CASES[0]
    witness = grid_of(qtbot, playback, view, make_footage, case)
    rummage(qtbot, case, playback, view, seconds=2)
    assert witness.wrong == []
    assert witness.pairs >= 15
    assert [place for place, _ in witness.seen()] == [2, 0, 3, 1]


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_grid_shows_the_same_instant_over_a_longer_time(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage, case: Case
) -> None:
    witness = grid_of(qtbot, playback, view, make_footage, case)
    rummage(qtbot, case, playback, view, seconds=8)
    assert witness.wrong == []
    assert witness.pairs >= 30


def test_two_takes_are_compared_with_each_other(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage
) -> None:
    one, other = CASES[0], Case("25 against 30", Fraction(25), Fraction(30), window_rate=30)
    material = Material(
        one.source(make_footage), one.made(make_footage), (other.made(make_footage, numbered=5000),), heard=(1, 2)
    )
    view.show_cast(Cast(("Before", "Take 1", "Take 2"), left=1, right=2))
    begin(qtbot, one, playback, view, material)
    for index in (30, 61):
        ready(qtbot, playback, view, index)
        seen = [number_on(view, pane.toAlignedRect()) for _, pane in view.panes()]
        partner = other.partner(index)
        assert partner is not None
        assert seen == [one.partner(index), partner + 4000]


def test_zoomed_both_sides_show_the_same_part_of_the_same_instant(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage
) -> None:
    case = CASES[3]
    begin(qtbot, case, playback, view, Material(case.source(make_footage), case.made(make_footage)))
    ready(qtbot, playback, view, 40)
    fitted = view.frame().fit
    view.zoom_to(800)
    assert float(fitted) == pytest.approx(0.25, abs=0.01)
    assert view.zoom.scale == 8
    ready(qtbot, playback, view, 41)
    view.pan(1, 1)
    targets = [(view.target(pane).left() - pane.left(), view.target(pane).top()) for _, pane in view.panes()]
    assert list(targets[0]) == pytest.approx(list(targets[1]))
    view.zoom_to(None)
    ready(qtbot, playback, view, 42)
    assert [number_on(view, pane.toAlignedRect()) for _, pane in view.panes()] == [42, case.partner(42)]


def test_ctrl_and_the_wheel_zoom_about_the_mouse_in_its_pane_and_dragging_moves(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage
) -> None:
    case = CASES[0]
    begin(qtbot, case, playback, view, Material(case.source(make_footage), case.made(make_footage)))
    pane = view.panes()[1][1]
    place = QPointF(pane.left() + 100, 120)
    old = view.target(pane)
    part = (place.x() - old.left()) / old.width()
    turn(view, 13, place, Qt.KeyboardModifier.ControlModifier)
    now = view.target(pane)
    assert (place.x() - now.left()) / now.width() == pytest.approx(part, abs=0.01)
    clicks: list[object] = []
    view.clicked.connect(clicks.append)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    QTest.mouseMove(view, (place + QPointF(60, 0)).toPoint())
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=(place + QPointF(60, 0)).toPoint())
    assert view.target(pane).left() == pytest.approx(now.left() + 60, abs=1)
    assert clicks == [], "a drag is no click"


def test_the_loupe_enlarges_the_place_under_it_on_both_sides(
    qtbot: QtBot, playback: Playback, view: CompareView, make_footage: MakeFootage
) -> None:
    case = CASES[0]
    begin(qtbot, case, playback, view, Material(case.source(make_footage), case.made(make_footage)))
    for mode in CompareMode:
        view.choose(mode)
        plain = grab(view)
        view.toggle_loupe()
        assert grab(view) != plain
        view.toggle_loupe()
        assert grab(view) == plain
