"""The sound of a spliced film: which packets are copied, and what is heard at the joints."""

import subprocess
from array import array
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceReport, splice, suffix_for
from retake_desktop.media.splice_sound import FADE
from tests.fakes.footage import make_clip, sound_time
from tests.media.test_splice_matrix import MOMENT, SIZE, ignored, take_of

RATE = 48000
SOUNDS = {
    "tone": "0.4*sin(2*PI*330*t)",
    "claps": "exp(-40*mod(t\\,0.21))*(random(0)-0.5)*1.2",
    "noise": "(random(0)-0.5)*0.5",
}
BLOCK = 256
"""Samples: a quarter of an AAC packet, so that even half of one cannot hide between its neighbours."""


def original_of(folder: Path, name: str, **footage: Any) -> Clip:
    return probe(str(make_clip(folder / name, **{"frames": 150, "size": SIZE, "gop": 25, **footage})))


def louder_take(folder: Path, original: Clip, mode: Mode, span: Span) -> KeptTake:
    """A take whose tone began 2 s earlier than the original's: 400 Hz higher at every instant."""
    result = probe(str(make_clip(folder / "result.mp4", frames=250, size=SIZE, first_number=5000)))
    take = take_of(folder, original, mode=mode)
    window = replace(take.window, source=Span(Fraction(-2), Fraction(8)), frame_count=250)
    return replace(take, result=result, span=span, window=window)


def spliced(folder: Path, original: Clip, takes: list[KeptTake]) -> SpliceReport:
    return splice(original, takes, str(folder / f"kept{suffix_for(original)}"), ignored)


def sound_packets(path: str) -> list[bytes]:
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def samples(path: str) -> "array[int]":
    """16-bit stereo of the first six seconds."""
    with PcmReader(probe(path)) as reader:
        return array("h", reader.read(0, 6 * RATE))


@pytest.mark.parametrize("mode", [Mode.SOUND, Mode.PICTURE_AND_SOUND])
@pytest.mark.parametrize("name", ["closed.mp4", "closed.mov", "closed.mkv", "closed.ts"])
def test_packets_outside_the_joints_are_copied(tmp_path: Path, name: str, mode: Mode) -> None:
    original = original_of(tmp_path, name, start=3 if name.endswith(".ts") else 0)
    report = spliced(tmp_path, original, [louder_take(tmp_path, original, mode, Span(Fraction(2), Fraction(3)))])
    before, after = sound_packets(original.path), sound_packets(report.output)
    assert len(before) == len(after)
    changed = [index for index, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    assert 47 <= len(changed) <= 47 + 2 * 12
    assert f"{len(changed)} of {len(before)} packets of sound are encoded" in report.sound
    assert 80 <= changed[0] <= changed[-1] <= 160
    assert probe(report.output).audio[0].start == original.audio[0].start


@pytest.mark.parametrize("name", ["closed.mp4", "closed.mkv", "closed.ts"])
def test_the_new_sound_stands_in_the_selection_and_the_old_one_beside_it(tmp_path: Path, name: str) -> None:
    original = original_of(tmp_path, name, start=3 if name.endswith(".ts") else 0)
    take = louder_take(tmp_path, original, Mode.SOUND, Span(Fraction(2), Fraction(3)))
    with PcmReader(probe(spliced(tmp_path, original, [take]).output)) as kept:
        for time in (0.5, 1.5, 1.95, 2.05, 2.5, 2.95, 3.05, 3.5, 5.0):
            heard = sound_time(kept.read(round(time * RATE) - 1200, 2400), RATE, 2)
            assert heard == pytest.approx(time + 2 * (2 < time < 3), abs=0.006)


def test_nothing_clicks_at_the_joints(tmp_path: Path) -> None:
    """Neither at the selection's ends nor where new packets begin and end: no step is steeper than the tones' own."""
    original = original_of(tmp_path, "closed.mp4")
    take = louder_take(tmp_path, original, Mode.SOUND, Span(Fraction(2), Fraction(3)))
    report = spliced(tmp_path, original, [take])
    heard = samples(report.output)[::2]
    bends = [abs(third - 2 * second + first) for (first, second), (_, third) in pairwise(pairwise(heard))]
    steepest_tone = max(bends[round(2.2 * RATE) : round(2.8 * RATE)])
    assert max(bends[RATE : 4 * RATE]) <= steepest_tone * 1.25


def sounding(folder: Path, name: str, sound: str) -> Clip:
    """A clip with FFmpeg's own sound in AAC, without the noise that decoders make up, another one each time."""
    picture = make_clip(folder / f"mute-{name}", frames=150, size=SIZE, gop=25, audio=False)
    source = ("-f", "lavfi", "-i", f"aevalsrc={SOUNDS[sound]}:d=6:s={RATE}")
    coded = ("-c:v", "copy", "-c:a", "aac", "-aac_pns", "0", "-b:a", "128k", "-ac", "2")
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(picture), *source, *coded, str(folder / name)], check=True)
    return probe(str(folder / name))


