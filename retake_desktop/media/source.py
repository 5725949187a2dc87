"""The one way media files are opened for reading, and what PyAV's exceptions become."""

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer

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
        return av.open(str(Path(path).absolute()), "r", options=_OPEN_OPTIONS, metadata_errors="ignore")


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
