"""Reading in a child process: the same pictures, peaks, speech and cuts; given up at once; no trouble from its end."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.media.aside import Aside
from retake_desktop.media.overview import Here
from retake_desktop.media.probe import probe
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip

PAUSE = Fraction(3, 25)
WIDTH, HEIGHT = Fraction(1), 56


def _never() -> bool:
    return False


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Clip]:
    folder = tmp_path_factory.mktemp("aside")
    return [probe(str(make_clip(folder / f"{frames}.mp4", frames=frames, gop=10, audio=True))) for frames in (100, 130)]


@pytest.fixture(scope="module")
def aside() -> Iterator[Aside]:
    aside = Aside()
    yield aside
    aside.close()


def seconds(clip: Clip) -> list[Fraction]:
    return [Fraction(2 * second + 1, 2) for second in range(int(clip.duration))]


def test_a_child_reads_what_this_process_would(aside: Aside, clips: list[Clip]) -> None:
    here = Here()
    for clip in (*clips, clips[0]):
        whole, times = Span(Fraction(0), clip.duration), seconds(clip)
        pictures = list(aside.pictures_near(clip, times, WIDTH, HEIGHT, _never))
        assert pictures
        assert pictures == list(here.pictures_near(clip, times, WIDTH, HEIGHT, _never))
        assert list(aside.waveform(clip, _never)) == list(here.waveform(clip, _never))
        assert aside.sounds(clip, whole, PAUSE, _never) == here.sounds(clip, whole, PAUSE, _never)
        assert aside.cuts(clip, 1, 50, _never) == here.cuts(clip, 1, 50, _never)


def test_cuts_and_quiet_are_told_as_they_are_here(aside: Aside, tmp_path: Path) -> None:
    path = tmp_path / "two scenes.mp4"
    scenes = [("-f", "lavfi", "-i", f"{scene}=size=160x90:rate=25:duration=2") for scene in ("testsrc", "smptebars")]
    sound = ("-f", "lavfi", "-i", "aevalsrc=lt(t\\,2)*sin(2000*t):d=4")
    joined = ("-filter_complex", "[0:v][1:v]concat,format=yuv420p")
    ffmpeg(*scenes[0], *scenes[1], *sound, *joined, "-c:v", "libx264", "-c:a", "aac", path)
    clip = probe(str(path))
    assert aside.cuts(clip, 1, 99, _never) == Here().cuts(clip, 1, 99, _never) == (50,)
    sounds = aside.sounds(clip, Span(Fraction(0), clip.duration), PAUSE, _never)
    assert sounds == Here().sounds(clip, Span(Fraction(0), clip.duration), PAUSE, _never)
    assert [round(float(stretch.start)) for stretch in sounds.quiet] == [2]


def test_questions_about_two_clips_at_once_are_not_mixed_up(aside: Aside, clips: list[Clip]) -> None:
    readings = [aside.pictures_near(clip, seconds(clip), WIDTH, HEIGHT, _never) for _ in range(3) for clip in clips]
    found = [[next(reading)] for reading in readings]
    for reading, pictures in zip(readings, found, strict=True):
        pictures += reading
    for pictures, clip in zip(found, clips * 3, strict=True):
        expected = list(Here().pictures_near(clip, seconds(clip), WIDTH, HEIGHT, _never))
        assert [one.index for one in pictures] == [one.index for one in expected]
        assert pictures == expected


def test_what_is_given_up_ends_and_the_next_question_is_answered(aside: Aside, clips: list[Clip]) -> None:
    given_up = threading.Event()
    pictures = aside.pictures_near(clips[1], seconds(clips[1]), WIDTH, HEIGHT, given_up.is_set)
    next(pictures)
    given_up.set()
    assert len(list(pictures)) <= 1
    next(aside.pictures_near(clips[1], seconds(clips[1]), WIDTH, HEIGHT, _never))
    assert list(aside.waveform(clips[0], _never))
    assert list(aside.waveform(clips[0], lambda: True)) == []


def test_a_file_that_is_gone_is_told_as_it_is_here(aside: Aside, clips: list[Clip], tmp_path: Path) -> None:
    path = make_clip(tmp_path / "gone.mp4", frames=20)
    clip = probe(str(path))
    path.unlink()
    with pytest.raises(RetakeError) as here:
        list(Here().pictures_near(clip, [Fraction(0)], WIDTH, HEIGHT, _never))
    with pytest.raises(RetakeError) as beside:
        list(aside.pictures_near(clip, [Fraction(0)], WIDTH, HEIGHT, _never))
    assert beside.value.problem == here.value.problem
    assert list(aside.waveform(clips[0], _never))


def test_a_child_that_dies_fails_its_questions_and_the_next_is_answered_by_another(clips: list[Clip]) -> None:
    aside = Aside()
    pictures = aside.pictures_near(clips[0], seconds(clips[0]), WIDTH, HEIGHT, _never)
    next(pictures)
    assert aside._child is not None
    os.kill(aside._child._process.pid, signal.SIGSTOP)
    waiting = aside.waveform(clips[0], _never)
    os.kill(aside._child._process.pid, signal.SIGKILL)
    with pytest.raises(RetakeError) as told:
        list(waiting)
    assert told.value.kind is ErrorKind.MEDIA_FAILED
    assert list(aside.waveform(clips[0], _never))
    aside.close()


def test_a_child_that_cannot_be_understood_is_no_child(clips: list[Clip]) -> None:
    aside = Aside((sys.executable, "-c", "pass"))
    with pytest.raises(RetakeError):
        list(aside.waveform(clips[0], _never))
    aside.close()


def test_closing_ends_the_child_whatever_it_does(clips: list[Clip]) -> None:
    aside = Aside()
    next(aside.pictures_near(clips[0], seconds(clips[0]), WIDTH, HEIGHT, _never))
    assert aside._child is not None
    process = aside._child._process
    aside.close()
    assert process.poll() == 0
