"""Frame-numbered footage, made with PyAV when a test asks for it: any frame on any screen can tell which one it is.

    clip = make_clip(tmp_path / "clip.mp4", frames=100, rate=Fraction(30000, 1001), bframes=3)
    read_number(reader.picture(42, (320, 180))) == 42
    sound_time(pcm, 48000, 2)  # seconds since the start of the clip that the middle of these samples stands for

The upper half of every picture holds its number as 24 big blocks: 16 bits of number, 6 bits of checksum and one dark
and one light block to compare with. They are placed relative to the picture as it is shown, so the number survives
scaling, black bars on any side, tints and lossy coding; what cannot be read raises `UnreadableError`, never a wrong
number.
The lower half is filled with `tint` (tells two clips apart: `read_tint`) and a light bar that moves a step each frame.
The sound is a tone that climbs by 200 Hz a second, from 400 Hz, over and over every 16 seconds; its peaks are at 12,000
of 32,768 in mono and at 8,485 in each channel of stereo.
"""

import io
import itertools
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import pi, sin
from pathlib import Path
from typing import Protocol, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

COLUMNS = 12
ROWS = 2
NUMBER_BITS = 16
CHECK_BITS = 6
DARK, LIGHT = 90, 235
BLACK = 40
"""Whatever is darker, in all three colours, is taken for a black bar at the picture's edge."""
SWEEP_SECONDS = 16
BEEP_SECONDS, BEEP_PITCH = 0.06, 1000
SWEEP_START = 400
SWEEP_SLOPE = 200
DEFAULT_TINT = (70, 110, 160)
_LOW = 16
"""Rows of each kind that are converted to the encoder's pixels: those in the middle know nothing of the next kind."""
_REFORMATTER = VideoReformatter()
"""One for all: setting one up takes longer than a small picture."""
_CONTAINERS = {".mkv": "matroska", ".ts": "mpegts", ".m2ts": "mpegts", ".m4v": "mp4"}

Pixels = bytes | bytearray | memoryview


class UnreadableError(AssertionError):
    """There is no intact frame number in these pixels."""


