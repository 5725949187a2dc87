"""What the window begins with: nothing that decodes, talks to the network, keeps secrets or is opened later."""

import subprocess
import sys

LATE = (
    *("av", "vlc", "httpx", "httpcore", "truststore", "obstore", "keyring", "retake_desktop.services.api.client"),
    *("retake_desktop.ui.dialogs.settings", "retake_desktop.ui.dialogs.about", "importlib.metadata"),
)


def test_what_is_used_later_is_loaded_later() -> None:
    asked = f"import sys, retake_desktop.app; print(*(name for name in {LATE!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == [], "import it where it is first used"
