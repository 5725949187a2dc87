"""Every trouble shows its sentence and its button, and the button does what it says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Stage, Wait
from retake_desktop.domain.problems import ADVICE, Remedy
from retake_desktop.ui import problems
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip

_STAGE_OF = {
    ErrorKind.UNKNOWN_SUBMISSION: Stage.UNKNOWN,
    ErrorKind.DOWNLOAD_FAILED: Stage.DOWNLOAD_FAILED,
    ErrorKind.FOREIGN_HOST: Stage.DOWNLOAD_FAILED,
    ErrorKind.NO_OUTPUT: Stage.DOWNLOAD_FAILED,
    ErrorKind.EXPIRED: Stage.EXPIRED,
    ErrorKind.CANCELLED: Stage.CANCELLED,
}
_WAY = {
    Stage.UNKNOWN: (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING),
    Stage.DOWNLOAD_FAILED: (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED, Stage.DOWNLOADING),
    Stage.EXPIRED: (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED),
    Stage.FAILED: (Stage.PREPARING,),
    Stage.CANCELLED: (),
}


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip())
    made.open(qtbot, a_clip())
    yield made
    made.close()


def in_trouble(bench: Bench, qtbot: QtBot, kind: ErrorKind) -> str:
    """A chosen take that has come to grief with `kind`."""
    (job_id,) = bench.retake(qtbot)
    stage = _STAGE_OF.get(kind, Stage.FAILED)
    for step in _WAY[stage]:
        bench.jobs.move(job_id, step)
    bench.jobs.move(job_id, stage, problem=Problem(kind, "a detail"), output_url="https://cdn.example.org/a?sig=1")
    return job_id


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_each_kind_of_trouble_shows_its_sentence_and_its_button(bench: Bench, qtbot: QtBot, kind: ErrorKind) -> None:
    in_trouble(bench, qtbot, kind)
    detail = bench.window.takes.detail
    assert detail._message.text().startswith(ADVICE[kind].sentence.removesuffix("."))
    assert "(a detail)" in detail._message.text()
    assert ADVICE[kind].next_step in detail._message.text()
    remedy = ADVICE[kind].remedy
    assert detail._remedy_button.isVisible() is (remedy is not Remedy.NONE)
    assert detail._remedy_button.text() == problems.label(remedy)


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (ErrorKind.NO_BALANCE, "try_again"),
        (ErrorKind.DOWNLOAD_FAILED, "fetch_again"),
        (ErrorKind.NO_OUTPUT, "fetch_again"),
    ],
)
def test_the_button_does_what_it_says(bench: Bench, qtbot: QtBot, kind: ErrorKind, command: str) -> None:
    job_id = in_trouble(bench, qtbot, kind)
    bench.window.takes.detail._remedy_button.click()
    assert bench.jobs.asked[-1] == (command, job_id)


def test_sending_again_needs_a_second_press_after_the_warning(bench: Bench, qtbot: QtBot) -> None:
    job_id = in_trouble(bench, qtbot, ErrorKind.UNKNOWN_SUBMISSION)
    detail = bench.window.takes.detail
    detail._remedy_button.click()
    assert bench.jobs.count("send_again") == 0
    assert detail._warning.isVisible()
    detail._warning.left.emit()
    assert not detail._warning.isVisible()
    detail._remedy_button.click()
    detail._warning.confirmed.emit()
    detail._warning.confirmed.emit()
    assert bench.jobs.asked[-1] == ("send_again", job_id)
    assert bench.jobs.count("send_again") == 1


def test_an_unknown_submission_can_be_adopted_by_its_request_id(bench: Bench, qtbot: QtBot) -> None:
    job_id = in_trouble(bench, qtbot, ErrorKind.UNKNOWN_SUBMISSION)
    adopt = bench.window.takes.detail._adopt
    assert not adopt._button.isEnabled()
    adopt._field.setText(" abc-123 ")
    adopt._button.click()
    assert bench.jobs.asked[-1] == ("adopt", job_id, "abc-123")


def test_a_foreign_server_is_named_before_anything_is_fetched_from_it(bench: Bench, qtbot: QtBot) -> None:
    job_id = in_trouble(bench, qtbot, ErrorKind.FOREIGN_HOST)
    bench.window.takes.detail._remedy_button.click()
    assert bench.jobs.count("allow_host") == 0
    assert "cdn.example.org" in bench.window.notice.words()
    bench.window.notice._button.click()
    assert bench.jobs.asked[-1] == ("allow_host", job_id, "cdn.example.org")


def test_a_missing_token_leads_to_the_settings(bench: Bench, qtbot: QtBot) -> None:
    in_trouble(bench, qtbot, ErrorKind.BAD_TOKEN)
    bench.window.takes.detail._remedy_button.click()
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    assert dialog.isVisible()


def test_a_take_that_waits_for_a_token_says_so(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = bench.retake(qtbot)
    bench.jobs.move(job_id, Stage.PREPARING, wait=Wait.TOKEN)
    detail = bench.window.takes.detail
    assert detail._message.text().startswith("Waiting for a valid API token. Copy the token from your RunComfy profile")
    assert detail._remedy_button.text() == "Enter token"


def test_a_running_take_can_be_cancelled_and_a_cancelled_one_says_why_not(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = bench.retake(qtbot)
    detail = bench.window.takes.detail
    detail._cancel.click()
    qtbot.waitUntil(lambda: bench.jobs.jobs[job_id].stage is Stage.CANCELLED)
    assert not detail._cancel.isEnabled()
    assert detail._cancel.accessibleDescription() == "There is nothing left to cancel."


def test_what_is_paid_for_is_fetched_again_whatever_kept_it_from_coming(bench: Bench, qtbot: QtBot) -> None:
    job_id = in_trouble(bench, qtbot, ErrorKind.DOWNLOAD_FAILED)
    bench.jobs.put(replace(bench.jobs.jobs[job_id], problem=Problem(ErrorKind.NO_SPACE)))
    assert bench.window.takes.detail._remedy_button.text() == "Fetch again"


def test_what_the_service_has_accepted_is_never_tried_again(bench: Bench, qtbot: QtBot) -> None:
    job_id = in_trouble(bench, qtbot, ErrorKind.SERVICE_TROUBLE)
    assert bench.window.takes.detail._remedy_button.isVisible()
    bench.jobs.put(replace(bench.jobs.jobs[job_id], request_id="r-1"))
    assert not bench.window.takes.detail._remedy_button.isVisible()


@pytest.mark.parametrize("prompt", ["x" * 4000, "🎬🔥" * 300, "קופת הקולנוע נפתחת " * 100, "line\n" * 200])
def test_no_text_makes_the_window_wider_or_higher(bench: Bench, qtbot: QtBot, prompt: str) -> None:
    size = bench.window.size()
    smallest = bench.window.minimumSizeHint()
    bench.retake(qtbot, prompt)
    assert bench.window.size() == size
    assert bench.window.minimumSizeHint().width() <= max(size.width(), smallest.width())
    assert bench.window.minimumSizeHint().height() <= size.height()
