import os
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from threading import active_count

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.probe import probe
from retake_desktop.media.sound import Sound, trouble
from retake_desktop.media.sound_clock import SoundClock
from retake_desktop.media.sound_output import Output
from retake_desktop.media.virtual_wav import Looped, VirtualWav
from tests.fakes.footage import make_clip, sound_time
from tests.fakes.sound_server import onsets

RATE = 48000


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    folder = tmp_path_factory.mktemp("sound")
    return probe(str(make_clip(folder / "clip.mov", frames=200, size=(64, 36), audio="pcm_s16le")))


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    return tmp_path / "heard.raw"


@pytest.fixture
def sound(clip: Clip, recorded: Path) -> Iterator[Sound]:
    """Real libVLC that writes what would be heard into a file, at the pace of a sound device."""
    playing = Sound(clip, "afile", arguments=(f"--audiofile-file={recorded}", "--no-audiofile-wav"))
    until(lambda: playing.output is Output.PRESENT)
    recorded.unlink()
    yield playing
    playing.close()


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def heard(recorded: Path) -> bytes:
    return recorded.read_bytes() if recorded.exists() else b""


def samples_of(clip: Clip, start: Fraction, count: int) -> "array[int]":
    with PcmReader(clip) as reader:
        return array("h", reader.read(round(start * RATE), count))


@pytest.mark.parametrize("start", [Fraction(0), Fraction(77777, 48000), Fraction(5)])
def test_the_first_sample_heard_is_the_exact_one(clip: Clip, sound: Sound, recorded: Path, start: Fraction) -> None:
    sound.play(start)
    until(lambda: len(heard(recorded)) > 40_000)
    got = array("h", heard(recorded)[:40_000])
    expected = samples_of(clip, start, 10_000)
    # libVLC's volume of 100 % passes samples through floats: one step up or down.
    assert max(abs(a - b) for a, b in zip(got, expected, strict=True)) <= 2


def test_playing_again_starts_exactly_at_the_new_place(clip: Clip, sound: Sound, recorded: Path) -> None:
    sound.play(Fraction(1))
    until(lambda: len(heard(recorded)) > 20_000)
    sound.play(Fraction(6))
    # The file is begun anew with each play.
    until(lambda: heard(recorded)[:4000] == samples_of(clip, Fraction(6), 1000).tobytes())


@pytest.mark.parametrize("rate", [Fraction(1, 4), Fraction(1, 2), Fraction(2)])
def test_other_rates_keep_the_pitch(sound: Sound, recorded: Path, rate: Fraction) -> None:
    sound.play(Fraction(2), rate)
    until(lambda: len(heard(recorded)) > 4 * 36_000)
    middle = heard(recorded)[4 * 24_000 : 4 * 28_800]
    assert sound_time(middle, RATE, 2) == pytest.approx(2 + 0.55 * float(rate), abs=0.06)


def test_the_position_follows_what_is_heard(sound: Sound, recorded: Path) -> None:
    assert sound.position() is None
    sound.play(Fraction(3))
    until(lambda: sound.position() is not None)
    first, begun = sound.position(), time.monotonic()
    assert first is not None
    assert 3 < first < 5
    time.sleep(0.5)
    second, elapsed = sound.position(), time.monotonic() - begun
    assert second is not None
    assert float(second - first) == pytest.approx(elapsed, abs=0.05)


def test_pausing_falls_silent_and_nothing_is_being_heard(sound: Sound, recorded: Path) -> None:
    sound.play(Fraction(0))
    until(lambda: sound.position() is not None)
    sound.pause()
    assert sound.position() is None
    time.sleep(0.3)
    size = len(heard(recorded))
    time.sleep(0.3)
    assert len(heard(recorded)) == size
    assert sound.position() is None


def test_no_call_keeps_the_caller_waiting(clip: Clip, recorded: Path) -> None:
    sound = Sound(clip, "afile", arguments=(f"--audiofile-file={recorded}",))
    slowest = 0.0
    for step in range(20):
        begun = time.monotonic()
        sound.play(Fraction(step, 4), Fraction(1 + step % 2))
        sound.set_volume(step)
        sound.position()
        sound.pause()
        slowest = max(slowest, time.monotonic() - begun)
        time.sleep(0.01)
    begun = time.monotonic()
    sound.close()
    assert time.monotonic() - begun < 0.3
    assert slowest < 0.1


