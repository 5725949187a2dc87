import re

import pytest

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.problems import ADVICE, OBSTACLES, Remedy, english
from retake_desktop.domain.retake import Obstacle


def test_every_kind_of_trouble_has_its_advice() -> None:
    assert set(ADVICE) == set(ErrorKind)


def test_every_obstacle_has_its_sentence() -> None:
    assert set(OBSTACLES) == set(Obstacle)


@pytest.mark.parametrize("kind", ErrorKind)
def test_advice_is_whole_sentences_that_say_what_happened_and_what_to_do(kind: ErrorKind) -> None:
    for text in (ADVICE[kind].sentence, ADVICE[kind].next_step):
        assert re.fullmatch(r"[A-Z].+\.", text)


def test_no_two_kinds_say_the_same() -> None:
    assert len({advice.sentence for advice in ADVICE.values()}) == len(ADVICE)


def test_only_an_unknown_submission_offers_to_send_again() -> None:
    sending = {kind for kind, advice in ADVICE.items() if advice.remedy is Remedy.SEND_AGAIN}
    assert sending == {ErrorKind.UNKNOWN_SUBMISSION}


def test_a_message_carries_its_detail_in_brackets() -> None:
    text = english(Problem(ErrorKind.NO_SPACE, "12 MB needed"))
    assert text == "The disk is full (12 MB needed). Free some space and try again; nothing is paid twice."


def test_a_message_without_detail_has_no_empty_brackets() -> None:
    assert english(Problem(ErrorKind.NO_SPACE)).startswith("The disk is full. Free")


def test_an_error_carries_its_problem() -> None:
    error = RetakeError(ErrorKind.OFFLINE, "no route", request_id="r1")
    assert error.problem == Problem(ErrorKind.OFFLINE, "no route")
    assert error.request_id == "r1"
    assert str(error) == "offline: no route"
    assert str(RetakeError(ErrorKind.OFFLINE)) == "offline"
