"""A window on its whole way: cut, retaken by the demo's effect, measured, mapped back."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from retake_desktop.demo.effect import Retake, apply
from retake_desktop.demo.liberties import NONE, Liberties
from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window, paired_frame, picture_in_result, source_frame
from retake_desktop.media.alignment import align
from retake_desktop.media.changes import changes
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.prepare import Prepared, prepare
from retake_desktop.media.probe import probe
from tests.fakes.footage import sound_time
from tests.fakes.numbered import numbers

PLENTY = 11 << 20
AAC_FRAME = 1024 / 48000
"""Seconds."""


@dataclass(frozen=True)
class Trip:
    """`window` has the measured mapping; `shown` is the number in each frame of the result."""

    original: Clip
    prepared: Prepared
    request: RetakeRequest
    result: Clip
    alignment: Alignment
    window: Window
    shown: list[int | None]

    def changes(self) -> Changes:
        return changes(self.original, self.result, self.window, self.request.span, self.request.mode)

    def wrong_ways_back(self, first_number: int = 0) -> list[tuple[int, int, int | None]]:
        """Frames of the result, with the source's frame and the number shown, that are mapped to another frame."""
        before, after = self.original.frames, self.result.frames
        ways = [(place, source_frame(self.window, before, after, place)) for place in range(len(after))]
        return [
            (place, index, self.shown[place])
            for place, index in ways
            if index is not None and self.shown[place] != index + first_number
        ]

    def way_back(self) -> list[int]:
        """The source's frames that the result shows."""
        before, after = self.original.frames, self.result.frames
        ways = (source_frame(self.window, before, after, place) for place in range(len(after)))
        return [index for index in ways if index is not None]

    def wrong_pairs(self, first_number: int = 0) -> list[tuple[int, int | None]]:
        """Frames of the source whose partner in the result shows another frame."""
        before, after = self.original.frames, self.result.frames
        pairs = ((index, paired_frame(self.window, before, after, index)) for index in range(len(before)))
        return [(i, self.shown[pair]) for i, pair in pairs if pair is not None and self.shown[pair] != i + first_number]

    def sound_error(self, at: Fraction) -> float:
        """Seconds by which the result's sound is late for the source's time `at`, in a part that was not replaced."""
        rate, stretch = 48000, self.window.result_stretch
        middle = round(self.window.to_result(at) * rate)
        with PcmReader(self.result) as reader:
            heard = sound_time(reader.read(middle - 1200, 2400), rate, 2)
        # Slower by a thousandth means lower by as much, and 200 Hz lower reads as a second earlier.
        pitch = float(1 / stretch - 1) * (400 + 200 * float(at)) / 200
        return heard - pitch - float(at)


def cut(folder: Path, source: Path, request: RetakeRequest) -> tuple[Clip, Prepared]:
    original = probe(str(source))
    return original, prepare(original, request, str(folder / "window.mp4"), PLENTY, lambda _progress: None)


def retaken(
    folder: Path,
    original: Clip,
    prepared: Prepared,
    request: RetakeRequest,
    *,
    bleed: int = 3,
    size: tuple[int, int] | None = None,
    liberties: Liberties = NONE,
) -> Trip:
    sent = probe(prepared.path)
    output = str(folder / "result.mp4")
    window = prepared.window
    retake = Retake(request.prompt, "take", window.span, request.mode, size, bleed, liberties)
    apply(retake, sent, output)
    result = probe(output)
    # Without the bars, in which the demo draws too.
    shown = numbers(output, part=picture_in_result(window, result.width, result.height))
    alignment = align(sent, result, window, request.mode)
    return Trip(original, prepared, request, result, alignment, alignment.applied(window), shown)


def trip(
    folder: Path,
    source: Path,
    span: Span,
    *,
    mode: Mode = Mode.PICTURE_AND_SOUND,
    whole: bool = False,
    context: Fraction = Fraction(3, 2),
    bleed: int = 3,
    size: tuple[int, int] | None = None,
    liberties: Liberties = NONE,
) -> Trip:
    clip = probe(str(source))
    request = RetakeRequest(str(source), span.snapped(clip.frames), "A red coat", mode, whole=whole, context=context)
    original, prepared = cut(folder, source, request)
    return retaken(folder, original, prepared, request, bleed=bleed, size=size, liberties=liberties)
