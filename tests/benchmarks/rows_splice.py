"""Splicing 5 s into 10 min of 1080p, as `python -m tests.benchmarks.splice` does it, with processor time too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from retake_desktop.media.probe import probe
from retake_desktop.media.splice import plan, splice
from tests.benchmarks.measuring import Samples, row, seconds_of
from tests.benchmarks.peers import ffmpeg, program
from tests.benchmarks.splice import LEAST_OF_FULL, MINUTES, MOST_OF_PEER, SETTINGS, film, take_for, unwatched

_MOST_RUNS = 2
"""Each takes a minute or more; so long a time varies little."""


@row("splice", reach=MOST_OF_PEER, peer="ffmpeg's remux and its encode of the same stretch")
def splice_into_ten_minutes(runs: int) -> Samples:
    """5 s into 10 min of 1080p, checked and settled, beside the same settings in ffmpeg."""
    with _spliced() as (ours, whole, stretch):
        out = str(whole.parent / "out.mp4")
        ours()

        def remux_and_stretch() -> None:
            ffmpeg("-i", str(whole), "-c", "copy", "-movflags", "faststart", str(whole.parent / "remux.mp4"))
            cut = ("-ss", str(stretch[0]), "-i", out, "-t", str(stretch[1]), "-an")
            ffmpeg(*cut, *SETTINGS, str(whole.parent / "stretch.mp4"))

        pairs = [(seconds_of(ours), seconds_of(remux_and_stretch)) for _ in range(min(runs, _MOST_RUNS))]
        return Samples([pair[0] for pair in pairs], [pair[1] for pair in pairs])


@row("splice-whole", reach=1 / LEAST_OF_FULL, peer="ffmpeg encoding the whole film (its first minute, times ten)")
def splice_against_the_whole(runs: int) -> Samples:
    """The same splice beside encoding all of the film."""
    with _spliced() as (ours, whole, _):

        def minute() -> None:
            ffmpeg("-i", str(whole), "-t", "60", *SETTINGS, "-c:a", "copy", str(whole.parent / "minute.mp4"))

        pairs = [(seconds_of(ours), seconds_of(minute) * MINUTES) for _ in range(min(runs, _MOST_RUNS))]
        return Samples([pair[0] for pair in pairs], [pair[1] for pair in pairs])


@contextmanager
def _spliced() -> Iterator[tuple[Callable[[], object], Path, tuple[float, float]]]:
    """The splice, its film, and begin and length of the stretch that it encodes, in seconds."""
    program("ffmpeg")
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole = film(folder)
        take = take_for(folder, whole)
        original = probe(str(whole))
        (stretch,) = plan(original, [take]).stretches
        begin, end = (float(original.frames.start_of(index)) for index in (stretch.first, stretch.end))
        yield lambda: splice(original, [take], str(folder / "out.mp4"), unwatched), whole, (begin, end - begin)
