from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retake_desktop.domain.clip import AudioTrack, Clip, Colour, FieldOrder, Finding, FrameTimes
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.retake import RetakeRequest, window_span
from retake_desktop.domain.span import Span
from retake_desktop.domain.ticks import Ticks
from retake_desktop.domain.window import Rectangle, paired_frame, source_frame
from retake_desktop.media.plan import WindowPlan, _is_even, frame_geometry, is_sendable_as_it_is, plan_window

NTSC_FILM, NTSC = Fraction(24000, 1001), Fraction(30000, 1001)


def clip(rate: Fraction | int, seconds: int | Fraction, times: list[Fraction] | None = None) -> Clip:
    """A clip of 1920 x 1080 in MKV, whose times are rounded to 1 ms; `times` makes a variable rate."""
    shown = times or [index / Fraction(rate) for index in range(round(seconds * rate))]
    ticks = tuple(round(time * 1000) for time in shown)
    frames = FrameTimes(Ticks(ticks), Fraction(1, 1000), ticks[-1] + round(1000 / Fraction(rate)))
    return Clip(
        path="clip.mkv",
        size_bytes=1,
        container="matroska",
        video_index=0,
        codec="h264",
        pixel_format="yuv420p",
        bit_depth=8,
        width=1920,
        height=1080,
        coded_width=1920,
        coded_height=1080,
        pixel_aspect=Fraction(1),
        rotation=0,
        colour=Colour(),
        frame_rate=Fraction(rate),
        is_variable_rate=times is not None,
        origin=Fraction(0),
        frames=frames,
        audio=(),
        fingerprint="f",
    )


def planned(source: Clip, start: Fraction | int, end: Fraction | int, *, whole: bool = False) -> WindowPlan:
    return plan_window(source, RetakeRequest(source.path, Span(Fraction(start), Fraction(end)), "x", whole=whole))


def wrong_pairs(source: Clip, plan: WindowPlan) -> int:
    """How many source frames inside the window pair with a window frame that shows another one."""
    window = plan.window
    after = FrameTimes(Ticks(range(window.frame_count)), Fraction(1, window.rate), window.frame_count)
    first, last = (source.frames.nearest_boundary(time) for time in (window.source.start, window.source.end))
    pairs = [(index, paired_frame(window, source.frames, after, index)) for index in range(first, last)]
    return sum(pair is None or plan.indexes[pair] != index for index, pair in pairs)


