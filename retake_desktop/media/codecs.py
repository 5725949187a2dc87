"""What the bundled FFmpeg can do, for the self-check."""

import av
import av.codec
import av.codec.hwaccel

_ENCODERS = ("libx264", "aac")
_DECODERS = ("h264", "hevc", "vp9", "av1", "prores", "aac")


def version() -> str:
    """FFmpeg's version as PyAV reports it."""
    return f"FFmpeg {av.ffmpeg_version_info}, PyAV {av.__version__}"


def hardware() -> tuple[str, ...]:
    """Kinds of hardware decoding that this build of FFmpeg knows; whether the machine has one is another matter."""
    return tuple(av.codec.hwaccel.hwdevices_available())


def missing() -> tuple[str, ...]:
    """Names of the encoders and decoders that the app needs and this build lacks."""
    found = [f"encoder {name}" for name in _ENCODERS if not _has(name, "w")]
    found += [f"decoder {name}" for name in _DECODERS if not _has(name, "r")]
    return tuple(found)


def _has(name: str, mode: str) -> bool:
    try:
        av.codec.Codec(name, "w" if mode == "w" else "r")
    except av.codec.codec.UnknownCodecError:
        return False
    return True
