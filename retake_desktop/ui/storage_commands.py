"""What the storage dialog can ask of the job thread. Every call returns at once; signals answer."""

from retake_desktop.domain.hosting import HostingSettings, Place
from retake_desktop.ui.money_commands import MoneyCommands


class StorageCommands(MoneyCommands):
    """`storage_tested` and `storage_saved` answer; about a take's address `job_changed` or `command_failed`."""

    def test_storage(self, place: Place, secret: str) -> None:
        self._post(lambda desk: desk.storage.test(place, secret))

    def save_storage(self, wanted: HostingSettings, secret: str, *, session_only: bool) -> None:
        self._post(lambda desk: desk.storage.save(wanted, secret, session_only=session_only))

    def forget_storage(self, place: Place) -> None:
        self._post(lambda desk: desk.storage.forget(place))

    def use_address(self, job_id: str, address: str) -> None:
        """Sends a take that waits for another way with an address at which its window lies."""
        self._post(lambda desk: desk.decide(job_id, lambda known: desk.pipeline.use_address(known, address)))