class PictureLike(Protocol):
    """What `read_number` needs: `media.picture.Picture` has it."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def pixels(self) -> bytes: ...


@dataclass(frozen=True)
class Footage:
    """Everything that makes one clip; equal footage is encoded once a session."""

    container: str
    frames: int
    rate: Fraction
    size: tuple[int, int]
    codec: str
    pixel_format: str
    bframes: int
    gop: int
    options: tuple[tuple[str, str], ...]
    container_options: tuple[tuple[str, str], ...]
    rotation: int
    pixel_aspect: Fraction
    times: tuple[Fraction, ...] | None
    start: Fraction
    first_number: int
    tint: tuple[int, int, int]
    colour: tuple[int, int, int, int]
    audio: str | None
    audio_rate: int
    audio_channels: int
    audio_start: Fraction
    audio_duration: Fraction | None
    beeps: bool

    def time_of(self, index: int) -> Fraction:
        """Seconds from the first frame to frame `index`; `frames` gives the end."""
        if self.times is None:
            return index / self.rate
        if index < self.frames:
            return self.times[index]
        return self.times[-1] + 1 / self.rate


def make_clip(
    path: Path,
    *,
    frames: int = 100,
    rate: Fraction | int = Fraction(25),
    size: tuple[int, int] = (320, 180),
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    bframes: int = 2,
    gop: int = 50,
    options: Mapping[str, str] | None = None,
    container: str | None = None,
    container_options: Mapping[str, str] | None = None,
    rotation: int = 0,
    pixel_aspect: Fraction | int = Fraction(1),
    times: tuple[Fraction, ...] | None = None,
    start: Fraction | int = Fraction(0),
    first_number: int = 0,
    tint: tuple[int, int, int] = DEFAULT_TINT,
    colour: tuple[int, int, int, int] = (1, 1, 1, 1),
    audio: str | bool | None = True,
    audio_rate: int = 48000,
    audio_channels: int = 2,
    audio_start: Fraction | int = Fraction(0),
    audio_duration: Fraction | int | None = None,
    beeps: bool = False,
) -> Path:
    """Writes a clip to `path` and returns it.

    - `size` is what the stream holds, before `rotation` (degrees clockwise by which a player turns the picture,
      as a display matrix) and `pixel_aspect`.
    - `times` makes a variable rate: seconds of every frame, from 0; `rate` then gives the last frame's duration only.
    - `start` moves everything in the container's time. Negative in MP4 or MOV: an edit list hides what lies before 0.
    - `container` is FFmpeg's name; None goes by the path's suffix.
    - `options` go to the video encoder, `container_options` to the muxer; `bframes` and `gop` are for x264 and x265.
    - `colour` is range, matrix, transfer and primaries as FFmpeg's numbers (default: limited, BT.709).
    - `audio` is an encoder's name, True for the container's usual one, False for none. `audio_duration` None: as the
      picture. With `beeps` there is a short tone at each full second and silence between, instead of the climbing one.
    """
    suffix = path.suffix.lower()
    name = container or _CONTAINERS.get(suffix, suffix.removeprefix("."))
    footage = Footage(
        container=name,
        frames=len(times) if times else frames,
        rate=Fraction(rate),
        size=size,
        codec=codec,
        pixel_format=pixel_format,
        bframes=bframes,
        gop=gop,
        options=tuple(sorted((options or {}).items())),
        container_options=tuple(sorted((container_options or {}).items())),
        rotation=rotation % 360,
        pixel_aspect=Fraction(pixel_aspect),
        times=times,
        start=Fraction(start),
        first_number=first_number,
        tint=tint,
        colour=colour,
        audio=_audio_codec(audio, name),
        audio_rate=audio_rate,
        audio_channels=audio_channels,
        audio_start=Fraction(audio_start),
        audio_duration=None if audio_duration is None else Fraction(audio_duration),
        beeps=beeps,
    )
    path.write_bytes(_encoded(footage))
    return path


def _audio_codec(audio: str | bool | None, container: str) -> str | None:
    if isinstance(audio, str) or not audio:
        return audio or None
    return {"webm": "libopus", "avi": "pcm_s16le", "ogg": "libopus"}.get(container, "aac")


# --- encoding ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=128)
def _encoded(footage: Footage) -> bytes:
    target = io.BytesIO()
    options = {"avoid_negative_ts": "disabled"} | dict(footage.container_options)
    with av.open(target, "w", format=footage.container, options=options) as container:
        video = _video_stream(container, footage)
        audio = _audio_stream(container, footage) if footage.audio else None
        packets = list(_video_packets(video, footage))
        if audio:
            packets += _audio_packets(audio, footage)
        for packet in sorted(packets, key=_decoding_time):
            container.mux(packet)
    return target.getvalue()


def _decoding_time(packet: "Packet[Stream]") -> Fraction:
    return Fraction(packet.dts or 0) * packet.time_base


def _video_stream(container: OutputContainer, footage: Footage) -> VideoStream:
    stream = cast("VideoStream", container.add_stream(footage.codec, rate=footage.rate))
    stream.width, stream.height = footage.size
    stream.pix_fmt = footage.pixel_format
    context = stream.codec_context
    context.time_base = Fraction(1, 90000) if footage.times else 1 / footage.rate
    context.sample_aspect_ratio = footage.pixel_aspect
    context.gop_size = footage.gop
    context.color_range, context.colorspace, context.color_trc, context.color_primaries = footage.colour
    context.thread_count = 1
    stream.options = _encoder_options(footage)
    if footage.rotation:
        stream.set_display_rotation(-footage.rotation)
    return stream


def _encoder_options(footage: Footage) -> dict[str, object]:
    common = {"libx264": {"preset": "ultrafast", "bf": str(footage.bframes), "sc_threshold": "0", "crf": "23"}}
    common["libx265"] = {
        "preset": "ultrafast",
        "x265-params": f"log-level=none:bframes={footage.bframes}:scenecut=0:keyint={footage.gop}",
    }
    common["libvpx-vp9"] = {"deadline": "realtime", "cpu-used": "8", "b": "400k"}
    chosen: dict[str, object] = dict(common.get(footage.codec, {}))
    return chosen | dict(footage.options)


def _video_packets(stream: VideoStream, footage: Footage) -> "Iterator[Packet[Stream]]":
    time_base = stream.codec_context.time_base
    offset = round(footage.start / time_base)
    ticks = [round(footage.time_of(index) / time_base) + offset for index in range(footage.frames + 1)]
    duration_of = {begin: end - begin for begin, end in itertools.pairwise(ticks)}
    for index in range(footage.frames):
        frame = draw(footage, footage.first_number + index)
        frame.pts, frame.time_base = ticks[index], time_base
        yield from _with_durations(stream.encode(frame), duration_of)
    yield from _with_durations(stream.encode(None), duration_of)


def _with_durations(packets: "list[Packet[VideoStream]]", duration_of: dict[int, int]) -> "Iterator[Packet[Stream]]":
    for packet in packets:
        packet.duration = duration_of.get(packet.pts or 0, 0)
        yield cast("Packet[Stream]", packet)


def _audio_stream(container: OutputContainer, footage: Footage) -> AudioStream:
    stream = cast("AudioStream", container.add_stream(footage.audio or "aac", rate=footage.audio_rate))
    stream.codec_context.layout = "mono" if footage.audio_channels == 1 else "stereo"
    if footage.audio == "aac":
        stream.bit_rate = 96_000
    return stream


def _audio_packets(stream: AudioStream, footage: Footage) -> "list[Packet[Stream]]":
    rate = footage.audio_rate
    picture_end = footage.time_of(footage.frames)
    duration = picture_end - footage.audio_start if footage.audio_duration is None else footage.audio_duration
    samples = (beeping if footage.beeps else tone)(footage.audio_start, duration, rate)
    format_name = "s16"
    resampler = av.AudioResampler(format=stream.codec_context.format, layout=stream.codec_context.layout, rate=rate)
    packets: list[Packet[Stream]] = []
    step = 4800
    offset = round((footage.start + footage.audio_start) * rate)
    for begin in range(0, len(samples), step):
        part = samples[begin : begin + step]
        frame = AudioFrame(format=format_name, layout="mono", samples=len(part))
        frame.planes[0].update(part.tobytes())
        frame.sample_rate = rate
        frame.pts, frame.time_base = offset + begin, Fraction(1, rate)
        for converted in resampler.resample(frame):
            packets += cast("list[Packet[Stream]]", stream.encode(converted))
    for converted in resampler.resample(None):
        packets += cast("list[Packet[Stream]]", stream.encode(converted))
    return packets + cast("list[Packet[Stream]]", stream.encode(None))


# --- the picture ------------------------------------------------------------------------------------------------------


def draw(footage: Footage, number: int) -> VideoFrame:
    """The coded picture of frame `number`: turned against `rotation`, in the encoder's pixel format."""
    width, height = footage.size
    if not footage.rotation:
        return _upright(number, footage)
    shown = (height, width) if footage.rotation in (90, 270) else (width, height)
    return _coded(VideoFrame.from_bytes(_turned(number, shown, footage), width, height, format="rgba"), footage)


