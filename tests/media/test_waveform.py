"""The waveform lies where the sound is and is as high as the sound is loud."""

from array import array
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.probe import probe
from retake_desktop.media.waveform import WaveformChunk, waveform
from tests.fakes.footage import make_clip

MONO_TONE = 12000 * 127 // 32768
TONE = round(MONO_TONE / 2**0.5)
"""The height of the footage's tone in a waveform; in stereo its power is shared between the channels."""


def _never() -> bool:
    return False


def _joined(chunks: list[WaveformChunk]) -> tuple[list[int], list[int]]:
    """Lows and highs of one waveform from its start, silence where no chunk lies."""
    rate = chunks[0].peaks_per_second
    count = max(round(chunk.start * rate) + len(chunk.low) for chunk in chunks)
    low, high = [0] * count, [0] * count
    for chunk in chunks:
        place = round(chunk.start * rate)
        low[place : place + len(chunk.low)] = array("b", chunk.low)
        high[place : place + len(chunk.high)] = array("b", chunk.high)
    return low, high


@pytest.mark.parametrize("rate", [20, 50, 200, 37])
@pytest.mark.parametrize(("suffix", "codec"), [(".mp4", "aac"), (".avi", "pcm_s16le"), (".mkv", "flac")])
def test_a_steady_tone_has_a_steady_outline(suffix: str, codec: str, rate: int, tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / f"a{suffix}", audio=codec)))
    low, high = _joined(list(waveform(clip, rate, _never)))
    assert abs(len(high) - 4 * rate) <= rate // 10
    # The tone starts at 400 Hz: each part holds whole waves from 20 to 200 parts a second.
    steady = slice(rate // 10, 4 * rate - rate // 10)
    assert all(abs(peak - TONE) <= 6 for peak in high[steady])
    assert all(abs(peak + TONE) <= 6 for peak in low[steady])


def test_chunks_follow_each_other_without_gaps(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mkv", frames=600, size=(64, 36))))
    chunks = list(waveform(clip, 50, _never))
    assert len(chunks) >= 3
    for before, after in pairwise(chunks):
        assert after.start == before.start + Fraction(len(before.low), 50)
    assert chunks[0].start == 0
    assert sum(len(chunk.low) for chunk in chunks) == pytest.approx(24 * 50, abs=3)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".mov"])
@pytest.mark.parametrize("clip_start", [0, 3])
def test_sound_that_starts_late_and_ends_early_is_drawn_there(suffix: str, clip_start: int, tmp_path: Path) -> None:
    path = make_clip(tmp_path / f"a{suffix}", start=clip_start, audio_start=1, audio_duration=Fraction(3, 2))
    low, high = _joined(list(waveform(probe(str(path)), 50, _never)))
    heard = [index for index in range(len(high)) if high[index] > TONE // 2 and low[index] < -TONE // 2]
    assert abs(heard[0] - 50) <= 2
    assert abs(heard[-1] - 124) <= 3


def test_sound_that_starts_within_a_part_is_drawn_to_its_very_end(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", audio="flac", audio_start=Fraction(3, 4), audio_duration=Fraction(1, 2))
    _, high = _joined(list(waveform(probe(str(path)), 2, _never)))
    assert [peak > TONE // 2 for peak in high] == [False, True, True]


def test_sound_before_the_picture_is_left_out(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", start=2, audio_start=-1, audio_duration=2)
    chunks = list(waveform(probe(str(path)), 50, _never))
    _, high = _joined(chunks)
    assert chunks[0].start == 0
    assert abs(len(high) - 50) <= 2


def test_mono_sound_is_drawn_as_it_is(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mkv", audio="flac", audio_channels=1)))
    _, high = _joined(list(waveform(clip, 50, _never)))
    assert abs(high[100] - MONO_TONE) <= 3


def test_a_clip_without_sound_has_no_waveform(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5, audio=False)))
    assert list(waveform(clip, 50, _never)) == []


def test_it_stops_when_cancelled(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mkv", frames=600, size=(64, 36))))
    seen: list[WaveformChunk] = []
    seen.extend(waveform(clip, 50, lambda: bool(seen)))
    assert len(seen) == 1


def test_a_vanished_file_is_trouble_with_the_file(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    Path(clip.path).unlink()
    with pytest.raises(RetakeError) as caught:
        list(waveform(clip, 50, _never))
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
