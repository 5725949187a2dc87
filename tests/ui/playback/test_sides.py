"""The files of a comparison: decoded at the same time, and opened for what they are part of."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.picture import Picture
from retake_desktop.ui.playback.sides import Box, Reader, Sides, Wanted
from tests.ui.making import a_clip

BOX = (64, 36)
SOURCE, TAKE = a_clip(), a_clip("/results/a.mp4")
PAIR = [Wanted(0, SOURCE, 3, BOX), Wanted(1, TAKE, 4, BOX)]


class Readers:
    """Readers that wait for each other: each gives its picture when both have been asked."""

    def __init__(self) -> None:
        self.both = threading.Barrier(2, timeout=5)
        self.broken = ""
        self.open: list[str] = []
        self.done: list[str] = []

    def reader(self, clip: Clip) -> Reader:
        self.open.append(clip.path)
        return _Reader(self, clip.path)


class _Reader:
    def __init__(self, readers: Readers, path: str) -> None:
        self._readers = readers
        self._path = path

    def picture(self, index: int, box: Box) -> Picture:
        self._readers.both.wait()
        if self._path == self._readers.broken:
            raise RetakeError(ErrorKind.MEDIA_FAILED)
        self._readers.done.append(self._path)
        return Picture(index, Fraction(index, 25), *box, 4 * box[0], bytes(4 * box[0] * box[1]))

    def close(self) -> None:
        self._readers.open.remove(self._path)


@pytest.fixture
def readers() -> Readers:
    return Readers()


@pytest.fixture
def sides(readers: Readers) -> Iterator[Sides]:
    with closing(Sides(readers.reader)) as made:
        yield made
    assert readers.open == []


def test_both_pictures_of_a_pair_are_decoded_at_the_same_time(sides: Sides) -> None:
    assert [picture.index for picture in sides.pictures(PAIR, is_alone=False)] == [3, 4]


@pytest.mark.parametrize("broken", [SOURCE, TAKE], ids=["source", "take"])
def test_one_that_cannot_be_decoded_is_told_of_when_the_other_is_done(
    sides: Sides, readers: Readers, broken: Clip
) -> None:
    readers.broken = broken.path
    with pytest.raises(RetakeError):
        sides.pictures(PAIR, is_alone=False)
    assert readers.done == [clip.path for clip in (SOURCE, TAKE) if clip is not broken]


def test_only_large_pictures_are_opened_anew_for_a_comparison(sides: Sides, readers: Readers) -> None:
    large = replace(SOURCE, coded_width=3840, coded_height=2160)
    for clip, is_kept in ((SOURCE, True), (large, False)):
        readers.both = threading.Barrier(1)
        sides.keep((clip,))
        sides.pictures([Wanted(0, clip, 0, BOX)], is_alone=True)
        sides.keep((clip, TAKE))
        sides.let_go()
        assert (clip.path in readers.open) is is_kept


def test_a_picture_that_is_known_already_does_not_wait_until_other_files_are_closed(
    sides: Sides, readers: Readers
) -> None:
    readers.both = threading.Barrier(1)
    sides.pictures([Wanted(0, SOURCE, 0, BOX)], is_alone=True)
    sides.first = TAKE, Picture(0, Fraction(0), *BOX, 4 * BOX[0], bytes(4 * BOX[0] * BOX[1]))
    sides.keep((TAKE,))
    assert [picture.index for picture in sides.pictures([Wanted(0, TAKE, 0, BOX)], is_alone=True)] == [0]
    assert readers.open == [SOURCE.path]
    sides.pictures([Wanted(0, TAKE, 1, BOX)], is_alone=True)
    assert readers.open == [TAKE.path], "never both in memory"