def _coded(picture: VideoFrame, footage: Footage) -> VideoFrame:
    """In the encoder's pixel format."""
    matrix = {1: Colorspace.ITU709, 9: Colorspace.BT2020}.get(footage.colour[1], Colorspace.ITU601)
    target = ColorRange(footage.colour[0])
    converted = _REFORMATTER.reformat(
        picture, format=footage.pixel_format, dst_colorspace=matrix, dst_color_range=target
    )
    return _labelled(converted, footage)


def _labelled(frame: VideoFrame, footage: Footage) -> VideoFrame:
    frame.color_range, frame.colorspace = ColorRange(footage.colour[0]), footage.colour[1]
    frame.color_trc, frame.color_primaries = footage.colour[2], footage.colour[3]
    return frame


def _bands(number: int, width: int, height: int, footage: Footage) -> tuple[tuple[bytes, int], ...]:
    """The three kinds of rows in RGBA and how many of each there are. With no more of them, 8K is drawn quickly."""
    upper, lower = (_block_row(number, width, row) for row in range(ROWS))
    band = height // 4
    return (upper, band), (lower, band), (_tint_row(number, width, footage.tint), height - 2 * band)


def _upright(number: int, footage: Footage) -> VideoFrame:
    """Converts a low picture and repeats its rows: what is converted does not grow with the height."""
    width, height = footage.size
    bands = _bands(number, width, height, footage)
    low = _coded(VideoFrame.from_bytes(b"".join(row * _LOW for row, _ in bands), width, 3 * _LOW, "rgba"), footage)
    frame = VideoFrame(width, height, footage.pixel_format)
    for plane, source in zip(frame.planes, low.planes, strict=True):
        rows = bytes(source)
        middles = (source.line_size * ((2 * place + 1) * source.height // 6) for place in range(3))
        ends = [end * plane.height // height for end in (0, bands[0][1], 2 * bands[0][1], height)]
        plane.update(
            b"".join(
                rows[at : at + plane.line_size] * (end - begin)
                for at, (begin, end) in zip(middles, itertools.pairwise(ends), strict=True)
            )
        )
    return _labelled(frame, footage)


def _turned(number: int, shown: tuple[int, int], footage: Footage) -> bytes:
    """The RGBA bytes of a picture that is turned, as coded."""
    bands = _bands(number, *shown, footage)
    if footage.rotation == 180:
        return b"".join(_mirrored(row) * count for row, count in reversed(bands))
    width = shown[0]
    columns = range(width - 1, -1, -1) if footage.rotation == 90 else range(width)
    order = bands if footage.rotation == 90 else bands[::-1]
    return b"".join(row[4 * x : 4 * x + 4] * count for x in columns for row, count in order)


def _mirrored(row: bytes) -> bytes:
    return b"".join(row[x : x + 4] for x in range(len(row) - 4, -4, -4))


def _block_row(number: int, width: int, row: int) -> bytes:
    blocks = _blocks(number)[row * COLUMNS : (row + 1) * COLUMNS]
    ends = [-(-column * width // COLUMNS) for column in range(COLUMNS + 1)]
    return b"".join(
        _grey(LIGHT if block else DARK) * (end - begin)
        for block, (begin, end) in zip(blocks, itertools.pairwise(ends), strict=True)
    )


def _grey(level: int) -> bytes:
    return bytes((level, level, level, 255))


def _tint_row(number: int, width: int, tint: tuple[int, int, int]) -> bytes:
    bar = max(2, width // 16)
    left = number * max(1, width // 80) % max(1, width - bar)
    fill = bytes((*tint, 255))
    return fill * left + _grey(220) * bar + fill * (width - bar - left)


def _blocks(number: int) -> tuple[int, ...]:
    """All blocks in reading order, 1 for light: dark and light reference, number, checksum (high bits first)."""
    value = number % (1 << NUMBER_BITS)
    check = _checksum(value)
    bits = [value >> shift & 1 for shift in range(NUMBER_BITS - 1, -1, -1)]
    return (0, 1, *bits, *(check >> shift & 1 for shift in range(CHECK_BITS - 1, -1, -1)))


def _checksum(value: int) -> int:
    return (value * 37 + (value >> 6) * 11 + 21) % (1 << CHECK_BITS)


# --- reading back -----------------------------------------------------------------------------------------------------


def read_number(picture: PictureLike) -> int:
    """The frame number in a picture of 4-byte pixels. Raises UnreadableError."""
    return read_number_from_rgb(picture.pixels, picture.width, picture.height, picture.stride)


def read_number_from_rgb(pixels: Pixels, width: int, height: int, stride: int, pixel_bytes: int = 4) -> int:
    """The frame number in raw pixels of `pixel_bytes` each, in any order of colours (a QImage grab, say).

    Black bars around the picture are left out. Raises UnreadableError.
    """
    image = _Image(pixels, width, height, stride, pixel_bytes)
    left, top, right, bottom = image.content()
    levels = []
    for block in range(COLUMNS * ROWS):
        column, row = block % COLUMNS, block // COLUMNS
        x = left + (2 * column + 1) * (right - left) // (2 * COLUMNS)
        y = top + (2 * row + 1) * (bottom - top) // 8
        levels.append(image.level(x, y))
    dark, light = levels[0], levels[1]
    if light - dark < 30:
        raise UnreadableError(f"no reference blocks: dark {dark}, light {light} in {width}x{height}")
    bits = "".join("1" if level > (dark + light) / 2 else "0" for level in levels[2:])
    number, check = int(bits[:NUMBER_BITS], 2), int(bits[NUMBER_BITS:], 2)
    if check != _checksum(number):
        raise UnreadableError(f"the checksum of {number} is {_checksum(number)}, not {check}")
    return number


def read_tint(picture: PictureLike) -> tuple[int, int, int]:
    """Red, green and blue of the lower half, away from the moving bar, of a picture of B,G,R,X pixels."""
    image = _Image(picture.pixels, picture.width, picture.height, picture.stride, 4)
    left, top, right, bottom = image.content()
    y = top + (bottom - top) * 3 // 4
    samples = [image.pixel(left + (right - left) * part // 16, y) for part in (2, 5, 8, 11, 14)]
    blue, green, red = sorted(samples, key=sum)[1][:3]
    return red, green, blue


@dataclass(frozen=True)
class _Image:
    pixels: Pixels
    width: int
    height: int
    stride: int
    pixel_bytes: int

    def pixel(self, x: int, y: int) -> tuple[int, ...]:
        at = y * self.stride + x * self.pixel_bytes
        return tuple(self.pixels[at : at + min(3, self.pixel_bytes)])

    def level(self, x: int, y: int) -> int:
        near = [self.pixel(min(x + i, self.width - 1), min(y + j, self.height - 1)) for i in (0, 1) for j in (0, 1)]
        return sum(sum(colour) for colour in near) // (4 * len(near[0]))

    def content(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what is not black, found along the middle row and the middle columns."""
        top = next((y for y in range(self.height) if self._row_shows(y)), None)
        if top is None:
            raise UnreadableError("the picture is black")
        bottom = next(y for y in range(self.height - 1, -1, -1) if self._row_shows(y))
        middle = (top + bottom) // 2
        left = next((x for x in range(self.width) if max(self.pixel(x, middle)) > BLACK), None)
        if left is None:
            raise UnreadableError("the middle of the picture is black")
        right = next(x for x in range(self.width - 1, -1, -1) if max(self.pixel(x, middle)) > BLACK)
        return left, top, right + 1, bottom + 1

    def _row_shows(self, y: int) -> bool:
        return any(max(self.pixel(self.width * part // 8, y)) > BLACK for part in (3, 4, 5))


# --- the sound --------------------------------------------------------------------------------------------------------


def tone(start: Fraction, duration: Fraction, rate: int) -> "array[int]":
    """Mono samples of the climbing tone from clip time `start`, 16 bit."""
    first = round(start * rate)
    count = max(0, round(duration * rate))
    samples = array("h")
    for second in range(first // rate, (first + count) // rate + 1):
        samples += _sung(second % SWEEP_SECONDS, rate)
    begin = first % rate
    return samples[begin : begin + count]


@lru_cache(maxsize=4 * SWEEP_SECONDS)
def _sung(second: int, rate: int) -> "array[int]":
    """One second of the climbing tone: most clips begin with the same ones."""
    return array("h", (round(12000 * sin(_phase(second + i / rate))) for i in range(rate)))


def beeping(start: Fraction, duration: Fraction, rate: int) -> "array[int]":
    """Mono samples from clip time `start`, 16 bit: `BEEP_SECONDS` of a tone at each full second, silence between."""
    second = array("h", (round(20000 * sin(2 * pi * BEEP_PITCH * i / rate)) for i in range(round(BEEP_SECONDS * rate))))
    second.extend([0] * (rate - len(second)))
    first, count = round(start * rate), max(0, round(duration * rate))
    whole = second * ((first + count) // rate + 1)
    return whole[first : first + count]


def _phase(seconds: float) -> float:
    return 2 * pi * (SWEEP_START * seconds + SWEEP_SLOPE * seconds * seconds / 2)


def sound_time(pcm: bytes, rate: int, channels: int) -> float:
    """Which second of the clip (modulo 16) the middle of these 16-bit samples stands for, to about 10 ms.

    Give it 20 to 100 ms. Raises UnreadableError for silence.
    """
    samples = array("h", pcm)[::channels]
    crossings = [
        i + samples[i] / (samples[i] - samples[i + 1])
        for i in range(len(samples) - 1)
        if samples[i] < 0 <= samples[i + 1]
    ]
    if len(crossings) < 3 or max(samples) < 1000:
        raise UnreadableError("there is no tone in these samples")
    frequency = (len(crossings) - 1) * rate / (crossings[-1] - crossings[0])
    middle = (crossings[0] + crossings[-1]) / 2
    return (frequency - SWEEP_START) / SWEEP_SLOPE - (middle - len(samples) / 2) / rate
