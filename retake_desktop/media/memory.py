"""How much memory another process of this app holds."""

import subprocess
import sys
from pathlib import Path


def resident_bytes(pid: int) -> int:
    """Bytes of physical memory that process `pid` holds; 0 where the system does not tell, or it is gone."""
    try:
        return _held_by(pid)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """Source: PROCESS_MEMORY_COUNTERS in psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    _QUERY_AND_READ = 0x0400 | 0x0010

    def _held_by(pid: int) -> int:
        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_QUERY_AND_READ, False, pid)
        if not handle:
            return 0
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        process = wintypes.HANDLE(handle)
        try:
            found = kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb)
        finally:
            kernel.CloseHandle(process)
        return int(counters.WorkingSetSize) if found else 0

elif sys.platform == "linux":

    def _held_by(pid: int) -> int:
        """Source: proc_pid_status(5), VmRSS."""
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) << 10
        return 0

else:

    def _held_by(pid: int) -> int:
        command = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
        said = subprocess.run(command, capture_output=True, timeout=2, check=False)  # noqa: S603 - a number varies
        return int(said.stdout or 0) << 10
