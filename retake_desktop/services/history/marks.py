"""What the person adds to takes: a name of their own, and that one is not to be listed any more.

Apart from the jobs: whoever works on a job saves all of it, and would put an older mark back.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from retake_desktop.domain.mark import MAX_NAME, TakeMark
from retake_desktop.services.history.base import Record
from retake_desktop.services.history.rows import text_of, trouble_told


class MarkedRecord(Record):
    """The part of `History` that keeps the marks."""

    def marks(self) -> dict[str, TakeMark]:
        """By job id; takes without a mark are not in it."""
        with trouble_told(), self._lock:
            rows = self._connection.execute("SELECT job_id, name, removed_at IS NOT NULL FROM mark").fetchall()
        return {job_id: TakeMark(name, bool(is_removed)) for job_id, name, is_removed in rows}

    def rename(self, job_id: str, name: str) -> None:
        """`name` is cut at 200 characters; an empty one lets the take go by its prompt again."""
        clean = " ".join(name.split())[:MAX_NAME].encode("utf-8", "replace").decode()
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO mark (job_id, name) VALUES (?, ?) ON CONFLICT (job_id) DO UPDATE SET name = excluded.name",
                (job_id, clean),
            )

    def set_removed(self, job_ids: Iterable[str], *, is_removed: bool) -> None:
        """Takes jobs off the list, or brings them back; all or none."""
        at = text_of(datetime.now(UTC)) if is_removed else None
        with self._transaction() as connection:
            for job_id in job_ids:
                connection.execute(
                    "INSERT INTO mark (job_id, removed_at) VALUES (?, ?)"
                    " ON CONFLICT (job_id) DO UPDATE SET removed_at = excluded.removed_at",
                    (job_id, at),
                )
