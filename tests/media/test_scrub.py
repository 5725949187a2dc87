"""The scrub cache: small, exact pictures around the playhead, within a bound."""

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.probe import probe
from retake_desktop.media.scrub import BOUND, ScrubCache
from tests.fakes.footage import make_clip, read_number, read_tint

TINY: dict[str, Any] = {"size": (160, 90), "audio": False}
OPEN_GOP_265 = {"x265-params": "log-level=none:open-gop=1:keyint=12:bframes=3:scenecut=0"}


def never() -> bool:
    return False


def after(packets: int) -> Callable[[], bool]:
    """Says yes once it has been asked that often."""
    asked = iter(range(packets))
    return lambda: next(asked, None) is None


def numbers(cache: ScrubCache, count: int) -> dict[int, int]:
    pictures = {index: cache.picture(index) for index in range(count)}
    return {index: read_number(picture) for index, picture in pictures.items() if picture is not None}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {"bframes": 3, "gop": 50}),
        ("a.mp4", {"gop": 250, "rotation": 90}),
        ("a.mkv", {"codec": "libx265", "options": OPEN_GOP_265}),
        ("a.mov", {"codec": "libx265", "pixel_format": "yuv420p10le", "gop": 30}),
        ("a.mov", {"codec": "prores_ks", "pixel_format": "yuv422p10le"}),
        ("a.mp4", {"times": tuple(Fraction(i * i + i, 400) for i in range(60)), "gop": 20}),
        ("a.mp4", {"codec": "libx265", "pixel_format": "yuv420p10le", "colour": (1, 9, 18, 9), "frames": 20}),
        ("a.avi", {"bframes": 3, "gop": 20}),
    ],
)
def test_every_frame_of_the_neighbourhood_is_at_hand_and_the_right_one(
    name: str, options: dict[str, Any], tmp_path: Path
) -> None:
    clip = probe(str(make_clip(tmp_path / name, **{**TINY, **options})))
    cache = ScrubCache(clip)
    cache.centre_on(len(clip.frames) // 2)
    assert cache.fill(never)
    assert numbers(cache, len(clip.frames)) == {index: index for index in range(len(clip.frames))}
    cache.close()


@pytest.mark.parametrize(("codec", "pixel_format"), [("libx264", "yuv420p"), ("prores_ks", "yuv422p10le")])
def test_small_pictures_have_the_colours_of_the_large_ones(codec: str, pixel_format: str, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mov", frames=2, codec=codec, pixel_format=pixel_format, size=(1280, 720))
    clip = probe(str(path))
    cache = ScrubCache(clip)
    cache.fill(never)
    small = cache.picture(1)
    with FrameReader(clip) as reader:
        large = reader.picture(1, (1920, 1080))
    assert small is not None
    assert (small.width, small.height) == (320, 180)
    assert max(abs(a - b) for a, b in zip(read_tint(small), read_tint(large), strict=True)) <= 3
    cache.close()


def test_only_ten_seconds_to_either_side_are_kept_at_hand(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=320, rate=10, gop=40, **TINY)))
    cache = ScrubCache(clip)
    cache.centre_on(160)
    cache.fill(never)
    assert set(numbers(cache, 320)) == set(range(60, 261))
    cache.close()


def test_a_small_move_of_the_playhead_wants_nothing_new_and_a_large_one_does(clip: Clip) -> None:
    cache = ScrubCache(clip)
    cache.centre_on(20)
    cache.fill(never)
    assert not cache.centre_on(22)
    assert cache.centre_on(110)
    assert cache.picture(119) is None
    cache.fill(never)
    assert numbers(cache, 120)[119] == 119
    cache.close()


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    """24 s at 5 fps."""
    return probe(str(make_clip(tmp_path / "a.mp4", frames=120, rate=5, gop=30, size=(160, 90), audio=False)))


@pytest.mark.parametrize("pictures", [3, 40])
def test_it_never_takes_more_than_its_bound_and_keeps_what_is_nearest(pictures: int, clip: Clip) -> None:
    one = ScrubCache(clip)
    one.fill(after(12))
    bound = pictures * one.bytes_kept // len(numbers(one, 120))
    one.close()
    cache = ScrubCache(clip, bound)
    cache.centre_on(60)
    seen = []
    while not cache.fill(after(30)):
        seen.append(cache.bytes_kept)
    assert 0 < max(seen) <= bound
    kept = numbers(cache, 120)
    assert kept == {index: index for index in kept}
    assert 60 in kept
    assert max(abs(index - 60) for index in kept) <= len(kept)
    cache.close()


def test_a_high_frame_rate_makes_smaller_pictures_of_the_whole_neighbourhood(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=4, rate=120, size=(1280, 720), audio=False)))
    cache = ScrubCache(clip)
    cache.fill(never)
    picture = cache.picture(3)
    assert picture is not None
    assert picture.width < 250
    assert 600 * cache.bytes_kept <= BOUND
    assert read_number(picture) == 3
    cache.close()


def test_it_stops_within_a_packet_and_goes_on_from_there(clip: Clip) -> None:
    cache = ScrubCache(clip)
    assert not cache.fill(after(20))
    some = len(numbers(cache, 120))
    assert 0 < some < 20
    assert cache.fill(never)
    assert len(numbers(cache, 120)) > some
    cache.close()


def test_a_vanished_file_is_trouble_with_the_file(clip: Clip) -> None:
    cache = ScrubCache(clip)
    Path(clip.path).unlink()
    with pytest.raises(RetakeError) as caught:
        cache.fill(never)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
    assert cache.picture(0) is None
    cache.close()


def test_a_frame_that_cannot_be_decoded_is_left_out(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mov", frames=40, codec="png", pixel_format="rgb24", **TINY)
    clip = probe(str(path))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20] = bytes(20)
    path.write_bytes(content)
    cache = ScrubCache(clip)
    assert cache.fill(never)
    at_hand = [index for index in range(40) if cache.picture(index) is not None]
    assert 37 <= len(at_hand) < 40
    cache.close()


def test_it_is_read_while_it_is_being_filled(clip: Clip) -> None:
    cache = ScrubCache(clip)
    filling = threading.Thread(target=cache.fill, args=(never,))
    filling.start()
    wrong = []
    while filling.is_alive():
        wrong += [(index, number) for index, number in numbers(cache, 60).items() if index != number]
    filling.join()
    assert wrong == []
    cache.close()
