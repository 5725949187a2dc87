"""A graphics card decodes only what it has shown to decode alike; what it cannot give, the processor gives."""

import asyncio
import errno
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import chain, cycle
from pathlib import Path

import pytest
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.hardware import PERMITS, Verdict, devices_for, is_worth_trying
from retake_desktop.media.hardware_memory import remember, remembered
from retake_desktop.media.hardware_trial import tried
from retake_desktop.media.probe import probe
from retake_desktop.media.source import open_quickly
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services.settings import Settings
from retake_desktop.ui.hardware_desk import HardwareDesk
from tests.fakes.footage import make_clip, read_number

SIZE, FRAMES = (2048, 1232), 30
BOX = (512, 308)


class Card:
    """A card that decodes as a real one does: what it gives has its colour interleaved. `fault` is done to frame n."""

    name = "card"

    def __init__(self, fault: Callable[[int, VideoFrame], None] = lambda _n, _frame: None, *, is_there: bool = True):
        self._fault = fault
        self._is_there = is_there
        self.given = 0

    def opened(self, path: str) -> InputContainer:
        if not self._is_there:
            raise FFmpegError(errno.ENODEV, "no such device")
        return open_quickly(path)

    def plain(self, frame: VideoFrame, pixel_format: str) -> VideoFrame:
        interleaved = frame.reformat(format="nv12")
        self._fault(self.given, interleaved)
        self.given += 1
        return interleaved.reformat(format=pixel_format)


def spoiled(number: int) -> Callable[[int, VideoFrame], None]:
    """One pixel of one frame is one level off."""

    def spoil(given: int, frame: VideoFrame) -> None:
        if given == number:
            plane = frame.planes[1]
            content = bytearray(plane)
            content[(plane.height - 1) * plane.line_size + 3] ^= 1
            plane.update(bytes(content))

    return spoil


def dead_after(number: int) -> Callable[[int, VideoFrame], None]:
    def die(given: int, _frame: VideoFrame) -> None:
        if given >= number:
            raise FFmpegError(errno.EIO, "the device was lost")

    return die


def clock(opening: float = 0.01, ours: float = 1.0, theirs: float = 0.5) -> Callable[[], float]:
    """For `tried`: how long opening takes, and then each frame there and here."""
    steps = chain((0.0, opening), cycle((0.0, ours, theirs)))
    now = 0.0

    def tell() -> float:
        nonlocal now
        now += next(steps)
        return now

    return tell


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    path = tmp_path_factory.mktemp("large") / "a.mp4"
    return probe(str(make_clip(path, size=SIZE, frames=FRAMES, gop=20, bframes=2, audio=False)))


@pytest.fixture(autouse=True)
def nothing_allowed() -> Iterator[None]:
    yield
    PERMITS.clear()


def test_a_card_that_gives_the_same_frames_sooner_may_decode(clip: Clip) -> None:
    assert is_worth_trying(clip)
    assert tried(clip, [Card()], clock()) == Verdict("card", "the same frames, sooner")


@pytest.mark.parametrize(
    ("card", "takes", "reason"),
    [
        (Card(spoiled(20)), {}, "frame 20 differs"),
        pytest.param(Card(dead_after(21)), {}, "it failed at frame 21", marks=pytest.mark.full),
        (Card(is_there=False), {}, "it cannot be opened ([Errno 19] no such device)"),
        (Card(), {"opening": 0.3}, "it takes 0.30 s to open"),
        pytest.param(
            Card(),
            {"theirs": 0.9},
            f"it takes {0.9 * FRAMES:.2f} s where the processor takes {FRAMES:.2f} s",
            marks=pytest.mark.full,
        ),
    ],
)
def test_any_other_is_refused(card: Card, takes: dict[str, float], reason: str, clip: Clip) -> None:
    assert tried(clip, [card], clock(**takes)) == Verdict(None, f"card: {reason}")


def test_a_small_picture_is_not_worth_a_trial(tmp_path: Path) -> None:
    small = probe(str(make_clip(tmp_path / "a.mp4", frames=5, size=(1920, 1080), audio=False)))
    assert not is_worth_trying(small)
    assert tried(small, [Card()], clock()).device is None


@pytest.mark.parametrize(
    "order",
    [pytest.param("forward", marks=pytest.mark.full), pytest.param("backward", marks=pytest.mark.full), "random"],
)
def test_a_card_that_dies_midway_costs_no_frame(order: str, clip: Clip) -> None:
    indexes = list(range(0, FRAMES, 3))
    if order == "backward":
        indexes.reverse()
    elif order == "random":
        random.Random(4).shuffle(indexes)  # noqa: S311 - repeatable, not secret
    card = Card(dead_after(12))
    PERMITS.allow(clip, card)
    with FrameReader(clip) as reader:
        assert [read_number(reader.picture(index, BOX)) for index in indexes] == indexes
    assert card.given == 12, "the card decoded, and then the processor"
    assert PERMITS.device_for(clip) is None