def test_the_thread_ends_soon_after_closing(clip: Clip, sound: Sound) -> None:
    sound.play(Fraction(0))
    before = active_count()
    sound.close()
    until(lambda: active_count() < before)


def test_a_clip_without_sound_has_nothing_to_hear(tmp_path: Path) -> None:
    sound = Sound(probe(str(make_clip(tmp_path / "mute.mp4", frames=10, audio=False))), "afile")
    sound.play(Fraction(0))
    assert sound.position() is None
    sound.close()


def test_there_is_no_trouble_where_libvlc_is_installed() -> None:
    assert trouble() is None


CHILD = """
import sys, time
from fractions import Fraction
from retake_desktop.media.probe import probe
from retake_desktop.media.sound import Sound, trouble
print(trouble())
sound = Sound(probe(sys.argv[1]))
sound.play(Fraction(0))
time.sleep(float(sys.argv[2]))
print(sound.position())
sound.close()
"""


def child(clip: Clip, seconds: float, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, clip.path, str(seconds)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_missing_libvlc_is_said_in_one_sentence_and_hurts_nothing(clip: Clip) -> None:
    done = child(clip, 0.1, {"PYTHON_VLC_LIB_PATH": "/nowhere/libvlc.so.5"})
    sentence = "VLC was not found on this computer. Install VLC 3 to hear the sound."
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == ([sentence, "None"], "", 0)


def test_without_a_sound_device_nothing_is_heard_and_nothing_printed(clip: Clip, tmp_path: Path) -> None:
    nothing = tmp_path / "asound.conf"
    nothing.write_text('</usr/share/alsa/alsa.conf>\npcm.!default { type hw card "none" }\n')
    environment = {"ALSA_CONFIG_PATH": str(nothing), "PULSE_SERVER": "unix:/nowhere", "XDG_RUNTIME_DIR": str(tmp_path)}
    done = child(clip, 1.2, environment)
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == (["None", "None"], "", 0)


def test_where_a_device_is_known_a_place_is_told_as_soon_as_it_is_heard(sound: Sound, recorded: Path) -> None:
    sound.play(Fraction(3))
    until(lambda: sound.position() is not None)
    position = sound.position()
    assert position is not None
    assert 3 <= position < 3.2, "libVLC's counts, every 0.25 s, would have been too late"


def test_a_play_asked_for_at_once_is_heard_from_its_beginning_on(clip: Clip, recorded: Path) -> None:
    sound = Sound(clip, "afile", arguments=(f"--audiofile-file={recorded}", "--no-audiofile-wav"))
    sound.play(Fraction(3))
    until(lambda: sound.position() is not None)
    position = sound.position()
    sound.close()
    assert position is not None
    assert 3 <= position < 3.2


# --- its parts --------------------------------------------------------------------------------------------------------


def test_the_virtual_file_is_the_same_however_it_is_read(clip: Clip) -> None:
    with PcmReader(clip) as reader:
        wav = VirtualWav(reader, 1000, Fraction(1))
        whole = wav.read(0, 44) + wav.read(44, wav.size)
        assert len(whole) == wav.size == 44 + 4 * (reader.total - 1000)
        assert whole[44:] == reader.read(1000, reader.total - 1000)
        for offset, count in ((0, 10), (10, 100), (40, 3), (4445, 6), (44 + 4 * RATE, 1000)):
            part = wav.read(offset, count)
            assert part == whole[offset : offset + len(part)] != b""
        assert wav.read(wav.size, 10) == b""


@pytest.mark.parametrize("pace", [Fraction(1, 4), Fraction(3, 4), Fraction(2)])
def test_the_virtual_file_at_another_pace_is_as_much_longer_or_shorter(clip: Clip, pace: Fraction) -> None:
    with PcmReader(clip) as reader:
        wav = VirtualWav(reader, 0, pace)
        assert (wav.size - 44) // 4 == int(reader.total / pace)
        for seconds in (3, 2):
            part = wav.read(44 + 4 * round(seconds / pace * RATE), 4 * 4800)
            assert sound_time(part, RATE, 2) == pytest.approx(seconds + 0.05 * float(pace), abs=0.06)


@pytest.mark.parametrize(
    ("pace", "most"), [("1/4", 0.045), ("1/2", 0.02), ("3/4", 0.015), ("3/2", 0.015), ("2", 0.015)]
)
def test_at_another_pace_sounds_begin_where_the_picture_has_them(tmp_path: Path, pace: str, most: float) -> None:
    beeping = make_clip(tmp_path / "beeps.mov", frames=150, size=(64, 36), audio="pcm_s16le", beeps=True)
    with PcmReader(probe(str(beeping))) as reader:
        wav = VirtualWav(reader, RATE // 2, Fraction(pace))
        samples = array("h", b"".join(wav.read(44 + begin, 1 << 16) for begin in range(0, wav.size - 44, 1 << 16)))
    begins = [place / RATE * Fraction(pace) + Fraction(1, 2) for place in onsets(samples[::2])]
    assert [round(begin) for begin in begins] == [1, 2, 3, 4, 5]
    assert max(abs(begin - round(begin)) / Fraction(pace) for begin in begins) < most


def test_a_loop_goes_round_without_a_sample_more_or_less(clip: Clip) -> None:
    span = Span(Fraction(1), Fraction(3, 2))
    with PcmReader(clip) as reader:
        wav = VirtualWav(Looped(reader, span), 60_000, Fraction(1))
        once = reader.read(48_000, 24_000)
        expected = (once * 3)[4 * 12_000 :]
        heard = b"".join(wav.read(44 + offset, 10_000) for offset in range(0, len(expected), 10_000))
        assert heard[: len(expected)] == expected


class Machine:
    """A steady clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def clock_at(machine: Machine, rate: Fraction = Fraction(1)) -> SoundClock:
    clock = SoundClock(machine)
    clock.begin(Fraction(10), rate, Fraction(20))
    clock.trust()
    return clock


@pytest.mark.parametrize("rate", [Fraction(1, 2), Fraction(1), Fraction(2)])
def test_between_reports_the_clock_goes_on_at_the_rate(rate: Fraction) -> None:
    machine = Machine()
    clock = clock_at(machine, rate)
    assert clock.position() is None
    clock.started()
    machine.seconds += 0.5
    assert clock.position() == 10 + rate / 2


def test_a_late_report_does_not_set_the_clock_back() -> None:
    machine = Machine()
    clock = clock_at(machine)
    clock.started()
    machine.seconds += 0.4
    clock.report(Fraction(3, 10))
    assert clock.position() == Fraction(52, 5)


def test_a_beginning_that_was_told_before_the_first_sample_is_corrected_by_the_reports() -> None:
    machine = Machine()
    clock = clock_at(machine)
    clock.started()
    for _ in range(3):
        machine.seconds += 0.25
        clock.report(Fraction(round(1000 * (machine.seconds - 100.2)) + 39, 1000))
    assert float(clock.position() or 0) == pytest.approx(10.55)


def test_sound_that_ran_dry_is_where_the_next_report_says() -> None:
    machine = Machine()
    clock = clock_at(machine)
    clock.started()
    machine.seconds += 1
    clock.report(Fraction(1039, 1000))
    clock.stalled()
    clock.started()
    assert clock.position() is None
    machine.seconds += 0.5
    clock.report(Fraction(1239, 1000))
    assert clock.position() == Fraction(56, 5)


def test_reports_are_corrected_by_what_libvlc_is_ahead() -> None:
    machine = Machine()
    clock = clock_at(machine)
    clock.report(Fraction(339, 1000))
    assert clock.position() == Fraction(103, 10)


def test_the_clock_stops_at_the_end_of_the_clip() -> None:
    machine = Machine()
    clock = clock_at(machine)
    clock.started()
    machine.seconds += 60
    assert clock.position() == 20


def test_after_silence_late_reports_are_ignored_until_the_next_play() -> None:
    machine = Machine()
    clock = clock_at(machine)
    clock.started()
    clock.silence()
    clock.report(Fraction(1))
    clock.started()
    assert clock.position() is None


def test_nothing_is_heard_before_a_device_is_known_to_be_there() -> None:
    machine = Machine()
    clock = SoundClock(machine)
    clock.begin(Fraction(0), Fraction(1), Fraction(20))
    clock.started()
    assert clock.position() is None
    clock.trust()
    assert clock.position() == 0
