"""Real servers for all tests of hosting, one of each for a whole test process, and small files to bring there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.fakes.storage_servers import Server, azurite, rclone_s3, swift, webdav


@pytest.fixture(scope="session")
def swift_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with swift(tmp_path_factory.mktemp("swift")) as server:
        yield server


@pytest.fixture(scope="session")
def rclone_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with rclone_s3(tmp_path_factory.mktemp("rclone")) as server:
        yield server


@pytest.fixture(scope="session")
def webdav_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with webdav(tmp_path_factory.mktemp("webdav")) as server:
        yield server


@pytest.fixture(scope="session")
def azurite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with azurite(tmp_path_factory.mktemp("azurite")) as server:
        yield server


class Authority:
    """A certificate authority that nobody knows, unless told to trust it."""

    def __init__(self, folder: Path) -> None:
        own = trustme.CA()
        self.root = folder / "root.pem"
        self.certificate = folder / "server.pem"
        own.cert_pem.write_to_path(str(self.root))
        own.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(self.certificate))


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def tls_server(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Server]:
    with rclone_s3(tmp_path_factory.mktemp("tls"), authority.certificate) as server:
        yield server


@pytest.fixture
def window(tmp_path: Path) -> Path:
    """A file with a name that gives everything away: blanks, umlauts, a picture."""
    path = tmp_path / "Müllers Ferien 🎬 am See.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 2000)
    return path
