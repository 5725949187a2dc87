"""A guard against a fault of PySide6 6.12.0 that ends the process."""

import ctypes
import sys

import PySide6

_FAULTY = (6, 12, 0)
_HEADROOM = 1 << 40


def make_true_last() -> None:
    """Gives `True` more references than can ever be lost. Does nothing where that is not needed.

    WORKAROUND: in PySide6 6.12.0 every `Signal.emit` returns True without a reference of its own; before Python 3.12,
    which made True immortal, CPython aborts after about a thousand emits ("bool_dealloc"). Measured: 1,000 emits
    lose 1,000 references in 6.12.0, none in 6.11.2 and 6.10.3. Not reported upstream by us yet, hence no link.
    Remove with Python 3.11, or when pyproject.toml rules 6.12.0 out.
    """
    if sys.version_info < (3, 12) and PySide6.__version_info__[:3] == _FAULTY:
        references = ctypes.c_ssize_t.from_address(id(True))
        if references.value < _HEADROOM:
            references.value += _HEADROOM
