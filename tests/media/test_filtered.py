"""Rewriting through filters keeps time, whatever the file's own times are."""

from fractions import Fraction
from pathlib import Path

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.filtered import Filter, Recipe, SoundSource, rewrite
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, read_number_from_rgb, sound_time


def rewritten(source: Path, recipe: Recipe | None = None) -> Clip:
    clip = probe(str(source))
    output = source.with_name("rewritten.mp4")
    rewrite(clip, str(output), recipe or Recipe(clip.frame_rate))
    return probe(str(output))


def numbers(clip: Clip) -> list[int]:
    with av.open(clip.path) as container:
        pictures = [frame.reformat(format="rgb24") for frame in container.decode(video=0)]
    return [read_number_from_rgb(bytes(p.planes[0]), p.width, p.height, p.planes[0].line_size, 3) for p in pictures]


def sound_at(clip: Clip, seconds: float) -> float:
    """Which second of the source's sound is heard at a time of the clip."""
    pcm = b""
    resampler = av.AudioResampler("s16", "mono", 48000)
    with av.open(clip.path) as container:
        for frame in container.decode(audio=0):
            if not pcm:
                pcm = bytes(2 * round((frame.time or 0) * 48000))
            for part in resampler.resample(frame):
                pcm += bytes(part.planes[0])[: 2 * part.samples]
    at = round(seconds * 48000)
    return sound_time(pcm[2 * (at - 2400) : 2 * (at + 2400)], 48000, 1)


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30000, 1001), Fraction(25), Fraction(60)])
def test_every_frame_keeps_its_time(tmp_path: Path, rate: Fraction) -> None:
    source = make_clip(tmp_path / "clip.mp4", frames=40, rate=rate, bframes=3)
    result = rewritten(source)
    assert numbers(result) == list(range(40))
    assert result.duration == pytest.approx(float(40 / rate), abs=1e-4)
    for index in range(40):
        assert result.frames.start_of(index) == pytest.approx(float(index / rate), abs=1e-4)


def test_a_variable_rate_stays_variable(tmp_path: Path) -> None:
    times = tuple(Fraction(n, 100) for n in (0, 4, 8, 20, 24, 60, 64, 68, 100))
    result = rewritten(make_clip(tmp_path / "clip.mp4", times=times))
    assert [result.frames.start_of(index) for index in range(len(times))] == pytest.approx(
        [float(t) for t in times], abs=1e-4
    )


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_a_clip_that_begins_late_in_its_container_begins_at_zero(tmp_path: Path, suffix: str) -> None:
    source = make_clip(tmp_path / f"clip{suffix}", frames=50, start=Fraction(3))
    result = rewritten(source)
    assert result.origin == 0
    assert numbers(result) == list(range(50))
    assert sound_at(result, 1.0) == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("audio_start", [Fraction(-1, 2), Fraction(1, 2)])
def test_sound_that_begins_earlier_or_later_is_trimmed_or_filled(tmp_path: Path, audio_start: Fraction) -> None:
    source = make_clip(tmp_path / "clip.mkv", frames=50, start=Fraction(1), audio_start=audio_start)
    result = rewritten(source)
    assert result.audio[0].start == pytest.approx(0, abs=0.03)
    assert sound_at(result, 1.2) == pytest.approx(1.2, abs=0.03)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_picture_is_written_upright(tmp_path: Path, rotation: int) -> None:
    result = rewritten(make_clip(tmp_path / "clip.mp4", frames=5, rotation=rotation))
    assert result.rotation == 0
    assert (result.width, result.height) == ((320, 180) if rotation in {0, 180} else (180, 320))
    assert numbers(result) == list(range(5))


def test_colour_tags_are_kept(tmp_path: Path) -> None:
    result = rewritten(make_clip(tmp_path / "clip.mp4", frames=5))
    assert (result.colour.matrix, result.colour.range) == ("bt709", "tv")


def test_sound_can_be_left_out_or_made_from_silence(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "clip.mp4", frames=25)
    assert rewritten(source, Recipe(Fraction(25), sound_source=SoundSource.NONE)).audio == ()
    silent = rewritten(source, Recipe(Fraction(25), sound_source=SoundSource.SILENCE))
    assert len(silent.audio) == 1
    assert silent.audio[0].duration == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("name", ["no-such-filter", "scale"])
def test_a_chain_that_cannot_be_built_is_an_expected_trouble(tmp_path: Path, name: str) -> None:
    clip = probe(str(make_clip(tmp_path / "clip.mp4", frames=5)))
    recipe = Recipe(Fraction(25), picture=[Filter(name, "nonsense=:")])
    with pytest.raises(RetakeError) as caught:
        rewrite(clip, str(tmp_path / "out.mp4"), recipe)
    assert caught.value.kind is ErrorKind.MEDIA_FAILED
