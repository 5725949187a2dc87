"""What lies behind the playhead is drawn as it comes, and looks as if it had been drawn at once."""

import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.peaks import PARTS, WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.backdrop import HEIGHT, Backdrop
from retake_desktop.ui.timeline.scale import Scale
from tests.ui.making import a_clip

SIZE = QSize(640, HEIGHT)
SOUND = AudioTrack(1, "aac", 48_000, 2, "stereo", Fraction(0), Fraction(30))


def a_scale(clip: Clip, width: int = 600) -> Scale:
    return Scale(Span(Fraction(0), clip.duration), 20, width)


def a_picture(clip: Clip, index: int) -> Picture:
    return Picture(index, clip.frames.start_of(index), 16, 9, 64, bytes([index % 256, 90, 60, 255]) * 16 * 9)


def some_peaks(index: int) -> WaveformBlock:
    low, high = bytes([90 - index]) * PARTS, bytes([180 + index]) * PARTS
    return WaveformBlock(index, Fraction(1, 1000), low, high).ready()


def drawn(backdrop: Backdrop, clip: Clip, width: int = 600) -> QImage:
    return backdrop.pixmap(a_scale(clip, width), SIZE, 1.0).toImage()


def named(deed: Callable[[], object]) -> set[str]:
    """The functions that `deed` calls."""
    found: set[str] = set()
    sys.setprofile(lambda frame, event, _what: found.add(frame.f_code.co_name) if event == "call" else None)
    try:
        deed()
    finally:
        sys.setprofile(None)
    return {name for name in found if name.startswith("_draw_")}


def heard(clip: Clip) -> Clip:
    return replace(clip, audio=(SOUND,))


def test_what_came_bit_by_bit_looks_as_if_it_had_come_at_once(styled: Style) -> None:
    clip, bits, whole = heard(a_clip()), Backdrop(), Backdrop()
    for backdrop in (bits, whole):
        backdrop.clear(clip)
    seen = [drawn(bits, clip)]
    for index in range(3):
        bits.add_peaks(some_peaks(index))
        seen.append(drawn(bits, clip))
        bits.add_picture(a_picture(clip, 200 * index))
        seen.append(drawn(bits, clip))
    drawn(bits, clip, 400)
    for index in range(3):
        whole.add_picture(a_picture(clip, 200 * index))
        whole.add_peaks(some_peaks(index))
    assert drawn(bits, clip) == drawn(whole, clip) == seen[-1]
    assert all(earlier != later for earlier, later in pairwise(seen))


def test_a_picture_that_comes_leaves_ruler_and_waveform_and_a_sound_the_ruler_as_they_are(styled: Style) -> None:
    clip, backdrop = heard(a_clip()), Backdrop()
    backdrop.clear(clip)
    assert named(lambda: drawn(backdrop, clip)) >= {"_draw_ruler", "_draw_wave", "_draw_strip"}
    backdrop.add_picture(a_picture(clip, 3))
    assert named(lambda: drawn(backdrop, clip)) == {"_draw_strip"}
    backdrop.add_peaks(some_peaks(0))
    assert named(lambda: drawn(backdrop, clip)) == {"_draw_wave", "_draw_strip"}
    assert named(lambda: drawn(backdrop, clip)) == set()
    assert "_draw_ruler" in named(lambda: drawn(backdrop, clip, 400))
