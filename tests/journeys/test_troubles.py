"""Every trouble that the service can make a take, reached on purpose through the demo service's faults: its sentence
and its button stand with the take, and the button does what it says."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from retake_desktop.demo.faults import (
    Answer,
    Call,
    Cut,
    Fault,
    Lie,
    Lying,
    Patch,
    When,
    WorkFails,
    expired,
    html_page,
    rate_limited,
)
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Stage
from retake_desktop.domain.problems import ADVICE, Remedy
from tests.journeys.test_window import LONG, Session, _opened, service, session
from tests.journeys.troubled import check_told, hurry, picture, retake, rows, until_trouble

__all__ = ["service"]
pytestmark = pytest.mark.full


@dataclass(frozen=True)
class Trouble:
    """`faults` lead to `kind` with the take in `stage`, and a button for `remedy`.

    With `mends` the take is ready after a press; with `passes` it gets ready by itself.
    """

    kind: ErrorKind
    stage: Stage
    faults: tuple[Fault, ...]
    remedy: Remedy = Remedy.NONE
    mends: bool = False
    passes: bool = False
    submissions: int = 1
    """Accepted by the service when all is done."""


def answer(status: int, words: str = "No.") -> Answer:
    return Answer(call=Call.SUBMIT, status=status, body={"error_message": words})


TROUBLES = [
    Trouble(
        ErrorKind.REFUSED, Stage.FAILED, (answer(422, "The prompt is not allowed."),), Remedy.TRY_AGAIN, mends=True
    ),
    Trouble(ErrorKind.NO_BALANCE, Stage.FAILED, (answer(402),), Remedy.TRY_AGAIN, mends=True),
    Trouble(ErrorKind.MODEL_GONE, Stage.FAILED, (answer(404),), Remedy.OPEN_SETTINGS, submissions=0),
    Trouble(
        ErrorKind.UNKNOWN_SUBMISSION,
        Stage.UNKNOWN,
        (Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING),),
        Remedy.SEND_AGAIN,
        mends=True,
        submissions=2,
    ),
    Trouble(ErrorKind.FAILED_AT_SERVICE, Stage.FAILED, (WorkFails(),)),
    Trouble(
        ErrorKind.FOREIGN_HOST,
        Stage.DOWNLOAD_FAILED,
        (Patch(call=Call.RESULT, set={"output": {"video": "https://cdn.example.org/a.mp4"}}),),
        Remedy.ALLOW_HOST,
    ),
    Trouble(
        ErrorKind.NO_OUTPUT,
        Stage.DOWNLOAD_FAILED,
        (Lying(call=Call.RESULT, lie=Lie.NO_OUTPUT, times=2),),
        Remedy.FETCH_AGAIN,
        mends=True,
    ),
    Trouble(
        ErrorKind.DOWNLOAD_FAILED,
        Stage.DOWNLOAD_FAILED,
        (Answer(call=Call.OUTPUT, status=500, times=5),),
        Remedy.FETCH_AGAIN,
        mends=True,
    ),
    Trouble(
        ErrorKind.EXPIRED,
        Stage.EXPIRED,
        (expired(Call.STATUS), expired(Call.RESULT)),
        Remedy.LOOK_AGAIN,
        mends=True,
    ),
    Trouble(ErrorKind.RATE_LIMITED, Stage.SUBMITTING, (rate_limited(Call.SUBMIT, 40),), passes=True),
    Trouble(
        ErrorKind.OFFLINE,
        Stage.QUEUED,
        tuple(Cut(call=call, when=When.BEFORE_READING, times=3) for call in (Call.STATUS, Call.RESULT)),
        passes=True,
    ),
    Trouble(
        ErrorKind.SERVICE_TROUBLE,
        Stage.QUEUED,
        (html_page(Call.STATUS, times=3), html_page(Call.RESULT, times=3)),
        passes=True,
    ),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=[one.kind.value for one in TROUBLES])
def test_a_trouble_shows_its_sentence_and_its_button_does_what_it_says(
    qtbot: QtBot, tmp_path: Path, service: DemoService, trouble: Trouble
) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        hurry(qtbot, made)
        service.faults.add(*trouble.faults)
        retake(made)
        until_trouble(qtbot, made, trouble.kind, trouble.stage)
        button = check_told(made, trouble.kind, trouble.remedy)
        if trouble.mends:
            service.faults.replace([])
            button.click()
        if trouble.remedy is Remedy.SEND_AGAIN:
            picture(made, "send-again")
            made.person.presses("Send anyway")
        if trouble.mends or trouble.passes:
            made.until_stage(Stage.READY)
        elif trouble.remedy is Remedy.OPEN_SETTINGS:
            button.click()
            dialog = made.workbench.setting_up._dialog
            assert dialog is not None
            assert dialog.isVisible()
            assert made.person.sees("Model", QLineEdit).isVisible()
            dialog.close()
        elif trouble.remedy is Remedy.ALLOW_HOST:
            button.click()
            assert "cdn.example.org" in made.window.notice.words()
            made.window.notice._button.click()
            # It is asked for there now, and nobody is there.
            until_trouble(qtbot, made, ErrorKind.DOWNLOAD_FAILED)
        assert service.received.accepted_submissions == trouble.submissions


def test_a_cancelled_take_says_so_and_offers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(queue_seconds=120)) as slow, session(qtbot, tmp_path, slow) as made:
        _opened(qtbot, made, tmp_path)
        retake(made)
        made.until_stage(Stage.QUEUED)
        made.person.presses("Cancel job")
        until_trouble(qtbot, made, ErrorKind.CANCELLED)
        check_told(made, ErrorKind.CANCELLED, Remedy.NONE)


def test_an_unknown_take_adopts_its_own_request_and_no_other(
    qtbot: QtBot, tmp_path: Path, service: DemoService
) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        retake(made)
        first = made.until_stage(Stage.READY)
        made.window.show_editing()
        service.faults.add(Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING))
        made.person.presses("Retake")
        until_trouble(qtbot, made, ErrorKind.UNKNOWN_SUBMISSION)
        _adopt(made, first.request_id or "")
        told = made.window.takes.detail._trouble
        qtbot.waitUntil(told.isVisible, timeout=LONG)
        advice = ADVICE[ErrorKind.INVALID_REQUEST]
        assert "another retake here already has this request id" in told.text()
        assert told.text().startswith(advice.sentence.removesuffix("."))
        assert advice.next_step in told.text()
        picture(made, ErrorKind.INVALID_REQUEST.value)
        accepted = [entry.accepted for entry in service.received.log().entries if entry.accepted]
        assert len(accepted) == 2
        _adopt(made, accepted[1])
        qtbot.waitUntil(
            lambda: [job.stage for job in made.window.takes.jobs()] == [Stage.READY, Stage.READY], timeout=LONG
        )
        assert {job.request_id for job in made.window.takes.jobs()} == set(accepted)
        assert service.received.accepted_submissions == 2


def _adopt(made: Session, request_id: str) -> None:
    made.person.types("Request id to adopt", request_id)
    made.person.presses("Adopt")


def test_eight_takes_at_once_two_of_them_failing_and_the_same_rows_after_a_restart(
    qtbot: QtBot, tmp_path: Path, service: DemoService
) -> None:
    ended = frozenset({Stage.READY, Stage.FAILED})
    service.faults.add(WorkFails(times=2))
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        hurry(qtbot, made)
        made.window.compose._takes.setValue(8)
        retake(made)
        qtbot.waitUntil(lambda: len(made.window.takes.jobs()) == 8, timeout=LONG)
        picture(made, "eight-underway")
        qtbot.waitUntil(
            lambda: [job.stage in ended for job in made.window.takes.jobs()] == [True] * 8, timeout=4 * LONG
        )
        stages = sorted(job.stage for job in made.window.takes.jobs())
        assert stages == [Stage.FAILED] * 2 + [Stage.READY] * 6
        before = rows(made)
        assert len(before) == 9
        picture(made, "eight-two-failed")
    with session(qtbot, tmp_path, service) as again:
        qtbot.waitUntil(lambda: rows(again) == before, timeout=LONG)
    assert service.received.accepted_submissions == 8


def test_a_name_and_a_removal_are_there_after_a_restart(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        made.window.compose._takes.setValue(2)
        retake(made)
        qtbot.waitUntil(lambda: [job.stage for job in made.window.takes.jobs()] == [Stage.READY] * 2, timeout=LONG)
        first, second = made.window.takes.jobs()
        made.jobs.rename(first.id, "The good one")
        made.jobs.remove(second.id)
        qtbot.waitUntil(lambda: len(rows(made)) == 2, timeout=LONG)
    with session(qtbot, tmp_path, service) as again:
        qtbot.waitUntil(lambda: len(rows(again)) == 2, timeout=LONG)
        assert rows(again)[1].startswith("The good one. Ready")
        assert again.window.takes.job(second.id) is not None
