"""Reading a file once into a `Clip`. Runs in the worker child for files that nobody has vouched for yet."""

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import AudioTrack, Clip, Colour
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media import timing
from retake_desktop.media.source import file_trouble, media_errors, open_source, size_of

_BLOCK = 1 << 20
"""Bytes hashed at the head, in the middle and at the tail of a file."""
_MAX_PIXELS = 1 << 26
"""Larger pictures (8K has half of this) are refused: a few bytes of header can claim gigabytes."""
_MAX_ASPECT = 16
_IMAGE_BRANDS = {"avif", "avis", "heic", "heix", "hevc", "mif1", "msf1"}
"""Major brands of still images and image sequences in ISO files, which FFmpeg opens like video."""

_RANGES = {1: "tv", 2: "pc"}
_PRIMARIES = {
    1: "bt709",
    4: "bt470m",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "film",
    9: "bt2020",
    10: "smpte428",
    11: "smpte431",
    12: "smpte432",
    22: "ebu3213",
}
_TRANSFERS = {
    1: "bt709",
    4: "gamma22",
    5: "gamma28",
    6: "smpte170m",
    7: "smpte240m",
    8: "linear",
    9: "log100",
    10: "log316",
    11: "iec61966-2-4",
    12: "bt1361e",
    13: "iec61966-2-1",
    14: "bt2020-10",
    15: "bt2020-12",
    16: "smpte2084",
    17: "smpte428",
    18: "arib-std-b67",
}
_MATRICES = {
    0: "gbr",
    1: "bt709",
    4: "fcc",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "ycgco",
    9: "bt2020nc",
    10: "bt2020c",
    14: "ictcp",
}
"""FFmpeg's names for the numbers of ITU-T H.273, tables 2, 3 and 4."""


@dataclass(frozen=True, slots=True)
class _First:
    """What the first decoded frame tells; `tick` is its time in the container."""

    tick: int
    rotation: int
    colour: Colour
    pixel_format: str
    bit_depth: int


def probe(path: str) -> Clip:
    """Reads everything that the app needs to know about the video file at `path`.

    Costs a pass over the file's packets and the decoding of one frame. Raises RetakeError(UNREADABLE_MEDIA) for what is
    no video, has no frames or is broken, RetakeError(FILE_TROUBLE) for what cannot be opened at all.
    """
    size = size_of(path)
    if size == 0:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "the file is empty")
    fingerprint = fingerprint_of(path)
    with (
        media_errors(ErrorKind.UNREADABLE_MEDIA, "it is damaged or not a video"),
        open_source(path, ErrorKind.UNREADABLE_MEDIA) as container,
    ):
        return _clip(str(Path(path).absolute()), size, fingerprint, container)


def fingerprint_of(path: str) -> str:
    """A name for the file's content: SHA-256 over its size and its head, middle and tail. Raises FILE_TROUBLE."""
    digest = sha256()
    try:
        with Path(path).open("rb") as file:
            size = file.seek(0, 2)
            digest.update(str(size).encode())
            for start in (0, max(0, size // 2 - _BLOCK // 2), max(0, size - _BLOCK)):
                file.seek(start)
                digest.update(file.read(_BLOCK))
    except (OSError, ValueError) as error:
        raise file_trouble(error) from error
    return digest.hexdigest()


def _clip(path: str, size: int, fingerprint: str, container: InputContainer) -> Clip:
    stream = _video_stream(container)
    sounds = [sound for sound in container.streams.audio if getattr(sound, "codec_context", None) is not None]
    unmeasured = [sound for sound in sounds if sound.start_time is None or not sound.duration]
    reading = timing.read_packets(container, stream, unmeasured)
    if reading.first is None:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "none of its frames can be decoded")
    first = _described(reading.first)
    if timing.is_counted(container, stream):
        shown = timing.counted_frames(reading, stream)
    else:
        shown = timing.timed_frames(reading, first.tick, stream)
    tick = stream.time_base or Fraction(1, 1000)
    origin = shown.first * tick
    rate, varies = timing.frame_rate(shown.frames, stream)
    aspect = _pixel_aspect(stream)
    width, height = _shown_size(stream, aspect, first.rotation)
    return Clip(
        path=path,
        size_bytes=size,
        container=container.format.name,
        video_index=stream.index,
        codec=stream.codec.canonical_name,
        pixel_format=first.pixel_format,
        bit_depth=first.bit_depth,
        width=width,
        height=height,
        coded_width=stream.width,
        coded_height=stream.height,
        pixel_aspect=aspect,
        rotation=first.rotation,
        colour=first.colour,
        frame_rate=rate,
        is_variable_rate=varies,
        origin=origin,
        frames=shown.frames,
        audio=tuple(_audio_track(sound, reading, origin) for sound in sounds),
        fingerprint=fingerprint,
    )


def _shown_size(stream: VideoStream, aspect: Fraction, rotation: int) -> tuple[int, int]:
    width, height = max(1, round(stream.width * aspect)), stream.height
    return (height, width) if rotation in (90, 270) else (width, height)


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


def _described(frame: VideoFrame) -> _First:
    return _First(
        tick=frame.pts if frame.pts is not None else frame.dts or 0,
        rotation=round(-frame.rotation / 90) % 4 * 90,
        colour=Colour(
            range=_RANGES.get(frame.color_range, "unknown"),
            matrix=_MATRICES.get(frame.colorspace, "unknown"),
            transfer=_TRANSFERS.get(frame.color_trc, "unknown"),
            primaries=_PRIMARIES.get(frame.color_primaries, "unknown"),
        ),
        pixel_format=frame.format.name,
        bit_depth=frame.format.components[0].bits,
    )


def _pixel_aspect(stream: VideoStream) -> Fraction:
    """Width of a pixel divided by its height; 1 where the file says nothing, or nothing sensible."""
    aspect = stream.sample_aspect_ratio
    return aspect if aspect and Fraction(1, _MAX_ASPECT) <= aspect <= _MAX_ASPECT else Fraction(1)


def _audio_track(stream: AudioStream, reading: timing.Reading, origin: Fraction) -> AudioTrack:
    """`reading` knows the extent of streams for which the container states none (Matroska)."""
    tick = stream.time_base or Fraction(1, 1000)
    if stream.index in reading.sounds:
        begin, end = reading.sounds[stream.index]
    else:
        begin = stream.start_time or 0
        end = begin + (stream.duration or 0)
    return AudioTrack(
        index=stream.index,
        codec=stream.codec.canonical_name,
        sample_rate=stream.sample_rate,
        channels=stream.channels,
        layout=stream.layout.name,
        start=begin * tick - origin,
        duration=(end - begin) * tick,
        language=stream.language or "",
    )
