"""A real keyring that asks its question: dismissed, left open, killed in the middle. Nobody waits for ever."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.core import load_keyring
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.services.folders import Folders
from retake_desktop.services.secrets import Account, StorageSecrets, TokenStore
from retake_desktop.ui.job_thread import AccountState, JobThread
from tests.fakes.prompter import Answer, Prompter
from tests.fakes.secret_service import SecretService

TOKEN = "rc_0123456789"
_CALLS: dict[str, Callable[[TokenStore, StorageSecrets], object]] = {
    "read": lambda tokens, _secrets: _trouble(tokens.account()),
    "save": lambda tokens, _secrets: tokens.save("rc_other", session_only=False),
    "forget": lambda tokens, _secrets: tokens.forget(),
    "read the storage's": lambda _tokens, secrets: secrets.get("place-1"),
}


def _trouble(account: Account) -> None:
    assert account.trouble is not None
    raise RetakeError(account.trouble.kind, account.trouble.detail)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """With a token in it, and locked."""
    before = keyring.get_keyring()
    with SecretService() as service:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
        keyring.set_keyring(load_keyring("keyring.backends.SecretService.Keyring"))
        TokenStore({}).save(TOKEN, session_only=False)
        service.lock()
        yield service
    keyring.set_keyring(before)


def _told(call: Callable[[TokenStore, StorageSecrets], object]) -> str:
    with pytest.raises(RetakeError) as raised:
        call(TokenStore({}), StorageSecrets({}))
    assert raised.value.kind is ErrorKind.KEYRING_TROUBLE
    return raised.value.detail


@pytest.mark.parametrize("call", _CALLS)
def test_a_dismissed_question_is_told_as_such(service: SecretService, call: str) -> None:
    with Prompter(service.address, Answer.DISMISS, lambda: time.sleep(0.6)) as prompter:
        assert _told(_CALLS[call]) == "it is locked, and the question for its password was dismissed"
        assert prompter.questions == 1


def test_a_question_that_cannot_be_shown_is_told_as_such(service: SecretService) -> None:
    assert _told(_CALLS["read"]) == "it is locked, and the question for its password could not be shown"


@pytest.mark.parametrize("call", _CALLS)
def test_a_keyring_killed_while_its_question_is_open_is_told_and_nobody_waits_on(
    service: SecretService, call: str
) -> None:
    with Prompter(service.address, Answer.NONE, service.vanish) as prompter:
        assert _told(_CALLS[call]) == "it does not answer; it may have been stopped"
        assert prompter.asked.is_set()


def test_closing_ends_the_wait_for_an_open_question(service: SecretService) -> None:
    tokens = TokenStore({})
    with Prompter(service.address, Answer.NONE) as prompter:
        closing = threading.Thread(target=_close_once_asked, args=(prompter, tokens))
        closing.start()
        account = tokens.account()
        closing.join()
    assert account.trouble is not None
    assert account.trouble.detail == "the app is closing"


def _close_once_asked(prompter: Prompter, tokens: TokenStore) -> None:
    assert prompter.asked.wait(10)
    tokens.close()


def test_the_demo_works_and_the_app_quits_while_a_question_stays_open(
    service: SecretService, qtbot: QtBot, tmp_path: Path
) -> None:
    async def start_demo() -> str:
        return "http://127.0.0.1:9"

    told: list[AccountState] = []
    folders = Folders(tmp_path / "data", tmp_path / "config", tmp_path / "cache")
    jobs = JobThread(folders, TokenStore({}), start_demo, demo=False)
    jobs.account_changed.connect(told.append)
    with Prompter(service.address, Answer.NONE) as prompter:
        jobs.start()
        qtbot.waitUntil(prompter.asked.is_set)
        jobs.use_demo(True)
        qtbot.waitUntil(lambda: any(account.is_demo for account in told))
        with qtbot.waitSignal(jobs.finished, timeout=15_000):
            jobs.shut_down()
        assert jobs.wait(5000)
    QCoreApplication.processEvents()


def test_the_process_ends_by_itself_after_a_call_that_never_came_back() -> None:
    """Nothing joins the thread of such a call."""
    code = (
        "from retake_desktop.services.unanswered import Asking, Given\n"
        "import threading\n"
        "asking = Asking()\n"
        "threading.Timer(0.2, asking.end).start()\n"
        "try:\n    asking(lambda: threading.Event().wait())\nexcept Given:\n    print('given up')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, timeout=20)
    assert (ran.returncode, ran.stdout) == (0, "given up\n")
