"""A video file as it was read once: its frames' exact times, its picture, its sound."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from retake_desktop.domain.ticks import Ticks


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """Presentation times of all frames of a video stream, the only clock for in and out points.

    `ticks` ascend and are relative to the clip's first frame, which is at tick 0; `time_base` is seconds per tick;
    `end` is the tick at which the last frame stops being shown.
    """

    ticks: Ticks
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
        return max(0, self.ticks.up_to(time // self.time_base) - 1)

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


class FieldOrder(StrEnum):
    """Whether frames hold two fields taken one after the other, and which of them comes first in time."""

    PROGRESSIVE = "progressive"
    TOP_FIRST = "top_first"
    BOTTOM_FIRST = "bottom_first"

    @property
    def is_interlaced(self) -> bool:
        return self is not FieldOrder.PROGRESSIVE


class Finding(StrEnum):
    """What a person should know about a file that can be read, but not as its maker meant it."""

    INCOMPLETE = "incomplete"
    """It ends before it should: cut off, or still being written. The clip is what was there."""
    DAMAGED = "damaged"
    """Reading broke off at a damaged place. The clip is what lies before it."""
    CLOCK_JUMPS = "clock_jumps"
    """Its clock jumps: the picture was put together without the jumps, the sound cannot be placed against it."""
    TIMES_ASSUMED = "times_assumed"
    """It stores no times for its frames: they were laid out at one frame rate."""
    MIRRORED = "mirrored"
    """It asks players to mirror the picture, which this app does not."""


@dataclass(frozen=True, slots=True)
class OtherStream:
    """A stream that is neither the picture nor one of the sounds: "subtitle", "data", "attachment", "video".

    `codec` is FFmpeg's name, or the container's four characters for what FFmpeg has no name for.
    """

    index: int
    kind: str
    codec: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter mark. `start` and `end` are seconds of clip time; they may lie outside the picture."""

    start: Fraction
    end: Fraction
    title: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of an MP4 track's edit list (ISO/IEC 14496-12, 8.6.6).

    For `duration` seconds the track shows what starts at `media_start` seconds of its media; nothing where that is
    None (an empty edit).
    """

    duration: Fraction
    media_start: Fraction | None


@dataclass(frozen=True, slots=True)
class Clip:
    """A readable video file, described by `media.probe`.

    `width` and `height` are pixels as the picture is seen: after rotation and with square pixels.
    `coded_width` and `coded_height` are what the stream holds. `rotation` is degrees clockwise (0, 90, 180, 270)
    by which decoded frames must be turned. `origin` is the first video frame's time in the container, in seconds:
    clip time 0. `frame_rate` is frames per second, the average for variable rates.
    `fingerprint` names the content: the same for a moved or renamed file, another for a changed one.
    `is_counted` says that frames are told apart by counting what is decoded from the beginning, because their stored
    times are missing or occur more than once. `start_timecode` is what the camera or the edit wrote ("01:00:00:00",
    with ";" before the frames for drop frame), empty where there is none. `edits` is the picture's MP4 edit list.
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
    is_counted: bool = False
    field_order: FieldOrder = FieldOrder.PROGRESSIVE
    profile: str = ""
    start_timecode: str = ""
    chapters: tuple[Chapter, ...] = ()
    others: tuple[OtherStream, ...] = ()
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def duration(self) -> Fraction:
        """Seconds of picture."""
        return self.frames.duration
