from fractions import Fraction

import pytest

from retake_desktop.domain.timecode import counted_on

NTSC = Fraction(30000, 1001)


@pytest.mark.parametrize(
    ("start", "frames", "rate", "expected"),
    [
        ("01:00:00:00", 25, Fraction(25), "01:00:01:00"),
        ("23:59:59:24", 1, Fraction(25), "00:00:00:00"),
        ("00:00:59;29", 1, NTSC, "00:01:00;02"),
        ("00:09:59;29", 1, NTSC, "00:10:00;00"),
        ("00:00:00;00", 107_892, NTSC, "01:00:00;00"),
        ("00:00:59;59", 1, 2 * NTSC, "00:01:00;04"),
        ("00:00:59:29", 1, NTSC, "00:01:00:00"),
    ],
)
def test_a_file_s_own_timecode_counts_on(start: str, frames: int, rate: Fraction, expected: str) -> None:
    assert counted_on(start, frames, rate) == expected


@pytest.mark.parametrize("start", ["", "yesterday", "01:00:00:25"])
def test_what_is_no_timecode_at_this_rate_is_none(start: str) -> None:
    assert counted_on(start, 1, Fraction(25)) is None
