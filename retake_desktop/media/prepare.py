"""Makes the window: the stretch of a source that is sent, in the one form that the model surely takes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.window import Window
from retake_desktop.media.conform import BT709, Conformer, padded, scaled, upright
from retake_desktop.media.deinterlace import whole_frames
from retake_desktop.media.encode import SAMPLE_RATE, SOUND_BIT_RATE, Mp4Writer, Quality, writing_errors
from retake_desktop.media.pcm import STEREO, PcmReader, restamped
from retake_desktop.media.plan import WindowPlan, plan_window

_TRIES = 3
_BEST_CRF = 16
_MOST_BIT_RATE = 60_000_000
_LEAST_BIT_RATE = 100_000
"""Bits per second of picture: less than this is no picture that a model could work with."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A window on disk: MP4, H.264 and AAC, `size_bytes` long."""

    window: Window
    path: str
    size_bytes: int


def prepare(
    clip: Clip, request: RetakeRequest, output: str, max_bytes: int, on_progress: Callable[[Progress], None]
) -> Prepared:
    """Writes the window for `request` to `output`, at most `max_bytes` long, in as good a quality as that allows.

    `on_progress` counts frames; it starts again in the rare case that a first try came out too big. Raises RetakeError:
    INVALID_REQUEST (clip too short, no such sound track, `max_bytes` too few for any picture), FILE_TROUBLE, NO_SPACE,
    MEDIA_FAILED.
    """
    plan = plan_window(clip, request)
    track = _chosen_track(clip, request)
    target = max_bytes
    for _ in range(_TRIES):
        quality = _quality(plan.window, target, has_sound=track is not None)
        with writing_errors("preparing the video"):
            _write(clip, plan, track, output, quality, on_progress)
            size = Path(output).stat().st_size
        if size <= max_bytes:
            return Prepared(plan.window, output, size)
        target = target * max_bytes // size * 9 // 10
    Path(output).unlink()
    raise _too_big(max_bytes)


def _chosen_track(clip: Clip, request: RetakeRequest) -> int | None:
    """The place of the sound in `clip.audio`, None for a clip without any."""
    if not clip.audio:
        return None
    if not 0 <= request.audio_track < len(clip.audio):
        raise RetakeError(
            ErrorKind.INVALID_REQUEST,
            f"The video has no sound track {request.audio_track + 1}; it has {len(clip.audio)}.",
        )
    return request.audio_track


def _too_big(max_bytes: int) -> RetakeError:
    return RetakeError(ErrorKind.INVALID_REQUEST, f"The video cannot be made as small as {max_bytes} bytes.")


def _quality(window: Window, target: int, *, has_sound: bool) -> Quality:
    """Constant quality, capped so that a file of `target` bytes is not exceeded whatever the picture shows."""
    overhead = 20_000 + 16 * window.frame_count
    sound = float(window.duration) * SOUND_BIT_RATE * 1.05 if has_sound else 0.0
    # The cap holds over any second, so a second's worth may come on top.
    bit_rate = int(((target - overhead) * 8 - sound) / (float(window.duration) + 1))
    if bit_rate < _LEAST_BIT_RATE:
        raise _too_big(target)
    return Quality(crf=_BEST_CRF, bit_rate=min(bit_rate, _MOST_BIT_RATE))


def _write(
    clip: Clip,
    plan: WindowPlan,
    track: int | None,
    output: str,
    quality: Quality,
    on_progress: Callable[[Progress], None],
) -> None:
    window = plan.window
    conformer = Conformer(
        (
            *upright(clip.rotation),
            *scaled(window.picture.width, window.picture.height, clip.colour, clip.coded_height, BT709),
            *padded(window.width, window.height, window.picture),
        ),
        "yuv420p",
    )
    sound = b"" if track is None else _window_sound(clip, track, window)
    size = (window.width, window.height)
    with Mp4Writer(output, window.rate, size, quality, sound=track is not None) as writer:
        for frame in whole_frames(clip, plan.indexes):
            writer.write_picture(conformer.convert(frame))
            writer.write_sound(sound[writer.samples * 4 : writer.sound_due * 4])
            on_progress(Progress(writer.pictures, window.frame_count))


def _window_sound(clip: Clip, track: int, window: Window) -> bytes:
    """The window's sound, as long as its picture: stretched like it, silent where the source has ended."""
    wanted = round(window.duration * SAMPLE_RATE)
    source_rate = round(SAMPLE_RATE / window.stretch)
    count = -(-wanted * source_rate // SAMPLE_RATE)
    with PcmReader(clip, track) as reader:
        start = round(window.source.start * SAMPLE_RATE)
        samples = reader.read(start, min(count, reader.total - start))
    samples += bytes(max(0, count * 4 - len(samples)))
    return samples if source_rate == SAMPLE_RATE else restamped(samples, source_rate, STEREO)[: wanted * 4]
