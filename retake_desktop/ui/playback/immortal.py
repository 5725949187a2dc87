"""A guard against a defect of PySide6 6.12.0 on Python 3.11 that ends the process."""

import ctypes
import sys

import PySide6

_PLENTY = 1 << 40


def guard_singletons() -> None:
    """Gives None, True and False references to lose.

    WORKAROUND: PySide6 6.12.0 returns None from every call without a result, and True from every `Signal.emit`, without
    owning a reference to it: right from Python 3.12 on, where they are immortal (https://peps.python.org/pep-0683/).
    On 3.11 the process aborts after some seconds ("deallocating None"). 6.10.3 and 6.11.3 are sound there. To be
    removed, with the call in `__init__`, when the dependencies exclude 6.12.0 for 3.11.
    """
    if sys.version_info < (3, 12) and PySide6.__version_info__[:3] == (6, 12, 0):
        for singleton in (None, True, False):
            ctypes.c_ssize_t.from_address(id(singleton)).value += _PLENTY
