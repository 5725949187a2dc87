"""Whether a graphics card may decode a clip: some of its frames, decoded both ways and compared bit for bit."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.hardware import Device, DeviceLostError, Verdict, devices_for, is_worth_trying, opened

_STRETCH = 24
"""Frames compared at the beginning, in the middle and at the end."""
_SLOWEST_OPENING = 0.05
"""Seconds. PyAV opens a device while it holds Python's lock: for so long the window would stand still."""
_WORTH = 0.8
"""Parts of the processor's time; a card that gains less is not worth the risk."""

Clock = Callable[[], float]


def tried(clip: Clip, devices: Sequence[Device] | None = None, now: Clock = time.perf_counter) -> Verdict:
    """The first device that gives the processor's frames of `clip`, and gives them sooner.

    For a process of its own, which a driver may take down with it. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE)
    when the processor cannot decode the clip either.
    """
    if not is_worth_trying(clip):
        return Verdict(None, "the processor is quick enough")
    reasons = []
    for device in devices_for(clip) if devices is None else devices:
        reason = _objection(clip, device, now)
        if not reason:
            return Verdict(device.name, "the same frames, sooner")
        reasons.append(f"{device.name}: {reason}")
    return Verdict(None, "; ".join(reasons) or "nothing here decodes it but the processor")


def _objection(clip: Clip, device: Device, now: Clock) -> str:
    """Why `device` is not to be used; "" where nothing speaks against it."""
    begun = now()
    try:
        opened(clip.path, device).close()
    except DeviceLostError as error:
        return f"it cannot be opened ({_root(error)})"
    opening = now() - begun
    if opening > _SLOWEST_OPENING:
        return f"it takes {opening:.2f} s to open"
    ours = theirs = 0.0
    with closing(ExactFrames(clip)) as here, closing(ExactFrames(clip, device=device)) as there:
        for index in _places(len(clip.frames)):
            begun = now()
            own = here.frame(index)
            between = now()
            try:
                frame = there.frame(index)
            except (DeviceLostError, RetakeError):
                return f"it failed at frame {index}"
            ours, theirs = ours + between - begun, theirs + now() - between
            if not _is_same(frame, own):
                return f"frame {index} differs"
    return "" if theirs <= _WORTH * ours else f"it takes {theirs:.2f} s where the processor takes {ours:.2f} s"


def _root(error: BaseException) -> str:
    """What began it, in its own words."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error) or type(error).__name__


def _places(count: int) -> Iterator[int]:
    """Each once, in ascending order."""
    stretches = (range(_STRETCH), range(count // 2, count // 2 + _STRETCH), range(count - _STRETCH, count))
    yield from sorted({index for stretch in stretches for index in stretch if 0 <= index < count})


def _is_same(one: VideoFrame, other: VideoFrame) -> bool:
    return _facts(one) == _facts(other) and all(row == own for row, own in zip(_rows(one), _rows(other), strict=True))


def _facts(frame: VideoFrame) -> tuple[object, ...]:
    """What drawing a frame depends on beside its pixels."""
    colour = (frame.colorspace, frame.color_range, frame.color_trc, frame.color_primaries)
    return (frame.pts, frame.format.name, frame.width, frame.height, frame.interlaced_frame, *colour)


def _rows(frame: VideoFrame) -> Iterator[memoryview]:
    """The pixels, without what fills the lines up."""
    sample = 2 if frame.format.components[0].bits > 8 else 1
    for plane in frame.planes:
        lines = memoryview(plane)
        for start in range(0, plane.height * plane.line_size, plane.line_size):
            yield lines[start : start + plane.width * sample]
