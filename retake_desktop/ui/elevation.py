"""Whether Windows keeps drops from this window, which it does when the app runs as administrator."""

import ctypes
import sys
from enum import IntEnum

_TOKEN_QUERY = 0x0008
_TOKEN_ELEVATION_TYPE = 18


class ElevationType(IntEnum):
    """How a program's rights came to it. Source: winnt.h, TOKEN_ELEVATION_TYPE."""

    DEFAULT = 1
    """As the person's own are: no account control, or its built-in administrator. The file manager has the same."""
    FULL = 2
    """Raised above the file manager."""
    LIMITED = 3


def refuses_drops(kind: int | None) -> bool:
    """Whether what runs below, as the file manager does, is kept from dropping on a program of this `ElevationType`.

    Written after Microsoft's documentation of User Interface Privilege Isolation; not tried on a Windows machine.
    """
    return kind == ElevationType.FULL


def elevation_type() -> int | None:
    """The `ElevationType` of this program; None where Windows does not tell, and on other systems."""
    if sys.platform == "win32":
        token, kind, size = ctypes.c_void_p(), ctypes.c_ulong(), ctypes.c_ulong()
        process = ctypes.windll.kernel32.GetCurrentProcess
        process.restype = ctypes.c_void_p
        if not ctypes.windll.advapi32.OpenProcessToken(ctypes.c_void_p(process()), _TOKEN_QUERY, ctypes.byref(token)):
            return None
        found = ctypes.windll.advapi32.GetTokenInformation(
            token, _TOKEN_ELEVATION_TYPE, ctypes.byref(kind), ctypes.sizeof(kind), ctypes.byref(size)
        )
        ctypes.windll.kernel32.CloseHandle(token)
        return int(kind.value) if found else None
    return None
