"""What help and the privacy ledger can ask of the job thread. Every call returns at once; signals answer."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from retake_desktop.domain.privacy import Held
from retake_desktop.ui.money_commands import Command

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.report import Report


class CareCommands:
    """The commands by name, for whatever carries them to the job thread."""

    @abstractmethod
    def _post(self, command: Command | None) -> None:
        """Hands a command over; None ends the thread."""

    def gather_report(self, window: Mapping[str, str], *, with_names: bool) -> None:
        """`report_gathered` answers; `window` is what only the window knows of the system."""
        self._post(lambda desk: desk.care.gather_report(window, with_names=with_names))

    def save_report(self, path: str, report: "Report") -> None:
        """Writes it as a ZIP file; `report_saved` answers."""
        self._post(lambda desk: desk.care.save_report(path, report))

    def look_at_privacy(self) -> None:
        """`privacy_known` answers."""
        self._post(lambda desk: desk.care.look_at_privacy())

    def delete_now(self, what: Held) -> None:
        """`privacy_known` answers: with what is left, and then with the trouble, where there was one."""
        self._post(lambda desk: desk.care.delete_now(what))
