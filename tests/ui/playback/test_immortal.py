import subprocess
import sys

_MANY_CALLS = """
from PySide6.QtCore import QObject, Signal
import retake_desktop.ui.playback
class Source(QObject):
    made = Signal(object)
source = Source()
for number in range(200_000):
    source.setObjectName("a")
    source.blockSignals(True)
    source.made.emit(number)
print("alive")
"""


def test_a_process_survives_many_calls_into_qt() -> None:
    done = subprocess.run([sys.executable, "-c", _MANY_CALLS], capture_output=True, text=True, check=False)
    assert done.stdout == "alive\n", done.stderr[-500:]
    assert done.returncode == 0
