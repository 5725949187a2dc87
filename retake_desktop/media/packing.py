"""How records lie in the cache: packed with zlib. What is unpacked is checked like a file."""

import zlib

_QUICK = 1
_MOST_BYTES = 64 << 20
"""Of one record when it is unpacked: what holds more was not written here."""


def packed(plain: bytes) -> bytes:
    return zlib.compress(plain, _QUICK)


def unpacked(record: bytes) -> bytes:
    """What `packed` was given. Raises ValueError for anything else."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(record, _MOST_BYTES)
    except zlib.error as error:
        raise ValueError("the record cannot be unpacked") from error
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError("the record is too long or cut off")
    return plain
