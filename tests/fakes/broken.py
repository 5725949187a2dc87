"""Broken video files, always the same ones for the same seed: what disks, cards, networks and malice make of films."""

import random
import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip

_SMALL = (160, 90)
_MARKS = (
    b"stts", b"ctts", b"stsz", b"stco", b"stsc", b"stss", b"elst", b"trun", b"mdhd", b"mvhd", b"tkhd", b"stsd",
    b"moov", b"trak", b"mdat", b"avcC", b"idx1", b"strh", b"avih", b"LIST", b"\x1f\x43\xb6\x75", b"\x16\x54\xae\x6b",
    b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\x1c\x53\xbb\x6b", b"\xa3", b"FLV", b"GIF89a", b"\x00\x00\x01",
)  # fmt: skip
"""Where containers keep sizes and counts: behind the names of boxes, chunks and elements."""
_EXTREME = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0, 0x00FFFFFF, 0x01000000)
_SUFFIXES = (".mp4", ".mkv", ".ts", ".avi", ".mov", ".webm", ".mpg", ".flv", ".gif", ".wmv", ".h264", ".txt", "")

Damage = Callable[[bytearray, random.Random], bytes]


def seeds(folder: Path) -> list[Path]:
    """One small sound film of each container."""
    films = [
        make_clip(folder / "a.mp4", size=_SMALL, frames=24, gop=8),
        make_clip(folder / "late.mp4", size=_SMALL, frames=24, gop=8, start=Fraction(-2, 5)),
        make_clip(folder / "pieces.mp4", size=_SMALL, frames=24, gop=8, container_options=_FRAGMENTS),
        make_clip(folder / "a.mov", size=_SMALL, frames=24, codec="libx265"),
        make_clip(folder / "a.mkv", size=_SMALL, frames=24, gop=8),
        make_clip(folder / "a.webm", size=_SMALL, frames=24, codec="libvpx-vp9"),
        make_clip(folder / "a.ts", size=_SMALL, frames=24, gop=8),
        make_clip(folder / "a.avi", size=_SMALL, frames=24, codec="mpeg4"),
        make_clip(folder / "a.mpg", size=_SMALL, frames=24, codec="mpeg2video", container="mpeg", audio="mp2"),
        make_clip(folder / "a.h264", size=_SMALL, frames=24, gop=8, audio=False),
    ]
    for name in ("a.flv", "a.gif", "a.wmv", "a.mxf"):
        options = ("-r", "25") if name == "a.mxf" else ()
        ffmpeg("-i", films[0], "-ar", "44100" if name != "a.mxf" else "48000", *options, folder / name)
        films.append(folder / name)
    return films


_FRAGMENTS = {"movflags": "frag_keyframe+empty_moov"}


