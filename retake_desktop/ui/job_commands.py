"""What the window can ask of the job thread. Every call returns at once; signals answer."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.ui.job_desk import Desk

Command = Callable[[Desk], Awaitable[None]]


class JobCommands:
    """The commands by name, for whatever carries them to the job thread."""

    @abstractmethod
    def _post(self, command: Command | None) -> None:
        """Hands a command over; None ends the thread."""

    def open_clip(self, path: str) -> None:
        self._post(lambda desk: desk.open_clip(path))

    def open_result(self, job_id: str) -> None:
        self._post(lambda desk: desk.open_result(job_id))

    def retake(self, request: RetakeRequest, clip: Clip) -> None:
        self._post(lambda desk: desk.retake(request, clip))

    def cancel(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.cancel))

    def try_again(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.try_again))

    def fetch_again(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.fetch_again))

    def send_again(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.send_again))

    def adopt(self, job_id: str, request_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, lambda known: desk.pipeline.adopt(known, request_id)))

    def keep(self, job_id: str) -> None:
        self._post(lambda desk: desk.keep(job_id))

    def discard(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.discard))

    def undiscard(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.undiscard))

    def allow_host(self, job_id: str, host: str) -> None:
        self._post(lambda desk: desk.allow_host(job_id, host))

    def export(self, job_id: str, source_path: str, target_path: str) -> None:
        """Copies a file of the job (its result, its finished film) to where the person wants it."""
        self._post(lambda desk: desk.export(job_id, source_path, target_path))

    def save_token(self, token: str, *, session_only: bool) -> None:
        self._post(lambda desk: desk.save_token(token, session_only=session_only))

    def forget_token(self) -> None:
        self._post(lambda desk: desk.forget_token())

    def test_connection(self) -> None:
        self._post(lambda desk: desk.test_connection())

    def refresh_price(self) -> None:
        self._post(lambda desk: desk.refresh_price())
