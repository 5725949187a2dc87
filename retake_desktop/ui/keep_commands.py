"""What the window can ask of the job thread about finished takes. Every call returns at once; signals answer."""

from fractions import Fraction
from typing import TYPE_CHECKING

from retake_desktop.domain.film import SeamChoice
from retake_desktop.ui.review_commands import ReviewCommands

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.sharing import Wish


class KeepCommands(ReviewCommands):
    """Keeping, exporting, and the room that it all takes."""

    def plan_keep(self, job_id: str) -> None:
        """`keep_planned` tells what Keep would do."""
        self._post(lambda desk: desk.keeping.plan(job_id))

    def set_seams(self, job_id: str, seams: SeamChoice) -> None:
        """Puts them on record; `keep_planned` tells what Keep would do with them."""
        self._post(lambda desk: desk.keeping.plan(job_id, seams))

    def keep(self, job_id: str, output: str | None = None) -> None:
        """`keep_planned`, `keep_progress`, then `kept`, `keep_stopped` or `command_failed`."""
        self._post(lambda desk: desk.keeping.keep(job_id, output))

    def stop_keeping(self, job_id: str) -> None:
        self._post(lambda desk: desk.keeping.stop(job_id))

    def take_out(self, job_id: str) -> None:
        """Builds the film anew without a kept take; `taken_out` answers."""
        self._post(lambda desk: desk.keeping.take_out(job_id))

    def open_film(self, job_id: str) -> None:
        self._post(lambda desk: desk.keeping.open_film(job_id))

    def find_original(self, job_id: str) -> None:
        """Looks for the source where moved files usually are; `original_told` answers."""
        self._post(lambda desk: desk.keeping.find_original(job_id))

    def adopt_original(self, job_id: str, path: str, *, despite_change: bool = False) -> None:
        """The person says where the source is; `original_told` answers."""
        self._post(lambda desk: desk.keeping.adopt_original(job_id, path, despite_change=despite_change))

    def export(self, job_id: str, source_path: str, target_path: str) -> None:
        """Copies a file of the job (its result, its finished film) to where the person wants it."""
        self._post(lambda desk: desk.sharing.copy(job_id, source_path, target_path))

    def share_video(self, job_id: str, wish: "Wish", target_path: str) -> None:
        """`share_progress` until it is written, then None."""
        self._post(lambda desk: desk.sharing.video(job_id, wish, target_path))

    def stop_sharing(self) -> None:
        self._post(lambda desk: desk.sharing.stop())

    def share_still(self, job_id: str, wish: "Wish", time: Fraction, target_path: str) -> None:
        self._post(lambda desk: desk.sharing.still(job_id, wish, time, target_path))

    def share_facts(self, job_id: str, target_path: str) -> None:
        self._post(lambda desk: desk.sharing.facts(job_id, target_path))

    def measure_room(self) -> None:
        self._post(lambda desk: desk.sharing.measure_room())

    def clear_cache(self) -> None:
        self._post(lambda desk: desk.sharing.clear_cache())
