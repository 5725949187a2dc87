"""Where a zoomed picture lies: on whole device pixels, about the pointer, and never away from the pane."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize

from retake_desktop.media.picture import fitted
from retake_desktop.ui.playback.zoom import Frame, Zoom

HD = QSize(1920, 1080)


def frame(size: QSize = HD, width: float = 961, height: float = 541, ratio: float = 1.0) -> Frame:
    return Frame(size, QRectF(0, 0, width, height), ratio)


def corners(target: QRectF, ratio: float) -> list[float]:
    return [side * ratio for side in (target.left(), target.top(), target.width(), target.height())]


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 1.75, 2, 3])
@pytest.mark.parametrize("scale", [None, Fraction(1, 3), Fraction(1), Fraction(8)])
def test_the_picture_lies_on_whole_pixels_of_the_screen(ratio: float, scale: Fraction | None) -> None:
    for value in corners(Zoom(scale, 0.3, 0.8).target(frame(ratio=ratio)), ratio):
        assert value == pytest.approx(round(value), abs=1e-6)


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 1.75])
def test_fitted_it_takes_as_many_pixels_as_are_decoded_for_it(ratio: float) -> None:
    seen = frame(QSize(1918, 1078), width=733, height=517, ratio=ratio)
    target = Zoom().target(seen)
    decoded = fitted(1918, 1078, Zoom().box(seen))
    assert decoded == (round(target.width() * ratio), round(target.height() * ratio))


def test_at_100_percent_a_pixel_of_the_picture_is_one_of_the_screen() -> None:
    seen = frame(ratio=1.5)
    zoom = Zoom().exactly(Fraction(1), seen)
    assert corners(zoom.target(seen), 1.5)[2:] == [1920, 1080]
    assert zoom.box(seen) == (1920, 1080)


def test_a_picture_smaller_than_the_stage_can_be_seen_at_100_percent_too() -> None:
    seen = frame(QSize(320, 180))
    assert Zoom().exactly(Fraction(1), seen).target(seen) == QRectF(320, 180, 320, 180)


def test_what_lies_under_the_pointer_stays_there() -> None:
    seen, pointer = frame(), QPointF(700, 100)
    before = Zoom(Fraction(2)).target(seen)
    after = Zoom(Fraction(2)).scaled(Fraction(3, 2), pointer, seen).target(seen)
    parts = [
        ((pointer.x() - each.left()) / each.width(), (pointer.y() - each.top()) / each.height())
        for each in (before, after)
    ]
    assert parts[0] == pytest.approx(parts[1], abs=0.001)


def test_it_goes_no_closer_than_800_percent_and_back_to_fit() -> None:
    seen = frame()
    closest = Zoom().scaled(Fraction(1000), QPointF(5, 5), seen)
    assert closest.scale == 8
    assert closest.scaled(Fraction(1, 1000), QPointF(5, 5), seen) == Zoom()


def test_panning_never_shows_what_lies_beyond_the_picture() -> None:
    seen = frame()
    zoom = Zoom().exactly(Fraction(1), seen)
    for by in (QPointF(5000, 5000), QPointF(-9000, 0), QPointF(0, -9000)):
        zoom = zoom.moved(by, seen)
        assert zoom.target(seen).contains(seen.pane)
    assert zoom.target(seen).bottomRight() == seen.pane.bottomRight()


def test_the_keys_stop_at_round_percentages() -> None:
    seen, zoom, seen_scales = frame(), Zoom(), []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, -1):
        zoom = zoom.stepped(direction, seen)
        seen_scales.append(zoom.scale)
    assert seen_scales == [1, 2, 4, 8, 8, 4, 2, 1, None]
