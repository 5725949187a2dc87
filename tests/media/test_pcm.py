from array import array
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.pcm import STEREO, PcmReader, restamped
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, sound_time

RATE = 48000
FILES: Mapping[str, Mapping[str, Any]] = {
    "aac.mp4": {},
    "aac.mkv": {},
    "aac.ts": {},
    "late.mp4": {"audio_start": Fraction(3, 2)},
    "early.mp4": {"audio_start": Fraction(-1, 2), "start": Fraction(1, 2)},
    "aac44.mp4": {"audio_rate": 44100},
    "mono.mp4": {"audio_channels": 1},
    "opus.mkv": {"audio": "libopus"},
    "pcm.mov": {"audio": "pcm_s16le"},
    "mp3.mkv": {"audio": "libmp3lame"},
}


def clip(folder: Path, name: str) -> Clip:
    return probe(str(make_clip(folder / name, frames=120, **FILES[name])))


def heard(reader: PcmReader, time: float) -> float:
    return sound_time(reader.read(round(time * RATE) - 1200, 2400), RATE, 2)


@pytest.mark.parametrize("name", FILES)
def test_every_sample_stands_at_its_clip_time(tmp_path: Path, name: str) -> None:
    with PcmReader(clip(tmp_path, name)) as reader:
        for time in (3.7, 1.9, 4.5, 2.0):
            shift = 0.02 if name == "early.mp4" else 0.0  # MP4 cannot say when a sound that starts early had begun
            assert heard(reader, time) == pytest.approx(time - shift, abs=0.003)


@pytest.mark.parametrize("name", FILES)
def test_a_seek_lands_on_the_exact_sample(tmp_path: Path, name: str) -> None:
    source = clip(tmp_path, name)
    with PcmReader(source) as reader:
        whole = array("h", reader.read(0, reader.total))
    for start in (150001, 99999, 33333):
        with PcmReader(source) as reader:
            part = array("h", reader.read(start, 1000))
        expected = whole[2 * start : 2 * (start + 1000)]
        assert max(abs(a - b) for a, b in zip(part, expected, strict=True)) <= 4


def test_reads_in_any_order_agree(tmp_path: Path) -> None:
    with PcmReader(clip(tmp_path, "pcm.mov")) as reader:
        whole = reader.read(0, reader.total)
        for start in (200000, 1000, 199000, 60000, 61000, 0):
            assert reader.read(start, 500) == whole[4 * start : 4 * (start + 500)]


def test_there_is_silence_where_the_track_has_none(tmp_path: Path) -> None:
    with PcmReader(clip(tmp_path, "late.mp4")) as reader:
        assert reader.read(0, RATE) == bytes(4 * RATE)
        assert reader.read(-500, 500) == bytes(2000)
        assert reader.read(reader.total + 50_000, 100) == bytes(400)


def test_a_clip_without_sound_is_silent_for_as_long_as_its_picture(tmp_path: Path) -> None:
    source = probe(str(make_clip(tmp_path / "mute.mp4", frames=50, audio=False)))
    with PcmReader(source) as reader:
        assert reader.total == 2 * RATE
        assert reader.read(10, 100) == bytes(400)


def test_mono_is_as_loud_as_it_was_recorded(tmp_path: Path) -> None:
    with PcmReader(clip(tmp_path, "mono.mp4")) as mono, PcmReader(clip(tmp_path, "aac.mp4")) as stereo:
        peaks = [max(array("h", reader.read(RATE, RATE))) for reader in (mono, stereo)]
    assert peaks[0] == pytest.approx(peaks[1], rel=0.05)


def test_restamped_sound_is_a_thousandth_shorter() -> None:
    samples = bytes(4 * 48048)
    assert abs(len(restamped(samples, 48048, STEREO)) // 4 - 48000) <= 32


def test_a_file_that_has_gone_is_file_trouble(tmp_path: Path) -> None:
    source = clip(tmp_path, "aac.mp4")
    Path(source.path).unlink()
    with pytest.raises(RetakeError) as caught:
        PcmReader(source)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
