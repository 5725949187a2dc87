"""Measures how much each frame of a result differs from the original: aligned, scaled, calibrated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import sub
from statistics import fmean, median

from retake_desktop.domain.changes import Changes, bleed_reach, seams_for
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import BLEED, Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window, paired_frame, picture_in_result, source_frame
from retake_desktop.media.signature import PLANES, signatures
from retake_desktop.media.source import media_errors

_SHARE = 16
"""A frame has changed as much as the strongest sixteenth of its picture: a small thing may have changed a lot."""
_UNKNOWN_NOISE = 4.0
"""Levels that encoding changes at most, where no untouched frame is left to measure it by."""
_FEWEST = 6
_SPREADS = 5.0
"""Frames that differ by so many typical deviations more than the typical untouched one have been changed."""
_LEAST_SPREAD = 0.15
_MARGIN = 0.5
_LONE = 1.5
"""A single frame barely above the noise, with unchanged neighbours, is an encoder's and nobody's change."""
OnProgress = Callable[[Progress], None]


def changes(
    original: Clip,
    result: Clip,
    window: Window,
    span: Span,
    mode: Mode,
    on_progress: OnProgress = lambda _progress: None,
) -> Changes:
    """The curve over all frames that `window` shows; `span` is the selection in the original's time.

    Decodes that part of the original and all of the result; `on_progress` counts the frames of both.
    Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    selection = original.frames.nearest_boundary(span.start), original.frames.nearest_boundary(span.end)
    reach = bleed_reach(span, original.frames, BLEED)
    with media_errors(ErrorKind.MEDIA_FAILED, "the result cannot be compared with the original"):
        pairs = _pairs(original, result, window)
        compared = list(_compared(original, result, window, pairs, on_progress))
    far = {i for i in pairs if not mode.replaces_picture or not reach[0] <= i < reach[1]}
    shift = _shift([(ours, theirs) for index, ours, theirs in compared if index in far])
    raw = {index: _difference(shift.applied(ours), theirs) for index, ours, theirs in compared}
    noise = _noise([level for index, level in raw.items() if index in far])
    shown = _without_lone({index: level if level > noise else 0.0 for index, level in raw.items()}, noise)
    first, levels = _spread(original, result, window, shown)
    seams = seams_for(first, levels, selection, reach) if mode.replaces_picture else selection
    return Changes(first, levels, noise, selection, seams)


def _pairs(original: Clip, result: Clip, window: Window) -> dict[int, int]:
    """The original's frames that the result shows, in order, with the frame of the result that shows each."""
    pairs: dict[int, int] = {}
    for place in range(len(result.frames)):
        index = source_frame(window, original.frames, result.frames, place)
        if index is not None:
            pairs.setdefault(index, place)
    return dict(sorted(pairs.items()))


def _compared(
    original: Clip, result: Clip, window: Window, pairs: dict[int, int], on_progress: OnProgress
) -> Iterator[tuple[int, bytes, bytes]]:
    size = (result.coded_height, result.coded_width)[:: 1 if result.rotation in (90, 270) else -1]
    # One after the other: two decoders of 4K would take twice the memory, and no less time.
    told = _counter(2 * len(pairs), on_progress)
    ours = [told(one) for one in signatures(original, list(pairs))]
    theirs = (told(one) for one in signatures(result, list(pairs.values()), picture_in_result(window, *size)))
    yield from zip(pairs, ours, theirs, strict=True)


def _counter(total: int, on_progress: OnProgress) -> Callable[[bytes], bytes]:
    """Passes on what it is given, and counts it."""
    count = 0

    def told(signature: bytes) -> bytes:
        nonlocal count
        count += 1
        on_progress(Progress(count, total))
        return signature

    return told


@dataclass(frozen=True, slots=True)
class _Shift:
    """What happened to all levels of all frames, as a table for each plane: no change that anybody asked for."""

    tables: tuple[bytes, ...]

    def applied(self, signature: bytes) -> bytes:
        return b"".join(signature[plane].translate(table) for plane, table in zip(PLANES, self.tables, strict=True))


def _shift(untouched: Sequence[tuple[bytes, bytes]]) -> _Shift:
    return _Shift(tuple(_table([(ours[plane], theirs[plane]) for ours, theirs in untouched]) for plane in PLANES))


def _table(pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    """From a level of the original to the typical one of the result, with what lies between known levels in line."""
    sums, counts = [0] * 256, [0] * 256
    for ours, theirs in pairs[:: max(1, len(pairs) // 24)]:
        for one, other in zip(ours, theirs, strict=True):
            sums[one] += other
            counts[one] += 1
    known = [level for level in range(256) if counts[level] >= 16]
    if not known:
        return bytes(range(256))
    offset = fmean(sums[level] / counts[level] - level for level in known)
    exact = {level: sums[level] / counts[level] for level in known}
    return bytes(min(255, max(0, round(exact.get(level, level + offset)))) for level in range(256))


def _difference(ours: bytes, theirs: bytes) -> float:
    """Mean difference, in levels, of the sixteenth of all cells that differ most."""
    strongest = sorted(map(abs, map(sub, ours, theirs)))[-len(ours) // _SHARE :]
    return fmean(strongest)


def _noise(untouched: Sequence[float]) -> float:
    """The difference up to which frames count as unchanged."""
    if len(untouched) < _FEWEST:
        return _UNKNOWN_NOISE
    typical = median(untouched)
    spread = median(abs(level - typical) for level in untouched)
    return typical + _SPREADS * max(spread, _LEAST_SPREAD) + _MARGIN


def _without_lone(shown: dict[int, float], noise: float) -> dict[int, float]:
    order = list(shown)
    kept = dict(shown)
    for before, index, after in zip(order, order[1:], order[2:], strict=False):
        if shown[index] < noise * _LONE and not shown[before] and not shown[after]:
            kept[index] = 0.0
    return kept


def _spread(
    original: Clip, result: Clip, window: Window, shown: dict[int, float]
) -> tuple[int, tuple[float | None, ...]]:
    """A level for every frame of the window; frames that the result leaves out have that of the one shown instead."""
    if not shown:
        return 0, ()
    before, after = original.frames, result.frames
    first, last = before.nearest_boundary(window.source.start), before.nearest_boundary(window.source.end)

    def level(index: int) -> float | None:
        if index in shown:
            return shown[index]
        pair = paired_frame(window, before, after, index)
        instead = None if pair is None else source_frame(window, before, after, pair)
        return None if instead is None else shown.get(instead)

    return first, tuple(level(index) for index in range(first, last))
