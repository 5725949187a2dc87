"""A before/after video shows the same instant on both sides, in every layout, for any two files."""

import asyncio
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window, paired_frame
from retake_desktop.media.comparison import Comparison, Layout, SoundFrom
from retake_desktop.media.label import Bitmap
from retake_desktop.media.pcm import RATE, PcmReader
from retake_desktop.media.probe import probe
from retake_desktop.media.side_by_side import side_by_side, still
from retake_desktop.media.worker import MediaWorker
from tests.fakes.footage import make_clip, read_number_from_rgb, sound_time

pytestmark = pytest.mark.full


def _no_matter(_progress: Progress) -> None:
    """Nobody looks."""


def _comparison(folder: Path, **changes: object) -> Comparison:
    """A window of 4 s from second 2 of 8; the take is smaller, at 24 frames a second, from number 500 on."""
    before = probe(str(make_clip(folder / "before.mp4", frames=200, size=(320, 180))))
    after = probe(str(make_clip(folder / "after.mp4", frames=96, rate=24, size=(256, 144), first_number=500)))
    stretch = Span(Fraction(2), Fraction(6))
    window = Window(stretch, Fraction(1), 24, 96, 256, 144, Rectangle(0, 0, 256, 144), Span(Fraction(1), Fraction(3)))
    return replace(Comparison(before, after, window, Span(Fraction(5, 2), Fraction(7, 2))), **changes)  # type: ignore[arg-type]  # fields of the record


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return _comparison(tmp_path_factory.mktemp("pair"))


def _frames(path: Path) -> list[VideoFrame]:
    with av.open(str(path)) as container:
        return [frame.reformat(format="rgb24") for frame in container.decode(video=0)]


def _number(frame: VideoFrame, left: int, right: int) -> int:
    plane = frame.planes[0]
    whole = bytes(plane)
    rows = (whole[row * plane.line_size + 3 * left : row * plane.line_size + 3 * right] for row in range(frame.height))
    width = right - left
    return read_number_from_rgb(b"".join(rows), width, frame.height, 3 * width, 3)


def _pixel(frame: VideoFrame, x: int, y: int) -> tuple[int, ...]:
    plane = frame.planes[0]
    return tuple(bytes(plane)[y * plane.line_size + 3 * x :][:3])


def test_side_by_side_every_pair_is_the_same_instant(pair: Comparison, tmp_path: Path) -> None:
    done: list[Progress] = []
    report = side_by_side(pair, str(tmp_path / "out.mp4"), done.append)
    frames = _frames(tmp_path / "out.mp4")
    assert (report.frames, report.pairs, report.width, report.height) == (25, 25, 644, 180)
    assert len(frames) == 25
    for step, frame in enumerate(frames):
        index = pair.before.frames.index_at(Fraction(5, 2) + Fraction(2 * step + 1, 50))
        expected = paired_frame(pair.window, pair.before.frames, pair.after.frames, index)
        assert expected is not None
        assert _number(frame, 0, 320) == index
        assert _number(frame, 324, 644) == 500 + expected
        assert max(_pixel(frame, 321, 90)) < 60, "the gap"
    assert done[-1] == Progress(25, 25)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["out.mp4"]


