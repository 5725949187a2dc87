"""Measures what a service's result did to the mapping: by the frames and the sound that it had no reason to change."""

from collections.abc import Callable
from fractions import Fraction
from statistics import fmean

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.window import Window
from retake_desktop.media.matching import Fit, Matcher
from retake_desktop.media.signature import PLANES, signatures
from retake_desktop.media.sound_shift import sound_shift
from retake_desktop.media.source import media_errors
from retake_desktop.media.untouched import untouched_spans

_MOST_RESTAMPED = Fraction(2, 5)
"""A result's rate further than this share from the window's shows other frames, not the same ones for longer."""
OnProgress = Callable[[Progress], None]


def align(
    sent: Clip, result: Clip, window: Window, mode: Mode, on_progress: OnProgress = lambda _progress: None
) -> Alignment:
    """Holds `result` against `sent`, the prepared window itself, and says how its time, colours and sound lie.

    Decodes both; `on_progress` counts their frames. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    with media_errors(ErrorKind.MEDIA_FAILED, "the result cannot be compared with what was sent"):
        matcher = _matcher(sent, result, window, mode, on_progress)
        fit = matcher.best_fit(_paces(window, result))
        luma, blue, red = _level_shifts(matcher, fit)
        sound = sound_shift(sent, result, window, fit, mode)
    return Alignment(
        is_certain=fit.is_certain,
        offset=fit.offset,
        pace=fit.pace,
        frames=len(result.frames),
        frames_expected=round(window.duration * fit.pace * result.frame_rate),
        rate=result.frame_rate,
        width=result.width,
        height=result.height,
        drift=window.duration * (fit.pace - 1),
        luma_shift=luma,
        blue_shift=blue,
        red_shift=red,
        loudness_shift=sound.loudness,
        sound_offset=sound.offset,
    )


def _matcher(sent: Clip, result: Clip, window: Window, mode: Mode, on_progress: OnProgress) -> Matcher:
    total = len(sent.frames) + len(result.frames)
    found: list[bytes] = []
    for clip in (sent, result):
        for signature in signatures(clip, range(len(clip.frames))):
            found.append(signature)
            on_progress(Progress(len(found), total))
    spans = untouched_spans(window, is_replaced=mode.replaces_picture)
    count = len(sent.frames)
    untouched = [k for k in range(count) if any(span.contains(sent.frames.midpoint_of(k)) for span in spans)]
    return Matcher(found[:count], found[count:], Fraction(window.rate), result.frames, untouched)


def _paces(window: Window, result: Clip) -> list[Fraction]:
    """What may have become of the window's time, the likeliest first.

    The same time (at whatever rate) or the same frames at another rate, whichever explains the result's length; at last
    the same frames within another length.
    """
    restamped = window.rate / result.frame_rate
    paces = [Fraction(1)]
    if restamped != 1 and abs(restamped - 1) <= _MOST_RESTAMPED:
        paces.append(restamped)
    slack = Fraction(3, 2) / min(Fraction(window.rate), result.frame_rate)
    paces.sort(key=lambda pace: abs(window.duration * pace - result.duration) > slack)
    return list(dict.fromkeys((*paces, result.duration / window.duration)))


def _level_shifts(matcher: Matcher, fit: Fit) -> tuple[float, ...]:
    """Mean levels by which each plane of the untouched frames came back higher."""
    pairs = matcher.pairs(fit)
    if not fit.is_certain or not pairs:
        return (0.0, 0.0, 0.0)
    return tuple(fmean(_mean_difference(ours[plane], theirs[plane]) for ours, theirs in pairs) for plane in PLANES)


def _mean_difference(ours: bytes, theirs: bytes) -> float:
    return (sum(theirs) - sum(ours)) / len(ours)
