"""A keyring in memory that behaves as the Secret Service does, its troubles included."""

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError
from secretstorage.exceptions import ItemNotFoundException, SecretServiceNotAvailableException


class MemoryKeyring(KeyringBackend):
    """Held to the real one's behaviour by `tests/contracts/test_secrets.py`."""

    # keyring asks every back end class that it knows whether it may be chosen: this one never by itself.
    priority = -1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring does not say
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False
        self.is_gone = False
        self.loses_items_it_has_just_found = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        found = self.kept.get((service, username))
        if found is not None:
            self._lose(service, username)
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("No such password!")
        self._lose(service, username)
        del self.kept[service, username]

    def _open(self) -> None:
        if self.is_gone:
            gone = SecretServiceNotAvailableException("The name is not activatable")
            raise InitError(f"Failed to create the collection: {gone}.") from gone
        if self.is_locked:
            raise KeyringLocked("Failed to unlock the collection!")

    def _lose(self, service: str, username: str) -> None:
        """Another program deletes the item after it was found and before it is used."""
        if self.loses_items_it_has_just_found:
            del self.kept[service, username]
            raise ItemNotFoundException("Item does not exist!")
