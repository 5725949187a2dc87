"""The spectrum of sound over time, made by FFmpeg: it has the fast Fourier transform that Python lacks."""

from array import array
from collections.abc import Iterator
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.error import EOFError as EndOfStreamError
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from retake_desktop.media.pcm import SampleFormat

MONO = SampleFormat(rate=8000, layout="mono", channels=1, name="s16")
"""What is analysed: speech has all that matters below 4 kHz."""
HOP = 128
"""Samples from one column to the next: 16 ms."""
BINS = 256
"""Rows of a column, 15.6 Hz each, from 0 Hz on."""
_PIECE = 4000


def columns(samples: "array[int]") -> Iterator[bytes]:
    """For every 16 ms of 8 kHz mono samples the level of each bin, 0 to 255, over 100 dB."""
    graph = Graph()
    graph.threads = 1
    entry = graph.add_abuffer(sample_rate=MONO.rate, format="s16", layout="mono", time_base=Fraction(1, MONO.rate))
    spectrum = graph.add(
        "showspectrum",
        f"s=1x{BINS}:slide=scroll:mode=combined:color=intensity:saturation=0:scale=log:drange=100:legend=0"
        ":win_func=hann:overlap=0.75",
    )
    leaving = graph.add("buffersink")
    graph.link_nodes(entry, spectrum, leaving).configure()
    for begin in range(0, len(samples), _PIECE):
        part = samples[begin : begin + _PIECE]
        frame = AudioFrame("s16", "mono", len(part))
        frame.planes[0].update(part.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = MONO.rate, begin, Fraction(1, MONO.rate)
        entry.push(frame)
        yield from _drained(leaving)
    entry.push(None)
    yield from _drained(leaving)


def _drained(leaving: FilterContext) -> Iterator[bytes]:
    while True:
        try:
            column = leaving.pull()
        except (BlockingIOError, EndOfStreamError):
            return
        assert isinstance(column, VideoFrame)  # noqa: S101 - the graph ends in a video sink
        plane = column.planes[0]
        yield bytes(plane)[:: plane.line_size][BINS - 1 :: -1]