@pytest.mark.parametrize(
    ("source_rate", "rate", "repeat", "stretch"),
    [
        (NTSC_FILM, 24, 1, Fraction(1000, 1001)),
        (NTSC, 30, 1, Fraction(1000, 1001)),
        (2 * NTSC, 60, 1, Fraction(1000, 1001)),
        (24, 24, 1, 1),
        (25, 25, 1, 1),
        (50, 50, 1, 1),
        (60, 60, 1, 1),
        (12, 24, 2, 1),
        (15, 30, 2, 1),
        (10, 30, 3, 1),
        (Fraction(25, 2), 25, 2, 1),
        (1, 24, 24, 1),
    ],
)
def test_every_frame_is_sent_once_or_equally_often_at_a_whole_rate(
    source_rate: Fraction, rate: int, repeat: int, stretch: Fraction
) -> None:
    source = clip(source_rate, 60)
    plan = planned(source, 20, 25)
    assert (plan.window.rate, plan.window.stretch) == (rate, stretch)
    first = plan.indexes[0]
    assert plan.indexes == tuple(first + place // repeat for place in range(len(plan.indexes)))
    assert wrong_pairs(source, plan) == 0


def test_too_many_frames_lose_every_second_one() -> None:
    plan = planned(clip(60, 60), 20, 26)
    assert plan.window.rate == 30
    assert {after - before for before, after in zip(plan.indexes, plan.indexes[1:], strict=False)} == {2}


def test_a_double_rate_is_halved_to_sixty() -> None:
    assert planned(clip(120, 60), 20, 25).window.rate == 60


def test_context_gives_way_before_frames_of_the_selection_do() -> None:
    source = clip(30, 60)
    plan = planned(source, 20, 35)
    assert plan.window.frame_count <= 505
    assert plan.window.source.start <= 20
    assert plan.window.source.end >= 35
    assert wrong_pairs(source, plan) == 0


def test_twenty_seconds_at_thirty_become_the_highest_rate_that_fits() -> None:
    plan = planned(clip(30, 60), 20, 40)
    assert (plan.window.rate, plan.window.frame_count) == (25, 500)
    assert plan.window.source == Span(Fraction(20), Fraction(40))


def test_the_whole_clip_is_sent_when_asked() -> None:
    assert planned(clip(25, 20), 0, 5, whole=True).window.source == Span(Fraction(0), Fraction(20))


def test_a_variable_rate_becomes_a_constant_one_that_shows_every_frame() -> None:
    times = [Fraction(0)]
    for index in range(600):
        times.append(times[-1] + Fraction((33, 17, 34, 100, 40)[index % 5], 1000))
    source = clip(30, 0, times)
    plan = planned(source, 5, 10)
    assert wrong_pairs(source, plan) == 0
    assert plan.window.rate == 59
    assert plan.window.stretch == 1


def test_times_that_only_jitter_are_sent_frame_for_frame() -> None:
    times = [Fraction(index, 30) + Fraction((0, 4, -3, 2, -4)[index % 5], 1000) for index in range(600)]
    plan = planned(clip(30, 0, times), 5, 10)
    assert plan.window.rate == 30
    assert plan.indexes == tuple(range(plan.indexes[0], plan.indexes[-1] + 1))


def test_a_clip_of_three_seconds_holds_its_last_frame_for_the_model() -> None:
    plan = planned(clip(24, 3), 0, 2)
    assert len(plan.indexes) == 73
    assert plan.indexes[-2:] == (71, 71)


def test_a_clip_under_three_seconds_holds_its_last_frame_until_the_model_has_enough() -> None:
    source = clip(25, Fraction(11, 5))
    plan = planned(source, 0, 2)
    assert plan.indexes == (*range(55), *[54] * 20)
    assert plan.window.source == Span(Fraction(0), Fraction(11, 5))
    assert plan.window.span == Span(Fraction(0), Fraction(2))
    assert wrong_pairs(source, plan) == 0


def test_frames_that_last_for_seconds_are_sent_whole() -> None:
    plan = planned(clip(25, 0, [Fraction(0), Fraction(6), Fraction(9)]), 0, 2)
    assert plan.window.source == Span(Fraction(0), Fraction(6))
    assert set(plan.indexes) == {0}


def test_of_four_frames_the_one_in_the_middle_is_sent() -> None:
    source = clip(240, 20)
    plan = planned(source, 5, 8)
    window = plan.window
    after = FrameTimes(Ticks(range(window.frame_count)), Fraction(1, window.rate), window.frame_count)
    assert window.rate == 60
    ways = tuple(source_frame(window, source.frames, after, place) for place in range(window.frame_count))
    assert ways == plan.indexes


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from([5, 12, NTSC_FILM, 25, NTSC, 50, 60, 75, 100, 2 * NTSC * 2, 120, 240]),
    st.integers(0, 1000),
    st.integers(200, 1000),
    st.booleans(),
)
def test_every_frame_of_every_window_finds_its_way_back(
    rate: Fraction, start: int, length: int, is_uneven: bool
) -> None:
    steps = (1, 3, 2, 5) if is_uneven else (1,)
    times = [Fraction(0)]
    while times[-1] < 12:
        times.append(times[-1] + steps[len(times) % len(steps)] / Fraction(rate))
    source = clip(rate, 12, times)
    span = Span(Fraction(0), Fraction(length, 100)).moved_to(Fraction(start, 100), source.duration)
    plan = planned(source, span.start, span.end)
    window = plan.window
    after = FrameTimes(Ticks(range(window.frame_count)), Fraction(1, window.rate), window.frame_count)
    ways = tuple(source_frame(window, source.frames, after, place) for place in range(window.frame_count))
    assert ways == plan.indexes


def test_a_clip_under_two_seconds_is_refused() -> None:
    with pytest.raises(RetakeError) as caught:
        planned(clip(25, Fraction(49, 25)), 0, 1)
    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert "shorter than 2 seconds" in caught.value.detail


def test_two_seconds_stay_two_seconds_when_the_window_is_restamped() -> None:
    span = planned(clip(NTSC_FILM, 60), 10, 12).window.span
    assert span.duration == 2


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from([NTSC_FILM, NTSC, 24, 25, 30, 50, 60]),
    st.integers(0, 5000),
    st.integers(200, 2000),
    st.integers(310, 9000),
)
def test_every_window_is_one_that_the_model_takes(
    rate: Fraction, start: int, length: int, clip_hundredths: int
) -> None:
    duration = Fraction(clip_hundredths, 100)
    source = clip(rate, duration)
    span = Span(Fraction(0), min(Fraction(length, 100), source.duration)).moved_to(
        Fraction(start, 100), source.duration
    )
    plan = planned(source, span.start, span.end)
    window = plan.window
    assert 73 <= window.frame_count <= 505
    assert window.duration >= 3
    assert 24 <= window.rate <= 60
    assert 0 <= window.span.start <= window.span.end <= window.duration
    assert window.span.duration >= 2
    assert abs(window.to_window(span.start) - window.span.start) <= Fraction(1, 20)
    request = RetakeRequest(source.path, span, "x")
    wanted = window_span(request, source.duration).duration
    at_most = max(ceil(wanted), 4) if wanted == 3 or source.duration < 4 else ceil(wanted)
    assert ceil(window.duration) <= at_most + (wanted < Fraction(305, 100))


