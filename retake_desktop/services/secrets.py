"""The API token and the storage's secret: from the environment, this session's memory, or the system keyring.

Never from a file. Calls may block on a dialog of the system: never call them on the GUI thread.
"""

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.services.unanswered import Asking, Given

ENVIRONMENT_NAME = "RUNCOMFY_API_TOKEN"
_SERVICE = "retake-desktop"
_USER = "runcomfy-api-token"
STORAGE_ENVIRONMENT_NAME = "RETAKE_DESKTOP_STORAGE_SECRET"
_PART = 1200
"""Characters; with the count before the first part they stay under Windows' 1,280."""
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")
_READING_TIME = 0.4
"""Seconds. Nobody dismisses a question sooner: it was never on screen."""


class TokenSource(StrEnum):
    NONE = "none"
    ENVIRONMENT = "environment"
    SESSION = "session"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token is in use. `token` is for the API client alone: it is not part of any text made of this."""

    source: TokenSource
    token: str | None = None
    trouble: Problem | None = None
    """Why the keyring could not be asked, when it could not."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the token in hex, or "" without one: names the account without giving it away."""
        return fingerprint(self.token) if self.token else ""

    def __repr__(self) -> str:
        return f"Account({self.source}, {self.fingerprint[:8] or 'no token'})"


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def checked(token: str) -> str:
    """`token` itself. Raises RetakeError(INVALID_REQUEST) when it cannot be one."""
    if not _TOKEN.fullmatch(token):
        what = "is empty" if not token.strip() else "contains a line break, a blank or a letter that no token has"
        raise RetakeError(ErrorKind.INVALID_REQUEST, f"the API token {what}; copy it again from your RunComfy profile")
    return token


class TokenStore:
    """Finds, keeps and forgets the token. The environment wins over this session's, that over the keyring's.

    Calls wait for a dialog of the system as long as it is open, but not for a keyring that has died; `close` ends
    every wait.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._session: str | None = None
        self.asking = Asking()

    def close(self) -> None:
        """Whoever still waits for the keyring gets RetakeError(KEYRING_TROUBLE), now and from now on."""
        self.asking.end()

    def account(self) -> Account:
        """The account in use. Raises RetakeError(INVALID_REQUEST) when the environment's token cannot be one."""
        from_environment = self._environment.get(ENVIRONMENT_NAME)
        if from_environment:
            return Account(TokenSource.ENVIRONMENT, checked(from_environment))
        if self._session:
            return Account(TokenSource.SESSION, self._session)
        try:
            with _trouble_told():
                stored = self.asking(lambda: _stored(_USER))
        except RetakeError as error:
            return Account(TokenSource.NONE, trouble=error.problem)
        if stored and _TOKEN.fullmatch(stored):
            return Account(TokenSource.KEYRING, stored)
        return Account(TokenSource.NONE)

    def save(self, token: str, *, session_only: bool) -> None:
        """Keeps `token` in the keyring, or in memory only. Raises RetakeError(INVALID_REQUEST | KEYRING_TROUBLE)."""
        clean = checked(token.strip())
        if session_only:
            self._session = clean
            return
        with _trouble_told():
            self.asking(lambda: _kept(_USER, clean))
        self._session = None

    def forget(self) -> None:
        """Forgets the token here and in the keyring. Raises RetakeError(KEYRING_TROUBLE)."""
        self._session = None
        with _trouble_told():
            self.asking(_forgotten)


# keyring is loaded when it is asked, on the thread that may wait for it: the window's start must not.


def _stored(user: str) -> str | None:
    import keyring

    return keyring.get_password(_SERVICE, user)


