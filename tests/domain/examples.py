"""Clips, frame times and jobs for the tests of the domain, and how hypothesis makes them up."""

from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import strategies as st

from retake_desktop.domain.clip import Clip, Colour, FrameTimes
from retake_desktop.domain.job import Job, Service, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.ticks import Ticks

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def steady(count: int, rate: Fraction = Fraction(25)) -> FrameTimes:
    """`count` frames at a constant rate, one tick a frame."""
    return FrameTimes(Ticks(range(count)), 1 / rate, count)


def a_clip(seconds: int = 10, frames: FrameTimes | None = None) -> Clip:
    times = frames or steady(25 * seconds)
    return Clip(
        path="/clips/sea.mp4",
        size_bytes=1000,
        container="mp4",
        video_index=0,
        codec="h264",
        pixel_format="yuv420p",
        bit_depth=8,
        width=1280,
        height=720,
        coded_width=1280,
        coded_height=720,
        pixel_aspect=Fraction(1),
        rotation=0,
        colour=Colour(),
        frame_rate=Fraction(25),
        is_variable_rate=False,
        origin=Fraction(0),
        frames=times,
        audio=(),
        fingerprint="f",
    )


def a_request(start: Fraction = Fraction(2), end: Fraction = Fraction(7), **changes: object) -> RetakeRequest:
    given = {"source": "/clips/sea.mp4", "span": Span(start, end), "prompt": "calm water"} | changes
    return RetakeRequest(**given)  # type: ignore[arg-type] # each test names fields by their own types


def a_job(stage: Stage = Stage.DRAFT) -> Job:
    return Job(
        id="j1",
        batch="b1",
        take=1,
        stage=stage,
        request=a_request(),
        service=Service("https://service.example", "account", is_demo=False),
        created_at=NOON,
        updated_at=NOON,
    )


times = st.fractions(min_value=-5, max_value=100, max_denominator=90_000)
inside = st.fractions(min_value=0, max_value=60, max_denominator=90_000)


@st.composite
def frame_times(draw: st.DrawFn) -> FrameTimes:
    """Any clip's frames: steady or not, from a single one on, in any time base."""
    gaps = draw(st.lists(st.integers(1, 400), min_size=1, max_size=40))
    ticks = [0]
    for gap in gaps:
        ticks.append(ticks[-1] + gap)
    return FrameTimes(
        Ticks(ticks[:-1]),
        draw(st.sampled_from([Fraction(1, 1000), Fraction(1, 90_000), Fraction(1001, 24_000)])),
        ticks[-1],
    )


@st.composite
def spans(draw: st.DrawFn) -> Span:
    one, other = draw(inside), draw(inside)
    return Span(min(one, other), max(one, other))
