"""What was measured of a result, in words: only what a person would want to know."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.window import Window
from retake_desktop.ui import text

_SEEN_LEVELS = 2.0
"""Levels of 255 below which nobody sees a difference between two pictures."""
_HEARD_DECIBELS = 1.0
_HEARD_LATE = Fraction(1024, 48000)
"""Seconds; sound this near to its picture is as near as AAC can place it."""


def picture(found: Alignment) -> str:
    """Size and rate: "1920 × 1080, 24 frames a second"."""
    rate = text.number(int(found.rate)) if found.rate.denominator == 1 else f"{float(found.rate):.2f}"
    words = _words("{width} × {height}, {rate} frames a second")
    return words.format(width=found.width, height=found.height, rate=rate)


def timing(found: Alignment, window: Window) -> str:
    """How the result lies in time, and what was done about it."""
    parts = []
    frames, lost, moved = round(found.offset * window.rate), found.frames_missing, window.correction
    if frames > 0:
        parts.append(_counted(frames, _words("starts 1 frame late"), _words("starts {count} frames late")))
    elif frames < 0:
        parts.append(_counted(-frames, _words("starts 1 frame early"), _words("starts {count} frames early")))
    if lost > 0:
        parts.append(_counted(lost, _words("1 frame missing"), _words("{count} frames missing")))
    elif lost < 0:
        parts.append(_counted(-lost, _words("1 frame too many"), _words("{count} frames too many")))
    if abs(found.drift) * window.rate >= 1:
        words = _words("runs {time} longer") if found.drift > 0 else _words("runs {time} shorter")
        parts.append(words.format(time=text.seconds(abs(found.drift), 2)))
    if not found.is_certain:
        parts.append(_words("could not be told from the pictures; look whether it fits"))
    elif not parts:
        parts.append(_words("as it was sent, frame for frame"))
    else:
        parts.append(_words("lined up with the original"))
    if abs(moved) == 1:
        parts.append(_words("moved by hand by {count} frame").format(count=moved))
    elif moved:
        parts.append(_words("moved by hand by {count} frames").format(count=moved))
    return "; ".join(parts)


def levels(found: Alignment) -> str | None:
    """Brightness and colour of what should not have changed; None when that looks the same."""
    parts = []
    if abs(found.luma_shift) >= _SEEN_LEVELS:
        words = _words("{count} levels brighter") if found.luma_shift > 0 else _words("{count} levels darker")
        parts.append(words.format(count=f"{abs(found.luma_shift):.0f}"))
    if max(abs(found.blue_shift), abs(found.red_shift)) >= _SEEN_LEVELS:
        parts.append(_words("other colours"))
    return ", ".join(parts) or None


def sound(found: Alignment) -> str | None:
    """Loudness and place of the sound that should not have changed; None when it sounds the same."""
    parts = []
    if found.loudness_shift is not None and abs(found.loudness_shift) >= _HEARD_DECIBELS:
        words = _words("{count} dB louder") if found.loudness_shift > 0 else _words("{count} dB softer")
        parts.append(words.format(count=f"{abs(found.loudness_shift):.1f}"))
    if found.sound_offset is not None and abs(found.sound_offset) > _HEARD_LATE:
        words = _words("{count} ms late") if found.sound_offset > 0 else _words("{count} ms early")
        parts.append(words.format(count=f"{abs(float(found.sound_offset)) * 1000:.0f}"))
    return ", ".join(parts) or None


def _counted(count: int, one: str, several: str) -> str:
    return one if count == 1 else several.format(count=text.number(count))


def _words(sentence: str) -> str:
    return QCoreApplication.translate("Measured", sentence)
