"""A video file as it was read once: its frames' exact times, its picture, its sound."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """Presentation times of all frames of a video stream, the only clock for in and out points.

    `ticks` ascend and are relative to the clip's first frame, which is at tick 0; `time_base` is seconds per tick;
    `end` is the tick at which the last frame stops being shown. Never empty.
    """

    ticks: tuple[int, ...]
    time_base: Fraction
    end: int

    def __len__(self) -> int:
        return len(self.ticks)

    @property
    def duration(self) -> Fraction:
        """Seconds from the start of the first frame to the end of the last."""
        return self.end * self.time_base

    def start_of(self, index: int) -> Fraction:
        """Seconds at which frame `index` appears; `len(self)` gives the end of the clip."""
        return (self.end if index == len(self.ticks) else self.ticks[index]) * self.time_base

    def end_of(self, index: int) -> Fraction:
        return self.start_of(index + 1)

    def midpoint_of(self, index: int) -> Fraction:
        return (self.start_of(index) + self.end_of(index)) / 2

    def index_at(self, time: Fraction) -> int:
        """The frame on screen at `time` seconds; the first or last one outside the clip."""
        tick = time / self.time_base
        return max(0, bisect_right(self.ticks, tick) - 1)

    def nearest_boundary(self, time: Fraction) -> int:
        """The index of the frame start nearest to `time`; `len(self)` when the clip's end is nearest."""
        index = self.index_at(time)
        if time - self.start_of(index) <= self.end_of(index) - time:
            return index
        return index + 1

    def snap(self, time: Fraction) -> Fraction:
        """The frame boundary nearest to `time`, in seconds within the clip."""
        return self.start_of(self.nearest_boundary(time))


@dataclass(frozen=True, slots=True)
class Colour:
    """Colour description by FFmpeg's names ("bt709", "smpte2084", ...); "unknown" where the file does not say."""

    range: str = "unknown"
    matrix: str = "unknown"
    transfer: str = "unknown"
    primaries: str = "unknown"

    @property
    def is_hdr(self) -> bool:
        return self.transfer in {"smpte2084", "arib-std-b67"}


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """One audio stream. `index` is the stream's index in the file; `start` is seconds after the first video frame."""

    index: int
    codec: str
    sample_rate: int
    channels: int
    layout: str
    start: Fraction
    duration: Fraction
    language: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """A readable video file, described by `media.probe`.

    `width` and `height` are pixels as the picture is seen: after rotation and with square pixels.
    `coded_width` and `coded_height` are what the stream holds. `rotation` is degrees clockwise (0, 90, 180, 270)
    by which decoded frames must be turned. `origin` is the first video frame's time in the container, in seconds:
    clip time 0. `frame_rate` is frames per second, the average for variable rates.
    `fingerprint` names the content: the same for a moved or renamed file, another for a changed one.
    """

    path: str
    size_bytes: int
    container: str
    video_index: int
    codec: str
    pixel_format: str
    bit_depth: int
    width: int
    height: int
    coded_width: int
    coded_height: int
    pixel_aspect: Fraction
    rotation: int
    colour: Colour
    frame_rate: Fraction
    is_variable_rate: bool
    origin: Fraction
    frames: FrameTimes
    audio: tuple[AudioTrack, ...]
    fingerprint: str

    @property
    def duration(self) -> Fraction:
        """Seconds of picture."""
        return self.frames.duration
