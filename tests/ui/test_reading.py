"""What is read in the background arrives piece by piece, and nothing of what was given up."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.ui.reading import Cancelled, Reading


@pytest.fixture
def reading() -> Iterator[Reading]:
    made = Reading()
    yield made
    made.close()


def test_a_newer_one_of_a_kind_takes_the_place_of_the_older(qtbot: QtBot, reading: Reading) -> None:
    found: list[object] = []
    reading.found.connect(found.append)
    go_on = threading.Event()

    def slow(cancelled: Cancelled) -> Iterator[object]:
        yield "old 1"
        go_on.wait(10)
        yield "old 2"
        assert cancelled(), "it was told before"

    reading.read("strip", slow)
    qtbot.waitUntil(lambda: found == ["old 1"])
    reading.read("strip", lambda _: iter(["new 1", "new 2"]))
    reading.read("wave", lambda _: iter(["wave"]))
    go_on.set()
    qtbot.waitUntil(lambda: len(found) == 4)
    reading.close()
    assert sorted(map(str, found[1:])) == ["new 1", "new 2", "wave"]


def test_what_cannot_be_read_ends_there(qtbot: QtBot, reading: Reading) -> None:
    found: list[object] = []
    reading.found.connect(found.append)

    def broken(_: Cancelled) -> Iterator[object]:
        yield "first"
        raise RetakeError(ErrorKind.MEDIA_FAILED, "broken")

    reading.read("strip", broken)
    qtbot.waitUntil(lambda: found == ["first"])
    reading.close()


def test_nothing_arrives_after_stopping(qtbot: QtBot, reading: Reading) -> None:
    found: list[object] = []
    reading.found.connect(found.append)
    reading.read("strip", lambda _: iter(["made, but not delivered yet"]))
    reading.stop()
    reading.close()
    qtbot.wait(10)
    assert found == []


def test_nothing_begins_after_closing(reading: Reading) -> None:
    begun: list[str] = []

    def late(_: Cancelled) -> Iterator[object]:
        begun.append("late")
        yield "late"

    reading.close()
    reading.read("strip", late)
    reading.close()
    assert not begun
