"""What a review can ask of the job thread. Every call returns at once; signals answer."""

from retake_desktop.ui.takes_commands import TakesCommands


class ReviewCommands(TakesCommands):
    """`changes_known` answers a measurement; corrections and judgements come back as `job_changed`."""

    def measure_changes(self, job_id: str) -> None:
        """How much each frame of the take differs from the original. One that is under way for another take ends."""
        self._post(lambda desk: desk.review.measure(job_id))

    def correct(self, job_id: str, frames: int) -> None:
        """Moves the take by so many frames against the original (positive: a later frame of it is shown)."""
        self._post(lambda desk: desk.review.correct(job_id, frames))

    def judge(self, job_id: str, rating: int, note: str) -> None:
        """Keeps the person's own rating (0 to 5 stars) and note with the take."""
        self._post(lambda desk: desk.review.judge(job_id, rating, note))
