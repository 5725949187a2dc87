"""The waveform lies where the sound is and is as high as the sound is loud."""

from array import array
from fractions import Fraction
from itertools import pairwise
from math import pi, sin
from pathlib import Path
from random import Random

import av
import pytest
from av.audio.frame import AudioFrame

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.peak_finder import PeakFinder, samples_a_part
from retake_desktop.media.peaks import PARTS, WaveformBlock
from retake_desktop.media.probe import probe
from retake_desktop.media.waveform import waveform
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip

MONO_TONE = 12000 * 127 // 32768
TONE = round(MONO_TONE / 2**0.5)
"""The height of the footage's tone in a waveform; in stereo its power is shared between the channels."""


def _never() -> bool:
    return False


class Outline:
    """One waveform from its blocks: silence where none lies."""

    def __init__(self, blocks: list[WaveformBlock]) -> None:
        self.part = blocks[0].part
        count = PARTS * (max(block.index for block in blocks) + 1)
        self.low, self.high = [0] * count, [0] * count
        for block in blocks:
            place = slice(block.index * PARTS, (block.index + 1) * PARTS)
            self.low[place] = [level - 128 for level in block.low]
            self.high[place] = [level - 128 for level in block.high]

    def between(self, start: float, end: float) -> tuple[list[int], list[int]]:
        """Lows and highs of the parts that lie whole within these seconds."""
        parts = slice(-int(-start / self.part // 1), int(end / self.part))
        return self.low[parts], self.high[parts]

    def heard(self, least: int) -> tuple[float, float]:
        """The first and last second at which it is louder than `least`."""
        parts = [place for place, level in enumerate(self.high) if level > least and self.low[place] < -least]
        return float(parts[0] * self.part), float((parts[-1] + 1) * self.part)


def _outline(path: Path) -> Outline:
    return Outline(list(waveform(probe(str(path)), _never)))


@pytest.mark.parametrize("width", [1, 2, 8, 64, 256, 1024])
def test_every_sample_counts(width: int) -> None:
    samples = Random(width).randbytes(width * PARTS)  # noqa: S311 - any bytes will do
    low, high = PeakFinder(width).find(samples)
    parts = [samples[begin : begin + width] for begin in range(0, len(samples), width)]
    assert low == bytes(map(min, parts))
    assert high == bytes(map(max, parts))


def test_coarser_levels_hold_the_extremes_of_the_finer_ones() -> None:
    random = Random(1)  # noqa: S311 - any bytes will do
    block = WaveformBlock(0, Fraction(1), random.randbytes(PARTS), random.randbytes(PARTS))
    assert [len(low) for low, _ in block.levels] == [1024, 256, 64, 16, 4, 1]
    assert block.levels[0] == (block.low, block.high)
    for finer, coarser in pairwise(block.levels):
        for place in range(len(coarser[0])):
            four = slice(4 * place, 4 * place + 4)
            assert coarser[0][place] == min(finer[0][four])
            assert coarser[1][place] == max(finer[1][four])


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000])
def test_the_finest_level_has_128_to_256_parts_a_second(rate: int) -> None:
    assert 128 <= rate / samples_a_part(rate) < 256


