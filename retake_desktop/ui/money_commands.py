"""What the window can ask of the job thread about settings, prices and what was paid. Every call returns at once."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from retake_desktop.services.settings import Settings

if TYPE_CHECKING:
    from retake_desktop.ui.job_desk import Desk

Command = Callable[["Desk"], Awaitable[None]]


class MoneyCommands:
    """The commands by name, for whatever carries them to the job thread."""

    @abstractmethod
    def _post(self, command: Command | None) -> None:
        """Hands a command over; None ends the thread."""

    def use(self, settings: Settings) -> None:
        """From now on these limits hold and this model is asked for; a change of model asks for its price anew."""
        self._post(lambda desk: desk.use(settings))

    def use_demo(self, is_demo: bool) -> None:
        """Turns to the demo service, or back to the real one; `account_changed` answers."""
        self._post(lambda desk: desk.account.use_demo(is_demo))

    def look_for_account(self) -> None:
        """Asks the keyring once more; `account_changed` answers."""
        self._post(lambda desk: desk.account.look())

    def test_connection(self) -> None:
        self._post(lambda desk: desk.test_connection())

    def refresh_price(self) -> None:
        """Asks for price and balance."""
        self._post(lambda desk: desk.refresh_price())

    def load_receipts(self) -> None:
        self._post(lambda desk: desk.ledger.load())

    def export_receipts(self, path: str, *, with_prompts: bool) -> None:
        """Writes every receipt to `path`: JSON lines where its name ends in .json or .jsonl, otherwise CSV."""
        self._post(lambda desk: desk.ledger.export(path, with_prompts=with_prompts))