def test_a_wipe_shows_before_left_of_the_divider_and_after_right_of_it(pair: Comparison, tmp_path: Path) -> None:
    """Two takes of one picture, told apart by their tint."""
    red = make_clip(tmp_path / "red.mp4", frames=50, size=(160, 90), tint=(200, 60, 60))
    blue = make_clip(tmp_path / "blue.mp4", frames=50, size=(160, 90), tint=(60, 60, 200))
    before, after = probe(str(red)), probe(str(blue))
    whole = Span(Fraction(0), Fraction(2))
    window = Window(whole, Fraction(1), 25, 50, 160, 90, Rectangle(0, 0, 160, 90), whole)
    for layout, middles in ((Layout.WIPE, {0: 80, 25: 80}), (Layout.MOVING_WIPE, {1: 157, 13: 118, 49: 3})):
        side_by_side(Comparison(before, after, window, whole, layout), str(tmp_path / "out.mp4"), _no_matter)
        frames = _frames(tmp_path / "out.mp4")
        assert (frames[0].width, frames[0].height) == (160, 90)
        for step, divider in middles.items():
            row = [_pixel(frames[step], x, 85) for x in range(160)]
            bar = max(160 // 16, 2)
            left = [pixel for pixel in row[: max(0, divider - 8)] if max(pixel) < 215]
            right = [pixel for pixel in row[divider + 12 :] if max(pixel) < 215]
            assert all(red_part > blue_part for red_part, _, blue_part in left), (layout, step, bar)
            assert all(red_part < blue_part for red_part, _, blue_part in right), (layout, step, bar)


def test_labels_lie_in_the_upper_corners(pair: Comparison, tmp_path: Path) -> None:
    green = Bitmap(40, 20, bytes((0, 255, 0, 255)) * 800)
    clear = Bitmap(40, 20, bytes((255, 0, 0, 0)) * 800)
    labelled = replace(pair, before_label=green, after_label=clear, span=Span(Fraction(3), Fraction(16, 5)))
    side_by_side(labelled, str(tmp_path / "out.mp4"), _no_matter)
    frame = _frames(tmp_path / "out.mp4")[-1]
    red, greenness, blue = _pixel(frame, 36, 26)
    assert greenness > 200
    assert max(red, blue) < 80
    red, greenness, blue = _pixel(frame, 608, 26)
    assert max(red, greenness, blue) - min(red, greenness, blue) < 60, "what is clear leaves the picture as it is"


@pytest.mark.parametrize(
    ("sound", "first", "second"),
    [
        (SoundFrom.BEFORE, 0, 0),
        (SoundFrom.AFTER, -2, -2),
        (SoundFrom.IN_TURN, 0, -2),
    ],
)
def test_sound_comes_from_either_or_from_both_in_turn(
    sound: SoundFrom, first: int, second: int, pair: Comparison, tmp_path: Path
) -> None:
    """The footage's tone tells the second it belongs to; the take's begins two seconds into the source."""
    side_by_side(replace(pair, sound=sound), str(tmp_path / "out.mp4"), _no_matter)
    with PcmReader(probe(str(tmp_path / "out.mp4"))) as reader:
        for at, offset in ((Fraction(1, 4), first), (Fraction(3, 4), second)):
            heard = sound_time(reader.read(round((at - Fraction(1, 20)) * RATE), RATE // 10), RATE, 2)
            assert heard == pytest.approx(2.5 + float(at) + offset, abs=0.03)


def test_without_sound_there_is_no_sound_track(pair: Comparison, tmp_path: Path) -> None:
    side_by_side(replace(pair, sound=SoundFrom.NONE), str(tmp_path / "out.mp4"), _no_matter)
    assert probe(str(tmp_path / "out.mp4")).audio == ()


def test_outside_the_window_before_is_shown_on_both_sides(pair: Comparison, tmp_path: Path) -> None:
    report = side_by_side(replace(pair, span=Span(Fraction(0), Fraction(1))), str(tmp_path / "out.mp4"), _no_matter)
    assert (report.frames, report.pairs) == (25, 0)
    frame = _frames(tmp_path / "out.mp4")[10]
    assert _number(frame, 0, 320) == _number(frame, 324, 644) == 10


def test_other_sizes_turned_pictures_and_rates_come_together(tmp_path: Path) -> None:
    before = probe(
        str(make_clip(tmp_path / "b.mov", frames=60, rate=Fraction(30000, 1001), size=(120, 214), rotation=90))
    )
    after = probe(
        str(make_clip(tmp_path / "a.webm", codec="libvpx-vp9", frames=48, rate=24, size=(426, 240), audio=False))
    )
    whole = Span(Fraction(0), Fraction(2))
    window = Window(whole, Fraction(1), 24, 48, 426, 240, Rectangle(0, 0, 426, 240), whole)
    report = side_by_side(Comparison(before, after, window, whole), str(tmp_path / "out.mp4"), _no_matter)
    clip = probe(str(tmp_path / "out.mp4"))
    assert (clip.width, clip.height, clip.frame_rate) == (2 * 214 + 4, 120, Fraction(30))
    assert report.pairs == report.frames == 60
    assert abs(_number(_frames(tmp_path / "out.mp4")[30], 0, 214) - 30) <= 1


def test_a_still_is_a_png_of_the_exact_pair(pair: Comparison) -> None:
    with av.open(io.BytesIO(still(pair, Fraction(3))), "r", format="png_pipe") as container:
        frame = next(container.decode(video=0)).reformat(format="rgb24")
    assert (_number(frame, 0, 320), _number(frame, 324, 644)) == (75, 524)


@pytest.mark.parametrize("which", ["before", "after"])
def test_a_file_that_is_compared_is_never_written_over(which: str, pair: Comparison) -> None:
    clip: Clip = getattr(pair, which)
    with pytest.raises(RetakeError) as caught:
        side_by_side(pair, clip.path, _no_matter)
    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert probe(clip.path).fingerprint == clip.fingerprint


def test_trouble_leaves_nothing_behind(pair: Comparison, tmp_path: Path) -> None:
    def give_up(progress: Progress) -> None:
        if progress.done == 5:
            raise RetakeError(ErrorKind.CANCELLED)

    for expected, comparison, space in (
        (ErrorKind.CANCELLED, pair, 1 << 40),
        (ErrorKind.NO_SPACE, pair, 1000),
        (ErrorKind.INVALID_REQUEST, replace(pair, span=Span(Fraction(3), Fraction(3))), 1 << 40),
    ):
        with pytest.raises(RetakeError) as caught:
            side_by_side(comparison, str(tmp_path / "out.mp4"), give_up, free_bytes=lambda _, free=space: free)  # type: ignore[misc]  # the loop's value
        assert caught.value.kind is expected
        assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_the_media_worker_makes_both_and_can_be_stopped(pair: Comparison, tmp_path: Path) -> None:
    async def session() -> None:
        worker = MediaWorker()
        try:
            small = replace(pair, span=Span(Fraction(3), Fraction(16, 5)), before_label=Bitmap(2, 2, bytes(16)))
            report = await worker.side_by_side(small, str(tmp_path / "out.mp4"), _no_matter)
            assert report.frames == 5
            assert (await worker.still(small, Fraction(3))).startswith(b"\x89PNG")
            begun = asyncio.Event()
            long = replace(pair, span=Span(Fraction(0), Fraction(8)))
            task = asyncio.create_task(worker.side_by_side(long, str(tmp_path / "stopped.mp4"), lambda _: begun.set()))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        finally:
            await worker.close()

    asyncio.run(session())
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["out.mp4"]
