"""Reads every frame number of a file, as a player that knows nothing of this project would show it."""

from pathlib import Path

import av

from retake_desktop.domain.window import Rectangle
from retake_desktop.media.conform import Conformer, cropped, upright
from tests.fakes.footage import UnreadableError, read_number_from_rgb


def numbers(path: str | Path, rotation: int = 0, part: Rectangle | None = None) -> list[int | None]:
    """The number in each frame, in order, or in `part` of each; None for one that cannot be read."""
    turn = Conformer((*upright(rotation), *(cropped(part) if part else ())), "rgb24")
    found: list[int | None] = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            picture = turn.convert(frame)
            plane = picture.planes[0]
            try:
                number = read_number_from_rgb(bytes(plane), picture.width, picture.height, plane.line_size, 3)
            except UnreadableError:
                found.append(None)
            else:
                found.append(number)
    return found
