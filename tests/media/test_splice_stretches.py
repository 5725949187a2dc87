"""Several moments, moments at the ends, seams that move, and films that were spliced before."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.media.kept_take import KeptTake, Seams
from retake_desktop.media.parameter_sets import headers_of
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, SpliceReport, plan, splice, suffix_for
from tests.fakes.footage import make_clip, read_tint
from tests.media.test_splice_matrix import CLOSED, FRAMES, NEW, OPEN, SIZE, check, hevc, ignored, take_of

KINDS: Mapping[str, Mapping[str, Any]] = {
    "closed.mp4": {},
    "uneven.mkv": {"times": tuple(Fraction(3 * i * i + 400 * i, 10000) for i in range(FRAMES))},
    "broadcast.ts": {"start": 3},
    "hevc.mov": hevc(CLOSED),
    "hevc-open.mp4": hevc(OPEN),
}
Moments = list[tuple[int, int]]


def original_of(folder: Path, name: str) -> Clip:
    footage = {"frames": FRAMES, "size": SIZE, "gop": 25, "audio": False, **KINDS[name]}
    return probe(str(make_clip(folder / name, **footage)))


def spliced(folder: Path, original: Clip, takes: list[KeptTake], name: str = "kept") -> SpliceReport:
    return splice(original, takes, str(folder / f"{name}{suffix_for(original)}"), ignored)


def numbered(moments: Moments, start: list[int] | None = None) -> list[int]:
    """Every frame's number where take k, from 5000 * (k + 1), replaces moment k."""
    found = start or list(range(FRAMES))
    for place, (first, end) in enumerate(moments):
        found[first:end] = [NEW * (place + 1) + index for index in range(first, end)]
    return found


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    ("moments", "stretches"),
    [
        ([(30, 33), (40, 44)], 1),
        ([(5, 9), (60, 70)], 2),
        ([(0, 4)], 1),
        ([(70, FRAMES)], 1),
        ([(0, 1), (49, 50), (74, 75)], 3),
        ([(25, 50)], 1),
        ([(0, FRAMES - 10)], 1),
    ],
    ids=["one-gop", "two-gops", "start", "end", "single-frames", "whole-gop", "nearly-all"],
)
def test_moments_anywhere_are_replaced_and_nothing_else(
    tmp_path: Path, name: str, moments: Moments, stretches: int
) -> None:
    original = original_of(tmp_path, name)
    takes = [take_of(tmp_path, original, moment, NEW * (place + 1)) for place, moment in enumerate(moments)]
    report = spliced(tmp_path, original, takes)
    assert report.method is (SpliceMethod.REENCODED if moments[0][1] == FRAMES - 10 else SpliceMethod.LOSSLESS)
    assert len(report.stretches) == stretches
    check(original, report, numbered(moments))


