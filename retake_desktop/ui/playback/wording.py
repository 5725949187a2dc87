"""Playback's state in words, for labels and for screen readers."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import Clip


def place(time: Fraction, index: int) -> str:
    """`00:00:01.200, frame 30`: where the playhead is."""
    return QCoreApplication.translate("Playback", "{time}, frame {index}").format(
        time=timecode.to_text(time), index=index
    )


def readings(clip: Clip, index: int) -> str:
    """Where frame `index` lies, in every way that people count, one a line."""
    time = clip.frames.start_of(index)
    lines = [
        QCoreApplication.translate("Playback", "Frame {index}").format(index=index),
        QCoreApplication.translate("Playback", "{seconds} seconds").format(seconds=f"{float(time):.3f}"),
    ]
    if not clip.is_variable_rate:
        counted = timecode.counted_on("00:00:00:00", index, clip.frame_rate)
        lines.append(QCoreApplication.translate("Playback", "Timecode {text}").format(text=counted))
        own = timecode.counted_on(clip.start_timecode, index, clip.frame_rate)
        if own is not None:
            lines.append(QCoreApplication.translate("Playback", "The file's own timecode {text}").format(text=own))
    return "\n".join(lines)


def speed(rate: Fraction) -> str:
    """`2×`, `½×`, `−1×`; nothing at rest and at normal speed."""
    if rate in (0, 1):
        return ""
    size = {Fraction(1, 4): "¼", Fraction(1, 2): "½"}.get(abs(rate), str(abs(rate)))
    return f"{'−' if rate < 0 else ''}{size}×"


def percent(scale: Fraction) -> str:
    """`200 %`: how large the picture is drawn."""
    return QCoreApplication.translate("Playback", "{percent} %").format(percent=round(scale * 100))