def test_what_a_card_gives_is_what_the_processor_gives(clip: Clip) -> None:
    PERMITS.allow(clip, Card())
    with FrameReader(clip) as reader:
        there = [reader.picture(index, BOX) for index in (0, 7, 21, FRAMES - 1)]
    PERMITS.clear()
    with FrameReader(clip) as reader:
        assert [reader.picture(index, BOX) for index in (0, 7, 21, FRAMES - 1)] == there


def test_a_card_that_is_gone_when_the_file_is_opened_costs_nothing(clip: Clip) -> None:
    PERMITS.allow(clip, Card(is_there=False))
    with FrameReader(clip) as reader:
        assert read_number(reader.picture(12, BOX)) == 12
    assert PERMITS.device_for(clip) is None


def test_what_is_decoded_beside_the_screen_leaves_the_card_alone(clip: Clip) -> None:
    card = Card()
    PERMITS.allow(clip, card)
    with FrameReader(clip, beside=True) as reader:
        assert read_number(reader.picture(3, BOX)) == 3
    assert card.given == 0


def worker_says(clip: Clip, command: tuple[str, ...] | None = None) -> Verdict:
    async def ask() -> Verdict:
        worker = MediaWorker(command)
        try:
            return await worker.try_hardware(clip)
        finally:
            await worker.close()

    return asyncio.run(ask())


def test_this_machine_is_judged_by_what_it_has(clip: Clip) -> None:
    """With a card: by its frames. Without: it is said of each that it cannot be opened."""
    verdict = worker_says(clip)
    if verdict.device is None:
        assert all(f"{device.name}: it " in verdict.reason for device in devices_for(clip)), verdict.reason
        assert verdict.reason
    else:
        assert verdict.reason == "the same frames, sooner"


def test_a_driver_that_takes_its_process_down_is_not_used(clip: Clip) -> None:
    program = (
        "import os, signal, sys\n"
        "from retake_desktop.media import hardware_trial, worker_child\n"
        f"hardware_trial.tried = lambda clip: os.kill(os.getpid(), {int(signal.SIGSEGV)})\n"
        "sys.exit(worker_child.run())\n"
    )
    verdict = worker_says(clip, (sys.executable, "-c", program))
    assert verdict.device is None
    assert "broke down" in verdict.reason


def test_a_trial_that_closing_ends_is_not_remembered(clip: Clip, tmp_path: Path) -> None:
    async def close_meanwhile() -> None:
        worker = MediaWorker((sys.executable, "-c", "import time; time.sleep(60)"))
        looking = asyncio.create_task(HardwareDesk(worker, tmp_path).look(clip, Settings()))
        while not worker._busy:
            await asyncio.sleep(0.01)
        await worker.close()
        await looking

    asyncio.run(close_meanwhile())
    assert not PERMITS.was_tried(clip)
    assert remembered(DiskCache(tmp_path), clip) is None


class CountingWorker(MediaWorker):
    """Knows what a trial finds, and counts how often it is asked."""

    def __init__(self, found: Verdict) -> None:
        super().__init__()
        self.asked = 0
        self._found = found

    async def try_hardware(self, clip: Clip) -> Verdict:  # noqa: ARG002 - of whatever clip
        self.asked += 1
        return self._found


def test_a_trial_is_made_once_and_remembered_over_a_restart(clip: Clip, tmp_path: Path) -> None:
    worker = CountingWorker(Verdict("cuda", "the same frames, sooner"))
    desk = HardwareDesk(worker, tmp_path)
    for _ in range(2):
        asyncio.run(desk.look(clip, Settings()))
        device = PERMITS.device_for(clip)
        assert device is not None
        assert device.name == "cuda"
    PERMITS.clear()  # As a new start finds it.
    asyncio.run(desk.look(clip, Settings()))
    assert PERMITS.device_for(clip) is not None
    assert worker.asked == 1
    asyncio.run(desk.look(clip, Settings(uses_graphics_card=False)))
    assert PERMITS.device_for(clip) is None


def test_a_record_that_makes_no_sense_is_as_none(clip: Clip, tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    assert remembered(cache, clip) is None
    remember(cache, clip, Verdict(None, "card: frame 3 differs"))
    assert remembered(cache, clip) == Verdict(None, "card: frame 3 differs")
    (record,) = (path for path in tmp_path.rglob("*") if path.is_file())
    os.truncate(record, 10)
    assert remembered(cache, clip) is None


def test_without_a_permit_nothing_is_opened_on_a_card(clip: Clip) -> None:
    frames = ExactFrames(clip)
    try:
        assert frames.frame(1).format.name == clip.pixel_format
    finally:
        frames.close()
