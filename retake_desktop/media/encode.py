"""Writes H.264 and AAC into an MP4 that starts playing before it is all there and says nothing about its maker."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from fractions import Fraction
from types import TracebackType
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video.frame import VideoFrame

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.source import media_errors

SAMPLE_RATE = 48000
SOUND_BIT_RATE = 192_000


@dataclass(frozen=True, slots=True)
class Quality:
    """`crf` is x264's constant rate factor; `bit_rate` caps the picture's bits per second, within any second."""

    crf: int = 16
    bit_rate: int | None = None
    preset: str = "faster"

    def options(self) -> dict[str, str]:
        options = {"preset": self.preset, "crf": str(self.crf)}
        if self.bit_rate:
            options |= {"maxrate": str(self.bit_rate), "bufsize": str(self.bit_rate)}
        return options


@contextmanager
def writing_errors(what: str) -> Iterator[None]:
    """Turns whatever PyAV raises inside into RetakeError; `what` begins the sentence ("preparing the video").

    A full disk becomes NO_SPACE, trouble with the file FILE_TROUBLE, everything else MEDIA_FAILED.
    """
    try:
        with media_errors(ErrorKind.MEDIA_FAILED, f"{what} failed"):
            yield
    except RetakeError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno == ENOSPC:
            raise RetakeError(ErrorKind.NO_SPACE, f"the disk filled up while {what}") from error
        raise


class Mp4Writer:
    """SDR BT.709 4:2:0 pictures at a constant whole rate and, with `sound`, 48 kHz stereo.

    Pictures come as yuv420p of exactly `width` x `height`; sound as interleaved signed 16 bit samples. Raises what
    PyAV raises. The file is complete after `close`, or after leaving the with-statement without an error.
    """

    def __init__(self, path: str, rate: int, size: tuple[int, int], quality: Quality, *, sound: bool) -> None:
        options = {"movflags": "faststart", "fflags": "+bitexact"}
        self._container = av.open(path, "w", format="mp4", options=options)
        self._rate = rate
        self._video = self._container.add_stream("libx264", rate=rate, options=quality.options())
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        context = self._video.codec_context
        context.time_base = Fraction(1, rate)
        context.color_range, context.colorspace, context.color_trc, context.color_primaries = 1, 1, 1, 1
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE) if sound else None
        if self._audio:
            self._audio.codec_context.layout = "stereo"
            self._audio.bit_rate = SOUND_BIT_RATE
        self._planar = AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        self.pictures = 0
        self.samples = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._container.close()

    @property
    def sound_due(self) -> int:
        """How many samples belong beside the pictures written so far. Write them in step, or the muxer must wait."""
        return round(Fraction(self.pictures * SAMPLE_RATE, self._rate))

    def write_picture(self, frame: VideoFrame) -> None:
        frame.pts, frame.time_base = self.pictures, Fraction(1, self._rate)
        # A decoded frame still says I, P or B; x264 would obey it.
        frame.pict_type = 0
        self.pictures += 1
        self._container.mux(self._video.encode(frame))

    def write_sound(self, samples: bytes) -> None:
        """Any number of samples; nothing is written for a file without sound."""
        count = len(samples) // 4
        if self._audio is None or count == 0:
            return
        frame = AudioFrame("s16", "stereo", count)
        frame.planes[0].update(samples)
        frame.sample_rate = SAMPLE_RATE
        frame.pts, frame.time_base = self.samples, Fraction(1, SAMPLE_RATE)
        self.samples += count
        for planar in self._planar.resample(frame):
            self._container.mux(self._audio.encode(planar))

    def close(self) -> None:
        self._container.mux(self._video.encode(None))
        if self._audio:
            for planar in self._planar.resample(None):
                self._container.mux(self._audio.encode(planar))
            self._container.mux(self._audio.encode(None))
        self._container.close()
