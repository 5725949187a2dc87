"""What a curve of changes means to a person: where something changed, how much, and whether it should have."""

from math import sqrt

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain import timecode
from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import FrameTimes
from retake_desktop.ui import text

_FULL = 60.0
"""Levels of 255 that fill the map: as much as another object in the place of one."""
_MOST_TOLD = 3

Stretch = tuple[int, int]
"""First frame and one past the last."""


def strength(level: float) -> float:
    """0 to 1; small changes are raised, since they are what is overlooked."""
    return min(1.0, sqrt(level / _FULL))


def stretches(changes: Changes) -> list[Stretch]:
    """The runs of changed frames, cut where the selection begins and ends."""
    found: list[Stretch] = []
    for place, level in enumerate(changes.levels):
        index = changes.first + place
        if not level:
            continue
        if found and found[-1][1] == index and index not in changes.selection:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def is_outside(changes: Changes, index: int) -> bool:
    return not changes.selection[0] <= index < changes.selection[1]


def words(changes: Changes, frames: FrameTimes) -> str:
    """The map in a sentence or two."""
    found = stretches(changes)
    inside = [one for one in found if not is_outside(changes, one[0])]
    outside = [one for one in found if is_outside(changes, one[0])]
    said = [_tr("The selection has changed.") if inside else _tr("Nothing has changed in the selection.")]
    if not outside:
        said.append(_tr("Nothing has changed outside it."))
        return text.sentences(said)
    places = [timecode.to_text(frames.start_of(first)) for first, _ in outside[:_MOST_TOLD]]
    total = sum(stop - first for first, stop in outside)
    told = _tr("Outside it {count} frames have changed, at {places}.")
    said.append(told.format(count=total, places=", ".join(places)))
    return text.sentences(said)


def next_stretch(changes: Changes, index: int, direction: int) -> int | None:
    """The first frame of the next (1) or previous (-1) stretch that begins after or before frame `index`."""
    starts = [first for first, _ in stretches(changes)]
    if direction > 0:
        return next((first for first in starts if first > index), None)
    return next((first for first in reversed(starts) if first < index), None)


def _tr(sentence: str) -> str:
    return QCoreApplication.translate("Changed", sentence)
