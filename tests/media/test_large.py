"""Large pictures: one decoder at a time beside those on screen, and few threads, which is what keeps memory low."""

import asyncio
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.large import TURN, Turn, is_large, threads_for
from retake_desktop.media.probe import probe
from retake_desktop.media.scrub import ScrubCache
from tests.fakes.footage import make_clip


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    made = probe(str(make_clip(tmp_path_factory.mktemp("large") / "large.mp4", frames=6, size=(2560, 1440))))
    assert is_large(made)
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    return probe(str(make_clip(tmp_path_factory.mktemp("small") / "small.mp4", frames=6)))


def until_wanted(turn: Turn) -> None:
    while not turn.is_wanted:
        time.sleep(0.001)


def test_1080p_is_decoded_by_all_processors_and_4k_by_few(large: Clip) -> None:
    for size in ((1920, 1088), (1080, 1920), (1920, 1200)):
        assert threads_for(replace(large, coded_width=size[0], coded_height=size[1]), beside=True) == 0
    assert 1 <= threads_for(large, beside=True) <= 2
    assert 1 <= threads_for(large, beside=False) <= 4


def test_small_pictures_never_wait(small: Clip) -> None:
    turn = Turn()
    with turn.of(small), turn.of(small):
        assert not turn.is_wanted


def test_one_at_a_time_and_whoever_gives_up_never_gets_the_turn(large: Clip) -> None:
    turn = Turn()
    given_up = threading.Event()
    ended: list[ErrorKind] = []

    def wait() -> None:
        try:
            with turn.of(large, given_up.is_set):
                ended.append(ErrorKind.APP_FAULT)
        except RetakeError as error:
            ended.append(error.kind)

    with turn.of(large):
        waiting = threading.Thread(target=wait)
        waiting.start()
        until_wanted(turn)
        given_up.set()
        waiting.join()
        assert ended == [ErrorKind.CANCELLED]
        assert not turn.is_wanted
    with turn.of(large):
        """It was left."""


def test_a_task_waits_without_holding_its_loop_up_and_may_be_cancelled(large: Clip, small: Clip) -> None:
    turn = Turn()

    async def work() -> None:
        async with turn.of_task(small, large):
            """Whoever cancels it then does not leave what it never took."""

    async def run() -> None:
        with turn.of(large):
            task = asyncio.create_task(work())
            await asyncio.sleep(0)
            assert turn.is_wanted
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        await work()

    asyncio.run(run())
    assert turn.take(lambda: False)


def test_who_leaves_the_turn_and_takes_it_again_has_it_after_those_who_waited(large: Clip) -> None:
    """A cache that fills gave it back and had it again before anybody else looked: nothing was ever measured then."""
    turn = Turn()
    order: list[str] = []

    async def measure() -> None:
        async with turn.of_task(large):
            order.append("measured")

    assert turn.take(lambda: False)
    measuring = threading.Thread(target=lambda: asyncio.run(measure()))
    measuring.start()
    until_wanted(turn)
    turn.leave()
    assert turn.take(lambda: False)
    order.append("filled on")
    turn.leave()
    measuring.join()
    assert order == ["measured", "filled on"]


def test_filling_leaves_the_turn_to_whoever_waits_and_when_it_is_done(large: Clip) -> None:
    cache = ScrubCache(large)
    entered = threading.Event()

    def measure() -> None:
        with TURN.of(large):
            entered.set()

    others: list[threading.Thread] = []

    def interrupted() -> bool:
        """Somebody else comes as soon as the first picture is there."""
        if cache.bytes_kept and not others:
            others.append(threading.Thread(target=measure))
            others[0].start()
            until_wanted(TURN)
        return False

    assert cache.fill(interrupted)
    (other,) = others
    other.join()
    assert entered.is_set()
    assert all(cache.picture(index) for index in range(6)), "what was interrupted was taken up again"
    with TURN.of(large):
        """What is filled holds no turn."""
    cache.close()


def test_what_rests_or_cannot_be_read_holds_no_turn(large: Clip, tmp_path: Path) -> None:
    cache = ScrubCache(large)
    asked = iter((False, False, True))
    assert not cache.fill(lambda: next(asked, True))
    cache.rest()
    with TURN.of(large):
        """It was given back."""
    cache.close()
    vanished = ScrubCache(replace(large, path=str(tmp_path / "vanished.mp4")))
    with pytest.raises(RetakeError):
        vanished.fill(lambda: False)
    with TURN.of(large):
        """So does one that cannot even begin."""
    vanished.close()
