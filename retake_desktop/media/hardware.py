"""Decoding on the graphics card: where it has shown that it gives the very frames that the processor gives, and sooner.

Drivers differ, and break. So nothing is decoded there on anybody's word: `tried` decodes some frames of the very file
both ways, in a child process, and only what comes out of that (`Permits`) is used by the readers of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import av
from av.codec import Codec
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.card_use import drivers
from retake_desktop.media.large import is_large
from retake_desktop.media.source import open_quickly

_CODECS = {"h264", "hevc", "vp9", "av1"}


class DeviceLostError(Exception):
    """The device gave an error; what it gave just before may be wrong as well."""


class Device(Protocol):
    """What decodes beside the processor."""

    @property
    def name(self) -> str: ...

    def opened(self, path: str) -> InputContainer:
        """The file, to be decoded there. Raises RetakeError, or what PyAV raises, where there is no such device."""
        ...

    def plain(self, frame: VideoFrame, pixel_format: str) -> VideoFrame:
        """What a decoder of `opened` gave, in main memory and in the processor's own format."""
        ...


def opened(path: str, device: Device | None) -> InputContainer:
    """The file for decoding, by the processor without a device. Raises DeviceLostError, and as `open_quickly`."""
    if device is None:
        return open_quickly(path)
    try:
        return device.opened(path)
    except (RetakeError, FFmpegError, NotImplementedError) as error:
        raise DeviceLostError from error


def decoded(packet: "Packet[VideoStream]", device: Device | None, pixel_format: str) -> list[VideoFrame]:
    """The packet's frames; without a device none for a damaged one, which costs its frame, not the ones after it.

    Raises DeviceLostError where a device does not decode it: whether that is the file's fault, the processor tells.
    """
    try:
        frames = packet.decode()
        if device is not None:
            frames = [device.plain(frame, pixel_format) for frame in frames]
    except FFmpegError as error:
        if device is not None:
            raise DeviceLostError from error
        return []
    if device is not None and any(frame.is_corrupt for frame in frames):
        raise DeviceLostError
    return frames


@dataclass(frozen=True, slots=True)
class GraphicsCard:
    """A device that FFmpeg knows by `name`: "cuda", "d3d11va", "videotoolbox" and so on."""

    name: str

    def opened(self, path: str) -> InputContainer:
        container = open_quickly(path, hwaccel=HWAccel(self.name))
        if not any(stream.codec_context.is_hwaccel for stream in container.streams.video):
            container.close()
            raise RetakeError(ErrorKind.MEDIA_FAILED, f"{self.name} does not decode this")
        return container

    def plain(self, frame: VideoFrame, pixel_format: str) -> VideoFrame:
        # PyAV has brought it over; cards interleave the two planes of colour, which is undone without loss.
        return frame if frame.format.name == pixel_format else frame.reformat(format=pixel_format)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The device that may decode such clips, None for none, and in words for the log what was found."""

    device: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What a verdict holds for: a device may manage one profile or size of a codec, and not the next."""

    codec: str
    profile: str
    pixel_format: str
    width: int
    height: int

    @classmethod
    def of(cls, clip: Clip) -> "Kind":
        return cls(clip.codec, clip.profile, clip.pixel_format, clip.coded_width, clip.coded_height)


class Permits:
    """Which device decodes which kind of clip, for all readers of a process. Any thread may ask."""

    def __init__(self) -> None:
        self._devices: dict[Kind, Device | None] = {}

    def allow(self, clip: Clip, device: Device | None) -> None:
        """`device` may decode what is of `clip`'s kind; None: only the processor may."""
        self._devices[Kind.of(clip)] = device

    def withdraw(self, clip: Clip) -> None:
        """The device has failed: until the next start the processor decodes what is of this kind."""
        self.allow(clip, None)

    def clear(self) -> None:
        self._devices.clear()

    def was_tried(self, clip: Clip) -> bool:
        return Kind.of(clip) in self._devices

    def device_for(self, clip: Clip) -> Device | None:
        return self._devices.get(Kind.of(clip))


PERMITS = Permits()
"""Those of this process."""


def is_worth_trying(clip: Clip) -> bool:
    """Small pictures are decoded sooner than they are brought over from a card."""
    return is_large(clip) and clip.codec in _CODECS and not clip.is_counted


def devices_for(clip: Clip) -> Sequence[Device]:
    """What this build of FFmpeg could decode `clip` with; whether the machine has it, opening it tells."""
    configs = Codec(clip.codec, "r").hardware_configs or ()
    return [GraphicsCard(config.device_type.name) for config in configs if config.is_supported]


def driver_mark() -> str:
    """What changes with the drivers, and with what asks them."""
    return f"{drivers()} FFmpeg {av.library_versions['libavcodec']}"
