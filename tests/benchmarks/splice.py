"""A splice of 5 s into 10 min of 1080p, beside what FFmpeg's own program needs for the same outcome.

    python -m tests.benchmarks.splice        # prints seconds and ratios; about ten minutes on two cores

The peers: a remux of the whole film plus encoding the stretch that the splice encodes, and encoding the whole film
(measured on its first minute, times ten), both with the splice's encoder and settings.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import window_for_whole_file
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceReport, plan, splice

MINUTES = 10
START = Fraction(301)
"""Seconds: neither at the head nor at the end of a GOP of 250 frames."""
DURATION = Fraction(5)
MOST_OF_PEER = 3.0
LEAST_OF_FULL = 20.0
SETTINGS = ("-c:v", "libx264", "-preset", "faster", "-crf", "14", "-pix_fmt", "yuv420p")
_SOURCE = "testsrc2=s=1920x1080:r=25,noise=alls=6:allf=t"


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock on the wall, and of the processor (all threads and programs): steady when it is busy."""

    wall: float
    processor: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.processor + other.processor)

    def __mul__(self, times: int) -> "Cost":
        return Cost(self.wall * times, self.processor * times)

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.processor:.1f} s of processor)"


@dataclass(frozen=True)
class SpliceTimes:
    splice: Cost
    remux: Cost
    stretch: Cost
    whole: Cost
    report: SpliceReport

    @property
    def of_peer(self) -> Cost:
        """How many times as long as a remux and encoding the stretch."""
        peer = self.remux + self.stretch
        return Cost(self.splice.wall / peer.wall, self.splice.processor / peer.processor)

    @property
    def of_full(self) -> Cost:
        """How many times faster than encoding the whole film."""
        return Cost(self.whole.wall / self.splice.wall, self.whole.processor / self.splice.processor)

    def lines(self) -> list[str]:
        """What was measured, for people."""
        peer, full = self.of_peer, self.of_full
        return [
            f"splice {self.splice}: {self.report.frames_untouched:,} of {self.report.frames_total:,} frames untouched",
            f"remux {self.remux} + stretch {self.stretch}",
            f"  splice takes {peer.wall:.2f} x that, {peer.processor:.2f} x by processor (at most {MOST_OF_PEER})",
            f"whole film {self.whole}",
            f"  splice is {full.wall:.1f} x faster, {full.processor:.1f} x by processor (at least {LEAST_OF_FULL})",
        ]


def film(folder: Path) -> Path:
    """Ten minutes of moving 1080p with sound: 30 s, encoded once and repeated."""
    part, whole = folder / "part.mp4", folder / "film.mp4"
    _ffmpeg("-f", "lavfi", "-i", _SOURCE, "-f", "lavfi", "-i", "sine=f=300:r=48000", "-t", "30", "-c:v", "libx264",
            "-preset", "veryfast", "-crf", "23", "-g", "250", "-pix_fmt", "yuv420p", "-c:a", "aac",
            str(part))  # fmt: skip
    _ffmpeg("-stream_loop", str(2 * MINUTES - 1), "-i", str(part), "-c", "copy", str(whole))
    return whole


def take_for(folder: Path, whole: Path) -> KeptTake:
    """Eight seconds of the film in other colours, of which the middle five are used: no harder to encode than it."""
    path = folder / "take.mp4"
    _ffmpeg("-i", str(folder / "part.mp4"), "-vf", "hue=h=120", "-t", "8", "-an", *SETTINGS, str(path))
    original, result = probe(str(whole)), probe(str(path))
    span = Span(START, START + DURATION)
    window = window_for_whole_file(span, result.duration, 1920, 1080, Fraction(25))
    shifted = Span(START - Fraction(3, 2), START - Fraction(3, 2) + result.duration)
    assert original.duration > shifted.end
    return KeptTake(result, replace(window, source=shifted), span, Mode.PICTURE)


def measured(folder: Path) -> SpliceTimes:
    """One run of each, one after the other."""
    whole = film(folder)
    take = take_for(folder, whole)
    original = probe(str(whole))
    (stretch,) = plan(original, [take]).stretches
    begin = float(original.frames.start_of(stretch.first))
    length = float(original.frames.start_of(stretch.end)) - begin
    reports: list[SpliceReport] = []
    out, film_in = str(folder / "out.mp4"), ("-i", str(whole))
    # The same pictures as the splice encodes: those of its result.
    cut = ("-ss", f"{begin}", "-i", out, "-t", f"{length}", "-an", *SETTINGS, str(folder / "stretch.mp4"))
    remux = (*film_in, "-c", "copy", "-movflags", "faststart", str(folder / "remux.mp4"))
    minute = (*film_in, "-t", "60", *SETTINGS, "-c:a", "copy", str(folder / "minute.mp4"))
    return SpliceTimes(
        splice=_cost(lambda: reports.append(splice(original, [take], out, unwatched))),
        remux=_cost(lambda: _ffmpeg(*remux)),
        stretch=_cost(lambda: _ffmpeg(*cut)),
        whole=_cost(lambda: _ffmpeg(*minute)) * MINUTES,
        report=reports[0],
    )


def _cost(work: Callable[[], None]) -> Cost:
    wall, processor = time.perf_counter(), _processor()
    work()
    return Cost(time.perf_counter() - wall, _processor() - processor)


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def unwatched(progress: Progress) -> None:
    pass


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)


def main() -> int:
    with TemporaryDirectory() as folder:
        times = measured(Path(folder))
    sys.stdout.write("\n".join(times.lines()) + "\n")
    return 0 if times.of_peer.wall <= MOST_OF_PEER and times.of_full.wall >= LEAST_OF_FULL else 1


if __name__ == "__main__":
    sys.exit(main())
