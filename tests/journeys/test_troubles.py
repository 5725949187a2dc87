"""Every trouble that a take can get into, reached on purpose through the demo service's faults: its sentence and its
button stand with the take, and the button does what it says."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from retake_desktop.demo.faults import Answer, Call, Cut, Fault, Patch, When, WorkFails
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.problems import ADVICE, Remedy
from retake_desktop.ui import problems
from tests.journeys.test_window import LONG, QUICK, Session, _opened, session

pytestmark = pytest.mark.full

REFUSED = {"error_message": "The prompt is not allowed."}


@dataclass(frozen=True)
class Trouble:
    """`faults` lead to `stage` with `kind` and a button for `remedy`; with `mends` the take is ready after a press."""

    kind: ErrorKind
    stage: Stage
    faults: tuple[Fault, ...]
    remedy: Remedy
    mends: bool = False
    submissions: int = 1
    """Accepted by the service when all is done."""


def answer(status: int, body: object = None) -> Answer:
    return Answer(call=Call.SUBMIT, status=status, body=body or {"error_message": "No."})


TROUBLES = [
    Trouble(ErrorKind.REFUSED, Stage.FAILED, (answer(422, REFUSED),), Remedy.TRY_AGAIN, mends=True),
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
    Trouble(ErrorKind.FAILED_AT_SERVICE, Stage.FAILED, (WorkFails(),), Remedy.NONE),
    Trouble(
        ErrorKind.FOREIGN_HOST,
        Stage.DOWNLOAD_FAILED,
        (Patch(call=Call.RESULT, set={"output": {"video": "https://cdn.example.org/a.mp4"}}),),
        Remedy.ALLOW_HOST,
    ),
]


@dataclass
class Met:
    """What the window shows of the chosen take."""

    words: str
    button: QPushButton
    rows: list[str] = field(default_factory=list)


def met(made: Session, job: Job) -> Met:
    made.window.takes.choose(job.id)
    detail = made.window.takes.detail
    model = made.window.takes.list.model()
    rows = [model.index(number, 0).data() for number in range(model.rowCount())]
    return Met(detail._message.text(), detail._remedy_button, rows)


@pytest.mark.parametrize("trouble", TROUBLES, ids=[one.kind.value for one in TROUBLES])
def test_a_trouble_shows_its_sentence_and_its_button_does_what_it_says(
    qtbot: QtBot, tmp_path: Path, trouble: Trouble
) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as service, session(qtbot, tmp_path, service) as made:
        service.faults.add(*trouble.faults)
        _opened(qtbot, made, tmp_path)
        made.person.types("Prompt", "A red coat")
        made.person.presses("Retake")
        job = made.until_stage(trouble.stage)
        assert job.problem is not None
        assert job.problem.kind is trouble.kind
        seen = met(made, job)
        assert seen.words.startswith(ADVICE[trouble.kind].sentence.removesuffix("."))
        assert ADVICE[trouble.kind].next_step in seen.words
        assert any(ADVICE[trouble.kind].sentence.removesuffix(".") in row for row in seen.rows)
        assert seen.button.isVisible() is (trouble.remedy is not Remedy.NONE)
        assert seen.button.text() == problems.label(trouble.remedy)
        picture = os.environ.get("RETAKE_PICTURES")
        if picture:
            made.window.grab().save(f"{picture}/{trouble.kind.value}.png")
        if trouble.mends:
            _press(made, trouble)
            made.until_stage(Stage.READY)
        elif trouble.remedy is Remedy.OPEN_SETTINGS:
            seen.button.click()
            assert made.workbench.setting_up._dialog is not None
            assert made.workbench.setting_up._dialog.isVisible()
            made.workbench.setting_up._dialog.close()
        elif trouble.remedy is Remedy.ALLOW_HOST:
            seen.button.click()
            assert "cdn.example.org" in made.window.notice.words()
        assert service.received.accepted_submissions == trouble.submissions


def _press(made: Session, trouble: Trouble) -> None:
    made.window.takes.detail._remedy_button.click()
    if trouble.remedy is Remedy.SEND_AGAIN:
        made.person.presses("Send anyway")


def test_eight_takes_at_once_two_of_them_failing_and_the_same_rows_after_a_restart(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    ended = frozenset({Stage.READY, Stage.FAILED})
    with DemoService(folder, QUICK) as service:
        service.faults.add(WorkFails(times=2))
        with session(qtbot, tmp_path, service) as made:
            _opened(qtbot, made, tmp_path)
            made.window.compose._takes.setValue(8)
            made.person.types("Prompt", "A red coat")
            made.person.presses("Retake")
            qtbot.waitUntil(
                lambda: [job.stage in ended for job in made.window.takes.jobs()] == [True] * 8, timeout=LONG
            )
            stages = sorted(job.stage for job in made.window.takes.jobs())
            assert stages == [Stage.FAILED] * 2 + [Stage.READY] * 6
            rows = _rows(made)
            assert len(rows) == 9
        with session(qtbot, tmp_path, service) as again:
            qtbot.waitUntil(lambda: _rows(again) == rows, timeout=LONG)
        assert service.received.accepted_submissions == 8


def _rows(made: Session) -> list[str]:
    model = made.window.takes.list.model()
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def test_a_name_and_a_removal_are_there_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as service:
        with session(qtbot, tmp_path, service) as made:
            _opened(qtbot, made, tmp_path)
            made.window.compose._takes.setValue(2)
            made.person.types("Prompt", "A red coat")
            made.person.presses("Retake")
            qtbot.waitUntil(lambda: [job.stage for job in made.window.takes.jobs()] == [Stage.READY] * 2, timeout=LONG)
            first, second = made.window.takes.jobs()
            made.jobs.rename(first.id, "The good one")
            made.jobs.remove(second.id)
            qtbot.waitUntil(lambda: len(_rows(made)) == 2, timeout=LONG)
        with session(qtbot, tmp_path, service) as again:
            qtbot.waitUntil(lambda: len(_rows(again)) == 2, timeout=LONG)
            assert _rows(again)[1].startswith("The good one. Ready")
            assert again.window.takes.job(second.id) is not None
