"""Loudness as EBU R 128 measures it."""

from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.domain.span import Span
from retake_desktop.media.loudness import loudness
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip

ALL = Span(Fraction(0), Fraction(3))


def test_the_same_sound_is_as_loud_in_one_channel_as_in_two(tmp_path: Path) -> None:
    loud = probe(str(make_clip(tmp_path / "loud.mp4", frames=75, audio_channels=1)))
    quiet = probe(str(make_clip(tmp_path / "quiet.mp4", frames=75, audio_channels=2)))
    one, other = loudness(loud, ALL), loudness(quiet, ALL)
    assert one is not None
    assert other is not None
    assert one == pytest.approx(other, abs=0.2)
    assert -14 < one < -9, "a tone of 12,000 of 32,768 is at -11.7 dBFS in both channels together"


def test_silence_and_no_sound_have_no_loudness(tmp_path: Path) -> None:
    mute = probe(str(make_clip(tmp_path / "mute.mp4", frames=75, audio=False)))
    assert loudness(mute, ALL) is None
    tone = probe(str(make_clip(tmp_path / "tone.mp4", frames=75)))
    assert loudness(tone, Span(Fraction(10), Fraction(12))) is None
    assert loudness(tone, ALL, lambda: True) is None
