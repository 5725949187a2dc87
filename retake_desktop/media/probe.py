"""Reading a file once into a `Clip`. Runs in the worker child for files that nobody has vouched for yet."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip, Finding, FrameTimes
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.ticks import Ticks
from retake_desktop.media import completeness, headers, mp4_tables, timing
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.colour_names import colour_of
from retake_desktop.media.fingerprint import fingerprint_of
from retake_desktop.media.mp4_short import ShortFile, ShortIndex
from retake_desktop.media.mp4_times import Mp4Index, frames_from_tables
from retake_desktop.media.read_before import ReadBefore, read_before
from retake_desktop.media.reading import PacketReader, Reading
from retake_desktop.media.source import media_errors, open_quickly, open_shortened, size_of
from retake_desktop.media.turning import turning_of

_MAX_PIXELS = 1 << 26
"""Larger pictures (8K has half of this) are refused: a few bytes of header can claim gigabytes."""
_MAX_ASPECT = 16
_HANDS = 3
"""Threads beside the one that reads: one waits for its disk, one reads an index, and one what that begins with."""
_IMAGE_BRANDS = {"avif", "avis", "heic", "heix", "hevc", "mif1", "msf1"}
"""Major brands of still images and image sequences in ISO files, which FFmpeg opens like video."""
_PICTURE_FORMATS = {"gif"}
"""FFmpeg's names for formats of which a single frame is no film."""

OnFirst = Callable[[Clip, VideoFrame], None]
"""Called with the first frame, and a clip of that frame alone, before finding out about the others.

That clip's origin is the frame's own time: where the whole clip has the same, this is its frame 0.
"""
OnProgress = Callable[[Progress], None]
"""Called with bytes read and bytes to read."""


def probe(
    path: str,
    on_first: OnFirst | None = None,
    on_progress: OnProgress | None = None,
    cache: DiskCache | None = None,
) -> Clip:
    """Reads everything that the app needs to know about the video file at `path`.

    Of an MP4 or MOV only the index and the first frame are read, whatever its length; of Matroska the headers of all
    blocks, of other files all packets, with `on_progress` to pass the time, unless `cache` has them from an earlier
    time. What is odd about the file is told in `findings`. Raises RetakeError(UNREADABLE_MEDIA) for what is no video,
    has no frames or is broken, RetakeError(FILE_TROUBLE) for what cannot be opened at all.
    """
    size = size_of(path)
    if size == 0:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "the file is empty")
    with ThreadPoolExecutor(_HANDS) as beside:
        index = Mp4Index(path, beside)
        fingerprint = beside.submit(fingerprint_of, path)
        before = read_before(path, cache, fingerprint)
        file = _File(str(Path(path).absolute()), size, index, before, _Once(on_first), on_progress)
        return replace(_read(file), fingerprint=fingerprint.result())


class _Once:
    """Passes the first frame on, and the same one of a second reading no more."""

    def __init__(self, on_first: OnFirst | None) -> None:
        self._on_first = on_first

    def __call__(self, clip: Clip, frame: VideoFrame) -> None:
        on_first, self._on_first = self._on_first, None
        if on_first:
            on_first(clip, frame)


@dataclass(frozen=True, slots=True)
class _File:
    """What is to be read, what of it is known already, and who listens."""

    path: str
    size: int
    index: Mp4Index
    before: ReadBefore | None
    on_first: OnFirst
    on_progress: OnProgress | None


def _read(file: _File) -> Clip:
    """The clip without its fingerprint."""
    try:
        clip = _read_short(file) or _read_whole(file)
    except RetakeError as error:
        if error.kind is ErrorKind.UNREADABLE_MEDIA and completeness.has_lost_its_index(file.path):
            detail = "it has no index yet: it is still being written, or the recording was cut off"
            raise RetakeError(ErrorKind.UNREADABLE_MEDIA, detail) from error
        raise
    if size_of(file.path) != file.size and Finding.INCOMPLETE not in clip.findings:
        clip = replace(clip, findings=(Finding.INCOMPLETE, *clip.findings))
    return clip


def _read_short(file: _File) -> Clip | None:
    """The clip by the beginning of its index in FFmpeg and all of it here; None where FFmpeg has to see more of it."""
    short = file.index.shortened()
    if short is None:
        return None
    with (
        suppress(RetakeError, OSError),
        media_errors(ErrorKind.UNREADABLE_MEDIA, "it is damaged or not a video"),
        closing(ShortFile(short)) as beginning,
        open_shortened(beginning) as container,
    ):
        return _Probing(file, container, short).clip()
    return None


def _read_whole(file: _File) -> Clip:
    file.index.read_ahead()
    with (
        media_errors(ErrorKind.UNREADABLE_MEDIA, "it is damaged or not a video"),
        open_quickly(file.path, ErrorKind.UNREADABLE_MEDIA) as container,
    ):
        return _Probing(file, container).clip()


