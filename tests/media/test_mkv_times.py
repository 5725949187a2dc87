"""Times from the headers of Matroska's blocks are those of FFmpeg's packets; what is unusual is left to FFmpeg."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.media import reading
from retake_desktop.media.mkv_times import block_times
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip

CLIPS: dict[str, tuple[str, dict[str, Any]]] = {
    "frames out of order": ("a.mkv", {"bframes": 2}),
    "a pace that varies": ("a.mkv", {"times": tuple(Fraction(n * n, 50) for n in range(20)), "bframes": 0}),
    "both later": ("a.mkv", {"start": 2, "audio_start": 1, "audio_duration": 2}),
    "sound that begins late and ends late": ("a.mkv", {"frames": 700, "audio_start": 25, "audio_duration": 10}),
    "without sound": ("a.mkv", {"audio": False}),
    "WebM": ("a.webm", {"codec": "libvpx-vp9", "frames": 30}),
}


def _ignore(_place: int) -> None:
    return


@pytest.mark.parametrize("name", CLIPS)
def test_it_finds_what_the_packets_say(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, how = CLIPS[name]
    path = str(make_clip(tmp_path / file, **{"size": (64, 36), **how}))
    with av.open(path) as container:
        expected = [packet.pts for packet in container.demux(video=0) if packet.size]
    assert block_times(path, _ignore) == expected
    found = probe(path)
    for others in (None, [*expected[:-1], 1 + (expected[-1] or 0)], expected[:-1]):
        monkeypatch.setattr(reading, "block_times", lambda _path, _told, others=others: others)
        assert probe(path) == found, "the packets have the last word"


def _element(kind: int, content: bytes, width: int = 4) -> bytes:
    size = len(content) | 1 << 7 * width
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + size.to_bytes(width, "big") + content


def _block(time: int, track: int = 1, flags: int = 0x80, size: int = 10) -> bytes:
    return bytes([0x80 | track]) + time.to_bytes(2, "big", signed=True) + bytes([flags]) + bytes(size)


def _track(number: int, kind: int, codec: bytes = b"V_VP9", *more: bytes) -> bytes:
    facts = (_element(0xD7, bytes([number])), _element(0x83, bytes([kind])), _element(0x86, codec), *more)
    return _element(0xAE, b"".join(facts))


def _cluster(time: int, *elements: bytes) -> bytes:
    return _element(0x1F43B675, _element(0xE7, time.to_bytes(3, "big"), 1) + b"".join(elements))


_SIMPLE = _element(0xA3, _block(5), 1)
_USUAL = _cluster(1000, _SIMPLE)
_TRACKS = _element(0x1654AE6B, _track(1, 1) + _track(2, 2, b"A_OPUS"))


def _times(folder: Path, *parts: bytes, before: bytes = _TRACKS) -> list[int] | None:
    path = folder / "a.mkv"
    path.write_bytes(_element(0x1A45DFA3, b"") + _element(0x18538067, before + b"".join(parts), 8))
    return block_times(str(path), _ignore)


def test_each_way_of_writing_a_block_is_read(tmp_path: Path) -> None:
    group = _element(0xA0, _element(0xA1, _block(80, flags=0)) + _element(0x9B, b"\x28"))
    others = (_element(0xEC, bytes(70)), _element(0xAB, b"\x10"), _element(0xA3, _block(9, track=2)))
    sizes = [_element(0xA3, _block(-40, size=70 * width), width) for width in (2, 3, 4, 8)]
    clusters = (_cluster(2000, *others, group, *sizes), _cluster(70_000, _SIMPLE))
    assert _times(tmp_path, *clusters, _element(0xEC, bytes(9)), _element(0x1C53BB6B, bytes(5))) == [
        2080,
        *[1960] * 4,
        70_005,
    ]


def test_it_finds_its_way_past_large_frames(tmp_path: Path) -> None:
    blocks = [_element(0xA3, _block(number, size=123_457 * (1 + number % 7))) for number in range(40)]
    places: list[int] = []
    assert _times(tmp_path, _cluster(7, *blocks)) == list(range(7, 47))
    assert block_times(str(tmp_path / "a.mkv"), places.append) == list(range(7, 47))
    assert places == sorted(places)
    assert len(places) > 10


UNUSUAL = {
    "laced": [_cluster(1000, _element(0xA3, _block(5, flags=0x82)))],
    "empty": [_cluster(1000, _element(0xA3, _block(5, size=0)))],
    "encrypted": [_cluster(1000, _SIMPLE, _element(0xAF, _block(6)))],
    "before the beginning": [_cluster(3, _element(0xA3, _block(-4)))],
    "without the cluster's time": [_element(0x1F43B675, _SIMPLE)],
    "longer than its cluster": [_element(0x1F43B675, _element(0xE7, b"\1") + _element(0xA3, _block(5))[:-1]), _USUAL],
    "of unknown length": [b"\x1f\x43\xb6\x75\xff" + _element(0xE7, b"\1") + _SIMPLE],
    "nothing known": [_USUAL, _element(0x3A3A3A3A, bytes(20))],
    "not a name": [_USUAL, bytes(20)],
    "no frames": [],
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_is_left_alone(name: str, tmp_path: Path) -> None:
    assert _times(tmp_path, _USUAL) == [1005]
    assert _times(tmp_path, *UNUSUAL[name]) is None


@pytest.mark.parametrize(
    "tracks",
    [
        _track(1, 1) + _track(2, 1),
        _track(1, 2),
        _track(1, 1, b"V_MS/VFW/FOURCC"),
        _track(1, 1, b"V_VP9", _element(0x56AA, b"\x40")),
        _track(1, 1, b"V_VP9", _element(0x23314F, bytes(4))),
        _track(127, 1),
    ],
)
def test_tracks_whose_times_mean_something_else_are_left_alone(tracks: bytes, tmp_path: Path) -> None:
    assert _times(tmp_path, _USUAL, before=_element(0x1654AE6B, tracks)) is None


def test_a_file_that_was_cut_or_goes_on_is_left_alone(tmp_path: Path) -> None:
    assert _times(tmp_path, _USUAL, _USUAL) == [1005, 1005]
    path = tmp_path / "a.mkv"
    whole = path.read_bytes()
    for content in (*(whole[:size] for size in range(len(whole))), whole + bytes(1), bytes(10), b"no film at all"):
        path.write_bytes(content)
        assert block_times(str(path), _ignore) is None
    assert block_times(str(tmp_path / "gone.mkv"), _ignore) is None
