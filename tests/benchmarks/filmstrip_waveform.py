"""Filmstrip and waveform beside ffmpeg's own ways to the same pictures and peaks: `python -m`, with a video's path.

Reach: at most 1.1 times the faster of ffmpeg's ways, for 10 minutes of 1080p.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.media.filmstrip import filmstrip
from retake_desktop.media.probe import probe
from retake_desktop.media.waveform import waveform

_HEIGHT = 56
_ROUNDS = 3


def _never() -> bool:
    return False


def _quickest(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of the best of some rounds, each way's turn after the other's, so that all meet the same machine."""
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(_ROUNDS):
        for name, run in ways.items():
            begin = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - begin)
    return best


def _ffmpeg(*arguments: str) -> Callable[[], object]:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments]
    return lambda: subprocess.run(command, check=True)


def filmstrip_row(clip: Clip, count: int = 14) -> dict[str, float]:
    """Seconds for `count` pictures: ours, ffmpeg seeking for each, ffmpeg decoding all keyframes."""
    inputs: list[str] = []
    outputs: list[str] = []
    small = f"scale=-2:{_HEIGHT}:flags=bilinear,format=bgra"
    for part in range(count):
        middle = float(clip.duration * Fraction(2 * part + 1, 2 * count))
        inputs += ["-skip_frame", "nokey", "-noaccurate_seek", "-ss", f"{middle:.3f}", "-i", clip.path]
        outputs += ["-map", f"{part}:v:0", "-frames:v", "1", "-vf", small, "-f", "rawvideo", "/dev/null"]
    all_keyframes = ["-skip_frame", "nokey", "-i", clip.path, "-an", "-vsync", "0", "-vf", small]
    return _quickest(
        {
            "ours": lambda: list(filmstrip(clip, count, _HEIGHT, _never)),
            "ffmpeg, seeking": _ffmpeg(*inputs, *outputs),
            "ffmpeg, all keyframes": _ffmpeg(*all_keyframes, "-f", "rawvideo", "/dev/null"),
        }
    )


def waveform_row(clip: Clip) -> dict[str, float]:
    """Seconds for the peaks of the whole sound: ours, ffmpeg drawing them, ffmpeg giving the samples alone."""
    drawn = "aformat=channel_layouts=mono,showwavespic=s=24000x128:draw=full"
    plain = ["-i", clip.path, "-map", "0:a:0", "-ac", "1", "-f", "u8", "/dev/null"]
    return _quickest(
        {
            "ours": lambda: list(waveform(clip, _never)),
            "ffmpeg, peaks": _ffmpeg(
                "-i", clip.path, "-filter_complex", f"[0:a]{drawn}", "-frames:v", "1", "-f", "rawvideo", "/dev/null"
            ),
            "ffmpeg, samples without peaks": _ffmpeg(*plain),
        }
    )


def ratio(row: dict[str, float]) -> float:
    """Ours against the faster of ffmpeg's ways that reach the same."""
    return row["ours"] / min(seconds for name, seconds in row.items() if name not in ("ours", _SAMPLES_ONLY))


_SAMPLES_ONLY = "ffmpeg, samples without peaks"


def main(path: str) -> None:
    clip = probe(path)
    for title, row in (("filmstrip", filmstrip_row(clip)), ("waveform", waveform_row(clip))):
        figures = ", ".join(f"{name} {seconds:.3f} s" for name, seconds in row.items())
        sys.stdout.write(f"{title}: ratio {ratio(row):.2f} ({figures})\n")


if __name__ == "__main__":
    main(sys.argv[1])