@pytest.mark.parametrize(
    ("size", "frame", "picture"),
    [
        ((1920, 1080), (1920, 1080), Rectangle(0, 0, 1920, 1080)),
        ((3840, 2160), (1920, 1080), Rectangle(0, 0, 1920, 1080)),
        ((2160, 3840), (1080, 1920), Rectangle(0, 0, 1080, 1920)),
        ((1440, 1080), (1920, 1080), Rectangle(240, 0, 1440, 1080)),
        ((1080, 1440), (1080, 1920), Rectangle(0, 240, 1080, 1440)),
        ((2560, 1080), (1920, 1080), Rectangle(0, 134, 1920, 810)),
        ((854, 480), (864, 486), Rectangle(0, 0, 864, 486)),
        ((320, 240), (448, 252), Rectangle(64, 6, 320, 240)),
    ],
)
def test_pictures_are_scaled_and_padded_to_the_models_shape(
    size: tuple[int, int], frame: tuple[int, int], picture: Rectangle
) -> None:
    assert frame_geometry(*size) == (*frame, picture)


@given(st.integers(16, 8000), st.integers(16, 8000))
def test_frames_are_even_of_the_models_shape_and_hold_the_picture(width: int, height: int) -> None:
    frame_width, frame_height, picture = frame_geometry(width, height)
    assert sorted((frame_width * 9, frame_height * 16)) == [frame_width * 9] * 2 or frame_height * 9 == frame_width * 16
    assert min(frame_width, frame_height) <= 1080
    assert all(length % 2 == 0 for length in (frame_width, frame_height, picture.width, picture.height))
    assert picture.x >= 0 <= picture.y
    assert picture.x + picture.width <= frame_width
    assert picture.y + picture.height <= frame_height


AS_SENT = replace(clip(25, 6), path="clip.mp4", container="mov,mp4,m4a,3gp,3g2,mj2")
SOUND = AudioTrack(1, "aac", 48_000, 2, "stereo", Fraction(0), Fraction(6))


def is_fit(source: Clip, *, whole: bool = True) -> bool:
    return is_sendable_as_it_is(source, RetakeRequest(source.path, Span(Fraction(1), Fraction(4)), "x", whole=whole))


@pytest.mark.parametrize("audio", [(), (SOUND,)])
def test_a_file_in_the_form_of_a_window_can_be_sent_as_it_is(audio: tuple[AudioTrack, ...]) -> None:
    source = replace(AS_SENT, audio=audio)
    assert is_fit(source)
    assert not is_fit(source, whole=False)
    plan = planned(source, 1, 4, whole=True)
    assert (plan.window.stretch, plan.window.span.start) == (Fraction(1), Fraction(1))
    assert plan.window.rate == 25


@pytest.mark.parametrize(
    "change",
    [
        {"codec": "hevc"}, {"pixel_format": "yuv420p10le"}, {"container": "matroska,webm"}, {"rotation": 90},
        {"coded_width": 1440}, {"is_variable_rate": True}, {"is_counted": True}, {"findings": (Finding.DAMAGED,)},
        {"field_order": FieldOrder.TOP_FIRST}, {"colour": Colour(transfer="smpte2084")}, {"audio": (SOUND, SOUND)},
        {"audio": (replace(SOUND, codec="opus"),)},
        {"width": 3840, "height": 2160, "coded_width": 3840, "coded_height": 2160},
        {"width": 1440, "coded_width": 1440},
    ],
)  # fmt: skip
def test_any_other_file_has_to_be_prepared(change: dict[str, object]) -> None:
    assert not is_fit(replace(AS_SENT, **change))  # type: ignore[arg-type]  # keyword arguments by name


@pytest.mark.parametrize(("rate", "seconds"), [(NTSC, 6), (15, 6), (50, 15), (25, 2)])
def test_a_rate_or_length_that_the_model_does_not_take_has_to_be_prepared(rate: Fraction | int, seconds: int) -> None:
    assert not is_fit(replace(clip(rate, seconds), container="mov,mp4,m4a,3gp,3g2,mj2"))


@given(
    step=st.integers(1, 1200),
    count=st.integers(1, 40),
    longer=st.integers(-200, 200),
    rate=st.sampled_from([Fraction(24), Fraction(25), Fraction(24000, 1001), Fraction(30), Fraction(60), Fraction(7)]),
)
def test_even_frames_are_judged_by_three_of_them_as_by_all(step: int, count: int, longer: int, rate: Fraction) -> None:
    ticks = Ticks(range(0, step * count, step))
    end = max(step * (count - 1) + 1, step * count + longer)
    even = replace(clip(25, 3), frames=FrameTimes(ticks, Fraction(1, 12800), end))
    shown = [*ticks, end]
    middles = [(one + other) * even.frames.time_base * rate / 2 for one, other in pairwise(shown)]
    assert _is_even(even, 0, count, rate) is all(floor(middle) == place for place, middle in enumerate(middles))
