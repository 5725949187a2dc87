"""One contract for the token's keeper, on a real Secret Service and on the fake that other tests use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import keyring
import pytest
from keyring.core import load_keyring
from secretstorage.collection import Collection

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.services.secrets import (
    ENVIRONMENT_NAME,
    Account,
    StorageSecrets,
    TokenSource,
    TokenStore,
    fingerprint,
)
from tests.fakes.memory_keyring import MemoryKeyring
from tests.fakes.secret_service import SecretService

TOKEN = "rc_0123456789~!@#$%^&*()+=/"
OTHER = "rc_another_token"


@dataclass
class Keeper:
    """What the contract does to a keyring from outside."""

    lock: Callable[[], None]
    vanish: Callable[[], None]
    lose_items_just_found: Callable[[], None]


class Contract:
    """Subclasses have a fixture `keeper` that puts their keyring in use."""

    @pytest.fixture
    def store(self, keeper: Keeper) -> TokenStore:  # noqa: ARG002 - the keyring must be in use first
        return TokenStore({})

    def test_there_is_no_token_at_first(self, store: TokenStore) -> None:
        assert store.account() == Account(TokenSource.NONE)
        assert store.account().fingerprint == ""

    def test_a_saved_token_is_there_for_every_later_start(self, store: TokenStore) -> None:
        store.save(f"  {TOKEN}\n", session_only=False)
        for again in (store, TokenStore({})):
            account = again.account()
            assert account == Account(TokenSource.KEYRING, TOKEN)
            assert account.fingerprint == fingerprint(TOKEN)

    def test_a_new_token_replaces_the_old_one(self, store: TokenStore) -> None:
        store.save(TOKEN, session_only=False)
        store.save(OTHER, session_only=False)
        assert TokenStore({}).account().token == OTHER

    def test_a_token_for_this_session_is_kept_nowhere_else(self, store: TokenStore) -> None:
        store.save(TOKEN, session_only=True)
        assert store.account() == Account(TokenSource.SESSION, TOKEN)
        assert TokenStore({}).account() == Account(TokenSource.NONE)

    def test_this_sessions_token_wins_over_the_keyrings_until_that_is_saved_anew(self, store: TokenStore) -> None:
        store.save(TOKEN, session_only=False)
        store.save(OTHER, session_only=True)
        assert store.account() == Account(TokenSource.SESSION, OTHER)
        store.save(TOKEN, session_only=False)
        assert store.account() == Account(TokenSource.KEYRING, TOKEN)

    def test_the_environment_wins_over_everything(self, store: TokenStore) -> None:
        store.save(TOKEN, session_only=False)
        outside = TokenStore({ENVIRONMENT_NAME: OTHER})
        outside.save(TOKEN, session_only=True)
        assert outside.account() == Account(TokenSource.ENVIRONMENT, OTHER)

    def test_a_forgotten_token_is_gone_here_and_there(self, store: TokenStore) -> None:
        store.save(TOKEN, session_only=False)
        store.save(OTHER, session_only=True)
        store.forget()
        assert store.account() == Account(TokenSource.NONE)
        assert TokenStore({}).account() == Account(TokenSource.NONE)
        store.forget()

    def test_a_token_deleted_by_another_program_is_simply_gone(self, store: TokenStore) -> None:
        store.save(TOKEN, session_only=False)
        TokenStore({}).forget()
        assert store.account() == Account(TokenSource.NONE)
        store.forget()

    def test_a_token_deleted_while_it_is_read_is_a_told_trouble(self, store: TokenStore, keeper: Keeper) -> None:
        store.save(TOKEN, session_only=False)
        keeper.lose_items_just_found()
        account = store.account()
        assert (account.source, account.token) == (TokenSource.NONE, None)
        assert account.trouble is not None
        assert account.trouble.kind is ErrorKind.KEYRING_TROUBLE

    def test_a_locked_keyring_is_a_told_trouble_and_the_session_still_works(
        self, store: TokenStore, keeper: Keeper
    ) -> None:
        store.save(TOKEN, session_only=False)
        keeper.lock()
        self._all_calls_tell(store, "it is locked")

    def test_a_keyring_that_is_gone_is_a_told_trouble_and_the_session_still_works(
        self, store: TokenStore, keeper: Keeper
    ) -> None:
        store.save(TOKEN, session_only=False)
        keeper.vanish()
        self._all_calls_tell(store, "it does not answer")

    def _all_calls_tell(self, store: TokenStore, word: str) -> None:
        account = store.account()
        assert account.source is TokenSource.NONE
        assert account.trouble is not None
        assert account.trouble.kind is ErrorKind.KEYRING_TROUBLE
        assert word in account.trouble.detail
        assert account.trouble.detail
        calls: tuple[Callable[[], None], ...] = (lambda: store.save(OTHER, session_only=False), store.forget)
        for call in calls:
            with pytest.raises(RetakeError) as raised:
                call()
            assert raised.value.kind is ErrorKind.KEYRING_TROUBLE
            assert OTHER not in raised.value.detail
        store.save(OTHER, session_only=True)
        assert store.account() == Account(TokenSource.SESSION, OTHER)


@pytest.fixture(autouse=True)
def _keyring_as_before() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


class TestRealSecretService(Contract):
    @pytest.fixture
    def keeper(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
        with SecretService() as service:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
            keyring.set_keyring(load_keyring("keyring.backends.SecretService.Keyring"))
            search = Collection.search_items

            def found_and_lost(collection: Collection, query: dict[str, str]) -> Iterator[object]:
                for item in search(collection, query):
                    item.delete()
                    yield item

            yield Keeper(
                service.lock, service.vanish, lambda: monkeypatch.setattr(Collection, "search_items", found_and_lost)
            )


class TestMemoryKeyring(Contract):
    @pytest.fixture
    def keeper(self) -> Keeper:
        backend = MemoryKeyring()
        keyring.set_keyring(backend)
        return Keeper(
            lambda: setattr(backend, "is_locked", True),
            lambda: setattr(backend, "is_gone", True),
            lambda: setattr(backend, "loses_items_it_has_just_found", True),
        )


def test_without_any_keyring_there_is_trouble_and_the_session_works() -> None:
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    Contract()._all_calls_tell(TokenStore({}), "this system has none")


def test_a_keyring_that_forgets_what_it_is_given_is_a_told_trouble() -> None:
    keyring.set_keyring(load_keyring("keyring.backends.null.Keyring"))
    with pytest.raises(RetakeError) as raised:
        TokenStore({}).save(TOKEN, session_only=False)
    assert raised.value.kind is ErrorKind.KEYRING_TROUBLE


def test_something_else_in_the_keyring_is_not_used_as_a_token() -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    TokenStore({}).save(TOKEN, session_only=False)
    [place] = backend.kept
    backend.kept[place] = "two words\n"
    assert TokenStore({}).account() == Account(TokenSource.NONE)


@pytest.mark.parametrize("token", ["", "   ", "two words", "a\nb", "a\tb", "tökén", "a\x00", "a\x7f", "a" * 4097])
def test_what_cannot_be_a_token_is_refused_before_it_is_kept(token: str) -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    for session_only in (False, True):
        store = TokenStore({})
        with pytest.raises(RetakeError) as refused:
            store.save(token, session_only=session_only)
        assert refused.value.kind is ErrorKind.INVALID_REQUEST
        assert not token.strip() or token not in refused.value.detail
        assert store.account() == Account(TokenSource.NONE)
    assert backend.kept == {}


@pytest.mark.parametrize("token", ["  ", "a b", f"{TOKEN}\n", f"{TOKEN}\r\n", f" {TOKEN}", "tökén"])
def test_an_environment_token_that_cannot_be_one_is_refused_and_not_sent(token: str) -> None:
    keyring.set_keyring(MemoryKeyring())
    with pytest.raises(RetakeError) as refused:
        TokenStore({ENVIRONMENT_NAME: token}).account()
    assert refused.value.kind is ErrorKind.INVALID_REQUEST
    assert TOKEN not in str(refused.value)


def test_an_empty_environment_token_counts_as_none() -> None:
    keyring.set_keyring(MemoryKeyring())
    assert TokenStore({ENVIRONMENT_NAME: ""}).account() == Account(TokenSource.NONE)


def test_no_text_made_of_an_account_holds_the_token() -> None:
    account = Account(TokenSource.KEYRING, TOKEN)
    for text in (repr(account), str(account), f"{account}", f"{[account]}", repr({"account": account}), ascii(account)):
        assert TOKEN not in text
        assert account.fingerprint[:8] in text
    assert account.fingerprint == fingerprint(TOKEN) != fingerprint(OTHER)
    assert len(account.fingerprint) == 64


class StorageContract:
    """The storage's secrets, in the same keyrings."""

    @pytest.mark.usefixtures("keeper")
    def test_a_secret_comes_back_as_it_was_kept_whatever_its_length(self) -> None:
        for secret in ("k\n" * 1500, "k" * 1201, "k" * 1200, "k" * 1199, "geheim ü 🎬", "s3cret+/="):
            StorageSecrets({}).save("place-1", secret, session_only=False)
            assert StorageSecrets({}).get("place-1") == secret
        assert StorageSecrets({}).get("place-2") is None
        StorageSecrets({}).forget("place-1")
        assert StorageSecrets({}).get("place-1") is None

    @pytest.mark.usefixtures("keeper")
    def test_this_sessions_secret_is_kept_nowhere_else_and_the_environment_wins(self) -> None:
        store = StorageSecrets({})
        store.save("place-1", "for now", session_only=True)
        assert store.get("place-1") == "for now"
        assert StorageSecrets({}).get("place-1") is None
        assert StorageSecrets({"RETAKE_DESKTOP_STORAGE_SECRET": "outside"}).get("place-1") == "outside"

    def test_a_locked_keyring_is_a_told_trouble(self, keeper: Keeper) -> None:
        keeper.lock()
        store = StorageSecrets({})
        calls: tuple[Callable[[], object], ...] = (
            lambda: store.get("place-1"),
            lambda: store.save("place-1", "s3cret", session_only=False),
            lambda: store.forget("place-1"),
        )
        for call in calls:
            with pytest.raises(RetakeError) as raised:
                call()
            assert raised.value.kind is ErrorKind.KEYRING_TROUBLE
            assert "s3cret" not in str(raised.value)


class TestStorageInRealSecretService(StorageContract):
    keeper = TestRealSecretService.keeper


class TestStorageInMemoryKeyring(StorageContract):
    keeper = TestMemoryKeyring.keeper


def test_no_part_of_a_secret_is_longer_than_windows_keeps() -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    StorageSecrets({}).save("place-1", "ü" * 2400, session_only=False)
    assert len(backend.kept) == 2
    assert all(len(kept.encode("utf-16-le")) <= 2560 for kept in backend.kept.values())


def test_half_a_secret_counts_as_none() -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    StorageSecrets({}).save("place-1", "k" * 3000, session_only=False)
    del backend.kept[next(place for place in backend.kept if place[1].endswith("-2"))]
    assert StorageSecrets({}).get("place-1") is None
