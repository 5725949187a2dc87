"""Speech is found in silence, music and noise; where nobody speaks nothing is found."""

import subprocess
from array import array
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import sqrt
from pathlib import Path

import av
import pytest
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video.frame import VideoFrame

from retake_desktop.assets import asset
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from retake_desktop.media.silence import silences
from retake_desktop.media.speech import speech
from tests.fakes import noises
from tests.fakes.footage import make_clip
from tests.fakes.noises import RATE

TEXT = "The quick brown fox jumps over the lazy dog while seven wizards watch from the old stone bridge."
OTHER_TEXT = "Tomorrow we meet at nine, and nobody leaves before the last picture of the garden has been taken."
VOICES = ("en-us", "en-gb+f3")
OTHER_VOICES = ("en-us+m7", "en-gb+f5")
PAUSE = 2 * RATE
NOISES: dict[str, Callable[[int], list[float]]] = {
    "tone": noises.tone,
    "hum": noises.hum,
    "melody": noises.melody,
    "chords": noises.chords,
    "drums": noises.drums,
    "pink noise": noises.pink,
}


def _never() -> bool:
    return False


def _clip(path: Path, samples: "array[int]", rate: int = RATE) -> Clip:
    """A film of black pictures, one a second, with these samples as its sound."""
    with av.open(str(path), "w") as target:
        video = target.add_stream("libx264", rate=1, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 16, 16, "yuv420p"
        sound = target.add_stream("pcm_s16le", rate=rate, layout="mono")
        for _ in range(-(-len(samples) // rate)):
            target.mux(video.encode(VideoFrame(16, 16, "yuv420p")))
        target.mux(video.encode(None))
        for begin in range(0, len(samples), rate):
            part = samples[begin : begin + rate]
            frame = AudioFrame("s16", "mono", len(part))
            frame.planes[0].update(part.tobytes())
            frame.sample_rate, frame.pts, frame.time_base = rate, begin, Fraction(1, rate)
            target.mux(sound.encode(frame))
        target.mux(sound.encode(None))
    return probe(str(path))


def _spoken(folder: Path, voice: str, text: str) -> "array[int]":
    """From the first audible sample to the last."""
    path = folder / f"{voice}.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "160", "-w", str(path), text], check=True)
    samples = array("h")
    resampler = AudioResampler("s16", "mono", RATE)
    with av.open(str(path)) as container:
        for frame in (*container.decode(audio=0), None):
            for plain in resampler.resample(frame):
                samples.frombytes(bytes(plain.planes[0])[: 2 * plain.samples])
    audible = [at for at, sample in enumerate(samples) if abs(sample) > 300]
    return samples[audible[0] : audible[-1] + 1]


class Talk:
    """Two voices with pauses before, between and after them."""

    def __init__(self, folder: Path, text: str = TEXT, voices: Sequence[str] = VOICES) -> None:
        self.samples = array("h", bytes(2 * PAUSE))
        self.said: list[tuple[float, float]] = []
        speaking = array("h")
        for voice in voices:
            spoken = _spoken(folder, voice, text)
            self.said.append((len(self.samples) / RATE, (len(self.samples) + len(spoken)) / RATE))
            self.samples += spoken + array("h", bytes(2 * PAUSE))
            speaking += spoken
        self.loudness = sqrt(sum(sample * sample for sample in speaking) / len(speaking))

    def with_noise(self, kind: str, decibels: float, *, speech_too: bool = True) -> "array[int]":
        """Mixed with a noise that is by `decibels` quieter than the speech."""
        noise = NOISES[kind](len(self.samples))
        loudness = sqrt(sum(level * level for level in noise) / len(noise))
        factor = self.loudness / loudness * 10 ** (-decibels / 20)
        spoken = self.samples if speech_too else array("h", bytes(2 * len(self.samples)))
        mixed = [sample + factor * level for sample, level in zip(spoken, noise, strict=True)]
        quieter = min(1, 32000 / max(map(abs, mixed)))
        return array("h", (int(level * quieter) for level in mixed))


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    return Talk(tmp_path_factory.mktemp("talk"))


def _seconds(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> float:
    """Which both have."""
    return sum(max(0.0, min(end, stop) - max(begin, start)) for begin, end in one for start, stop in other)


def _shares(clip: Clip, said: list[tuple[float, float]]) -> tuple[float, float]:
    """How much of what was said is found, and how much of what is found was not said."""
    found = [(float(span.start), float(span.end)) for span in speech(clip, _never)]
    both = _seconds(found, said)
    length = sum(end - begin for begin, end in found)
    return both / sum(end - begin for begin, end in said), (length - both) / max(length, 1e-9)


def test_speech_alone_is_found(talk: Talk, tmp_path: Path) -> None:
    right, wrong = _shares(_clip(tmp_path / "a.mkv", talk.samples), talk.said)
    assert right >= 0.95
    assert wrong <= 0.05


@pytest.mark.parametrize("decibels", [pytest.param(12, marks=pytest.mark.full), 6, 0])
@pytest.mark.parametrize("kind", NOISES)
def test_speech_is_found_in_noise(kind: str, decibels: int, talk: Talk, tmp_path: Path) -> None:
    right, wrong = _shares(_clip(tmp_path / "a.mkv", talk.with_noise(kind, decibels)), talk.said)
    assert right >= 0.95, f"{right:.3f}"
    assert wrong <= 0.05


@pytest.mark.full
@pytest.mark.parametrize("kind", NOISES)
def test_other_speakers_and_words_are_found_as_well(kind: str, tmp_path: Path) -> None:
    talk = Talk(tmp_path, OTHER_TEXT, OTHER_VOICES)
    right, wrong = _shares(_clip(tmp_path / "a.mkv", talk.with_noise(kind, 0)), talk.said)
    assert right >= 0.95, f"{right:.3f}"
    assert wrong <= 0.05


@pytest.mark.parametrize("kind", NOISES)
def test_noise_alone_is_not_taken_for_speech(kind: str, talk: Talk, tmp_path: Path) -> None:
    clip = _clip(tmp_path / "a.mkv", talk.with_noise(kind, 0, speech_too=False))
    found = sum(span.duration for span in speech(clip, _never))
    assert found <= clip.duration / 20


def test_notes_as_quick_as_syllables_are_not_taken_for_speech(tmp_path: Path) -> None:
    samples = array("h", (int(5000 * level) for level in noises.tune(12 * RATE)))
    assert list(speech(_clip(tmp_path / "a.mkv", samples), _never)) == []


def test_nobody_speaks_in_the_sample_clip() -> None:
    """It has chords, the sea, a ship's bell and a squeaking toy."""
    assert list(speech(probe(str(asset("sample/sample.mp4"))), _never)) == []


def test_silences_are_exact_to_the_sample(tmp_path: Path) -> None:
    loud = array("h", [4000, -4000] * 12000)
    samples = (
        loud + array("h", bytes(2 * 36000)) + loud + array("h", bytes(2 * 9600)) + loud + array("h", bytes(2 * 48000))
    )
    clip = _clip(tmp_path / "a.mkv", samples, 48000)
    expected = [Span(Fraction(1, 2), Fraction(5, 4)), Span(Fraction(5, 2) - Fraction(1, 20), Fraction(4))]
    found = list(silences(clip, _never))
    assert [float(span.start) for span in found] == pytest.approx([float(span.start) for span in expected], abs=1e-4)
    assert [float(span.end) for span in found] == pytest.approx([float(span.end) for span in expected], abs=1e-4)


def test_what_is_under_the_level_is_silence(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "a.mkv", array("h", [90, -90] * 24000), 48000)
    assert list(silences(clip, _never)) == [Span(Fraction(0), Fraction(1))]
    assert list(silences(clip, _never, level=0.001)) == []


def test_a_clip_without_sound_is_one_silence_and_has_no_speech(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=25, size=(64, 36), audio=False)))
    assert list(silences(clip, _never)) == [Span(Fraction(0), Fraction(1))]
    assert list(speech(clip, _never)) == []


def test_both_stop_when_cancelled(talk: Talk, tmp_path: Path) -> None:
    clip = _clip(tmp_path / "a.mkv", talk.samples)
    assert list(speech(clip, lambda: True)) == []
    assert list(silences(clip, lambda: True)) == []
