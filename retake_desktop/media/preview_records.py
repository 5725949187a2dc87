"""How pictures and peaks lie in the cache: MessagePack, packed. What is read back is checked like a file."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.media.packing import packed, unpacked
from retake_desktop.media.peaks import PARTS, WaveformBlock
from retake_desktop.media.picture import Picture

_T = TypeVar("_T")


class _StoredPicture(msgspec.Struct, frozen=True, array_like=True):
    index: int
    width: int
    height: int
    stride: int
    pixels: bytes


class _StoredPeaks(msgspec.Struct, frozen=True, array_like=True):
    """`part` is seconds as numerator and denominator; `blocks` holds index, low and high of each."""

    part: tuple[int, int]
    blocks: tuple[tuple[int, bytes, bytes], ...]


def pack_pictures(pictures: Iterable[Picture]) -> bytes:
    """Pictures of one clip; their times are the clip's business."""
    return _packed([_StoredPicture(one.index, one.width, one.height, one.stride, one.pixels) for one in pictures])


def unpack_pictures(record: bytes, clip: Clip) -> list[Picture]:
    """Raises ValueError for what cannot be pictures of `clip`."""
    found = []
    for one in _unpacked(record, tuple[_StoredPicture, ...]):
        whole = len(one.pixels) == one.stride * one.height and 0 < one.width * 4 <= one.stride
        if not whole or not 0 <= one.index < len(clip.frames):
            raise ValueError("a stored picture does not fit")
        time = clip.frames.start_of(one.index)
        found.append(Picture(one.index, time, one.width, one.height, one.stride, one.pixels))
    return found


def pack_peaks(blocks: Iterable[WaveformBlock]) -> bytes:
    rows = tuple(blocks)
    part = rows[0].part if rows else Fraction(1)
    stored = tuple((one.index, one.low, one.high) for one in rows)
    return _packed(_StoredPeaks((part.numerator, part.denominator), stored))


def unpack_peaks(record: bytes) -> list[WaveformBlock]:
    """Raises ValueError for what cannot be peaks."""
    stored = _unpacked(record, _StoredPeaks)
    if min(stored.part) <= 0 or any(
        index < 0 or len(low) != PARTS or len(high) != PARTS for index, low, high in stored.blocks
    ):
        raise ValueError("the stored peaks do not fit")
    part = Fraction(*stored.part)
    return [WaveformBlock(index, part, low, high) for index, low, high in stored.blocks]


def _packed(value: object) -> bytes:
    return packed(msgspec.msgpack.encode(value))


def _unpacked(record: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.msgpack.decode(unpacked(record), type=kind)
    except msgspec.DecodeError as error:
        raise ValueError("the record cannot be read") from error
