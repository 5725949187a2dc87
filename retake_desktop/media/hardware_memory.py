"""What trials of graphics cards found, on disk: until the driver changes, none is made twice."""

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.media.cache import CacheKey, DiskCache
from retake_desktop.media.hardware import Kind, Verdict, driver_mark

_VERSION = 1
"""To be raised with every change of what a trial looks at."""


def remembered(cache: DiskCache, clip: Clip) -> Verdict | None:
    record = cache.get(_key(clip))
    if record is None:
        return None
    try:
        return msgspec.json.decode(record, type=Verdict)
    except msgspec.DecodeError:
        cache.drop(_key(clip))
        return None


def remember(cache: DiskCache, clip: Clip, verdict: Verdict) -> None:
    cache.put(_key(clip), msgspec.json.encode(verdict))


def _key(clip: Clip) -> CacheKey:
    return CacheKey(driver_mark(), "hardware", repr(Kind.of(clip)), _VERSION)