@pytest.mark.parametrize(("suffix", "codec"), [(".mp4", "aac"), (".avi", "pcm_s16le"), (".mkv", "flac")])
def test_a_steady_tone_has_a_steady_outline(suffix: str, codec: str, tmp_path: Path) -> None:
    outline = _outline(make_clip(tmp_path / f"a{suffix}", audio=codec))
    # The tone starts at 400 Hz: each part holds at least two whole waves.
    low, high = outline.between(0.1, 3.9)
    assert len(high) > 3 * 187
    assert all(abs(peak - TONE) <= 6 for peak in high)
    assert all(abs(peak + TONE) <= 6 for peak in low)
    assert outline.heard(TONE // 2) == pytest.approx((0, 4), abs=0.06)


@pytest.mark.parametrize("codec", ["flac", "pcm_f32le"])
@pytest.mark.parametrize("rate", [11_025, 44_100, 96_000])
def test_it_is_drawn_in_its_own_rate(rate: int, codec: str, tmp_path: Path) -> None:
    outline = _outline(make_clip(tmp_path / "a.mkv", audio=codec, audio_rate=rate, audio_start=Fraction(3, 2)))
    assert outline.part == Fraction(samples_a_part(rate), rate)
    assert outline.heard(TONE // 2) == pytest.approx((1.5, 4), abs=0.02)


def test_all_six_channels_are_heard(tmp_path: Path) -> None:
    """One second of tone in each channel of 5.1, one channel after the other; the last, for the bass, is left out."""
    path = tmp_path / "a.mkv"
    make_clip(tmp_path / "picture.mp4", frames=150, size=(64, 36), audio=False)
    wave = [round(20000 * sin(2 * pi * 500 * place / 48000)) for place in range(48000)]
    with av.open(str(tmp_path / "picture.mp4")) as picture, av.open(str(path), "w") as target:
        video = target.add_stream_from_template(picture.streams.video[0])
        sound = target.add_stream("flac", rate=48000, layout="5.1")
        for channel in range(6):
            frame = AudioFrame("s16", "5.1", 48000)
            frame.planes[0].update(
                array("h", (level if place == channel else 0 for level in wave for place in range(6))).tobytes()
            )
            frame.sample_rate, frame.pts = 48000, channel * 48000
            target.mux(sound.encode(frame))
        target.mux(sound.encode(None))
        for packet in picture.demux(video=0):
            if packet.dts is not None:
                packet.stream = video
                target.mux(packet)
    outline = _outline(path)
    loud = [max(outline.between(second + 0.1, second + 0.9)[1]) for second in range(6)]
    assert min(loud[place] for place in (0, 1, 2, 4, 5)) > 8
    assert loud[3] <= 1


def test_blocks_follow_each_other_from_the_beginning(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", frames=600, size=(64, 36))
    blocks = list(waveform(probe(str(path)), _never))
    assert [block.index for block in blocks] == list(range(5))
    outline = Outline(blocks)
    assert min(outline.between(0.1, 23.9)[1]) > TONE // 2


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".mov"])
@pytest.mark.parametrize("clip_start", [0, 3])
def test_sound_that_starts_late_and_ends_early_is_drawn_there(suffix: str, clip_start: int, tmp_path: Path) -> None:
    path = make_clip(tmp_path / f"a{suffix}", start=clip_start, audio_start=1, audio_duration=Fraction(3, 2))
    start, end = _outline(path).heard(TONE // 2)
    assert start == pytest.approx(1, abs=0.04)
    assert end == pytest.approx(2.5, abs=0.06)


def test_a_gap_of_minutes_costs_nothing(tmp_path: Path) -> None:
    path = make_clip(
        tmp_path / "a.mkv", times=(Fraction(0), Fraction(600)), audio="flac", audio_start=590, audio_duration=1
    )
    blocks = list(waveform(probe(str(path)), _never))
    assert len(blocks) <= 2
    assert Outline(blocks).heard(TONE // 2) == pytest.approx((590, 591), abs=0.01)


def test_sound_before_and_after_the_picture_is_left_out(tmp_path: Path) -> None:
    before = _outline(make_clip(tmp_path / "a.mkv", start=2, audio_start=-1, audio_duration=2))
    assert before.heard(TONE // 2) == pytest.approx((0, 1), abs=0.04)
    path = make_clip(tmp_path / "b.mkv", frames=25, audio="flac", audio_duration=20)
    assert len(list(waveform(probe(str(path)), _never))) == 1


def test_mono_sound_is_drawn_as_it_is(tmp_path: Path) -> None:
    outline = _outline(make_clip(tmp_path / "a.mkv", audio="flac", audio_channels=1))
    assert all(abs(peak - MONO_TONE) <= 3 for peak in outline.between(1, 3)[1])


def test_sound_that_goes_on_with_fewer_channels_is_drawn(tmp_path: Path) -> None:
    """A television recording between two programmes: two channels, then one, then six, without a gap."""
    whole = b""
    for place, channels in enumerate((2, 1, 6)):
        piece = tmp_path / f"{channels}.ts"
        picture = ("-f", "lavfi", "-i", "color=s=160x90:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2:r=48000")
        times = ("-output_ts_offset", str(2 * place), "-muxdelay", "0")
        ffmpeg(*picture, "-c:v", "libx264", "-c:a", "ac3", "-ac", str(channels), *times, piece)
        whole += piece.read_bytes()
    path = tmp_path / "recorded.ts"
    path.write_bytes(whole)
    outline = _outline(path)
    for second in (1, 3, 5):
        assert max(outline.between(second - 0.25, second + 0.25)[1]) > 3, second


def test_a_clip_without_sound_has_no_waveform(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5, audio=False)))
    assert list(waveform(clip, _never)) == []


def test_it_stops_when_cancelled(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mkv", frames=600, size=(64, 36))))
    seen: list[WaveformBlock] = []
    seen.extend(waveform(clip, lambda: bool(seen)))
    assert len(seen) == 1


def test_a_vanished_file_is_trouble_with_the_file(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    Path(clip.path).unlink()
    with pytest.raises(RetakeError) as caught:
        list(waveform(clip, _never))
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
