"""Where a copy may stop and start again, on orders written out by hand."""

import pytest

from retake_desktop.media.beside import Beside
from retake_desktop.media.gop import Coded, CodedOrder, Cut, Kind, cuts_around
from retake_desktop.media.nal import ANNEX_B
from retake_desktop.media.parameter_sets import UsedIds
from retake_desktop.media.splice_lossless import decoding_times

Moments = list[tuple[int, int]]


def order(text: str, step: int = 10) -> CodedOrder:
    """Frames in coded order: "I0 2 1 C5 3 4 6"; I is an IDR picture, C a CRA picture, "-" a packet never shown.

    `step` is the ticks from one frame to the next.
    """
    kinds = {"I": Kind.IDR, "C": Kind.CRA}
    rows = []
    for place, word in enumerate(text.split()):
        number = word.lstrip("IC")
        frame = None if number == "-" else int(number)
        rows.append(Coded(frame, step * (frame or 0), step * (place - 2), kinds.get(word[0], Kind.OTHER)))
    return CodedOrder(tuple(rows), ANNEX_B, UsedIds(), Beside("h264"), reorders=True)


CLOSED = "I0 2 1 4 3 I5 7 6 9 8 I10 12 11"
OPEN = "C0 2 1 C5 3 4 7 6 C10 8 9 12 11"


@pytest.mark.parametrize(
    ("text", "moments", "expected"),
    [
        (CLOSED, [(7, 8)], [(6, 10)]),
        (CLOSED, [(6, 7)], [(6, 10)]),
        (CLOSED, [(8, 9)], [(8, 10)]),
        (CLOSED, [(9, 10)], [(8, 10)]),
        (CLOSED, [(5, 6)], [(5, 10)]),
        (CLOSED, [(0, 1)], [(0, 5)]),
        (CLOSED, [(12, 13)], [(11, 13)]),
        (CLOSED, [(1, 2), (3, 4)], [(1, 5)]),
        (CLOSED, [(1, 2), (11, 12)], [(1, 5), (11, 13)]),
        (CLOSED, [(3, 5), (5, 6)], [(3, 10)]),
        (CLOSED, [(4, 6)], [(3, 10)]),
        (OPEN, [(6, 7)], [(6, 10)]),
        (OPEN, [(1, 2)], [(1, 5)]),
        (OPEN, [(1, 2), (6, 7)], [(1, 5), (6, 10)]),
        (OPEN, [(3, 4)], [(3, 5)]),
        ("I0 2 5 1 4 3 I6 7", [(3, 4)], [(1, 6)]),
        ("I0 1 5 I2 3 4", [(1, 2)], [(1, 6)]),
    ],
)
def test_the_stretch_is_as_short_as_the_coding_allows(text: str, moments: Moments, expected: Moments) -> None:
    assert [(cut.first, cut.end) for cut in cuts_around(order(text), moments)] == expected


def test_an_idr_with_pictures_shown_before_it_takes_them_along() -> None:
    (cut,) = cuts_around(order("I0 2 1 I5 3 4 7 6"), [(1, 2)])
    assert (cut.first, cut.end, cut.resume, cut.dropped) == (1, 3, 3, frozenset())


def test_pictures_before_a_cra_are_coded_anew_and_left_out() -> None:
    (cut,) = cuts_around(order(OPEN), [(1, 2)])
    assert cut == Cut(1, 5, 1, 3, frozenset({4, 5}), breaks_link=True)


def test_decoding_times_stand_before_their_successors() -> None:
    coded = order(OPEN)
    (cut,) = cuts_around(coded, [(1, 2)])
    assert decoding_times(coded.rows, cut, frozenset()) == [-10, 0, 3, 6]
    assert coded.rows[3].dts == 10


def test_packets_that_are_never_shown_stay_before_the_first_frame() -> None:
    (cut,) = cuts_around(order("I- - 0 2 1 I3 4"), [(1, 2)])
    assert (cut.stop, cut.first, cut.end) == (3, 1, 3)


def test_without_a_later_entry_the_stretch_goes_to_the_end() -> None:
    (cut,) = cuts_around(order("I0 2 1 4 3 6 5"), [(3, 4)])
    assert (cut.first, cut.end, cut.resume) == (3, 7, None)


def test_a_cra_is_no_entry_where_its_leading_pictures_successors_get_no_decoding_times() -> None:
    (roomy,) = cuts_around(order("C0 2 1 C5 3 4 I6 7", step=3), [(1, 2)])
    (tight,) = cuts_around(order("C0 2 1 C5 3 4 I6 7", step=2), [(1, 2)])
    assert (roomy.end, tight.end) == (5, 6)
