"""Whether a newer version exists: one small signed file, at an address that is set when the app is built.

Without that address, which is the usual case, nothing is ever asked. Nothing is downloaded but that file, and nothing
of the person or the installation is told.
"""

import base64
import binascii
import re
from dataclasses import dataclass

import msgspec

from retake_desktop.assets import asset
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.network import is_loopback

RELEASE_FILE = "release.json"
_LARGEST = 4096
"""Bytes of the file at the address."""
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")
_PARTS = 4


class Release(msgspec.Struct, frozen=True):
    """What was set when the app was built. `key` is the Ed25519 public key of the releases, raw, in base64."""

    address: str
    key: str


class _Told(msgspec.Struct, frozen=True):
    version: str
    page: str
    signature: str


@dataclass(frozen=True, slots=True)
class Newer:
    """A version that is newer than this one, and the page that tells of it."""

    version: str
    page: str


def release() -> Release | None:
    """What this build was given; None where no address was set, or the file of it is not usable."""
    try:
        found = msgspec.json.decode(asset(RELEASE_FILE).read_bytes(), type=Release)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.address and _is_safe(found.address) else None


def signed_words(version: str, page: str) -> bytes:
    """What the signature vouches for."""
    return f"retake-desktop\n{version}\n{page}\n".encode()


async def newer_than(current: str, known: Release) -> Newer | None:
    """The newer version that the file names, or None. Raises RetakeError: OFFLINE, HOSTING_TROUBLE (TLS), and
    SERVICE_TROUBLE where the file is not what the release key has signed."""
    # Not at the top: loading what talks to the network would hold up the window's first appearance.
    from retake_desktop.services.link import peek

    answer = await peek(known.address, 0, _LARGEST)
    if answer.status not in {200, 206}:
        raise RetakeError(ErrorKind.SERVICE_TROUBLE, f"HTTP {answer.status}")
    try:
        told = msgspec.json.decode(answer.body, type=_Told)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RetakeError(ErrorKind.SERVICE_TROUBLE, "the file of the newest version cannot be read") from error
    if not _VERSION.fullmatch(told.version) or not _is_safe(told.page) or not _is_signed(told, known.key):
        raise RetakeError(ErrorKind.SERVICE_TROUBLE, "the file of the newest version is not signed by the release key")
    return Newer(told.version, told.page) if _number(told.version) > _number(current) else None


def _is_safe(address: str) -> bool:
    return address.startswith("https://") or (address.startswith("http://") and is_loopback(address))


def _is_signed(told: _Told, key: str) -> bool:
    # Only where an address is set: most installations never load it.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        signature = base64.b64decode(told.signature, validate=True)
        public.verify(signature, signed_words(told.version, told.page))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _number(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", version)[:_PARTS]]
    return tuple(parts + [0] * (_PARTS - len(parts)))
