"""What the window is drawn with: nothing that decodes, talks to the network, keeps secrets or is seen later."""

import subprocess
import sys

LATE = (
    *("av", "vlc", "httpx", "httpcore", "truststore", "obstore", "keyring", "retake_desktop.services.api.client"),
    *("retake_desktop.ui.dialogs.settings", "retake_desktop.ui.dialogs.about", "importlib.metadata"),
    *("sqlite3", "filelock", "asyncio", "subprocess", "retake_desktop.session", "retake_desktop.ui.workbench"),
    *("retake_desktop.services.crashes", "retake_desktop.ui.last_time", "logging.handlers", "PySide6.QtNetwork"),
    *("retake_desktop.ui.playback.playback", "retake_desktop.ui.timeline.panel", "retake_desktop.ui.review.panel"),
)


def test_what_is_used_later_is_loaded_later() -> None:
    asked = f"import sys, retake_desktop.app; print(*(name for name in {LATE!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == [], "import it where it is first used"
