"""Times as people write them: `00:00:01.200`, `1:02:03`, `12.5`, or with frames `00:00:01:12`."""

import re
from fractions import Fraction

_CLOCK = re.compile(r"^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,9}))?$")
_FRAMES = re.compile(r"^(\d{1,3}):(\d{2}):(\d{2})[:;](\d{1,3})$")


def to_text(time: Fraction) -> str:
    """`HH:MM:SS.mmm`, to the nearest millisecond; negative times carry a minus sign."""
    milliseconds = round(abs(time) * 1000)
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    sign = "-" if time < 0 and milliseconds else ""
    return f"{sign}{hour:02d}:{minute:02d}:{second:02d}.{fraction:03d}"


def to_frames_text(time: Fraction, frame_rate: Fraction) -> str:
    """`HH:MM:SS:FF`, counting frames within the second at the rounded rate (non-drop)."""
    rate = max(1, round(frame_rate))
    seconds, rest = divmod(max(time, Fraction(0)), 1)
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}:{int(rest * rate):02d}"


def parse(text: str, frame_rate: Fraction | None = None) -> Fraction:
    """Seconds from a written time.

    `HH:MM:SS:FF` needs `frame_rate`. Raises ValueError for anything that is not a time.
    """
    stripped = text.strip()
    frames = _FRAMES.match(stripped)
    if frames and frame_rate:
        hour, minute, second, frame = (int(part) for part in frames.groups())
        return Fraction(hour * 3600 + minute * 60 + second) + frame / frame_rate
    clock = _CLOCK.match(stripped)
    if not clock:
        raise ValueError(f"not a time: {text!r}")
    hours, minutes, seconds, decimals = clock.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return Fraction(whole) + Fraction(int(decimals or 0), 10 ** len(decimals or ""))
