"""Playback's state in words, for labels and for screen readers."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain import timecode


def place(time: Fraction, index: int) -> str:
    """`00:00:01.200, frame 30`: where the playhead is."""
    return QCoreApplication.translate("Playback", "{time}, frame {index}").format(
        time=timecode.to_text(time), index=index
    )


def speed(rate: Fraction) -> str:
    """`2×`, `½×`, `−1×`; nothing at rest and at normal speed."""
    if rate in (0, 1):
        return ""
    size = {Fraction(1, 4): "¼", Fraction(1, 2): "½"}.get(abs(rate), str(abs(rate)))
    return f"{'−' if rate < 0 else ''}{size}×"
