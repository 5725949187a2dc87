"""Every kind of file whose frames must come out exactly. A row: what it is, the file's name, how it is made.

The options are those of `tests.fakes.footage.make_clip`; what a row does not say is H.264 at 25 fps with two B-frames,
160 x 90, 60 frames, numbered from 0. `shows` lists the numbers of the frames that are shown, where that is not all of
them; `keep` is the part of the file that has been written so far. To add a kind of file, add a row.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.fakes.footage import make_clip

FILM, NTSC = Fraction(24000, 1001), Fraction(30000, 1001)
FIVE_TO_THIRTY = tuple(
    sum(((Fraction(1, 30), Fraction(1, 5))[i // 6 % 2] for i in range(n)), Fraction(0)) for n in range(60)
)
"""Seconds of frames at a rate that changes between 30 and 5 fps every six frames."""
EVER_SLOWER = tuple(Fraction(i * i + i, 400) for i in range(60))
OPEN_264 = {"x264-params": "open-gop=1"}
OPEN_265 = {"x265-params": "log-level=none:open-gop=1:keyint=12:bframes=3:scenecut=0"}
CODECS: dict[str, dict[str, Any]] = {
    "hevc": {"codec": "libx265", "gop": 20},
    "hevc 10 bit": {"codec": "libx265", "pixel_format": "yuv420p10le", "gop": 20},
    "vp9": {"codec": "libvpx-vp9", "gop": 20},
    "av1": {"codec": "libsvtav1", "gop": 20, "options": {"preset": "12", "svtav1-params": "lp=1"}},
    "prores": {"codec": "prores_ks", "pixel_format": "yuv422p10le"},
    "mpeg2": {"codec": "mpeg2video", "gop": 12, "options": {"bf": "2", "b": "2M"}},
    "mpeg4": {"codec": "mpeg4", "gop": 12, "options": {"bf": "2", "b": "2M"}},
    "mjpeg": {"codec": "mjpeg", "pixel_format": "yuvj420p", "colour": (2, 5, 2, 2)},
}


@dataclass(frozen=True)
class Row:
    what: str
    file: str = "a.mp4"
    options: dict[str, Any] = field(default_factory=dict)
    shows: range | None = None
    keep: float = 1.0

    def make(self, folder: Path) -> Path:
        options: dict[str, Any] = {"size": (160, 90), "frames": 60, "gop": 20} | self.options
        path = make_clip(folder / self.file, **options)
        if self.keep < 1:
            content = path.read_bytes()
            path.write_bytes(content[: int(len(content) * self.keep)])
        return path


ROWS = [
    # Frame rates
    Row("23.976 fps", options={"rate": FILM, "bframes": 3}),
    Row("24 fps", options={"rate": 24}),
    Row("25 fps", options={"rate": 25}),
    Row("29.97 fps", options={"rate": NTSC}),
    Row("50 fps", options={"rate": 50}),
    Row("60 fps", options={"rate": 60}),
    Row("variable rate, 5 to 30 fps", options={"times": FIVE_TO_THIRTY}),
    Row("variable rate in mkv", "a.mkv", {"times": EVER_SLOWER, "bframes": 0}),
    # GOPs
    Row("without B-frames", options={"bframes": 0}),
    Row("five B-frames in a row", options={"bframes": 5}),
    Row("keyframes only", options={"gop": 1, "bframes": 0}),
    Row("one GOP of 600", options={"gop": 600, "frames": 600}),
    Row("open GOPs", options={"gop": 12, "bframes": 3, "options": OPEN_264}),
    Row("intra refresh", options={"bframes": 0, "options": {"x264-params": "intra-refresh=1"}}),
    Row("several slices", options={"options": {"x264-params": "slices=4"}}),
    # Containers, and where their time begins
    Row("edit list that hides frames", options={"start": Fraction(-1, 2), "bframes": 3}, shows=range(12, 60)),
    Row("edit list that delays", options={"start": Fraction(5, 3), "rate": NTSC}),
    Row("fragmented mp4", options={"container_options": {"movflags": "frag_keyframe+empty_moov"}}),
    Row("mov", "a.mov"),
    Row("mkv that starts late", "a.mkv", {"start": Fraction(27, 10), "rate": FILM}),
    Row("mkv with open GOPs", "a.mkv", {"gop": 12, "bframes": 3, "options": OPEN_264}),
    Row("mkv without an index", "a.mkv", {"container_options": {"live": "1"}}),
    Row("ts", "a.ts", {"rate": NTSC, "start": 7}),
    Row("ts with open GOPs", "a.ts", {"gop": 12, "bframes": 3, "options": OPEN_264}),
    Row("ts past its clock's wrap", "a.ts", {"start": 100_000}),
    Row("program stream", "a.mpg", {**CODECS["mpeg2"], "container": "mpeg", "audio": "mp2"}),
    Row("flv", "a.flv", {"start": 1}),
    # Codecs
    Row("hevc", options=CODECS["hevc"]),
    Row("hevc with open GOPs", options={"codec": "libx265", "options": OPEN_265}),
    Row("hevc 10 bit in mov", "a.mov", CODECS["hevc 10 bit"]),
    Row("hevc in ts, open GOPs", "a.ts", {"codec": "libx265", "options": OPEN_265}),
    Row("hevc hdr", options={**CODECS["hevc 10 bit"], "colour": (1, 9, 18, 9), "frames": 30}),
    Row("vp9 in webm", "a.webm", CODECS["vp9"]),
    Row("av1 in webm", "a.webm", CODECS["av1"]),
    Row("av1 in mp4", options=CODECS["av1"]),
    Row("prores", "a.mov", CODECS["prores"]),
    Row("mpeg2 in ts", "a.ts", CODECS["mpeg2"]),
    Row("mpeg4 in mkv", "a.mkv", CODECS["mpeg4"]),
    Row("mpeg4 in avi", "a.avi", CODECS["mpeg4"]),
    Row("mjpeg in avi", "a.avi", CODECS["mjpeg"]),
    Row("h264 in avi", "a.avi", {"bframes": 0}),
    Row("h264 with B-frames in avi", "a.avi", {"bframes": 3}),
    Row("h264 with open GOPs in avi", "a.avi", {"gop": 12, "bframes": 3, "options": OPEN_264}),
    # Pictures
    Row("interlaced h264", options={"options": {"x264-params": "tff=1"}, "bframes": 0, "size": (160, 96)}),
    Row("interlaced mpeg2", "a.ts", {**CODECS["mpeg2"], "options": {"bf": "2", "b": "2M", "flags": "+ilme+ildct"}}),
    Row("turned by 90", "a.mov", {"rotation": 90}),
    Row("turned by 180", options={"rotation": 180}),
    Row("turned by 270", options={"rotation": 270}),
    Row("anamorphic", options={"size": (180, 144), "pixel_aspect": Fraction(16, 11)}),
    Row("854 x 480", options={"size": (854, 480), "frames": 12}),
    Row("8K", options={"size": (7680, 4320), "frames": 2, "bframes": 0, "audio": False}),
    # Lengths and sound
    Row("without sound", options={"audio": False}),
    Row("sound longer than the picture", options={"audio_duration": 4}),
    Row("sound shorter than the picture", options={"audio_duration": 1}),
    Row("0.9 s", options={"rate": 30, "frames": 27}),
    Row("one frame", options={"frames": 1}),
    Row("emoji in its path", "🎬 50 % größer.mp4"),
    Row("a path of 250 characters", "a" * 246 + ".mp4"),
    # Still being written: frames so far
    Row("mkv still being written", "a.mkv", {"bframes": 0, "container_options": {"live": "1"}}, keep=0.7),
    Row("ts still being written", "a.ts", {"bframes": 0}, keep=0.7),
    Row(
        "mp4 still being written",
        options={"bframes": 0, "container_options": {"movflags": "frag_keyframe+empty_moov"}},
        keep=0.7,
    ),
]
