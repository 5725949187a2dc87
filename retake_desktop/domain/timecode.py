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


def counted_on(start: str, frames: int, frame_rate: Fraction) -> str | None:
    """The timecode `frames` after `start`, as cameras write it; None where `start` is no timecode at this rate.

    `01:00:00:00`, or with `;` drop frame, which leaves out the numbers 0 and 1 (at 60 fps 0 to 3) of every minute
    but each tenth, so that 29.97 fps keeps step with the clock (SMPTE ST 12-1).
    """
    match, rate = _FRAMES.match(start.strip()), max(1, round(frame_rate))
    if match is None or int(match[4]) >= rate:
        return None
    hour, minute, second, frame = (int(part) for part in match.groups())
    is_drop = ";" in start and rate % 30 == 0
    skipped = rate // 15 if is_drop else 0
    minutes = hour * 60 + minute
    count = (minutes * 60 + second) * rate + frame - skipped * (minutes - minutes // 10) + frames
    if is_drop:
        tens, rest = divmod(count, 600 * rate - 9 * skipped)
        count += skipped * (9 * tens + max(0, rest - skipped) // (60 * rate - skipped))
    seconds, frame = divmod(count, rate)
    clock = f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{clock}{';' if is_drop else ':'}{frame:02d}"


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
