"""A name for a file's content, by which a moved or renamed original is found again and a changed one is noticed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from retake_desktop.media.source import file_trouble

WHOLE = 64 << 20
"""Bytes up to which every one of them counts: a tenth of a second of hashing."""
_ENDS = 1 << 20
"""Bytes read at the head and the tail of longer files: headers, and the index that most containers keep there."""
_SAMPLES = 128
_SAMPLE = 1 << 15
"""Samples read in between, evenly spread, and bytes of each: half a second on a disk that has to move its head."""


def fingerprint_of(path: str) -> str:
    """SHA-256 over the file's size and content, in hex. Raises RetakeError(FILE_TROUBLE).

    The content counts whole up to `WHOLE` bytes. Of longer files head, tail and 128 samples count: editing, encoding,
    cutting or muxing one anew changes its size, its index or most of its bytes and is noticed; a few bytes that were
    overwritten in place between two samples, with everything around them left as it was, are not.
    """
    digest = sha256()
    try:
        with Path(path).open("rb") as file:
            size = file.seek(0, 2)
            digest.update(str(size).encode())
            for start, length in _parts(size):
                file.seek(start)
                digest.update(file.read(length))
    except (OSError, ValueError) as error:
        raise file_trouble(error) from error
    return digest.hexdigest()


def _parts(size: int) -> Iterator[tuple[int, int]]:
    """Start and length in bytes of what counts."""
    if size <= WHOLE:
        yield from ((start, _ENDS) for start in range(0, size, _ENDS))
        return
    yield 0, _ENDS
    between = size - 2 * _ENDS - _SAMPLE
    yield from ((_ENDS + between * place // (_SAMPLES - 1), _SAMPLE) for place in range(_SAMPLES))
    yield size - _ENDS, _ENDS