def broken_files(folder: Path, count: int, seed: int) -> Iterator[tuple[str, Path]]:
    """`count` broken files, one after the other at changing names, and what was done to each."""
    source = folder / "whole"
    source.mkdir()
    films = [(film.name, film.suffix, film.read_bytes()) for film in seeds(source)]
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    damages = list(DAMAGES.items())
    for number in range(count):
        name, suffix, content = films[number % len(films)]
        done, damage = damages[number // len(films) % len(damages)]
        path = folder / f"{number}{chance.choice(_SUFFIXES) if done == 'misnamed' else suffix}"
        path.write_bytes(damage(bytearray(content), chance))
        yield f"{number}: {name} {done}", path
        path.unlink()


def _cut(content: bytearray, chance: random.Random) -> bytes:
    return bytes(content[: chance.randrange(len(content))])


def _beheaded(content: bytearray, chance: random.Random) -> bytes:
    return bytes(content[chance.randrange(len(content)) :])


def _few_bits(content: bytearray, chance: random.Random) -> bytes:
    return _flipped(content, chance, chance.randint(1, 20), len(content))


def _many_bits(content: bytearray, chance: random.Random) -> bytes:
    return _flipped(content, chance, len(content) // 50, len(content))


def _head_bits(content: bytearray, chance: random.Random) -> bytes:
    return _flipped(content, chance, chance.randint(1, 8), 600)


def _tail_bits(content: bytearray, chance: random.Random) -> bytes:
    tail = bytearray(content[-2000:])
    return bytes(content[:-2000]) + _flipped(tail, chance, chance.randint(1, 8), len(tail))


def _flipped(content: bytearray, chance: random.Random, count: int, reach: int) -> bytes:
    for _ in range(count):
        content[chance.randrange(min(reach, len(content)))] ^= 1 << chance.randrange(8)
    return bytes(content)


def _zeroed(content: bytearray, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(content)), chance.randint(1, 4096)
    content[at : at + length] = bytes(len(content[at : at + length]))
    return bytes(content)


def _doubled(content: bytearray, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(content)), chance.randint(1, 8192)
    return bytes(content[: at + length] + content[at:])


def _shuffled(content: bytearray, chance: random.Random) -> bytes:
    step = max(1, len(content) // 8)
    parts = [content[at : at + step] for at in range(0, len(content), step)]
    chance.shuffle(parts)
    return b"".join(map(bytes, parts))


def _extreme_numbers(content: bytearray, chance: random.Random) -> bytes:
    """Sizes and counts that claim everything there is, where the container keeps such."""
    places = [at for mark in _MARKS for at in _places(bytes(content), mark)]
    for at in chance.sample(places, min(len(places), chance.randint(1, 4))):
        number = struct.pack(chance.choice((">I", "<I")), chance.choice(_EXTREME))
        begin = max(0, at + chance.choice((-4, 4, 8, 12, 16, 20)))
        content[begin : begin + 4] = number
    return bytes(content)


def _places(content: bytes, mark: bytes) -> list[int]:
    found: list[int] = []
    at = content.find(mark)
    while at >= 0 and len(found) < 20:
        found.append(at)
        at = content.find(mark, at + 1)
    return found


def _endless(content: bytearray, chance: random.Random) -> bytes:
    """A header that never ends: the same few bytes again and again, for a megabyte."""
    length = chance.choice((4, 8, 16, 64, 188))
    at = chance.randrange(max(1, min(2000, len(content) - length)))
    return bytes(content[:at]) + bytes(content[at : at + length]) * ((1 << 20) // length)


def _nested(content: bytearray, chance: random.Random) -> bytes:
    """Boxes in boxes in boxes, each as long as the file, before the film."""
    kind = chance.choice((b"moov", b"trak", b"mdia", b"udta", b"meta", b"free", b"edts"))
    return bytes(content[:32]) + b"".join(struct.pack(">I", (1 << 20) - i) + kind for i in range(5000)) + content


def _noise(content: bytearray, chance: random.Random) -> bytes:
    return bytes(content[: chance.randrange(64)]) + chance.randbytes(chance.randint(1, 100_000))


def _emptied(_content: bytearray, chance: random.Random) -> bytes:
    return bytes(chance.choice((0, 1, 7, 188, 4096, 1 << 20)))


def _whole(content: bytearray, _chance: random.Random) -> bytes:
    return bytes(content)


DAMAGES: dict[str, Damage] = {
    "cut": _cut,
    "with a few bits flipped": _few_bits,
    "with extreme numbers": _extreme_numbers,
    "with bits of its head flipped": _head_bits,
    "endless": _endless,
    "misnamed": _whole,
    "with bits of its tail flipped": _tail_bits,
    "beheaded": _beheaded,
    "with many bits flipped": _many_bits,
    "with more extreme numbers": _extreme_numbers,
    "nested": _nested,
    "shuffled": _shuffled,
    "zeroed": _zeroed,
    "doubled": _doubled,
    "noise": _noise,
    "empty": _emptied,
}
