"""The Qt binding in use is one that a program can live with.

PySide6 6.12.0 hands out None (from every call that returns nothing) and True (from every emit) without owning them;
before Python 3.12 that ends the program after some thousand calls, "deallocating None".
"""

import sys

from PySide6.QtCore import QLine, QObject, Signal

CALLS = 500


class _Source(QObject):
    told = Signal()


def test_a_call_that_returns_nothing_gives_back_what_it_borrows() -> None:
    line = QLine(0, 0, 1, 1)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        line.translate(1, 1)
    assert sys.getrefcount(None) > before - CALLS // 2


def test_an_emit_gives_back_what_it_borrows() -> None:
    source = _Source()
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        source.told.emit()
    assert sys.getrefcount(True) > before - CALLS // 2
