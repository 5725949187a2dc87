"""What a demo retake does to picture and sound: something visible inside the selection, nothing outside."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from retake_desktop.demo.effect import Retake, answer_size, apply
from retake_desktop.demo.liberties import Liberties
from retake_desktop.demo.look import look_of
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, read_number_from_rgb, sound_time

RATE = 48000
FRAMES = 75
FIRST, LAST = 25, 50
"""The selection in frames: 1 s to 2 s at 25 fps."""
SPAN = Span(Fraction(1), Fraction(2))
SMALL = (32, 18)

Make = Callable[[Retake], "Decoded"]


@dataclass(frozen=True)
class Decoded:
    clip: Clip
    small: list[bytes]
    """Each frame as 32x18 RGB."""
    numbers: list[int]
    pcm: "array[int]"
    """The left channel at 48 kHz."""


def decode(path: Path) -> Decoded:
    clip = probe(str(path))
    small, numbers = [], []
    pcm: array[int] = array("h")
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            picture = frame.reformat(format="rgb24")
            numbers.append(
                read_number_from_rgb(
                    bytes(picture.planes[0]), frame.width, frame.height, picture.planes[0].line_size, 3
                )
            )
            small.append(_pixels(frame.reformat(*SMALL, format="rgb24")))
    if clip.audio:
        resampler = av.AudioResampler("s16", "stereo", RATE)
        with av.open(str(path)) as container:
            for sound in [*container.decode(audio=0), None]:
                for part in resampler.resample(sound):
                    pcm.frombytes(bytes(part.planes[0])[: 4 * part.samples])
    return Decoded(clip, small, numbers, pcm[::2])


def _pixels(frame: VideoFrame) -> bytes:
    plane = frame.planes[0]
    rows = bytes(plane)
    return b"".join(rows[y * plane.line_size :][: 3 * frame.width] for y in range(frame.height))


def difference(one: bytes, other: bytes) -> float:
    """Mean absolute difference of two pictures, in levels of 255."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def differences(one: Decoded, other: Decoded) -> list[float]:
    return [difference(a, b) for a, b in zip(one.small, other.small, strict=True)]


