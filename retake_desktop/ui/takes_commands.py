"""What the list of takes and the form can ask of the job thread. Every call returns at once; signals answer."""

from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.ui.storage_commands import StorageCommands


class TakesCommands(StorageCommands):
    """`takes_marked` answers renaming and removing, `window_looked` a look."""

    def rename(self, job_id: str, name: str) -> None:
        """Gives a take a name of the person's own; an empty one takes it away."""
        self._post(lambda desk: desk.takes.rename(job_id, name))

    def remove(self, *job_ids: str) -> None:
        """Takes them off the list. Nothing is deleted."""
        self._post(lambda desk: desk.takes.remove(job_ids, is_removed=True))

    def bring_back(self, *job_ids: str) -> None:
        self._post(lambda desk: desk.takes.remove(job_ids, is_removed=False))

    def look(self, request: RetakeRequest) -> None:
        """Cuts what would be sent, and sends nothing."""
        self._post(lambda desk: desk.takes.look(request))
