"""What was measured of a result, as the take's facts say it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.job import Job
from retake_desktop.ui.review.facts import facts_of
from tests.services.examples import a_full_job

FINE = Alignment(
    is_certain=True,
    offset=Fraction(0),
    pace=Fraction(1),
    frames=73,
    frames_expected=73,
    rate=Fraction(24),
    width=1920,
    height=1080,
)


def facts(job: Job, alignment: Alignment | None, correction: int = 0) -> dict[str, str]:
    window = replace(job.window, correction=correction) if job.window else None
    return dict(facts_of(replace(job, alignment=alignment, window=window)))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "as it was sent, frame for frame"),
        ({"frames": 70}, "3 frames missing; lined up with the original"),
        ({"frames": 74}, "1 frame too many; lined up with the original"),
        ({"offset": Fraction(1, 24)}, "starts 1 frame late; lined up with the original"),
        ({"offset": Fraction(-2, 24)}, "starts 2 frames early; lined up with the original"),
        ({"drift": Fraction(1, 4)}, "runs 0.25 s longer; lined up with the original"),
        ({"drift": Fraction(-1, 4)}, "runs 0.25 s shorter; lined up with the original"),
        ({"is_certain": False}, "could not be told from the pictures; look whether it fits"),
    ],
)
def test_the_timing_of_what_came_back_is_told(changes: dict[str, object], words: str) -> None:
    found = replace(FINE, **changes)  # type: ignore[arg-type] # fields by name
    assert facts(a_full_job(), found)["Timing"] == words


@pytest.mark.usefixtures("qapp")
def test_size_and_rate_are_told_and_a_correction_by_hand() -> None:
    told = facts(a_full_job(), replace(FINE, rate=Fraction(24000, 1001)), correction=2)
    assert told["Came back"] == "1920 × 1080, 23.98 frames a second"
    assert told["Timing"] == "as it was sent, frame for frame; moved by hand by 2 frames"


@pytest.mark.usefixtures("qapp")
def test_only_shifts_that_are_seen_or_heard_are_told() -> None:
    told = facts(a_full_job(), replace(FINE, luma_shift=1.0, loudness_shift=0.5, sound_offset=Fraction(1, 100)))
    assert "Elsewhere" not in told
    assert "Sound elsewhere" not in told
    found = replace(FINE, luma_shift=-6.2, red_shift=3.0, loudness_shift=-3.0, sound_offset=Fraction(1, 20))
    told = facts(a_full_job(), found)
    assert told["Elsewhere"] == "6 levels darker, other colours"
    assert told["Sound elsewhere"] == "3.0 dB softer, 50 ms late"


def test_a_take_that_was_not_measured_says_nothing(qtbot: QtBot) -> None:
    assert {"Came back", "Timing"}.isdisjoint(facts(a_full_job(), None))
