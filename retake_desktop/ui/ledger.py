"""What was paid, as the window asks for it: read and written on the job thread."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import SignalInstance

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.spending import Spending, spending
from retake_desktop.services.pipeline import Tools
from retake_desktop.services.receipts import Receipt, as_csv, as_json, recorded, write

_JSON = frozenset({".json", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Account:
    """Every receipt, newest first, and the sums of the month and the day."""

    receipts: tuple[Receipt, ...]
    spending: Spending


class Ledger:
    """`loaded` takes an `Account`, `exported` a path and the number of receipts, `failed` a Problem."""

    def __init__(self, tools: Tools, loaded: SignalInstance, exported: SignalInstance, failed: SignalInstance) -> None:
        self._tools = tools
        self._loaded = loaded
        self._exported = exported
        self._failed = failed

    async def load(self) -> None:
        """Tells every receipt and the sums."""
        try:
            self._loaded.emit(await asyncio.to_thread(self._account))
        except RetakeError as error:
            self._failed.emit(error.problem)

    async def export(self, path: str, *, with_prompts: bool) -> None:
        """Writes every receipt to `path`."""
        try:
            count = await asyncio.to_thread(self._written, Path(path), with_prompts=with_prompts)
        except RetakeError as error:
            self._failed.emit(error.problem)
        else:
            self._exported.emit(path, count)

    def _account(self) -> Account:
        found = recorded(self._tools.history, with_prompts=False)
        return Account(tuple(reversed(found)), spending(self._tools.history.jobs(), self._tools.clocks.now()))

    def _written(self, path: Path, *, with_prompts: bool) -> int:
        found = recorded(self._tools.history, with_prompts=with_prompts)
        write(path, as_json(found) if path.suffix.lower() in _JSON else as_csv(found))
        return len(found)
