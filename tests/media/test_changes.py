"""How much a result differs from its original, frame by frame, and where the two are best joined."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.demo.liberties import NONE, Liberties
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.changes import changes
from retake_desktop.media.changes_store import changes_file, kept_changes
from retake_desktop.media.prepare import Prepared
from tests.fakes.footage import make_clip
from tests.media.trips import Trip, cut, retaken

FIRST, LAST = 75, 125
"""The selection in frames of the original: 3 s to 5 s at 25 a second."""
Cut = tuple[Clip, Prepared, RetakeRequest]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    folder = tmp_path_factory.mktemp("window")
    source = make_clip(folder / "film.mp4", frames=200, rate=25, size=(160, 90), audio=False)
    request = RetakeRequest(str(source), Span(Fraction(3), Fraction(5)), "A red coat", Mode.PICTURE)
    return (*cut(folder, source, request), request)


def come_back(
    tmp_path: Path,
    window: Cut,
    bleed: int,
    liberties: Liberties = NONE,
    mode: Mode = Mode.PICTURE,
    size: tuple[int, int] | None = (320, 180),
) -> Trip:
    original, prepared, request = window
    request = replace(request, mode=mode)
    return retaken(tmp_path, original, prepared, request, bleed=bleed, liberties=liberties, size=size)


@pytest.mark.parametrize(
    ("bleed", "liberties"),
    [
        (0, NONE),
        (3, NONE),
        (12, NONE),
        (3, Liberties(rate=Fraction(25), late=2)),
        (3, Liberties(rate=Fraction(29), restamp=True)),
        (4, Liberties(brighter=8, short=3)),
    ],
    ids=["none", "3", "12", "late", "restamped", "brighter and short"],
)
def test_the_bleed_is_found_to_the_frame_and_the_seams_lie_outside_it(
    tmp_path: Path, window: Cut, bleed: int, liberties: Liberties
) -> None:
    curve = come_back(tmp_path, window, bleed, liberties).changes()
    assert curve.selection == (FIRST, LAST)
    assert (curve.bleed_before, curve.bleed_after) == (bleed, bleed)
    assert curve.seams == (FIRST - bleed, LAST + bleed)
    assert all(curve.between(FIRST, LAST))
    assert curve.strongest_outside == 0


def test_encoding_again_is_no_change(tmp_path: Path, window: Cut) -> None:
    curve = come_back(tmp_path, window, 0, mode=Mode.SOUND).changes()
    assert set(curve.levels) == {0.0}
    assert 0 < curve.noise < 10
    assert (curve.bleed_before, curve.bleed_after, curve.seams) == (0, 0, (FIRST, LAST))


def test_frames_that_did_not_come_back_are_unknown_and_not_unchanged(tmp_path: Path, window: Cut) -> None:
    done = come_back(tmp_path, window, 0, Liberties(short=3))
    curve = done.changes()
    last = curve.first + len(curve.levels)
    assert curve.between(last - 3, last) == (None, None, None)
    assert curve.between(last - 4, last - 3) == (0.0,)


def test_a_wrong_mapping_shows_as_change_everywhere(tmp_path: Path, window: Cut) -> None:
    done = come_back(tmp_path, window, 0, Liberties(late=2))
    blind = replace(done, window=done.prepared.window).changes()
    assert blind.noise > 2 * done.changes().noise


def test_progress_counts_the_frames_and_the_curve_is_measured_only_once(tmp_path: Path, window: Cut) -> None:
    done = come_back(tmp_path, window, 3)
    seen: list[Progress] = []
    given = (done.original, done.result, done.window, done.request.span, done.request.mode)
    first = kept_changes(*given, seen.append)
    assert seen == [Progress(count, 250) for count in range(1, 251)]
    assert kept_changes(*given, seen.append) == first == changes(*given)
    assert len(seen) == 250
    moved = replace(done.window, correction=1)
    kept_changes(done.original, done.result, moved, done.request.span, done.request.mode, seen.append)
    assert len(seen) > 250
    changes_file(done.result.path).write_text('{"key": 1}')
    assert kept_changes(*given) == first
