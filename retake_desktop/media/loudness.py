"""How loud a stretch of sound is to the ear: EBU R 128, measured by FFmpeg."""

from array import array
from collections.abc import Callable
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.error import EOFError as EndOfStreamError
from av.filter import Graph
from av.filter.context import FilterContext

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.span import Span
from retake_desktop.media.pcm import RATE, STEREO, PcmReader
from retake_desktop.media.source import media_errors

SILENT = -69.0
"""LUFS. The measure's own gate is at -70: what is softer has no loudness to match."""


def loudness(clip: Clip, span: Span, cancelled: Callable[[], bool] = lambda: False) -> float | None:
    """Integrated loudness of `span` in LUFS; None for silence, and when cancelled.

    Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    if not clip.audio:
        return None
    first, last = round(max(Fraction(0), span.start) * RATE), round(min(clip.duration, span.end) * RATE)
    with media_errors(ErrorKind.MEDIA_FAILED, "the sound cannot be measured"), PcmReader(clip) as reader:
        meter = _Meter()
        for begin in range(first, last, RATE):
            if cancelled():
                return None
            meter.add(reader.read(begin, min(RATE, last - begin)))
        found = meter.integrated()
    return found if found > SILENT else None


class _Meter:
    def __init__(self) -> None:
        self._graph = Graph()
        self._graph.threads = 1
        tick = Fraction(1, RATE)
        self._entry = self._graph.add_abuffer(sample_rate=RATE, format="s16", layout="stereo", time_base=tick)
        meter = self._graph.add("ebur128", "metadata=1:framelog=quiet")
        self._leaving: FilterContext = self._graph.add("abuffersink")
        self._graph.link_nodes(self._entry, meter, self._leaving).configure()
        self._time = 0
        self._found = float("-inf")

    def add(self, samples: bytes) -> None:
        count = len(samples) // STEREO.frame_bytes
        frame = AudioFrame("s16", "stereo", count)
        frame.planes[0].update(array("h", samples).tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._time, Fraction(1, RATE)
        self._time += count
        self._entry.push(frame)
        self._drain()

    def integrated(self) -> float:
        """LUFS of everything so far; minus infinity for less than 0.4 s."""
        self._entry.push(None)
        self._drain()
        return self._found

    def _drain(self) -> None:
        while True:
            try:
                frame = self._leaving.pull()
            except (BlockingIOError, EndOfStreamError):
                return
            if isinstance(frame, AudioFrame):
                self._found = float(frame.metadata.get("lavfi.r128.I", self._found))
