"""Who goes next: first come, first served, one source after the other, and nobody keeps a place after leaving."""

import asyncio
from collections.abc import Awaitable, Callable

from retake_desktop.services.pipeline.turns import Turns


async def _settled() -> None:
    for _round in range(10):
        await asyncio.sleep(0)


class _Crowd:
    """Tasks that hold a place until they are told to go."""

    def __init__(self, limit: int) -> None:
        self.turns = Turns(limit)
        self.inside: list[str] = []
        self.order: list[str] = []
        self.leave: dict[str, asyncio.Event] = {}
        self.wishes: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, *names: str) -> None:
        """The first letter of a name is its source."""
        for name in names:
            self.leave[name], self.wishes[name] = asyncio.Event(), asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._stay(name))
            await _settled()

    async def _stay(self, name: str) -> None:
        async with self.turns.held(name[0], unless=self.wishes[name]):
            self.order.append(name)
            self.inside.append(name)
            await self.leave[name].wait()
        self.inside.remove(name)

    async def all_leave(self) -> None:
        for event in self.leave.values():
            event.set()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


def _told(story: Callable[[], Awaitable[None]]) -> None:
    async def timed() -> None:
        async with asyncio.timeout(10):
            await story()

    asyncio.run(timed())


def test_no_more_than_the_limit_are_inside() -> None:
    async def story() -> None:
        crowd = _Crowd(2)
        await crowd.come("a1", "a2", "a3", "a4")
        assert crowd.inside == ["a1", "a2"]
        crowd.leave["a2"].set()
        await _settled()
        assert crowd.inside == ["a1", "a3"]
        await crowd.all_leave()
        assert crowd.order == ["a1", "a2", "a3", "a4"]

    _told(story)


def test_sources_take_turns_and_within_one_the_first_comes_first() -> None:
    async def story() -> None:
        crowd = _Crowd(1)
        await crowd.come("a1", "a2", "a3", "a4", "b1", "b2", "c1", "a5")
        await crowd.all_leave()
        assert crowd.order == ["a1", "a2", "b1", "c1", "a3", "b2", "a4", "a5"]

    _told(story)


def test_one_who_waits_and_is_cancelled_leaves_no_place_taken() -> None:
    async def story() -> None:
        crowd = _Crowd(1)
        await crowd.come("a1", "a2", "b1", "a3")
        crowd.tasks["a2"].cancel()
        crowd.tasks["b1"].cancel()
        await _settled()
        await crowd.all_leave()
        assert crowd.order == ["a1", "a3"]
        await crowd.come("d1")
        assert crowd.inside == ["d1"]
        await crowd.all_leave()

    _told(story)


def test_a_place_that_was_given_to_one_cancelled_in_the_same_moment_goes_on_to_the_next() -> None:
    async def story() -> None:
        turns = Turns(1)
        await turns.take("a")
        waiting = asyncio.create_task(turns.take("a"))
        await _settled()
        turns.release()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await asyncio.wait_for(turns.take("b"), 1)

    _told(story)


def test_whoever_wishes_to_cancel_does_not_wait_and_takes_no_place() -> None:
    async def story() -> None:
        crowd = _Crowd(1)
        await crowd.come("a1", "a2", "a3")
        crowd.wishes["a2"].set()
        await _settled()
        assert crowd.inside == ["a1", "a2"]
        crowd.leave["a2"].set()
        await _settled()
        assert crowd.inside == ["a1"], "the place of one who had none was given away"
        await crowd.all_leave()
        assert crowd.order == ["a1", "a2", "a3"]

    _told(story)


def test_a_higher_limit_lets_those_in_who_wait() -> None:
    async def story() -> None:
        crowd = _Crowd(1)
        await crowd.come("a1", "b1", "c1")
        assert crowd.inside == ["a1"]
        crowd.turns.limit_to(2)
        await _settled()
        assert crowd.inside == ["a1", "b1"]
        crowd.turns.limit_to(8)
        await _settled()
        assert crowd.inside == ["a1", "b1", "c1"]
        await crowd.come("d1")
        assert crowd.inside[-1] == "d1"
        await crowd.all_leave()

    _told(story)


def test_under_a_lower_limit_nobody_is_put_out_and_nobody_comes_in_too_early() -> None:
    async def story() -> None:
        crowd = _Crowd(3)
        await crowd.come("a1", "b1", "c1", "d1")
        crowd.turns.limit_to(1)
        await _settled()
        assert crowd.inside == ["a1", "b1", "c1"]
        for name in ("a1", "b1"):
            crowd.leave[name].set()
            await _settled()
        assert crowd.inside == ["c1"]
        crowd.leave["c1"].set()
        await _settled()
        assert crowd.inside == ["d1"]
        await crowd.all_leave()

    _told(story)
