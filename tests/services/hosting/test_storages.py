"""One contract for every kind of storage, each on a real server."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import Cause
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting import bucket
from retake_desktop.services.hosting.bucket import BucketTarget
from retake_desktop.services.hosting.storage import storage_at
from retake_desktop.services.hosting.target import Hosted, Storage
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.hosting.verify import check_own
from retake_desktop.services.link import peek
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.storage_servers import Server, free_port
from tests.services.hosting.conftest import Authority

KEY = "retake-desktop/0123456789abcdef.mp4"


def put(storage: Storage, window: Path, key: str = KEY) -> tuple[Hosted, list[Progress]]:
    seen: list[Progress] = []

    async def story() -> Hosted:
        await storage.put(window, key, seen.append)
        return await storage.address(key)

    return asyncio.run(story()), seen


def patiently(deed: Callable[[], Awaitable[None]]) -> None:
    """Does as the pipeline does with what is worth another try: a server may hold on to a broken upload a little."""

    async def story() -> None:
        async with asyncio.timeout(15):
            while True:
                try:
                    return await deed()
                except RetakeError as error:
                    if error.kind is not ErrorKind.OFFLINE:
                        raise
                    await asyncio.sleep(0.1)

    asyncio.run(story())


class Contract:
    """Subclasses have a fixture `server`."""

    key = KEY

    @pytest.fixture
    def storage(self, server: Server) -> Storage:
        return storage_at(server.place, server.secret)

    def test_a_window_can_be_fetched_by_anybody_who_has_its_address_and_is_gone_when_removed(
        self, server: Server, storage: Storage, window: Path
    ) -> None:
        hosted, seen = put(storage, window, self.key)
        assert hosted.url is not None
        assert (hosted.target, hosted.key) == ("storage", self.key)
        asyncio.run(check_own(hosted.url, window, is_local=True))
        part = asyncio.run(peek(hosted.url, 1000, 300))
        assert part.body == window.read_bytes()[1000:1300]
        assert part.headers["content-range"] == f"bytes 1000-1299/{window.stat().st_size}"
        assert part.headers["content-type"] == "video/mp4"
        assert [progress.done for progress in seen] == sorted({progress.done for progress in seen})
        assert seen[-1] == Progress(window.stat().st_size, window.stat().st_size)
        assert any(name.endswith(Path(self.key).name) for name in server.names())
        asyncio.run(storage.remove(self.key))
        assert not any(name.endswith(Path(self.key).name) for name in server.names())
        with pytest.raises(StorageError) as gone:
            asyncio.run(check_own(hosted.url, window, is_local=True))
        assert gone.value.cause is Cause.MISSING

    def test_what_is_gone_already_is_no_trouble_to_remove(self, storage: Storage) -> None:
        asyncio.run(storage.remove("retake-desktop/never-was-there.mp4" if "/" in self.key else "never.mp4"))

    def test_the_same_key_is_replaced(self, storage: Storage, window: Path) -> None:
        put(storage, window, self.key)
        window.write_bytes(b"another content")
        hosted, _seen = put(storage, window, self.key)
        asyncio.run(check_own(hosted.url or "", window, is_local=True))
        asyncio.run(storage.remove(self.key))

    @pytest.mark.full
    def test_a_cancelled_upload_leaves_nothing_once_it_is_removed(self, server: Server, window: Path) -> None:
        window.write_bytes(bytes(3_000_000))
        before = server.names()
        with CuttingProxy(_port(server), per_second=2_000_000).running() as slow:
            endpoint = server.place.endpoint.replace(str(_port(server)), str(slow.port))
            storage = storage_at(server.at(endpoint=endpoint), server.secret)

            async def story() -> None:
                begun = asyncio.Event()
                task = asyncio.create_task(storage.put(window, self.key, lambda _progress: begun.set()))
                await begun.wait()
                async with asyncio.timeout(10):
                    while not slow.went_up:
                        await asyncio.sleep(0.01)
                task.cancel()
                began = asyncio.get_running_loop().time()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert asyncio.get_running_loop().time() - began < 1

            asyncio.run(story())
            assert 0 < slow.went_up < 3_000_000
        patiently(lambda: storage_at(server.place, server.secret).remove(self.key))
        assert server.names() == before

    def test_a_broken_connection_is_worth_another_try_which_arrives_whole(self, server: Server, window: Path) -> None:
        window.write_bytes(bytes(1_500_000))
        with CuttingProxy(_port(server), cuts=1, cut_after=500_000).running() as breaking:
            endpoint = server.place.endpoint.replace(str(_port(server)), str(breaking.port))
            storage = storage_at(server.at(endpoint=endpoint), server.secret)
            with pytest.raises(RetakeError) as broken:
                put(storage, window, self.key)
            assert broken.value.kind is ErrorKind.OFFLINE
            patiently(lambda: storage.put(window, self.key, lambda _progress: None))
        direct = storage_at(server.place, server.secret)
        asyncio.run(check_own(asyncio.run(direct.address(self.key)).url or "", window, is_local=True))
        patiently(lambda: direct.remove(self.key))

    def test_a_server_that_is_not_there_is_worth_another_try(self, server: Server, window: Path) -> None:
        endpoint = server.place.endpoint.replace(str(_port(server)), str(free_port()))
        with pytest.raises(StorageError) as raised:
            put(storage_at(server.at(endpoint=endpoint), server.secret), window, self.key)
        assert (raised.value.kind, raised.value.cause) == (ErrorKind.OFFLINE, Cause.NO_NETWORK)

    def test_a_vanished_window_is_told(self, storage: Storage, tmp_path: Path) -> None:
        with pytest.raises(RetakeError) as raised:
            put(storage, tmp_path / "gone.mp4", self.key)
        assert raised.value.kind is ErrorKind.FILE_TROUBLE

    def test_a_wrong_secret_is_told_without_quoting_it(self, server: Server, window: Path) -> None:
        wrong = "d3JvbmctYnV0LWJhc2U2NA=="
        with pytest.raises(StorageError) as raised:
            put(storage_at(server.place, wrong), window, self.key)
        assert (raised.value.kind, raised.value.cause) == (ErrorKind.HOSTING_TROUBLE, Cause.WRONG_SECRET)
        assert wrong not in str(raised.value)
        assert not any(name.endswith(Path(self.key).name) for name in server.names())


class AnyNames:
    """Subclasses have fixtures `storage` and `window`."""

    @pytest.mark.parametrize("name", ["a name with blanks.mp4", "Übung-фильм 映画 🎬.mp4"])
    def test_names_may_have_any_letters(self, storage: Storage, window: Path, name: str) -> None:
        _there_and_gone_again(storage, window, name)


def _there_and_gone_again(storage: Storage, window: Path, key: str) -> None:
    hosted, _seen = put(storage, window, key)
    asyncio.run(check_own(hosted.url or "", window, is_local=True))
    asyncio.run(storage.remove(key))
    with pytest.raises(StorageError):
        asyncio.run(check_own(hosted.url or "", window, is_local=True))


class BucketContract(Contract):
    """What only signed addresses can do."""

    def test_a_tampered_or_bare_address_opens_nothing(self, storage: Storage, window: Path) -> None:
        hosted, _seen = put(storage, window)
        url = hosted.url or ""
        last = "0" if url[-1] != "0" else "1"
        for bad in (url[:-1] + last, url.partition("?")[0], url.replace("0123456789abcdef", "0123456789abcdee")):
            assert asyncio.run(peek(bad, 0, 10)).status in {400, 403, 404}
            with pytest.raises(StorageError):
                asyncio.run(check_own(bad, window, is_local=True))
        asyncio.run(storage.remove(KEY))

    def test_an_address_stops_working_when_it_expires(
        self, storage: Storage, window: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bucket, "READABLE_FOR", timedelta(seconds=1))
        hosted, _seen = put(storage, window)

        async def until_refused() -> int:
            async with asyncio.timeout(10):
                while (answer := await peek(hosted.url or "", 0, 10)).status in {200, 206}:
                    await asyncio.sleep(0.3)
            return answer.status

        assert asyncio.run(until_refused()) in {400, 403}
        asyncio.run(storage.remove(KEY))

    def test_a_bucket_that_does_not_exist_is_told(self, server: Server, window: Path) -> None:
        with pytest.raises(StorageError) as raised:
            put(storage_at(server.at(bucket="no-such-bucket"), server.secret), window)
        assert raised.value.cause is Cause.NO_BUCKET


class S3Contract(AnyNames, BucketContract):
    @pytest.mark.parametrize("key", ["w.mp4", "Übungen/a 映画 🎬/w.mp4", "100%+&=?#'\"/w.mp4"])
    def test_folders_may_have_any_letters(self, storage: Storage, window: Path, key: str) -> None:
        _there_and_gone_again(storage, window, key)

    def test_a_large_window_goes_up_in_parts_and_on_after_a_cut(self, server: Server, tmp_path: Path) -> None:
        size = 17_000_000
        big = tmp_path / "big.mp4"
        big.write_bytes(b"".join(number.to_bytes(4, "big") for number in range(size // 4)))
        with CuttingProxy(_port(server), cuts=1, cut_after=8_000_000).running() as breaking:
            endpoint = server.place.endpoint.replace(str(_port(server)), str(breaking.port))
            storage = BucketTarget(server.at(endpoint=endpoint), server.secret, in_one_piece=1_000_000)
            hosted, seen = put(storage, big)
            assert breaking.cuts == 0
            assert size < breaking.went_up < size * 1.7
        assert len({progress.done for progress in seen}) >= 4
        assert seen[-1] == Progress(size, size)
        address = asyncio.run(storage_at(server.place, server.secret).address(KEY))
        asyncio.run(check_own(address.url or "", big, is_local=True))
        end = asyncio.run(peek(address.url or "", size - 8, 8))
        assert end.body == big.read_bytes()[-8:]
        asyncio.run(storage_at(server.place, server.secret).remove(KEY))
        assert hosted.key == KEY


def _port(server: Server) -> int:
    return int(server.place.endpoint.split(":")[2].partition("/")[0])


class TestSwift(S3Contract):
    @pytest.fixture
    def server(self, swift_server: Server) -> Server:
        return swift_server

    def test_a_wrong_region_is_told(self, server: Server, window: Path) -> None:
        with pytest.raises(StorageError) as raised:
            put(storage_at(server.at(region="eu-west-3"), server.secret), window)
        assert raised.value.cause is Cause.WRONG_REGION


class TestRclone(S3Contract):
    @pytest.fixture
    def server(self, rclone_server: Server) -> Server:
        return rclone_server

    def test_a_wrong_key_is_told(self, server: Server, window: Path) -> None:
        with pytest.raises(StorageError) as raised:
            put(storage_at(server.at(key_id="AKIDOTHER"), server.secret), window)
        assert raised.value.cause is Cause.WRONG_KEY


class TestWebDav(AnyNames, Contract):
    key = "0123456789abcdef.mp4"

    @pytest.fixture
    def server(self, webdav_server: Server) -> Server:
        return webdav_server

    def test_a_folder_that_is_not_there_is_told(self, server: Server, window: Path) -> None:
        with pytest.raises(StorageError) as raised:
            put(storage_at(server.at(endpoint=f"{server.place.endpoint}/no such folder"), server.secret), window, "k")
        assert raised.value.cause is Cause.NO_FOLDER

    def test_a_public_address_that_wants_a_password_is_told(self, server: Server, window: Path) -> None:
        storage = storage_at(server.at(public_url=server.place.endpoint), server.secret)
        hosted, _seen = put(storage, window, self.key)
        with pytest.raises(StorageError) as raised:
            asyncio.run(check_own(hosted.url or "", window, is_local=True))
        assert raised.value.cause is Cause.NOT_PUBLIC


@pytest.mark.full
class TestAzurite(BucketContract):
    @pytest.fixture
    def server(self, azurite_server: Server) -> Server:
        return azurite_server

    def test_a_folder_of_any_letters_works(self, server: Server, storage: Storage, window: Path) -> None:
        _there_and_gone_again(storage, window, f"{server.at(folder='Übung 1/映画').prefix}w.mp4")


@pytest.mark.full
@pytest.mark.full
class TestTlsContract(S3Contract):
    """All of it on a server with an authority of its own."""

    @pytest.fixture
    def server(self, tls_server: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Server:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
        return tls_server


class TestTls:
    def test_a_server_whose_authority_is_known_is_used(
        self, tls_server: Server, authority: Authority, window: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
        storage = storage_at(tls_server.place, tls_server.secret)
        hosted, _seen = put(storage, window)
        assert (hosted.url or "").startswith("https://localhost")
        asyncio.run(check_own(hosted.url or "", window, is_local=True))
        asyncio.run(storage.remove(KEY))

    @pytest.mark.parametrize("in_one_piece", [10**9, 1000])
    def test_a_server_whose_authority_is_unknown_gets_nothing(
        self, tls_server: Server, window: Path, in_one_piece: int
    ) -> None:
        with pytest.raises(StorageError) as raised:
            put(BucketTarget(tls_server.place, tls_server.secret, in_one_piece=in_one_piece), window)
        assert raised.value.cause is (Cause.TLS if in_one_piece > 1000 else Cause.BROKE)
        assert tls_server.names() == []
