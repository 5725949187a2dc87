"""What happens when a splice does not come out as it should: it is noticed, named, and nothing is left behind."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.media import splice as splicing
from retake_desktop.media.gop import Cut, Unsuitable
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, splice
from retake_desktop.media.splice_check import check_copies, check_seams
from retake_desktop.media.splice_lossless import checksum
from retake_desktop.media.splice_plan import planned
from retake_desktop.media.worker import MediaWorker
from tests.fakes.footage import make_clip
from tests.fakes.numbered import numbers
from tests.media.test_splice_matrix import FRAMES, MOMENT, NEW, SIZE, ignored, payloads, take_of


def original_of(folder: Path, frames: int = FRAMES) -> Clip:
    return probe(str(make_clip(folder / "closed.mp4", frames=frames, size=SIZE, gop=25)))


def cuts_of(original: Clip, take: KeptTake) -> tuple[Cut, ...]:
    way = planned(original, [take])[1]
    assert way is not None
    return way.cuts


def test_a_copied_packet_with_one_bit_changed_is_noticed(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    with_form = planned(original, [take_of(tmp_path, original)])[1]
    assert with_form is not None
    sums: list[int | None] = [None] * FRAMES
    unmarked = payloads(original)
    sums[0] = checksum("h264", with_form.order.form, unmarked[0])
    check_copies(original, original.path, sums)
    damaged = Path(original.path).read_bytes()
    place = damaged.index(unmarked[0]) + len(unmarked[0]) - 3
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(damaged[:place] + bytes([damaged[place] ^ 1]) + damaged[place + 1 :])
    with pytest.raises(RetakeError) as caught:
        check_copies(original, str(broken), sums)
    assert caught.value.detail == "a copied frame differs from the original's"


@pytest.mark.parametrize("count", [FRAMES - 1, FRAMES + 1])
def test_a_packet_too_few_or_too_many_is_noticed(tmp_path: Path, count: int) -> None:
    original = original_of(tmp_path)
    with pytest.raises(RetakeError) as caught:
        check_copies(original, original.path, [None] * count)
    assert caught.value.detail == "frames are missing"


def test_a_frame_beside_a_seam_that_looks_otherwise_is_noticed(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    cuts = cuts_of(original, take_of(tmp_path, original))
    check_seams(original, original.path, cuts)
    other = make_clip(tmp_path / "other.mp4", frames=FRAMES, size=SIZE, gop=25, tint=(90, 110, 160))
    with pytest.raises(RetakeError) as caught:
        check_seams(original, str(other), cuts)
    assert caught.value.detail == "frame 28 came out damaged"


@pytest.mark.parametrize("trouble", [RetakeError(ErrorKind.MEDIA_FAILED, "frame 28 came out damaged"),
                                     Unsuitable("It was read differently the second time."),
                                     av.error.ArgumentError(22, "Invalid argument")])  # fmt: skip
def test_a_splice_that_fails_its_check_is_encoded_whole_and_names_the_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def failing(original: Clip, part: str, cuts: Sequence[Cut]) -> None:
        raise trouble

    monkeypatch.setattr(splicing, "check_seams", failing)
    original = original_of(tmp_path)
    report = splice(original, [take_of(tmp_path, original)], str(tmp_path / "kept.mp4"), ignored)
    assert (report.method, report.frames_untouched) == (SpliceMethod.REENCODED, 0)
    named = "FFmpeg refused it (ArgumentError)" if isinstance(trouble, av.FFmpegError) else str(trouble)
    assert getattr(trouble, "detail", named) in report.reason
    assert numbers(report.output) == [index + NEW * (index in range(*MOMENT)) for index in range(FRAMES)]


def test_trouble_with_the_take_is_not_hidden_by_encoding_it_all(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    take = take_of(tmp_path, original)
    Path(take.result.path).write_bytes(b"broken")
    with pytest.raises(RetakeError) as caught:
        splice(original, [take], str(tmp_path / "kept.mp4"), ignored)
    assert caught.value.kind is ErrorKind.MEDIA_FAILED
    assert not list(tmp_path.glob("kept*"))


def test_a_lossless_splice_needs_room_for_one_more_file_and_a_whole_one_for_three(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    take = take_of(tmp_path, original)
    splice(original, [take], str(tmp_path / "kept.mp4"), ignored, free_bytes=lambda _: 2 * original.size_bytes)
    interlaced = replace(original, pixel_format="yuv422p")
    with pytest.raises(RetakeError) as caught:
        splice(interlaced, [take], str(tmp_path / "b.mp4"), ignored, free_bytes=lambda _: 2 * original.size_bytes)
    assert caught.value.kind is ErrorKind.NO_SPACE


@pytest.mark.full
def test_a_cancelled_splice_ends_within_a_fifth_of_a_second_and_leaves_nothing_behind(tmp_path: Path) -> None:
    original = original_of(tmp_path, frames=400)
    take = take_of(tmp_path, original, (30, 390))

    async def cancelled() -> float:
        worker, started = MediaWorker(), asyncio.Event()

        def tell(progress: Progress) -> None:
            started.set()

        task = asyncio.create_task(worker.splice(original, [take], str(tmp_path / "kept.mp4"), tell))
        await started.wait()
        before = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        taken = time.monotonic() - before
        await worker.close()
        assert not list(tmp_path.glob("kept*"))
        return taken

    # A busy machine may be late once.
    assert any(asyncio.run(cancelled()) < 0.2 for _ in range(3))


def test_the_plan_is_made_in_the_child_too(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    take = take_of(tmp_path, original)

    async def foreseen() -> int:
        worker = MediaWorker()
        try:
            return (await worker.plan_splice(original, [take])).frames_untouched
        finally:
            await worker.close()

    assert asyncio.run(foreseen()) == FRAMES - 21
