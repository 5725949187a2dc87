"""Whether Windows keeps drops from this window, which it does when the app runs as administrator."""

import ctypes
import sys

_TOKEN_QUERY = 0x0008
_TOKEN_ELEVATION_TYPE = 18
_FULL = 2
"""TokenElevationTypeFull: raised above the file manager. Source: winnt.h, TOKEN_ELEVATION_TYPE."""


def refuses_drops() -> bool:
    """True where the app runs raised on Windows: what runs below, as the file manager does, cannot drop on it.

    Written after Microsoft's documentation of User Interface Privilege Isolation; not tried on a Windows machine.
    """
    if sys.platform == "win32":
        token, kind, size = ctypes.c_void_p(), ctypes.c_ulong(), ctypes.c_ulong()
        process = ctypes.windll.kernel32.GetCurrentProcess
        process.restype = ctypes.c_void_p
        if not ctypes.windll.advapi32.OpenProcessToken(ctypes.c_void_p(process()), _TOKEN_QUERY, ctypes.byref(token)):
            return False
        found = ctypes.windll.advapi32.GetTokenInformation(
            token, _TOKEN_ELEVATION_TYPE, ctypes.byref(kind), ctypes.sizeof(kind), ctypes.byref(size)
        )
        ctypes.windll.kernel32.CloseHandle(token)
        return bool(found) and kind.value == _FULL
    return False
