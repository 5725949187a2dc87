"""Reads every frame number of a file, as a player that knows nothing of this project would show it."""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import av

from retake_desktop.domain.window import Rectangle
from retake_desktop.media.conform import Conformer, cropped, upright
from tests.fakes.footage import UnreadableError, read_number_from_rgb


def numbers(path: str | Path, rotation: int = 0, part: Rectangle | None = None) -> list[int | None]:
    """The number in each frame, in order, or in `part` of each; None for one that cannot be read."""
    return list(_numbers(path, rotation, part))


def first_number(path: str | Path) -> int | None:
    """The number in the first frame: no other is decoded."""
    found = _numbers(path, 0, None)
    with closing(found):
        return next(found, None)


def _numbers(path: str | Path, rotation: int, part: Rectangle | None) -> Generator[int | None, None, None]:
    turn = Conformer((*upright(rotation), *(cropped(part) if part else ())), "rgb24")
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            picture = turn.convert(frame)
            plane = picture.planes[0]
            try:
                yield read_number_from_rgb(bytes(plane), picture.width, picture.height, plane.line_size, 3)
            except UnreadableError:
                yield None
