"""What reading a file to its end told, kept for the next time: a film whose times stand only at its frames is read
once, however often it is opened."""

from concurrent.futures import Future
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from operator import lt
from pathlib import Path

import av
import msgspec

from retake_desktop.domain.clip import Clip, Finding, FrameTimes
from retake_desktop.domain.ticks import Ticks
from retake_desktop.media.cache import CacheKey, DiskCache
from retake_desktop.media.packing import packed, unpacked
from retake_desktop.media.worker_protocol import decoded, encoded

_VERSION = 1
"""To be raised with every change of what is read of a file, or of how."""
_PASSING = {Finding.INCOMPLETE, Finding.DAMAGED}
"""What may be otherwise the next time, the file being written, or its disk in trouble, without its bytes telling."""


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """The clip of one file in `cache`, if it was read before and has not been touched since.

    `stamp` is when its bytes were last changed, in nanoseconds since 1970, `fingerprint` what they are. The record is
    found by what the file system says, so that nothing waits for a fingerprint that is not held against another.
    """

    cache: DiskCache
    stamp: int
    fingerprint: Future[str]

    def like(self, draft: Clip) -> Clip | None:
        """The whole clip, of whose file the beginning tells `draft`; None where it has to be read.

        Raises RetakeError(FILE_TROUBLE).
        """
        record = self.cache.get(self._key(draft))
        if record is None:
            return None
        try:
            clip = decoded(unpacked(record), Clip)
            ticks = clip.frames.ticks
            is_sound = all(map(lt, ticks, islice(ticks, 1, None))) and ticks[0] == 0 and ticks[-1] < clip.frames.end
        except (ValueError, ZeroDivisionError, OverflowError, msgspec.DecodeError):
            is_sound = False
        if not is_sound or _beginning_of(clip) != _beginning_of(draft) or clip.fingerprint != self.fingerprint.result():
            self.cache.drop(self._key(draft))
            return None
        return replace(clip, path=draft.path)

    def keep(self, clip: Clip) -> None:
        """To be called with what was read to the file's end. Raises RetakeError(FILE_TROUBLE)."""
        if _PASSING.isdisjoint(clip.findings) and _stamp_of(clip.path) == self.stamp:
            nameless = replace(clip, path="", fingerprint=self.fingerprint.result())
            self.cache.put(self._key(clip), packed(encoded(nameless)))

    def _key(self, clip: Clip) -> CacheKey:
        # Another FFmpeg may read the same bytes otherwise.
        return CacheKey(f"{clip.size_bytes} bytes of {self.stamp}", "clip", av.__version__, _VERSION)


def read_before(path: str, cache: DiskCache | None, fingerprint: Future[str]) -> ReadBefore | None:
    """None without a cache, and where the file cannot be looked at."""
    stamp = _stamp_of(path)
    return None if cache is None or stamp is None else ReadBefore(cache, stamp, fingerprint)


def _stamp_of(path: str) -> int | None:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return None


def _beginning_of(clip: Clip) -> Clip:
    """What headers and first frame say: the rest is as in any clip's."""
    return replace(
        clip,
        path="",
        frame_rate=Fraction(1),
        is_variable_rate=False,
        origin=Fraction(0),
        frames=FrameTimes(Ticks((0,)), clip.frames.time_base, 1),
        audio=(),
        fingerprint="",
        is_counted=False,
        chapters=(),
        findings=(),
    )