def _kept(user: str, words: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    keyring.set_password(_SERVICE, user, words)
    # The null back end takes everything and keeps nothing.
    if _stored(user) != words:
        raise KeyringError("it did not keep what it was given")


def _forgotten() -> None:
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        keyring.delete_password(_SERVICE, _USER)
    except PasswordDeleteError:
        # Raised for a token that is not there, and by some back ends for one that cannot be deleted.
        if _stored(_USER) is not None:
            raise


class StorageSecrets:
    """The secrets of the person's storage, by `Place.id`. The environment wins over this session's, then the keyring's.

    Windows keeps at most 2,560 bytes a secret, as UTF-16: a service account's key is stored in several parts.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ, asking: Asking | None = None) -> None:
        self._environment = environment
        self._session: dict[str, str] = {}
        self._asking = asking or Asking()

    def close(self) -> None:
        """Whoever still waits for the keyring gets RetakeError(KEYRING_TROUBLE), now and from now on."""
        self._asking.end()

    def get(self, place_id: str) -> str | None:
        """The secret, or None when there is none. Raises RetakeError(KEYRING_TROUBLE)."""
        known = self._environment.get(STORAGE_ENVIRONMENT_NAME) or self._session.get(place_id)
        if known:
            return known
        with _trouble_told():
            return self._asking(lambda: _joined(place_id))

    def save(self, place_id: str, secret: str, *, session_only: bool) -> None:
        """Keeps the secret in the keyring, or in memory only. Raises RetakeError(KEYRING_TROUBLE)."""
        if session_only:
            self._session[place_id] = secret
            return
        with _trouble_told():
            self._asking(lambda: _kept_in_parts(place_id, secret))
        self._session.pop(place_id, None)

    def forget(self, place_id: str) -> None:
        """Forgets the secret here and in the keyring. Raises RetakeError(KEYRING_TROUBLE)."""
        self._session.pop(place_id, None)
        with _trouble_told():
            self._asking(lambda: _forgotten_in_parts(place_id))


def _joined(place_id: str) -> str | None:
    count, _colon, first = (_stored(_part(place_id, 0)) or "").partition(":")
    if not count.isdecimal():
        return None
    parts = [_stored(_part(place_id, number)) for number in range(1, int(count[:2]))]
    return None if None in parts else first + "".join(part for part in parts if part is not None)


def _kept_in_parts(place_id: str, secret: str) -> None:
    """The first part, which counts them, comes last: half a secret is never taken for a whole one."""
    parts = [secret[at : at + _PART] for at in range(0, len(secret), _PART)] or [""]
    for number in reversed(range(len(parts))):
        _kept(_part(place_id, number), f"{len(parts)}:{parts[0]}" if number == 0 else parts[number])


def _forgotten_in_parts(place_id: str) -> None:
    import keyring

    count = (_stored(_part(place_id, 0)) or "0").partition(":")[0]
    for number in range(int(count[:2]) if count.isdecimal() else 1):
        if _stored(_part(place_id, number)) is not None:
            keyring.delete_password(_SERVICE, _part(place_id, number))


def _part(place_id: str, number: int) -> str:
    return f"storage-{place_id}" + (f"-{number}" if number else "")


@contextmanager
def _trouble_told(monotonic: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """RetakeError(KEYRING_TROUBLE) for whatever a keyring raises."""
    began = monotonic()
    try:
        yield
    except Exception as error:
        # Back ends let the errors of their own libraries through (secretstorage, pywin32), not only keyring's.
        was_seen = monotonic() - began >= _READING_TIME
        raise RetakeError(ErrorKind.KEYRING_TROUBLE, _reason(error, was_seen=was_seen)) from error


_GONE = {"SecretServiceNotAvailableException", "ConnectionRefusedError", "ConnectionResetError"}
"""Names of what back ends raise when nobody is there any more; they are not there to import on every system."""


def _chain(error: BaseException | None) -> set[str]:
    """The names of `error` and of all that it came from."""
    names: set[str] = set()
    while error is not None:
        names |= {kind.__name__ for kind in type(error).__mro__}
        error = error.__cause__ or error.__context__
    return names


def _reason(error: Exception, *, was_seen: bool) -> str:
    """A keyring's own words, first line only: some back ends append a whole guide."""
    from keyring.errors import KeyringLocked, NoKeyringError

    if isinstance(error, Given):
        return "the app is closing"
    if isinstance(error, NoKeyringError):
        return "this system has none"
    if isinstance(error, KeyringLocked):
        # The back end asks for the password itself, and says the same when no dialog could be shown.
        if was_seen:
            return "it is locked, and the question for its password was dismissed"
        return "it is locked, and the question for its password could not be shown"
    chain = _chain(error)
    if "PromptDismissedException" in chain:
        return "its question was dismissed" if was_seen else "its question could not be shown"
    if chain & _GONE:
        return "it does not answer; it may have been stopped"
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
