"""Cuts are found to the frame; flashes, pans, shakes and fades are none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import cast

import av
import pytest
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.probe import probe
from retake_desktop.media.shots import Shot, cuts, shot_at

WIDTH, HEIGHT = 96, 54
Picture = bytes


def _never() -> bool:
    return False


class Scene:
    """A place with things in it, seen through a window that can move; no two scenes look alike."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311 - looks need no secrecy
        self._rows = []
        for _ in range(6):
            row = b""
            while len(row) < 3 * WIDTH * 20:
                row += bytes(random.randrange(20, 235) for _ in range(3)) * random.randrange(6, 24)
            self._rows.append(row)

    def at(self, x: int = 0) -> Picture:
        return b"".join(row[3 * x : 3 * (x + WIDTH)] * (HEIGHT // 6) for row in self._rows)


def mixed(one: Picture, other: Picture, share: float) -> Picture:
    return bytes(round(a * (1 - share) + b * share) for a, b in zip(one, other, strict=True))


def still(seed: int, count: int) -> list[Picture]:
    return [Scene(seed).at()] * count


def pan(seed: int, count: int, speed: int, start: int = 0) -> list[Picture]:
    return [Scene(seed).at(start + speed * step) for step in range(count)]


def grainy(pictures: list[Picture], seed: int) -> list[Picture]:
    random = Random(seed)  # noqa: S311 - grain needs no secrecy
    grain = [bytes(random.choices(range(20), k=len(pictures[0]))) for _ in range(7)]
    return [
        bytes(min(255, a + b) for a, b in zip(picture, grain[step % 7], strict=True))
        for step, picture in enumerate(pictures)
    ]


WHITE = bytes([250]) * (3 * WIDTH * HEIGHT)
BLACK = bytes([5]) * (3 * WIDTH * HEIGHT)


def faded(one: Picture, other: Picture, count: int) -> list[Picture]:
    return [mixed(one, other, (step + 1) / (count + 1)) for step in range(count)]


def film(path: Path, pictures: list[Picture], codec: str = "libx264", rate: int = 25) -> Clip:
    with av.open(str(path), "w") as target:
        stream = cast("VideoStream", target.add_stream(codec, rate=rate))
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "26", "g": "60", "bf": "2"}
        for picture in pictures:
            frame = VideoFrame(WIDTH, HEIGHT, "rgb24")
            line = frame.planes[0].line_size
            rows = (picture[begin : begin + 3 * WIDTH] for begin in range(0, len(picture), 3 * WIDTH))
            frame.planes[0].update(b"".join(row.ljust(line, b"\0") for row in rows))
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return probe(str(path))


def found(clip: Clip) -> list[int]:
    return list(cuts(clip, 0, len(clip.frames), _never))


Script = Callable[[], tuple[list[Picture], list[int]]]


def _hard_cuts() -> tuple[list[Picture], list[int]]:
    lengths = [40, 13, 25, 7, 60, 12]
    pictures = [one for seed, length in enumerate(lengths) for one in still(seed, length)]
    return pictures, [sum(lengths[: place + 1]) for place in range(len(lengths) - 1)]


def _flashes() -> tuple[list[Picture], list[int]]:
    pictures = still(1, 50) + still(2, 50)
    for place in (10, 20, 21, 30, 31, 32, 70):
        pictures[place] = WHITE
    pictures[80] = mixed(pictures[80], WHITE, 0.5)
    return pictures, [50]


def _slow_and_fast_pans() -> tuple[list[Picture], list[int]]:
    return pan(1, 40, 1) + pan(2, 40, 5) + still(3, 20) + pan(4, 30, 4, 40), [40, 80, 100]


def _pan_that_starts_and_stops() -> tuple[list[Picture], list[int]]:
    return still(1, 20) + pan(1, 30, 12) + [Scene(1).at(12 * 29)] * 20, []


def _shaking() -> tuple[list[Picture], list[int]]:
    random = Random(4)  # noqa: S311 - a hand that shakes
    return [Scene(5).at(random.randrange(0, 12)) for _ in range(60)] + still(6, 20), [60]


def _fades() -> tuple[list[Picture], list[int]]:
    one, two, three = (Scene(seed).at() for seed in (1, 2, 3))
    through_black = faded(one, BLACK, 12) + [BLACK] * 5 + faded(BLACK, two, 12)
    return [one] * 20 + through_black + [two] * 20 + faded(two, three, 14) + [three] * 20, []


def _black_then_picture() -> tuple[list[Picture], list[int]]:
    return [BLACK] * 20 + still(3, 20) + [BLACK] * 20, [20, 40]


def _grain() -> tuple[list[Picture], list[int]]:
    return grainy(still(1, 25) + still(2, 25) + pan(3, 20, 6), 1), [25, 50]


def _flash_at_the_cut() -> tuple[list[Picture], list[int]]:
    return [*still(1, 25), WHITE, *still(2, 25)], [25]


def _one_shot() -> tuple[list[Picture], list[int]]:
    return pan(9, 60, 2), []


def _cut_near_both_ends() -> tuple[list[Picture], list[int]]:
    return still(1, 3) + still(2, 30) + still(3, 2), [3, 33]


SCRIPTS: dict[str, Script] = {
    "hard cuts": _hard_cuts,
    "flashes": _flashes,
    "slow and fast pans": _slow_and_fast_pans,
    "a pan that starts and stops": _pan_that_starts_and_stops,
    "a shaking hand": _shaking,
    "fades and a dissolve": _fades,
    "black": _black_then_picture,
    "grain": _grain,
    "a flash at the cut": _flash_at_the_cut,
    "one shot": _one_shot,
    "cuts near both ends": _cut_near_both_ends,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_cuts_are_found_to_the_frame_and_nothing_else(name: str, tmp_path: Path) -> None:
    pictures, expected = SCRIPTS[name]()
    assert found(film(tmp_path / "a.mp4", pictures)) == expected


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """Twelve shots of 50 frames."""
    pictures = [one for seed in range(12) for one in still(seed, 50)]
    return film(tmp_path_factory.mktemp("film") / "a.mp4", pictures)


@pytest.mark.parametrize("index", [0, 1, 49, 50, 51, 275, 299, 300, 599])
def test_the_shot_around_a_frame(index: int, long_film: Clip) -> None:
    first = index // 50 * 50
    shot = shot_at(long_film, index, Fraction(20), _never)
    assert shot == Shot(first, first + 50, is_first_certain=True, is_end_certain=True)


def test_beyond_its_reach_a_shot_is_not_certain(long_film: Clip) -> None:
    assert shot_at(long_film, 275, Fraction(1, 2), _never) == Shot(
        262, 288, is_first_certain=False, is_end_certain=False
    )


def test_only_the_neighbourhood_is_looked_at(long_film: Clip) -> None:
    """Each frame asks at least once whether to go on."""
    asked = 0

    def counting() -> bool:
        nonlocal asked
        asked += 1
        return False

    shot_at(long_film, 575, Fraction(20), counting)
    assert 50 < asked < 300


@pytest.mark.parametrize(("first", "end"), [(100, 101), (96, 104), (101, 150), (100, 151), (99, 100)])
def test_a_range_has_the_cuts_that_the_whole_has(first: int, end: int, long_film: Clip) -> None:
    assert list(cuts(long_film, first, end, _never)) == [cut for cut in range(50, 600, 50) if first <= cut < end]


def test_cuts_come_as_they_are_found(long_film: Clip) -> None:
    asked = 0

    def counting() -> bool:
        nonlocal asked
        asked += 1
        return False

    running: Iterator[int] = cuts(long_film, 0, 600, counting)
    assert next(running) == 50
    assert 50 < asked < 150


def test_it_stops_when_cancelled(long_film: Clip) -> None:
    seen: list[int] = []
    seen.extend(cuts(long_film, 0, 600, lambda: len(seen) >= 2))
    assert seen == [50, 100]
    assert not shot_at(long_film, 75, Fraction(20), lambda: True).is_end_certain


def test_a_vanished_file_is_trouble_with_the_file(long_film: Clip) -> None:
    with pytest.raises(RetakeError) as caught:
        list(cuts(replace(long_film, path=long_film.path + " is gone"), 0, 10, _never))
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
