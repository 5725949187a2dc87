"""Signs the small file by which installations learn that a newer version exists (retake_desktop/services/updates.py).

Usage: python packaging/sign_update.py --new-key KEY               makes the release key, and prints its public half
       python packaging/sign_update.py VERSION PAGE KEY > latest.json
"""

import base64
import json
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from retake_desktop.services.updates import signed_words


def new_key(path: Path) -> str:
    """Writes a new private key, readable by its owner only, and returns the public one in base64."""
    key = Ed25519PrivateKey.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(key.private_bytes_raw()).decode() + "\n")
    return public_key(path)


def public_key(path: Path) -> str:
    return base64.b64encode(_key(path).public_key().public_bytes_raw()).decode()


def signed(version: str, page: str, path: Path) -> str:
    signature = base64.b64encode(_key(path).sign(signed_words(version, page))).decode()
    return json.dumps({"version": version, "page": page, "signature": signature}, indent=1) + "\n"


def _key(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_text()))


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--new-key":
        print(new_key(Path(sys.argv[2])))
    elif len(sys.argv) == 4:
        sys.stdout.write(signed(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
    else:
        sys.exit(__doc__)