def test_a_moment_that_fills_one_gop_costs_that_gop_only(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    report = spliced(tmp_path, original, [take_of(tmp_path, original, (25, 50))])
    assert [(one.first, one.end) for one in report.stretches] == [(25, 50)]
    assert report.frames_untouched == FRAMES - 25


@pytest.mark.parametrize("name", ["closed.mp4", "broadcast.ts", "hevc-open.mp4"])
def test_a_take_of_a_take_of_a_take(tmp_path: Path, name: str) -> None:
    """Each film is the original of the next: its parameter sets are not the only ones any more."""
    clip, expected = original_of(tmp_path, name), list(range(FRAMES))
    for place, moment in enumerate([(30, 35), (33, 40), (10, 12)]):
        report = spliced(tmp_path, clip, [take_of(tmp_path, clip, moment, NEW * (place + 1))], f"kept-{place}")
        assert report.method is SpliceMethod.LOSSLESS
        expected[moment[0] : moment[1]] = [NEW * (place + 1) + index for index in range(*moment)]
        check(clip, report, expected)
        clip = probe(report.output)


def test_a_copy_that_starts_at_a_cra_picture_says_that_what_came_before_is_missing(tmp_path: Path) -> None:
    """Decoders other than FFmpeg need the mark (a BLA picture) to show what still waits, and to start counting anew."""
    original = original_of(tmp_path, "hevc-open.mp4")
    report = spliced(tmp_path, original, [take_of(tmp_path, original, (30, 33))])
    kinds = [kinds_of(path)[50] for path in (original.path, report.output)]
    assert kinds == [{21}, {18}]
    assert kinds_of(original.path)[51:] == kinds_of(report.output)[51:]


def kinds_of(path: str) -> list[set[int]]:
    """NAL unit types of each frame's slices, in order of display."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        form = headers_of("hevc", bytes(stream.codec_context.extradata or b"")).form
        found = [(packet.pts or 0, bytes(packet)) for packet in container.demux(stream) if packet.size]
    return [{unit[0] >> 1 & 63 for unit in form.units(payload)} & set(range(32)) for _, payload in sorted(found)]


def test_frames_that_are_only_encoded_again_look_the_same(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    report = spliced(tmp_path, original, [take_of(tmp_path, original, (30, 41))])
    before, after = luma(original.path), luma(report.output)
    for index in (29, *range(41, 50)):
        apart = [abs(one - other) for one, other in zip(before[index], after[index], strict=True)]
        assert sum(apart) / len(apart) < 1
        assert max(apart) < 48
    assert sum(abs(one - other) for one, other in zip(before[35], after[35], strict=True)) > len(before[35])


def luma(path: str) -> list[bytes]:
    with av.open(path) as container:
        return [bytes(frame.planes[0]) for frame in container.decode(video=0)]


def test_takes_of_one_original_are_encoded_once(tmp_path: Path) -> None:
    """Keeping a second take starts again from the original: the first one's frames do not suffer again."""
    original = original_of(tmp_path, "closed.mp4")
    one, other = take_of(tmp_path, original, (30, 33)), take_of(tmp_path, original, (5, 9), 2 * NEW)
    alone = spliced(tmp_path, original, [one], "alone")
    both = spliced(tmp_path, original, [one, other], "both")
    assert both.stretches[1] == alone.stretches[0]
    assert both.frames_untouched == alone.frames_untouched - (both.stretches[0].end - both.stretches[0].first)


def test_seams_move_outwards_with_the_take(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    take = replace(take_of(tmp_path, original, (30, 41)), seams=Seams(28, 44))
    check(original, spliced(tmp_path, original, [take]), numbered([(28, 44)]))


def test_a_crossfade_mixes_frames_outside_the_seams_only(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    take = replace(take_of(tmp_path, original, (30, 41)), crossfade=3)
    assert take.touched(original.frames) == (27, 44)
    report = spliced(tmp_path, original, [take])
    reds = [tint[0] for tint in tints(report.output)]
    old, new = reds[10], reds[35]
    shares = [round((red - old) / (new - old), 2) for red in reds[26:45]]
    assert shares[:4] == pytest.approx([0, 0.25, 0.5, 0.75], abs=0.06)
    assert shares[4:15] == pytest.approx([1] * 11, abs=0.06)
    assert shares[15:] == pytest.approx([0.75, 0.5, 0.25, 0], abs=0.06)


def test_a_crossfade_ends_where_the_take_has_no_picture(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    take = take_of(tmp_path, original, (2, 10))
    late = replace(take.window, source=replace(take.window.source, start=original.frames.start_of(1)))
    assert replace(take, crossfade=5, window=late).touched(original.frames) == (1, 15)
    assert replace(take, crossfade=5).touched(original.frames) == (0, 15)


def test_a_film_without_a_later_entry_is_encoded_to_its_end_and_the_reason_says_so(tmp_path: Path) -> None:
    original = probe(str(make_clip(tmp_path / "one-gop.mp4", frames=FRAMES, size=SIZE, gop=250, audio=False)))
    (early,) = plan(original, [take_of(tmp_path, original, (30, 41))]).stretches
    (late,) = plan(original, [take_of(tmp_path, original, (70, FRAMES))]).stretches
    assert early.reason.endswith("ends with the film, since no later picture can be decoded without earlier ones.")
    assert late.reason.endswith("ends with the film.")


def test_the_plan_says_what_and_why_before_anything_is_written(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    foreseen = plan(original, [take_of(tmp_path, original, (30, 41))])
    (stretch,) = foreseen.stretches
    assert (stretch.first, stretch.end, stretch.moment_first, stretch.moment_end) == (29, 50, 30, 41)
    assert "21 frames are encoded" in foreseen.reason
    assert stretch.reason.startswith("It begins where nothing copied needs")
    assert {path.name for path in tmp_path.glob("*.*")} == {"closed.mp4", "take-5000.mp4"}


def tints(path: str) -> list[tuple[int, int, int]]:
    from retake_desktop.media.frames import FrameReader

    clip = probe(path)
    with FrameReader(clip) as reader:
        return [read_tint(reader.picture(index, SIZE)) for index in range(len(clip.frames))]
