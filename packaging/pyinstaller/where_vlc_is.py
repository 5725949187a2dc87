"""Runs before the app: python-vlc is told where the bundle's own libVLC lies, so that no other is ever taken."""

import os
import sys
from pathlib import Path

_NAMES = {"win32": "libvlc.dll", "darwin": "libvlc.dylib"}

folder = Path(sys._MEIPASS)  # type: ignore[attr-defined]  # noqa: SLF001 - PyInstaller's documented name
library = folder / _NAMES.get(sys.platform, "libvlc.so.5")
if library.exists():
    os.environ["PYTHON_VLC_LIB_PATH"] = str(library)
    os.environ["PYTHON_VLC_MODULE_PATH"] = str(folder / "vlc")
    os.environ["VLC_PLUGIN_PATH"] = str(folder / "vlc" / "plugins")
