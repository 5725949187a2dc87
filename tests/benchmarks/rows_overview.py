"""Filmstrip and waveform of 10 minutes of 1080p, beside ffmpeg's own ways to the same pictures and peaks."""

import statistics
from collections.abc import Callable
from fractions import Fraction
from functools import partial

from retake_desktop.domain.clip import Clip
from retake_desktop.media.filmstrip import filmstrip
from retake_desktop.media.probe import probe
from retake_desktop.media.waveform import waveform
from tests.benchmarks.footage import film_of
from tests.benchmarks.measuring import Samples, row, seconds_of
from tests.benchmarks.peers import ffmpeg

_REACH = 1.1
_SECONDS, _HEIGHT, _PICTURES = 600, 56, 14


def _never() -> bool:
    return False


@row("filmstrip", reach=_REACH, peer="the faster of ffmpeg seeking for each picture and ffmpeg decoding all keyframes")
def filmstrip_of_ten_minutes(runs: int) -> Samples:
    """14 pictures of 10 min of 1080p."""
    clip = probe(str(film_of(_SECONDS)))
    inputs, outputs = list[str](), list[str]()
    small = f"scale=-2:{_HEIGHT}:flags=bilinear,format=bgra"
    for part in range(_PICTURES):
        middle = float(clip.duration * Fraction(2 * part + 1, 2 * _PICTURES))
        inputs += ["-skip_frame", "nokey", "-noaccurate_seek", "-ss", f"{middle:.3f}", "-i", clip.path]
        outputs += ["-map", f"{part}:v:0", "-frames:v", "1", "-vf", small, "-f", "rawvideo", "/dev/null"]
    keyframes = ("-skip_frame", "nokey", "-i", clip.path, "-an", "-vsync", "0", "-vf", small)
    return _beside_the_faster(
        runs,
        lambda: list(filmstrip(clip, _PICTURES, _HEIGHT, _never)),
        partial(ffmpeg, *inputs, *outputs),
        partial(ffmpeg, *keyframes, "-f", "rawvideo", "/dev/null"),
    )


@row("waveform", reach=_REACH, peer="the faster of ffmpeg drawing the peaks and ffmpeg giving the samples to draw them")
def waveform_of_ten_minutes(runs: int) -> Samples:
    """The peaks of 10 min of sound."""
    clip: Clip = probe(str(film_of(_SECONDS)))
    drawn = "[0:a]aformat=channel_layouts=mono,showwavespic=s=24000x128:draw=full"
    return _beside_the_faster(
        runs,
        lambda: list(waveform(clip, _never)),
        partial(ffmpeg, "-i", clip.path, "-filter_complex", drawn, "-frames:v", "1", "-f", "rawvideo", "/dev/null"),
        partial(ffmpeg, "-i", clip.path, "-map", "0:a:0", "-ac", "1", "-f", "u8", "/dev/null"),
    )


def _beside_the_faster(runs: int, ours: Callable[[], object], *theirs: Callable[[], object]) -> Samples:
    """All ways in turn, after one round that only warms up."""
    times = [[seconds_of(way) for way in (ours, *theirs)] for _ in range(runs + 1)][1:]
    first, *others = ([one[way] for one in times] for way in range(1 + len(theirs)))
    return Samples(first, min(others, key=statistics.median))