def heard(decoded: Decoded, seconds: float) -> bytes:
    """100 ms of sound around a time."""
    at = round(seconds * RATE)
    return decoded.pcm[at - RATE // 20 : at + RATE // 20].tobytes()


def retake(
    mode: Mode = Mode.PICTURE_AND_SOUND,
    prompt: str = "Change the coat to red",
    take: str = "take-1",
    size: tuple[int, int] | None = None,
    bleed: int = 3,
) -> Retake:
    return Retake(prompt, take, SPAN, mode, answer_size=size, bleed_frames=bleed)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Decoded:
    return decode(make_clip(tmp_path_factory.mktemp("source") / "source.mp4", frames=FRAMES))


@pytest.fixture(scope="module")
def make(source: Decoded, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes each different retake of the source once."""
    folder = tmp_path_factory.mktemp("results")
    made: dict[Retake, Decoded] = {}

    def run(wanted: Retake) -> Decoded:
        if wanted not in made:
            path = folder / f"{len(made)}.mp4"
            apply(wanted, source.clip, str(path))
            made[wanted] = decode(path)
        return made[wanted]

    return run


def test_the_picture_changes_inside_the_selection_and_fades_into_its_surroundings(source: Decoded, make: Make) -> None:
    changed = differences(source, make(retake()))
    before, after = changed[: FIRST - 3], changed[LAST + 3 :]
    assert max(before + after) < 2
    assert min(changed[FIRST:LAST]) > 10
    rising, falling = changed[FIRST - 4 : FIRST], changed[LAST : LAST + 4]
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert 2 < rising[1] < rising[2] < rising[3] < min(changed[FIRST:LAST])
    assert 2 < falling[2] < falling[1] < falling[0]


def test_without_bleed_the_change_begins_and_ends_on_the_frame(source: Decoded, make: Make) -> None:
    changed = differences(source, make(retake(bleed=0)))
    assert [index for index, value in enumerate(changed) if value > 5] == list(range(FIRST, LAST))


def test_every_frame_stays_at_its_place(source: Decoded, make: Make) -> None:
    result = make(retake())
    assert result.numbers == list(range(FRAMES))
    assert len(result.clip.frames) == FRAMES
    assert result.clip.duration == source.clip.duration
    assert result.clip.frame_rate == source.clip.frame_rate
    assert [result.clip.frames.start_of(i) for i in range(FRAMES)] == [Fraction(i, 25) for i in range(FRAMES)]


def test_new_sound_is_heard_inside_the_selection_only(source: Decoded, make: Make) -> None:
    result = make(retake(Mode.PICTURE_AND_SOUND))
    for seconds in (0.3, 0.7, 2.3, 2.7):
        assert sound_time(heard(result, seconds), RATE, 1) == pytest.approx(seconds, abs=0.02)
    inside = [abs(value) for value in array("h", heard(result, 1.5))]
    assert 300 < max(inside) < 16000
    assert heard(result, 1.5) != heard(source, 1.5)
    assert abs(sound_time(heard(result, 1.5), RATE, 1) - 1.5) > 0.1


def test_replacing_the_sound_leaves_the_picture(source: Decoded, make: Make) -> None:
    result = make(retake(Mode.SOUND))
    assert max(differences(source, result)) < 2
    assert abs(sound_time(heard(result, 1.5), RATE, 1) - 1.5) > 0.1


def test_replacing_the_picture_leaves_the_sound(source: Decoded, make: Make) -> None:
    result = make(retake(Mode.PICTURE))
    assert min(differences(source, result)[FIRST:LAST]) > 10
    for seconds in (0.5, 1.0, 1.5, 2.0, 2.5):
        assert sound_time(heard(result, seconds), RATE, 1) == pytest.approx(seconds, abs=0.02)


def test_the_same_request_gives_the_same_result(source: Decoded, make: Make, tmp_path: Path) -> None:
    apply(retake(), source.clip, str(tmp_path / "again.mp4"))
    one, other = make(retake()), decode(tmp_path / "again.mp4")
    # Not to the bit: x264's threads may come to slightly different decisions.
    assert max(differences(one, other)) < 0.5
    assert one.pcm == other.pcm


@pytest.mark.parametrize(
    ("prompt", "take"), [("Change the coat to blue", "take-1"), ("Change the coat to red", "take-2")]
)
def test_another_prompt_or_take_can_be_told_apart_by_eye_and_ear(make: Make, prompt: str, take: str) -> None:
    one, other = make(retake()), make(retake(prompt=prompt, take=take))
    assert difference(one.small[35], other.small[35]) > 3
    assert heard(one, 1.5) != heard(other, 1.5)


def test_takes_of_one_prompt_hardly_ever_look_alike() -> None:
    looks = {look_of("prompt", f"take-{number}") for number in range(200)}
    assert len({(look.accent, look.emblem) for look in looks}) == 200


@pytest.mark.parametrize("mode", list(Mode))
def test_a_source_without_sound_gets_some_for_its_full_length_when_sound_is_wanted(tmp_path: Path, mode: Mode) -> None:
    path = make_clip(tmp_path / "silent.mp4", frames=FRAMES, audio=None)
    apply(retake(mode), probe(str(path)), str(tmp_path / "result.mp4"))
    result = decode(tmp_path / "result.mp4")
    assert result.numbers == list(range(FRAMES))
    assert bool(result.clip.audio) == mode.replaces_sound
    if mode.replaces_sound:
        assert result.clip.audio[0].duration == pytest.approx(3, abs=0.05)
        for seconds in (0.2, 1.5, 2.8):
            assert max(abs(value) for value in array("h", heard(result, seconds))) > 300


@pytest.mark.parametrize(
    ("size", "rotation", "expected"),
    [((320, 180), 0, (1920, 1080)), ((320, 180), 90, (1080, 1920)), ((180, 320), 0, (1080, 1920))],
)
def test_the_answer_is_1080p_by_the_orientation_that_is_seen(
    tmp_path: Path, size: tuple[int, int], rotation: int, expected: tuple[int, int]
) -> None:
    path = make_clip(tmp_path / "clip.mp4", frames=8, size=size, rotation=rotation, audio=None)
    apply(
        Retake("x", "y", Span(Fraction(0), Fraction(1, 25)), Mode.PICTURE, (1920, 1080)),
        probe(str(path)),
        str(tmp_path / "r.mp4"),
    )
    result = decode(tmp_path / "r.mp4")
    assert (result.clip.width, result.clip.height, result.clip.rotation) == (*expected, 0)
    assert result.numbers == list(range(8))


def test_odd_sizes_are_made_even(source: Decoded) -> None:
    assert answer_size(None, source.clip) == (320, 180)
    assert answer_size((1920, 1080), source.clip) == (1920, 1080)


def test_a_full_range_source_is_answered_in_the_limited_range(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mp4", frames=5, colour=(2, 1, 1, 1), audio=None)
    apply(retake(), probe(str(path)), str(tmp_path / "r.mp4"))
    result = decode(tmp_path / "r.mp4")
    assert result.clip.colour.range == "tv"
    assert max(differences(decode(path), result)) < 3


def test_stopping_ends_the_work_at_once(source: Decoded, tmp_path: Path) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(RetakeError) as caught:
        apply(retake(), source.clip, str(tmp_path / "r.mp4"), cancelled)
    assert caught.value.kind is ErrorKind.CANCELLED
    assert len(asked) == 4


def times_of(decoded: Decoded) -> Sequence[Fraction]:
    return [decoded.clip.frames.start_of(index) for index in range(len(decoded.clip.frames))]


def test_another_rate_keeps_time(source: Decoded, make: Make) -> None:
    result = make(Retake("x", "y", SPAN, Mode.PICTURE_AND_SOUND, None, liberties=Liberties(rate=Fraction(23))))
    assert result.clip.frame_rate == 23
    assert result.clip.duration == source.clip.duration
    for index, time in enumerate(times_of(result)):
        assert abs(result.numbers[index] - time * 25) <= 1


def test_a_short_answer_lacks_its_last_frames(make: Make) -> None:
    result = make(Retake("x", "y", SPAN, Mode.PICTURE, None, liberties=Liberties(short=3)))
    assert result.numbers == list(range(FRAMES - 3))


def test_a_late_answer_lacks_its_first_frames_and_their_sound(source: Decoded, make: Make) -> None:
    result = make(Retake("x", "y", SPAN, Mode.PICTURE, None, liberties=Liberties(late=3)))
    assert result.numbers == list(range(3, FRAMES))
    assert sound_time(heard(result, 1.5), RATE, 1) == pytest.approx(1.5 + 3 / 25, abs=0.01)


def test_a_restamped_answer_shows_every_frame_for_longer(make: Make) -> None:
    result = make(Retake("x", "y", SPAN, Mode.PICTURE, None, liberties=Liberties(rate=Fraction(23), restamp=True)))
    assert result.numbers == list(range(FRAMES))
    assert result.clip.frame_rate == 23
    assert float(result.clip.duration) == pytest.approx(FRAMES / 23, abs=0.001)
    assert len(result.pcm) / RATE == pytest.approx(FRAMES / 23, abs=0.03)


def test_an_answer_can_be_brighter_and_louder_all_over(source: Decoded, make: Make) -> None:
    result = make(Retake("x", "y", SPAN, Mode.PICTURE, None, liberties=Liberties(brighter=10, louder=-6.0)))
    assert min(differences(source, result)[: FIRST - 3]) > 7
    loud, soft = (max(one.pcm[RATE // 4 : RATE // 2]) for one in (source, result))
    assert soft / loud == pytest.approx(0.5, abs=0.05)
