"""What part of a picture is looked at, and how large."""

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from retake_desktop.ui.review.viewport import STEPS, Viewport

PICTURE = QSizeF(1920, 1080)
PANE = QRectF(10, 20, 640, 360)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_at_100_percent_a_pixel_of_the_picture_is_a_pixel_of_the_screen(ratio: float) -> None:
    target = Viewport(100).target(PICTURE, PANE, ratio)
    assert (target.width() * ratio, target.height() * ratio) == (1920, 1080)
    assert (target.left() * ratio).is_integer()


def test_fitted_it_lies_within_the_pane() -> None:
    assert Viewport().target(PICTURE, PANE, 1.0) == PANE
    assert Viewport().percent_in(PICTURE, PANE, 1.0) == pytest.approx(100 / 3)


def test_the_pane_stays_full_of_picture_however_far_it_is_moved() -> None:
    far = Viewport(200).panned(QPointF(99_999, 99_999), PICTURE, PANE, 1.0)
    assert far.target(PICTURE, PANE, 1.0).topLeft() == PANE.topLeft()
    far = far.panned(QPointF(-99_999, -99_999), PICTURE, PANE, 1.0)
    assert far.target(PICTURE, PANE, 1.0).bottomRight() == PANE.bottomRight()


def test_a_picture_smaller_than_its_pane_stays_in_the_middle() -> None:
    small = Viewport(25).panned(QPointF(50, 50), PICTURE, PANE, 1.0)
    assert small.target(PICTURE, PANE, 1.0).center() == PANE.center()


def test_the_steps_go_through_all_enlargements_and_end() -> None:
    seen, percent = [], 25
    for _ in range(20):
        seen.append(percent)
        percent = Viewport(percent).stepped(1, percent)
    assert sorted(set(seen)) == list(STEPS)
    assert Viewport().stepped(-1, 33.3) == 25
    assert Viewport().stepped(1, 33.3) == 50
