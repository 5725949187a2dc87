"""Times from the headers of PES packets are those of FFmpeg's packets; what is unusual is left to FFmpeg."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media import reading, ts_times
from retake_desktop.media.probe import probe
from retake_desktop.media.ts_times import picture_times
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip

PACKET = 188
VIDEO = 0x100
BEFORE_WRAP = Fraction(2**33, 90_000)
BROKEN = "unreadable_media: it is damaged or not a video"
INTERLACED = {"flags": "+ildct+ilme", "bf": "2"}
CLIPS: dict[str, dict[str, Any]] = {
    "frames out of order": {},
    "frames in order": {"bframes": 0, "rate": 50},
    "a pyramid": {"bframes": 5, "options": {"x264-params": "b-pyramid=normal:b-adapt=0"}},
    "open groups": {"options": {"x264-params": "open-gop=1"}, "rate": Fraction(30_000, 1001)},
    "slices": {"options": {"x264-params": "slices=3"}, "size": (64, 64)},
    "HEVC": {"codec": "libx265", "rate": Fraction(24_000, 1001)},
    "HEVC in slices": {"codec": "libx265", "options": {"x265-params": "log-level=none:slices=2"}, "size": (128, 128)},
    "MPEG-2": {"codec": "mpeg2video", "rate": Fraction(60_000, 1001)},
    "MPEG-2, interlaced": {"codec": "mpeg2video", "options": INTERLACED, "size": (64, 64)},
    "pauses": {"times": tuple(Fraction(n + n // 7 * 3, 25) for n in range(40))},
    "longer sound": {"rate": 60, "audio_duration": 4, "audio_start": -1},
    "shortly before the clock begins again": {"start": BEFORE_WRAP - 30},
    "discs' packets": {"container_options": {"mpegts_m2ts_mode": "1"}},
}

OTHERS: dict[str, dict[str, Any]] = {
    "possibly in fields": {"options": {"x264-params": "interlaced=1:tff=1"}, "size": (64, 64)},
    "a pace that varies": {"times": tuple(Fraction(n * (80 - n), 900) for n in range(40)), "bframes": 0},
    "another codec": {"codec": "mpeg4"},
    "the clock begins again": {"start": BEFORE_WRAP - 1},
}


@pytest.fixture(autouse=True)
def _in_small_parts_and_few_packets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ts_times, "_AT_ONCE", 24)
    monkeypatch.setattr(reading, "_TOLD_EVERY", 4)
    monkeypatch.setattr(reading, "_TAILS", (Fraction(1, 5), 60))


def _ignore(_place: int) -> None:
    return


def film(folder: Path, **how: Any) -> Path:
    return make_clip(folder / "a.ts", **{"frames": 40, "size": (64, 36), "gop": 12, "start": 2, **how})


def opened(path: Path) -> Clip | str:
    """The clip, or why there is none."""
    try:
        return probe(str(path))
    except RetakeError as error:
        return str(error)


def believed(path: Path, patch: pytest.MonkeyPatch) -> bool:
    """Whether the headers were enough. The clip is that of the packets in any case."""
    found: list[list[int] | None] = [None]

    def watched(*asked: Any) -> list[int] | None:
        found.append(picture_times(*asked))
        return found[-1]

    with patch.context() as patched:
        patched.setattr(reading, "picture_times", watched)
        clip = opened(path)
        patched.setattr(reading, "picture_times", lambda *_asked: None)
        by_packets = opened(path)
        # FFmpeg reads on into streams that PyAV does not know of, and what is broken may seem to begin one.
        assert clip == by_packets or (by_packets == BROKEN and isinstance(clip, Clip))
    return found[-1] is not None


@pytest.mark.parametrize("name", CLIPS)
def test_it_finds_what_the_packets_say(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert believed(film(tmp_path, **CLIPS[name]), monkeypatch)


def test_the_packets_have_the_last_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(tmp_path)
    clip = probe(str(path))
    times = picture_times(str(path), VIDEO, "h264", 0, _ignore)
    assert times is not None
    for others in ([*times[:-1], times[-1] + 1], times[:-1], [*times, max(times) + 3600], times[:1] + times[6:]):
        monkeypatch.setattr(reading, "picture_times", lambda *_asked, others=others: others)
        assert probe(str(path)) == clip


def test_two_programs_and_several_sounds_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = film(tmp_path), tmp_path / "b.ts"
    make_clip(other, frames=60, size=(64, 36), bframes=0, start=3, rate=50)
    mapped = [part for place in ("0:v", "0:a", "1:v", "1:a", "0:a") for part in ("-map", place)]
    programs = ("-program", "title=a:st=0:st=1", "-program", "title=b:st=2:st=3:st=4")
    ffmpeg("-i", first, "-i", other, *mapped, *programs, "-c", "copy", tmp_path / "both.ts")
    assert believed(tmp_path / "both.ts", monkeypatch)


def test_filled_up_to_a_constant_rate_it_is_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ffmpeg("-i", film(tmp_path), "-c", "copy", "-muxrate", "3M", tmp_path / "filled.ts")
    assert believed(tmp_path / "filled.ts", monkeypatch)


def test_it_tells_how_far_it_has_come(tmp_path: Path) -> None:
    places: list[int] = []
    path = film(tmp_path)
    assert picture_times(str(path), VIDEO, "h264", 0, places.append)
    assert places == sorted(places)
    assert len(set(places)) > 10
    assert places[-1] < path.stat().st_size


def _changed(place: int, mask: int) -> Callable[[list[bytearray], int], None]:
    def change(packets: list[bytearray], index: int) -> None:
        packets[index][place] ^= mask

    return change


def _without(packets: list[bytearray], index: int) -> None:
    del packets[index]


def _twice(packets: list[bytearray], index: int) -> None:
    packets.insert(index, packets[index])


def _rubbish(packets: list[bytearray], _index: int) -> None:
    packets.insert(0, bytearray(70))


def _cut(packets: list[bytearray], index: int) -> None:
    packets[index:] = [packets[index][:100]]


def _again(packets: list[bytearray], _index: int) -> None:
    packets += packets


HEADER = 4
UNUSUAL: dict[str, Callable[[list[bytearray], int], None]] = {
    "no packet": _changed(0, 1),
    "in error": _changed(1, 0x80),
    "scrambled": _changed(3, 0x80),
    "missing": _without,
    "twice": _twice,
    "rubbish first": _rubbish,
    "cut": _cut,
    "a clock that jumps": _again,
    "no beginning": _changed(1, 0x40),
    "no PES packet": _changed(HEADER + 2, 2),
    "a length": _changed(HEADER + 5, 3),
    "no time": _changed(HEADER + 7, 0x80),
    "shown before it is decoded": _changed(HEADER + 10, 2),
    "a picture without a delimiter": _changed(HEADER + 23, 3),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_is_left_alone(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(tmp_path, audio=False)
    content = path.read_bytes()
    packets = [bytearray(content[at : at + PACKET]) for at in range(0, len(content), PACKET)]
    begins = [index for index, packet in enumerate(packets) if packet[1:3] == b"\x41\0" and not packet[3] & 0x20]
    index = next(index for index in begins if index > 24 and packets[index][HEADER + 7] == 0xC0)
    UNUSUAL[name](packets, index)
    path.write_bytes(b"".join(packets))
    assert not believed(path, monkeypatch)


@pytest.mark.parametrize("name", OTHERS)
def test_other_films_are_left_alone(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not believed(film(tmp_path, **OTHERS[name]), monkeypatch)


def test_what_is_not_there_is_left_alone(tmp_path: Path) -> None:
    path = film(tmp_path)
    assert picture_times(str(path), VIDEO, "h264", 0, _ignore)
    for file, number, codec in ((path, VIDEO, "vc1"), (path, VIDEO + 7, "h264"), (tmp_path / "gone.ts", VIDEO, "h264")):
        assert picture_times(str(file), number, codec, 0, _ignore) is None
    path.write_bytes(b"")
    assert picture_times(str(path), VIDEO, "h264", 0, _ignore) is None


SLICE, NEXT_SLICE, OTHER_PICTURE = b"\0\0\1\x41\x9a", b"\0\0\1\x41\x4a", b"\0\0\1\x41\x9b"


def pes(time: int, *units: bytes) -> bytes:
    stamps = b"".join(
        (mark << 36 | time >> 30 << 33 | 1 << 32 | (time >> 15 & 0x7FFF) << 17 | 1 << 16 | (time & 0x7FFF) << 1 | 1)
        .to_bytes(5, "big") for mark in (3, 1)
    )  # fmt: skip
    return b"\0\0\1\xe0\0\0\x80\xc0\x0a" + stamps + b"\0\0\0\1\x09\xf0" + b"".join(units)


def written(path: Path, contents: list[bytes], sizes: Callable[[int], int]) -> Path:
    """PES packets in transport packets, of which number n of each holds at most so many bytes as `sizes` says."""
    packets: list[bytes] = []
    for content in contents:
        number = 0
        while content:
            held, content = content[: sizes(number)], content[sizes(number) :]
            room = PACKET - HEADER - len(held)
            field = bytes([room - 1, 0][:room]) + b"\xff" * (room - 2)
            flags = (0x30 if room else 0x10) | len(packets) % 16
            packets.append(bytes([0x47, 1 if number else 0x41, 0, flags]) + field + held)
            number += 1
    path.write_bytes(b"".join(packets))
    return path


@pytest.mark.parametrize("sizes", [lambda _: 184, lambda n: 184 - n % 3, lambda n: 184 if n % 2 == 0 else 1])
def test_before_a_rest_units_that_begin_anywhere_are_seen(sizes: Callable[[int], int], tmp_path: Path) -> None:
    path = tmp_path / "a.ts"
    for length in range(147, 160):
        for end in (b"", b"\0"):
            first = SLICE + bytes([0x55] * length) + end
            for more, is_plain in ((b"", True), (NEXT_SLICE, True), (OTHER_PICTURE, False), (b"\0\0\1\x06\5", False)):
                rest = more + bytes([0x55] * 9)
                contents = [pes(1000, SLICE, b"UUU"), pes(4000, first, rest), pes(10_000, SLICE, b"UUU")]
                times = picture_times(str(written(path, contents, sizes)), VIDEO, "h264", 0, _ignore)
                assert (times == [1000, 4000, 10_000]) == is_plain, (length, end, more)
                assert times or not is_plain


def damaged(content: bytes, length: int, chance: Random) -> bytes:
    """With bits flipped, mostly where PES packets begin, and packets missing or doubled."""
    packets = [bytearray(content[at : at + length]) for at in range(0, len(content), length)]
    lead = length - PACKET
    begins = [packet for packet in packets if packet[lead + 1 : lead + 3] == b"\x41\0"]
    for _ in range(chance.choice((1, 1, 2, 5))):
        how, index = chance.random(), chance.randrange(len(packets))
        if how < 0.4:
            packets[index][chance.randrange(length)] ^= 1 << chance.randrange(8)
        elif how < 0.8:
            chance.choice(begins)[lead + chance.randrange(1, 60)] ^= 1 << chance.randrange(8)
        elif how < 0.85:
            del packets[index]
        else:
            packets.insert(index, packets[index])
    return b"".join(packets)


def compared_when_damaged(folder: Path, count: int, seed: int, patch: pytest.MonkeyPatch) -> int:
    """In how many of `count` damaged films the headers were enough."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    contents = {name: film(folder, **how).read_bytes() for name, how in CLIPS.items()}
    path, enough = folder / "damaged.ts", 0
    for number in range(count):
        name = chance.choice(list(contents))
        path.write_bytes(damaged(contents[name], 192 if "discs" in name else PACKET, chance))
        try:
            enough += believed(path, patch)
        except AssertionError as error:
            raise AssertionError(f"file {number} of {seed}: {name}") from error
    return enough


def test_damaged_films_are_the_same_as_by_their_packets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared_when_damaged(tmp_path, 24, 1, monkeypatch) >= 5


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_thousand_damaged_films_are_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared_when_damaged(tmp_path, 1000, 2, monkeypatch) >= 200
