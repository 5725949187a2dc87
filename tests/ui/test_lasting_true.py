"""Signals can be emitted for as long as a working day lasts."""

import subprocess
import sys

_EMITS = """
from PySide6.QtCore import QObject, Signal
import retake_desktop.ui
class Source(QObject):
    told = Signal()
source = Source()
for _ in range(200_000):
    source.told.emit()
print("alive")
"""


def test_two_hundred_thousand_emits_do_not_end_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", _EMITS], capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "alive\n", done.stderr
    assert done.returncode == 0
