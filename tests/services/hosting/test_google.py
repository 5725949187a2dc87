"""Google Cloud Storage, as far as it can be shown without an account: no server of its kind can be started here.

Shown: the address is signed by the published rules (V4, RSA-SHA256), checked with the public key; it lasts as asked;
the key never leaves. Not shown: that Google's servers accept it.
"""

import asyncio
import hashlib
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from retake_desktop.domain.hosting import Place, PlaceKind
from retake_desktop.services.hosting.service_account import service_account
from retake_desktop.services.hosting.storage import storage_at
from retake_desktop.services.hosting.stores import Method, opened, signed

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_PEM = _KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
KEY_FILE = json.dumps(
    {
        "type": "service_account", "project_id": "films", "private_key_id": "0123abcd", "private_key": _PEM,
        "client_email": "clips@films.iam.gserviceaccount.com", "client_id": "1234",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": "https://oauth2.googleapis.com/token",
    }
)  # fmt: skip


def test_an_address_is_signed_by_the_published_rules() -> None:
    email, secret = service_account(KEY_FILE)
    assert email == "clips@films.iam.gserviceaccount.com"
    assert set(json.loads(secret)) == {"client_email", "private_key", "private_key_id"}
    place = Place(PlaceKind.GOOGLE, bucket="clips", key_id=email)
    before = datetime.now(UTC)
    hosted = asyncio.run(storage_at(place, secret).address("retake-desktop/0123.mp4"))
    parts = urlsplit(hosted.url or "")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert (parts.scheme, parts.hostname) == ("https", "storage.googleapis.com")
    assert parts.path == "/clips/retake-desktop/0123.mp4"
    assert query["X-Goog-Algorithm"] == "GOOG4-RSA-SHA256"
    assert query["X-Goog-Expires"] == str(3 * 24 * 3600)
    assert hosted.expires is not None
    assert timedelta(days=3) <= hosted.expires - before < timedelta(days=3, minutes=1)
    _check_signature("GET", hosted.url or "")
    assert "PRIVATE" not in (hosted.url or "")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_bringing_and_deleting_are_signed_likewise_and_for_nothing_else(method: Method) -> None:
    email, secret = service_account(KEY_FILE)
    store = opened(Place(PlaceKind.GOOGLE, bucket="clips", key_id=email), secret)
    key = "Übungen/фильм 映画/0123 a.mp4"
    url = asyncio.run(signed(store, method, key, timedelta(hours=6)))
    parts = urlsplit(url)
    assert unquote(parts.path) == f"/clips/{key}"
    _check_signature(method, url)
    with pytest.raises(InvalidSignature):
        _check_signature("GET", url)
    with pytest.raises(InvalidSignature):
        _check_signature(method, url.replace("0123", "0124"))


def _check_signature(method: str, url: str) -> None:
    """Source: Google's "V4 signing process with your own program". Raises InvalidSignature."""
    host, path, text = urlsplit(url)[1:4]
    query = {name: values[0] for name, values in parse_qs(text).items()}
    unsigned = "&".join(sorted(part for part in text.split("&") if not part.startswith("X-Goog-Signature=")))
    request = f"{method}\n{path}\n{unsigned}\nhost:{host}\n\n{query['X-Goog-SignedHeaders']}\nUNSIGNED-PAYLOAD"
    scope = query["X-Goog-Credential"].partition("/")[2]
    digest = hashlib.sha256(request.encode()).hexdigest()
    to_sign = f"{query['X-Goog-Algorithm']}\n{query['X-Goog-Date']}\n{scope}\n{digest}"
    signature = bytes.fromhex(query["X-Goog-Signature"])
    _KEY.public_key().verify(signature, to_sign.encode(), padding.PKCS1v15(), hashes.SHA256())
