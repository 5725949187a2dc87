"""What is read of a clip for its timeline, and who reads it: this process, or a child of it (`aside.py`)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Sounds:
    """Stretches of clip time in which somebody speaks, and in which it is quiet, in order."""

    speech: tuple[Span, ...] = ()
    quiet: tuple[Span, ...] = ()


class Reader(Protocol):
    """Any thread may ask, several at once. Each ends soon after `cancelled` says so.

    All raise RetakeError(FILE_TROUBLE | MEDIA_FAILED), and CANCELLED where they were given up before they began.
    """

    def pictures_near(
        self, clip: Clip, times: Sequence[Fraction], width: Fraction, height: int, cancelled: Cancelled
    ) -> Iterator[Picture]:
        """See `filmstrip.pictures_near`."""
        ...

    def waveform(self, clip: Clip, cancelled: Cancelled) -> Iterator[WaveformBlock]:
        """See `waveform.waveform`."""
        ...

    def sounds(self, clip: Clip, within: Span, pause: Fraction, cancelled: Cancelled) -> Sounds:
        """See `speech.speech` and `silence.silences`; quiet is what lasts `pause` seconds."""
        ...

    def cuts(self, clip: Clip, first: int, end: int, cancelled: Cancelled) -> tuple[int, ...]:
        """See `shots.cuts`."""
        ...

    def close(self) -> None:
        """Nothing is asked any more."""
        ...


class Here:
    """Reads in the thread that asks. What decodes is loaded then: it would hold up the window's first appearance."""

    def pictures_near(
        self, clip: Clip, times: Sequence[Fraction], width: Fraction, height: int, cancelled: Cancelled
    ) -> Iterator[Picture]:
        from retake_desktop.media.filmstrip import pictures_near

        return pictures_near(clip, times, width, height, cancelled)

    def waveform(self, clip: Clip, cancelled: Cancelled) -> Iterator[WaveformBlock]:
        from retake_desktop.media.waveform import waveform

        return waveform(clip, cancelled)

    def sounds(self, clip: Clip, within: Span, pause: Fraction, cancelled: Cancelled) -> Sounds:
        from retake_desktop.media.silence import silences
        from retake_desktop.media.speech import speech

        if not clip.audio:
            return Sounds()
        spoken = tuple(speech(clip, cancelled, within))
        return Sounds(spoken, tuple(silences(clip, cancelled, least=pause, within=within)))

    def cuts(self, clip: Clip, first: int, end: int, cancelled: Cancelled) -> tuple[int, ...]:
        from retake_desktop.media.shots import cuts

        return tuple(cuts(clip, first, end, cancelled))

    def close(self) -> None:
        """Nothing is open."""


def in_a_child() -> Reader:
    """Reads in a child process. Not loaded at the top, as above."""
    from retake_desktop.media.aside import Aside

    return Aside()
