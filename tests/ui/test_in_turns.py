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


def a_window(qtbot: QtBot, log: Log) -> tuple[QWidget, list[QWidget]]:
    """With a part that has been seen, and three that have not."""
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    parts: list[QWidget] = [QLabel(name) for name in ("seen", "one", "two", "three")]
    for part in parts:
        part.setObjectName(part.text() if isinstance(part, QLabel) else "")
        column.addWidget(part)
        part.setVisible(part.objectName() == "seen")
    with qtbot.waitExposed(whole):
        whole.show()
    qtbot.wait(20)
    for part in parts:
        part.installEventFilter(log)
    log.noted.clear()
    return whole, parts


def test_what_was_not_seen_yet_is_drawn_after_the_rest_a_turn_for_each(qtbot: QtBot) -> None:
    log = Log()
    whole, parts = a_window(qtbot, log)
    InTurns(whole, parts)
    for part in parts:
        part.show()
    assert [part.updatesEnabled() for part in parts] == [False] * 4
    qtbot.waitUntil(lambda: all(part.objectName() in log.noted for part in parts))
    places = [log.noted.index(part.objectName()) for part in parts]
    assert places == sorted(places)
    assert all("turn" in log.noted[before:after] for before, after in pairwise([0, *places]))


def test_what_was_seen_is_not_gone_for_a_moment(qtbot: QtBot) -> None:
    log = Log()
    whole, parts = a_window(qtbot, log)
    for part in parts:
        part.show()
    qtbot.wait(20)
    log.noted.clear()
    InTurns(whole, parts)
    qtbot.waitUntil(lambda: "three" in log.noted)
    assert "turn" not in log.noted[log.noted.index("seen") : log.noted.index("three")]


def test_a_window_that_is_asked_for_twice_at_once_is_drawn_in_the_end(qtbot: QtBot) -> None:
    whole, parts = a_window(qtbot, Log())
    InTurns(whole, parts)
    InTurns(whole, parts)
    qtbot.waitUntil(lambda: all(widget.updatesEnabled() for widget in (whole, *parts)))
