"""What a result did to the mapping is measured: offset, pace, frames, levels, sound."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from av.video.frame import VideoFrame

from retake_desktop.demo.liberties import NONE, Liberties
from retake_desktop.domain.alignment import as_sent, corrected
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.alignment import align
from retake_desktop.media.encode import Mp4Writer, Quality
from retake_desktop.media.prepare import Prepared
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip
from tests.media.trips import AAC_FRAME, Trip, cut, retaken, trip

SPAN = Span(Fraction(3), Fraction(5))


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clip, Prepared, RetakeRequest]:
    """Five seconds at 24 frames a second from the middle of eight."""
    folder = tmp_path_factory.mktemp("window")
    source = make_clip(folder / "film.mp4", frames=192, rate=24, size=(160, 90))
    request = RetakeRequest(str(source), SPAN, "A red coat")
    return (*cut(folder, source, request), request)


def come_back(
    tmp_path: Path, window: tuple[Clip, Prepared, RetakeRequest], mode: Mode = Mode.PICTURE_AND_SOUND, **how: Any
) -> Trip:
    original, prepared, request = window
    return retaken(tmp_path, original, prepared, replace(request, mode=mode), **how)


@pytest.mark.parametrize(
    ("liberties", "offset", "pace", "missing"),
    [
        (NONE, 0, 1, 0),
        (Liberties(rate=Fraction(23)), 0, 1, 0),
        pytest.param(Liberties(rate=Fraction(29)), 0, 1, 0, marks=pytest.mark.full),
        (Liberties(rate=Fraction(23), restamp=True), 0, Fraction(24, 23), 0),
        pytest.param(Liberties(rate=Fraction(29), restamp=True), 0, Fraction(24, 29), 0, marks=pytest.mark.full),
        (Liberties(short=3), 0, 1, 3),
        (Liberties(late=3), Fraction(3, 24), 1, 3),
        (Liberties(rate=Fraction(23), late=2, short=2), Fraction(2, 24), 1, 4),
    ],
    ids=["as sent", "23", "29", "24 as 23", "24 as 29", "3 short", "3 late", "23, late, short"],
)
def test_a_result_of_another_rate_length_or_start_is_mapped_to_the_frame(
    tmp_path: Path,
    window: tuple[Clip, Prepared, RetakeRequest],
    liberties: Liberties,
    offset: Fraction,
    pace: Fraction,
    missing: int,
) -> None:
    done = come_back(tmp_path, window, liberties=liberties)
    found = done.alignment
    assert found.is_certain
    assert (found.offset, found.pace, found.frames_missing) == (offset, pace, missing)
    assert found.drift == 5 * (found.pace - 1)
    assert done.wrong_ways_back() == []
    assert found.sound_offset is not None
    assert abs(float(found.sound_offset)) < AAC_FRAME
    assert abs(done.sound_error(Fraction(2))) < AAC_FRAME


@pytest.mark.parametrize("mode", list(Mode))
def test_a_larger_picture_is_no_other_time(
    tmp_path: Path, window: tuple[Clip, Prepared, RetakeRequest], mode: Mode
) -> None:
    done = come_back(tmp_path, window, mode, size=(480, 270), liberties=Liberties(late=2))
    assert (done.alignment.width, done.alignment.height) == (480, 270)
    assert (done.alignment.is_certain, done.alignment.offset) == (True, Fraction(2, 24))
    assert done.wrong_ways_back() == []


def test_brighter_pictures_and_softer_sound_are_told_in_levels_and_decibels(
    tmp_path: Path, window: tuple[Clip, Prepared, RetakeRequest]
) -> None:
    found = come_back(tmp_path, window, liberties=Liberties(brighter=8, louder=-4.0)).alignment
    assert found.luma_shift == pytest.approx(8, abs=0.5)
    assert abs(found.blue_shift) < 0.5
    assert abs(found.red_shift) < 0.5
    assert found.loudness_shift == pytest.approx(-4, abs=0.3)
    same = come_back(tmp_path, window).alignment
    assert same.luma_shift == pytest.approx(0, abs=0.5)
    assert same.loudness_shift == pytest.approx(0, abs=0.3)


def test_a_picture_in_which_nothing_moves_tells_nothing_about_time(tmp_path: Path) -> None:
    still = tmp_path / "still.mp4"
    with Mp4Writer(str(still), 25, (160, 90), Quality(), sound=False) as writer:
        for _ in range(150):
            grey = VideoFrame(160, 90, "yuv420p")
            for plane in grey.planes:
                plane.update(bytes([120]) * plane.buffer_size)
            writer.write_picture(grey)
    done = trip(tmp_path, still, Span(Fraction(2), Fraction(4)), bleed=0)
    assert not done.alignment.is_certain
    assert (done.alignment.offset, done.alignment.pace) == (Fraction(0), Fraction(1))
    assert done.alignment.sound_offset is None


def test_a_window_without_context_is_mapped_as_it_was_sent(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "all.mp4", frames=80, rate=24, size=(160, 90))
    done = trip(tmp_path, source, Span(Fraction(0), Fraction(10, 3)))
    assert not done.alignment.is_certain
    assert done.wrong_ways_back() == []


def test_a_correction_moves_the_result_by_whole_frames_and_stays_apart_from_what_was_measured(
    tmp_path: Path, window: tuple[Clip, Prepared, RetakeRequest]
) -> None:
    done = come_back(tmp_path, window, liberties=Liberties(late=3))
    moved = corrected(corrected(done.window, 3), -1)
    assert moved.correction == 2
    assert moved.to_result(Fraction(4)) == done.window.to_result(Fraction(4)) + Fraction(2, 24)
    assert moved.result_to_source(moved.to_result(Fraction(4))) == 4
    assert done.alignment.applied(moved).correction == 2
    assert as_sent(moved) == window[1].window


def test_progress_counts_the_frames_of_both(tmp_path: Path, window: tuple[Clip, Prepared, RetakeRequest]) -> None:
    done = come_back(tmp_path, window)
    seen: list[Progress] = []
    align(probe(done.prepared.path), done.result, done.prepared.window, done.request.mode, seen.append)
    assert seen == [Progress(count, 240) for count in range(1, 241)]