def losses(heard: "array[int]", wanted: "array[int]", begin: float, end: float) -> list[tuple[float, float]]:
    """For each block between these seconds: the share of its energy that is wrong, and its time."""
    found = []
    for at in range(round(begin * RATE), round(end * RATE) - BLOCK, BLOCK):
        blocks = wanted[at : at + BLOCK], heard[at : at + BLOCK]
        apart = sum((one - other) ** 2 for one, other in zip(*blocks, strict=True))
        found.append((apart / (sum(one * one for one in blocks[0]) + 100 * BLOCK), at / RATE))
    return found


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("a.mp4", "claps"),
        pytest.param("a.mkv", "tone", marks=pytest.mark.full),
        pytest.param("a.mov", "noise", marks=pytest.mark.full),
    ],
)
def test_every_packet_at_a_joint_is_heard_in_its_place(tmp_path: Path, name: str, sound: str) -> None:
    """A packet that comes one late makes no step, since packets are faded into each other: what it says is wrong."""
    original = sounding(tmp_path, name, sound)
    take = louder_take(tmp_path, original, Mode.SOUND, Span(Fraction(2), Fraction(3)))
    heard, old = (samples(path)[::2] for path in (spliced(tmp_path, original, [take]).output, original.path))
    with PcmReader(take.result) as reader:
        new = array("h", reader.read(2 * RATE, 6 * RATE))[::2]
    beside = losses(heard, old, 1, 2) + losses(heard, old, 3, 4)
    inside = losses(heard, new, 2 + float(FADE), 3 - float(FADE))
    assert max(beside)[0] < 0.02, max(beside)
    assert max(inside)[0] < 0.001, max(inside)


def test_far_from_the_joints_the_sound_is_the_originals(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    take = louder_take(tmp_path, original, Mode.SOUND, Span(Fraction(2), Fraction(3)))
    before, after = samples(original.path), samples(spliced(tmp_path, original, [take]).output)
    # A decoder makes up faint noise where the encoder left it out: one level more or less, of 32,768.
    apart = [abs(one - other) for one, other in zip(before, after, strict=True)]
    assert max(apart[: 2 * round(1.7 * RATE)] + apart[2 * round(3.3 * RATE) : 2 * round(5.9 * RATE)]) <= 2
    assert max(apart[2 * round(2.1 * RATE) : 2 * round(2.9 * RATE)]) > 10_000


@pytest.mark.parametrize("span", [Span(Fraction(0), Fraction(1)), Span(Fraction(5), Fraction(6))], ids=["start", "end"])
def test_a_selection_at_either_end_keeps_the_tracks_length(tmp_path: Path, span: Span) -> None:
    original = original_of(tmp_path, "closed.mp4")
    report = spliced(tmp_path, original, [louder_take(tmp_path, original, Mode.SOUND, span)])
    assert len(sound_packets(report.output)) == len(sound_packets(original.path))
    heard = samples(report.output)
    middle = round((span.start + span.duration / 2) * RATE)
    at_middle = sound_time(heard[2 * (middle - 1200) : 2 * (middle + 1200)].tobytes(), RATE, 2)
    assert at_middle == pytest.approx(float(span.start + span.duration / 2) + 2, abs=0.006)


def test_two_moments_are_joined_each_for_itself(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    spans = [Span(Fraction(1), Fraction(3, 2)), Span(Fraction(4), Fraction(9, 2))]
    report = spliced(tmp_path, original, [louder_take(tmp_path, original, Mode.SOUND, span) for span in spans])
    before, after = sound_packets(original.path), sound_packets(report.output)
    assert before[95:165] == after[95:165]
    assert before[40:60] != after[40:60]
    assert before[195:210] != after[195:210]


@pytest.mark.parametrize(
    ("name", "audio", "why"),
    [("other.mkv", "ac3", "Only AAC can be joined"), ("plain.mov", "pcm_s16le", "Only AAC can be joined")],
)
def test_what_cannot_be_joined_is_encoded_anew_and_that_is_said(
    tmp_path: Path, name: str, audio: str, why: str
) -> None:
    original = original_of(tmp_path, name, audio=audio)
    take = louder_take(tmp_path, original, Mode.SOUND, Span(Fraction(2), Fraction(3)))
    report = spliced(tmp_path, original, [take])
    assert report.sound.startswith("The sound is encoded once more, at high quality.")
    assert why in report.sound


def test_replacing_the_picture_copies_all_sound_and_that_is_said(tmp_path: Path) -> None:
    original = original_of(tmp_path, "closed.mp4")
    report = spliced(tmp_path, original, [take_of(tmp_path, original, MOMENT)])
    assert report.sound == "All sound is copied as it is."
    assert sound_packets(report.output) == sound_packets(original.path)


def test_a_source_without_sound_stays_without(tmp_path: Path) -> None:
    original = original_of(tmp_path, "mute.mp4", audio=False)
    take = louder_take(tmp_path, original, Mode.PICTURE_AND_SOUND, Span(Fraction(2), Fraction(3)))
    report = spliced(tmp_path, original, [take])
    assert (probe(report.output).audio, report.sound) == ((), "There is no sound.")
