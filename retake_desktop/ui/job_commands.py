"""What the window can ask of the job thread. Every call returns at once; signals answer."""

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.spending import Decision
from retake_desktop.ui.care_commands import CareCommands
from retake_desktop.ui.keep_commands import KeepCommands
from retake_desktop.ui.money_commands import Command

__all__ = ["Command", "JobCommands"]


class JobCommands(KeepCommands, CareCommands):
    """The commands by name, for whatever carries them to the job thread."""

    def open_clip(self, path: str, box: tuple[int, int] = (640, 640)) -> None:
        """`box` is what its first picture is to fit, in physical pixels."""
        self._post(lambda desk: desk.open_clip(path, box))

    def open_address(self, url: str) -> None:
        self._post(lambda desk: desk.open_address(url))

    def open_result(self, job_id: str) -> None:
        self._post(lambda desk: desk.open_result(job_id))

    def retake(self, request: RetakeRequest, clip: Clip, agreed: Decision | None = None) -> None:
        """`agreed` is what `spending_asked` brought for the same request, when the person said yes to it."""
        self._post(lambda desk: desk.retake(request, clip, agreed))

    def cancel(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.cancel))

    def try_again(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.try_again, may_bill=True))

    def fetch_again(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.fetch_again))

    def send_again(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.send_again, may_bill=True))

    def adopt(self, job_id: str, request_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, lambda known: desk.pipeline.adopt(known, request_id)))

    def discard(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.discard))

    def undiscard(self, job_id: str) -> None:
        self._post(lambda desk: desk.decide(job_id, desk.pipeline.undiscard))

    def allow_host(self, job_id: str, host: str) -> None:
        self._post(lambda desk: desk.allow_host(job_id, host))

    def save_token(self, token: str, *, session_only: bool) -> None:
        self._post(lambda desk: desk.account.save_token(token, session_only=session_only))

    def forget_token(self) -> None:
        self._post(lambda desk: desk.account.forget_token())
