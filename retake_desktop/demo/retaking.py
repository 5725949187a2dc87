"""One request's video from what was sent to the answer."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from retake_desktop.demo.catalog import BASE_PRICE_USD
from retake_desktop.demo.faults import Call, FaultPlan, WorkFails, WorkFault
from retake_desktop.demo.files import FileStore
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.request_store import Order, RequestStore
from retake_desktop.demo.sources import NotFetchedError, fetch
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.retake import MAX_WINDOW_FRAMES, MIN_SPAN, MIN_WINDOW_FRAMES
from retake_desktop.domain.span import Span

if TYPE_CHECKING:
    from retake_desktop.demo.effect import Retake

Effect = Callable[["Retake", Clip, str, Callable[[], bool]], None]
_LONGER_SIDE, _SHORTER_SIDE = 3840, 2160


class FailedError(Exception):
    """The request fails at the service; the message is its `error`."""


class StoppedError(Exception):
    """The service is stopping; the request goes back to the queue."""


def apply(retake: "Retake", clip: Clip, output: str, cancelled: Callable[[], bool]) -> None:
    """See `demo.effect`."""
    # Here and not above: the service answers long before anything needs FFmpeg.
    from retake_desktop.demo.effect import apply

    apply(retake, clip, output, cancelled)


class Retaker:
    """Makes the answers of one service; `effect` writes their videos."""

    def __init__(
        self, store: RequestStore, files: FileStore, faults: FaultPlan, options: DemoOptions, effect: Effect = apply
    ) -> None:
        self._store = store
        self._files = files
        self._faults = faults
        self._options = options
        self._effect = effect

    def retake(self, order: Order, stopped: Callable[[], bool]) -> float:
        """Puts the answer in its place and returns its price in US dollars. Raises FailedError or StoppedError."""
        faults = self._work_faults()
        source = self._source(order)
        from retake_desktop.media.probe import probe  # As in `apply`.

        output = self._store.output(order.request_id)
        draft = output.with_name("draft.mp4")
        try:
            clip = probe(str(source))
            if self._options.strict:
                _check_limits(order, clip)
            self._effect(self._planned(order, clip, faults), clip, str(draft), stopped)
        except RetakeError as error:
            if error.kind is ErrorKind.CANCELLED:
                raise StoppedError from error
            raise FailedError(f"The video could not be processed ({error.detail or error.kind}).") from error
        draft.replace(output)
        return round(BASE_PRICE_USD * float(clip.duration), 4)

    def _work_faults(self) -> list[WorkFault]:
        faults = [fault for fault in self._faults.take(Call.WORK) if isinstance(fault, WorkFault)]
        for fault in faults:
            if isinstance(fault, WorkFails):
                raise FailedError(fault.error)
        return faults

    def _source(self, order: Order) -> Path:
        if order.video is None:
            return self._store.inline_video(order.request_id)
        try:
            return fetch(order.video, self._files)
        except NotFetchedError as error:
            raise FailedError(str(error)) from error

    def _planned(self, order: Order, clip: Clip, faults: list[WorkFault]) -> "Retake":
        from retake_desktop.demo.effect import Retake
        from retake_desktop.demo.liberties import liberties_from

        return Retake(
            prompt=order.prompt,
            take=order.request_id,
            span=_span(order, clip),
            mode=order.mode,
            answer_size=self._options.answer_size,
            bleed_frames=self._options.bleed_frames,
            liberties=liberties_from(faults),
        )


def _span(order: Order, clip: Clip) -> Span:
    """The stretch to retake, clamped to the clip as LTX does. Raises FailedError when nothing is left of it."""
    start = Fraction(order.start_time).limit_denominator(1_000_000)
    end = min(clip.duration, start + Fraction(order.duration).limit_denominator(1_000_000))
    if end <= start:
        raise FailedError("There is nothing to retake: start_time and duration leave no part of the video.")
    return Span(start, end)


def _check_limits(order: Order, clip: Clip) -> None:
    """Source of the limits: LTX API reference, retake."""
    if not MIN_WINDOW_FRAMES <= len(clip.frames) <= MAX_WINDOW_FRAMES:
        raise FailedError(
            f"The video has {len(clip.frames)} frames; {MIN_WINDOW_FRAMES} to {MAX_WINDOW_FRAMES} are allowed."
        )
    if order.duration < MIN_SPAN:
        raise FailedError(f"duration must be at least {MIN_SPAN} seconds.")
    if max(clip.width, clip.height) > _LONGER_SIDE or min(clip.width, clip.height) > _SHORTER_SIDE:
        raise FailedError(
            f"The video is {clip.width}x{clip.height}; at most {_LONGER_SIDE}x{_SHORTER_SIDE} is allowed."
        )
