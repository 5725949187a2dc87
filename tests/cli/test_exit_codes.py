"""What a script can tell from the exit code."""

import pytest

from retake_desktop.cli.exit_codes import Exit, for_job, for_kind
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Stage, Wait
from tests.services.examples import a_job

CODE_OF_KIND = {
    ErrorKind.UNREADABLE_MEDIA: 2,
    ErrorKind.FILE_TROUBLE: 2,
    ErrorKind.WEB_VIDEO: 2,
    ErrorKind.NO_SPACE: 3,
    ErrorKind.MEDIA_FAILED: 3,
    ErrorKind.INVALID_REQUEST: 3,
    ErrorKind.NO_TOKEN: 4,
    ErrorKind.BAD_TOKEN: 4,
    ErrorKind.NO_BALANCE: 4,
    ErrorKind.MODEL_GONE: 3,
    ErrorKind.REFUSED: 3,
    ErrorKind.INLINE_REFUSED: 3,
    ErrorKind.HOSTING_TROUBLE: 3,
    ErrorKind.OTHER_ACCOUNT: 4,
    ErrorKind.RATE_LIMITED: 3,
    ErrorKind.OVER_LIMIT: 3,
    ErrorKind.OFFLINE: 7,
    ErrorKind.SERVICE_TROUBLE: 3,
    ErrorKind.UNKNOWN_SUBMISSION: 6,
    ErrorKind.FAILED_AT_SERVICE: 5,
    ErrorKind.EXPIRED: 5,
    ErrorKind.NO_OUTPUT: 3,
    ErrorKind.FOREIGN_HOST: 3,
    ErrorKind.DOWNLOAD_FAILED: 3,
    ErrorKind.CANCELLED: 5,
    ErrorKind.KEYRING_TROUBLE: 4,
    ErrorKind.HISTORY_TROUBLE: 3,
    ErrorKind.HISTORY_DAMAGED: 3,
    ErrorKind.ORIGINAL_MISSING: 2,
    ErrorKind.ORIGINAL_CHANGED: 2,
    ErrorKind.APP_FAULT: 3,
}
CODE_OF_STAGE = {
    Stage.DRAFT: 7,
    Stage.PREPARING: 7,
    Stage.HOSTING: 7,
    Stage.SUBMITTING: 7,
    Stage.QUEUED: 7,
    Stage.RUNNING: 7,
    Stage.DOWNLOADING: 7,
    Stage.READY: 0,
    Stage.KEPT: 0,
    Stage.DISCARDED: 0,
    Stage.UNKNOWN: 6,
    Stage.CANCELLING: 7,
    Stage.CANCELLED: 5,
    Stage.FAILED: 5,
    Stage.EXPIRED: 5,
    Stage.DOWNLOAD_FAILED: 7,
}


def test_the_numbers_are_the_documented_ones() -> None:
    assert {code.name: code.value for code in Exit} == {
        "READY": 0, "UNUSABLE": 2, "REFUSED": 3, "ACCOUNT": 4, "FAILED": 5, "UNKNOWN": 6, "RESUMABLE": 7,
        "INTERRUPTED": 130,
    }  # fmt: skip


def test_every_kind_and_every_stage_has_a_code() -> None:
    assert set(CODE_OF_KIND) == set(ErrorKind)
    assert set(CODE_OF_STAGE) == set(Stage)


@pytest.mark.parametrize(("kind", "code"), CODE_OF_KIND.items())
def test_an_error_before_any_job_earns_its_code(kind: ErrorKind, code: int) -> None:
    assert for_kind(kind) == code


@pytest.mark.parametrize(("stage", "code"), CODE_OF_STAGE.items())
def test_a_job_earns_the_code_of_its_stage(stage: Stage, code: int) -> None:
    assert for_job(a_job(stage=stage)) == code


@pytest.mark.parametrize(("kind", "code"), CODE_OF_KIND.items())
def test_a_failed_job_earns_the_code_of_its_trouble(kind: ErrorKind, code: int) -> None:
    assert for_job(a_job(stage=Stage.FAILED, problem=Problem(kind))) == code


@pytest.mark.parametrize(("wait", "code"), [
    (Wait.TOKEN, 4), (Wait.OTHER_ACCOUNT, 4), (Wait.NETWORK, 7), (Wait.OTHER_SERVICE, 7), (Wait.OTHER_PROCESS, 7),
    (Wait.FOREIGN_HOST, 7), (Wait.HOSTING, 3),
])  # fmt: skip
def test_an_open_job_earns_the_code_of_what_it_waits_for(wait: Wait, code: int) -> None:
    for stage in (Stage.SUBMITTING, Stage.QUEUED, Stage.DOWNLOAD_FAILED):
        assert for_job(a_job(stage=stage, wait=wait)) == code


def test_a_result_that_could_not_be_fetched_stays_resumable_whatever_the_reason() -> None:
    for kind in ErrorKind:
        assert for_job(a_job(stage=Stage.DOWNLOAD_FAILED, problem=Problem(kind))) == Exit.RESUMABLE
