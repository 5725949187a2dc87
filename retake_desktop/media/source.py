"""The one way media files are opened for reading, and what PyAV's exceptions become."""

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import av
from av.audio.stream import AudioStream
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError

_CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2",
    "matroska,webm",
    "mpegts",
    "mpeg",
    "avi",
    "flv",
    "asf",
    "ogg",
    "mxf",
    "dv",
    "nut",
    "ivf",
    "wtv",
    "gif",
    "h264",
    "hevc",
    "vvc",
    "obu",
    "m4v",
    "mpegvideo",
    "mp3",
    "wav",
    "flac",
    "aac",
)
"""Self-contained formats only. Playlists, concat scripts, devices and image patterns would read other files.

The sound formats are there to be recognised: "no picture" helps more than "not a video".
"""

_OPEN_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": ",".join(_CONTAINERS)}
_BUFFER = 1 << 17
"""Bytes read at once of a file object; FFmpeg reads files itself."""
_TELLING_CODECS = {"h264", "hevc"}
_MP4_MARKS = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
_SOUND_DECODERS = "aac,aac_latm,ac3,eac3,alac,flac,mp3float,opus,pcm_s16le,pcm_s24le,pcm_s16be,pcm_s24be"
_WITHOUT_PICTURES = {"codec_whitelist": _SOUND_DECODERS, "probesize": str(2 << 20)}
"""FFmpeg decodes a frame of an MP4 only to learn what its headers say as well: a third of the time to a picture."""


class ReadableFile(Protocol):
    """As much of a file object as PyAV asks for."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes, none at the end."""

    def seek(self, offset: int, whence: int, /) -> int:
        """As `io.IOBase.seek`."""

    def tell(self) -> int:
        """As `io.IOBase.tell`."""


def size_of(path: str) -> int:
    """Bytes of a regular file. Raises RetakeError(FILE_TROUBLE) for anything else."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        raise file_trouble(error) from error
    if stat.S_ISDIR(status.st_mode):
        raise RetakeError(ErrorKind.FILE_TROUBLE, "it is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise RetakeError(ErrorKind.FILE_TROUBLE, "it is not a regular file")
    return status.st_size


def open_source(path: str, kind: ErrorKind = ErrorKind.MEDIA_FAILED) -> InputContainer:
    """Opens a local, self-contained media file; whatever it names inside, nothing else is read.

    The caller closes it. Raises RetakeError(FILE_TROUBLE), or `kind` when the file is no media.
    """
    size_of(path)
    with media_errors(kind, "it is not a video that can be read"):
        return _opened(path, _OPEN_OPTIONS)


def open_quickly(path: str, kind: ErrorKind = ErrorKind.MEDIA_FAILED, hwaccel: HWAccel | None = None) -> InputContainer:
    """As `open_source`, with no picture decoded on the way where the headers of an MP4 or MOV say enough.

    Then only packets may be asked for before the decoder is set up: rates and pixel formats are not measured.
    """
    size_of(path)
    with media_errors(kind, "it is not a video that can be read"):
        if begins_as_mp4(path):
            container = _opened(path, _OPEN_OPTIONS | _WITHOUT_PICTURES, hwaccel)
            if _says_enough(container):
                return container
            container.close()
        return _opened(path, _OPEN_OPTIONS, hwaccel)


def open_shortened(file: ReadableFile) -> InputContainer:
    """As `open_quickly`, of a file object. Raises RetakeError(MEDIA_FAILED), also where its headers say too little."""
    with media_errors(ErrorKind.MEDIA_FAILED, "it is not a video that can be read"):
        container = _opened(file, _OPEN_OPTIONS | _WITHOUT_PICTURES)
        if _says_enough(container):
            return container
        container.close()
        raise RetakeError(ErrorKind.MEDIA_FAILED, "it is not a video that can be read")


def begins_as_mp4(path: str) -> bool:
    """Whether the first bytes are those of an MP4 or MOV. Raises OSError."""
    with Path(path).open("rb") as file:
        return file.read(8)[4:] in _MP4_MARKS


def _opened(source: str | ReadableFile, options: dict[str, str], hwaccel: HWAccel | None = None) -> InputContainer:
    source = str(Path(source).absolute()) if isinstance(source, str) else source
    return av.open(source, "r", options=options, metadata_errors="ignore", hwaccel=hwaccel, buffer_size=_BUFFER)


def _says_enough(container: InputContainer) -> bool:
    """Whether all is known that setting up decoders needs. Codecs that tell it within their pictures are left out, and
    so are fragmented files: only of an index can FFmpeg see how far frames are out of order."""
    pictures, sounds = container.streams.video, container.streams.audio
    return (
        container.format.name.startswith("mov")
        and all(getattr(stream, "codec_context", None) is not None for stream in (*pictures, *sounds))
        and all(picture.codec.canonical_name in _TELLING_CODECS and picture.width > 0 for picture in pictures)
        and all(picture.codec_context.extradata and picture.frames > 0 for picture in pictures)
        and all(sound.sample_rate > 0 and sound.channels > 0 for sound in sounds)
    )


def video_stream(container: InputContainer, clip: Clip) -> VideoStream:
    """The clip's video stream in a newly opened file, of which nothing else will be read.

    Raises RetakeError(MEDIA_FAILED) when the file has changed.
    """
    for other in container.streams:
        if other.index != clip.video_index:
            other.discard = Discard.all
    for stream in container.streams.video:
        if stream.index == clip.video_index and stream.time_base == clip.frames.time_base:
            return stream
    container.close()
    raise RetakeError(ErrorKind.MEDIA_FAILED, "the file has changed since it was opened")


def audio_stream(container: InputContainer, track: AudioTrack) -> AudioStream:
    """The stream that `track` was read from. Raises StopIteration when the file has changed."""
    return next(stream for stream in container.streams.audio if stream.index == track.index)


@contextmanager
def media_errors(kind: ErrorKind, detail: str) -> Iterator[None]:
    """Turns whatever PyAV raises inside into RetakeError(`kind`, `detail`), trouble with the file into FILE_TROUBLE.

    PyAV raises its own errors, but on broken files also IndexError, MemoryError and UnicodeDecodeError.
    """
    try:
        yield
    except (RetakeError, GeneratorExit):
        raise
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        if error.errno == errno.EPERM:  # FFmpeg's -1, with which some of its parts say no more than "failed".
            raise RetakeError(kind, detail) from error
        raise file_trouble(error) from error
    except MemoryError as error:
        raise RetakeError(kind, "there is not enough memory for it") from error
    except Exception as error:
        raise RetakeError(kind, detail) from error


def file_trouble(error: OSError | ValueError) -> RetakeError:
    """What a failed file operation becomes, in plain words and without the path."""
    reasons = {
        FileNotFoundError: "the file is not there",
        PermissionError: "it may not be read",
        IsADirectoryError: "it is a folder",
    }
    for kind, reason in reasons.items():
        if isinstance(error, kind):
            return RetakeError(ErrorKind.FILE_TROUBLE, reason)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "the path cannot be used"
    return RetakeError(ErrorKind.FILE_TROUBLE, reason)
