"""Much of the window is drawn without holding it up."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.ui.in_turns import InTurns


class Log(QObject):
    """Notes which widget is drawn, and each turn of the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[str] = []
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(lambda: self.noted.append("turn"))
        self._turn.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.noted.append(watched.objectName())
        return False


def test_each_part_is_drawn_in_a_turn_of_its_own_and_none_is_left_out(qtbot: QtBot) -> None:
    whole, log = QWidget(), Log()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    parts = [QLabel(name) for name in ("one", "two", "three")]
    for part in parts:
        part.setObjectName(part.text())
        column.addWidget(part)
    with qtbot.waitExposed(whole):
        whole.show()
    qtbot.wait(20)
    for part in parts:
        part.installEventFilter(log)
    log.noted.clear()
    InTurns(parts, whole)
    for part in parts:
        part.setText("changed")
    qtbot.waitUntil(lambda: all(part.updatesEnabled() and part.objectName() in log.noted for part in parts))
    places = [log.noted.index(name) for name in ("one", "two", "three")]
    assert places == sorted(places)
    assert all("turn" in log.noted[before:after] for before, after in pairwise(places))


def test_parts_that_are_asked_for_twice_at_once_are_drawn_in_the_end(qtbot: QtBot) -> None:
    whole, part = QWidget(), QLabel()
    qtbot.addWidget(whole)
    InTurns([part], whole)
    InTurns([part], whole)
    qtbot.waitUntil(part.updatesEnabled)