@dataclass(slots=True)
class _Probing:
    file: _File
    container: InputContainer
    short: ShortIndex | None = None

    def clip(self) -> Clip:
        stream = _video_stream(self.container)
        sounds = [sound for sound in self.container.streams.audio if getattr(sound, "codec_context", None) is not None]
        unmeasured = [sound for sound in sounds if sound.start_time is None or not sound.duration]
        is_whole = not (unmeasured and self._is_cut_short())
        reader = PacketReader(self.container, stream, unmeasured, is_whole=is_whole)
        frame = reader.read_first().first
        self.file.index.read_ahead()
        if frame is None:
            raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "none of its frames can be decoded")
        first = frame.pts if frame.pts is not None else frame.dts or 0
        draft = self._draft(stream, frame, first)
        self.file.on_first(draft, frame)
        shown = self._by_tables(reader.reading, first, stream)
        if shown is not None:
            return self._complete(draft, stream, sounds, reader.reading, shown)
        if self.short:
            raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "it is damaged or not a video")
        before = self.file.before
        if before and (known := before.like(draft)):
            return known
        shown, is_counted = self._read(reader, stream, first)
        clip = self._complete(draft, stream, sounds, reader.reading, shown, is_counted=is_counted)
        if before:
            before.keep(clip)
        return clip

    def _by_tables(self, reading: Reading, first: int, stream: VideoStream) -> timing.Shown | None:
        if not self._is_mp4:
            return None
        return frames_from_tables(self.file.index, self.file.size, reading, first, stream, self.short)

    @property
    def _is_mp4(self) -> bool:
        return self.container.format.name.startswith("mov")

    def _is_cut_short(self) -> bool:
        if self._is_mp4:
            return not self.file.index.outline.is_whole
        return completeness.is_cut_short(self.file.path, self.container.format.name, self.file.size)

    def _read(self, reader: PacketReader, stream: VideoStream, first: int) -> tuple[timing.Shown, bool]:
        """The frames by their packets, and whether they must be counted."""
        reading = reader.read_rest(self._tell)
        self._tell(self.file.size)
        if self.container.format.name in _PICTURE_FORMATS and len(reading.times) == 1:
            raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "it is an image")
        if timing.is_counted(self.container, stream) or reading.untimed:
            return timing.counted_frames(reading, first, stream), True
        if reading.jumps:
            return timing.pieced_frames(reading, first, stream), True
        return timing.timed_frames(reading, first, stream), False

    def _tell(self, done: int) -> None:
        if self.file.on_progress:
            self.file.on_progress(Progress(min(done, self.file.size), self.file.size))

    def _draft(self, stream: VideoStream, frame: VideoFrame, first: int) -> Clip:
        """What the headers and the first frame, shown at tick `first`, tell."""
        tick = stream.time_base or Fraction(1, 1000)
        turning = turning_of(frame)
        aspect = _pixel_aspect(stream)
        width, height = max(1, round(stream.width * aspect)), stream.height
        return Clip(
            path=self.file.path,
            size_bytes=self.file.size,
            container=self.container.format.name,
            video_index=stream.index,
            codec=stream.codec.canonical_name,
            pixel_format=frame.format.name,
            bit_depth=frame.format.components[0].bits,
            width=height if turning.is_on_its_side else width,
            height=width if turning.is_on_its_side else height,
            coded_width=stream.width,
            coded_height=stream.height,
            pixel_aspect=aspect,
            rotation=turning.rotation,
            colour=colour_of(frame),
            frame_rate=stream.average_rate or Fraction(25),
            is_variable_rate=False,
            origin=first * tick,
            frames=FrameTimes(Ticks((0,)), tick, timing.frame_step(stream)),
            audio=(),
            fingerprint="",
            field_order=headers.field_order(stream, frame.interlaced_frame),
            profile=stream.profile or "",
            start_timecode=headers.start_timecode(self.container, stream),
            others=headers.other_streams(self.container, stream),
            edits=mp4_tables.edits_of(self.file.index.outline, stream.id) if self._is_mp4 else (),
            findings=(Finding.MIRRORED,) if turning.is_mirrored else (),
        )

    def _complete(
        self,
        draft: Clip,
        stream: VideoStream,
        sounds: list[AudioStream],
        reading: Reading,
        shown: timing.Shown,
        *,
        is_counted: bool = False,
    ) -> Clip:
        origin = shown.first * (stream.time_base or Fraction(1, 1000))
        rate, varies = timing.frame_rate(shown, stream)
        return replace(
            draft,
            frame_rate=rate,
            is_variable_rate=varies,
            origin=origin,
            frames=shown.frames,
            audio=tuple(headers.audio_track(sound, reading.sounds, origin) for sound in sounds),
            chapters=headers.chapters_of(self.container, origin),
            is_counted=is_counted,
            findings=(*self._findings(reading), *draft.findings),
        )

    def _findings(self, reading: Reading) -> list[Finding]:
        found = []
        if self._is_cut_short():
            found.append(Finding.INCOMPLETE)
        if reading.is_damaged:
            found.append(Finding.DAMAGED)
        if reading.jumps:
            found.append(Finding.CLOCK_JUMPS)
        if reading.untimed:
            found.append(Finding.TIMES_ASSUMED)
        return found


def _video_stream(container: InputContainer) -> VideoStream:
    if container.metadata.get("major_brand", "").strip() in _IMAGE_BRANDS:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "it is an image")
    pictures = Disposition.attached_pic | Disposition.timed_thumbnails
    candidates = [stream for stream in container.streams.video if not stream.disposition & pictures]
    if not candidates:
        reason = "it has sound but no picture" if container.streams.audio else "it has no picture"
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, reason)
    best = container.streams.best("video")
    stream = next((one for one in candidates if one is best), candidates[0])
    if getattr(stream, "codec_context", None) is None:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "its video codec is not known")
    if stream.width * stream.height > _MAX_PIXELS:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, f"its picture is too large: {stream.width} x {stream.height}")
    return stream


def _pixel_aspect(stream: VideoStream) -> Fraction:
    """Width of a pixel divided by its height; 1 where the file says nothing, or nothing sensible."""
    aspect = stream.sample_aspect_ratio
    return aspect if aspect and Fraction(1, _MAX_ASPECT) <= aspect <= _MAX_ASPECT else Fraction(1)
