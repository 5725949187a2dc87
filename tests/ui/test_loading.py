"""What the window's start leaves for later, and when that comes."""

import subprocess
import sys

_STARTED = """
import gc, sys
from retake_desktop.ui import loading
loading.load_quickly()
before = gc.isenabled()
loading.settle()
print(before, gc.isenabled(), gc.get_freeze_count() > 0, round(sys.getswitchinterval(), 6) == loading.TURN)
"""


def test_garbage_and_turns_are_as_loading_and_a_window_want_them() -> None:
    done = subprocess.run([sys.executable, "-c", _STARTED], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["False", "True", "True", "True"]
