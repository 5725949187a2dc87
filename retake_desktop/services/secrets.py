"""The API token: from the environment, this session's memory, or the system keyring. Never from a file.

Calls may block on a dialog of the system: never call them on the GUI thread.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import keyring
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError

ENVIRONMENT_NAME = "RUNCOMFY_API_TOKEN"
_SERVICE = "retake-desktop"
_USER = "runcomfy-api-token"
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")


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
    """Finds, keeps and forgets the token. The environment wins over this session's, that over the keyring's."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._session: str | None = None

    def account(self) -> Account:
        """The account in use. Raises RetakeError(INVALID_REQUEST) when the environment's token cannot be one."""
        from_environment = self._environment.get(ENVIRONMENT_NAME)
        if from_environment:
            return Account(TokenSource.ENVIRONMENT, checked(from_environment))
        if self._session:
            return Account(TokenSource.SESSION, self._session)
        try:
            with _trouble_told():
                stored = keyring.get_password(_SERVICE, _USER)
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
            keyring.set_password(_SERVICE, _USER, clean)
            # The null back end takes everything and keeps nothing.
            if keyring.get_password(_SERVICE, _USER) != clean:
                raise KeyringError("it did not keep the token")
        self._session = None

    def forget(self) -> None:
        """Forgets the token here and in the keyring. Raises RetakeError(KEYRING_TROUBLE)."""
        self._session = None
        with _trouble_told():
            try:
                keyring.delete_password(_SERVICE, _USER)
            except PasswordDeleteError:
                # Raised for a token that is not there, and by some back ends for one that cannot be deleted.
                if keyring.get_password(_SERVICE, _USER) is not None:
                    raise


@contextmanager
def _trouble_told() -> Iterator[None]:
    """RetakeError(KEYRING_TROUBLE) for whatever a keyring raises."""
    try:
        yield
    except Exception as error:
        # Back ends let the errors of their own libraries through (secretstorage, pywin32), not only keyring's.
        raise RetakeError(ErrorKind.KEYRING_TROUBLE, _reason(error)) from error


def _reason(error: Exception) -> str:
    """A keyring's own words, first line only: some back ends append a whole guide."""
    if isinstance(error, NoKeyringError):
        return "this system has none"
    if isinstance(error, KeyringLocked):
        return "it is locked"
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
