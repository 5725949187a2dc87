"""What a look at everything found is said in the person's language, whatever it is."""

import asyncio
import re
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import Cause, TrialOutcome, TrialStep
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline import checkup
from retake_desktop.services.pipeline.checkup import Finding, looked_at
from retake_desktop.services.secrets import TokenStore
from retake_desktop.ui.dialogs.reading import CheckDialog
from retake_desktop.ui.findings import words_of
from retake_desktop.ui.from_below import knows
from retake_desktop.ui.language import CHINESE
from retake_desktop.ui.style import Style

LOCKED = Problem(ErrorKind.KEYRING_TROUBLE, "it is locked, and the question for its password was dismissed")
REFUSED = (
    TrialOutcome(TrialStep.PUT, Cause.WRONG_SECRET, "SignatureDoesNotMatch"),
    TrialOutcome(TrialStep.DELETE, Cause.NO_PERMISSION),
)


def english_in(words: str) -> list[str]:
    """Three words and more of it in a row, which no name of a program or a server has."""
    return re.findall(r"[A-Za-z']+(?: [A-Za-z']+){2,}", words)


def test_in_english_it_is_what_the_command_line_says() -> None:
    storage = Finding("bucket", False, True, "clips at s3: it failed.", "Open Settings.", failed=REFUSED)
    assert words_of(checkup._trouble("keyring", LOCKED, is_needed=False)) == (
        "keyring: The system keyring cannot be used (it is locked, and the question for its password was dismissed). "
        "Unlock it and try again, or keep the token for this session only."
    )
    assert words_of(storage) == (
        "bucket: Upload a small file: The secret does not belong to this key (SignatureDoesNotMatch). "
        "Copy both again; the secret is often shown only once. Delete it again: The key is not allowed to do this. "
        "Give it the right to read, write and delete in this bucket. Open Settings."
    )


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_no_trouble_is_told_in_english_elsewhere(
    styled: Style, speaking: Callable[[str], str], kind: ErrorKind
) -> None:
    speaking(CHINESE)
    assert english_in(words_of(checkup._trouble("service", Problem(kind), is_needed=True))) == []


def test_the_keyrings_and_the_storages_reasons_are_translated_too(
    styled: Style, speaking: Callable[[str], str]
) -> None:
    speaking(CHINESE)
    for finding in (
        checkup._trouble("keyring", LOCKED, is_needed=False),
        Finding("bucket", False, True, "clips at s3: it failed.", "Accepted.", failed=REFUSED),
    ):
        assert english_in(words_of(finding)) == []
        assert "。 " not in words_of(finding)


def test_every_source_of_a_token_is_known() -> None:
    assert all(knows(words) for words in checkup._TOKEN_FROM.values())


def test_a_real_look_at_everything_is_shown_in_the_persons_language(
    qtbot: QtBot, styled: Style, speaking: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNCOMFY_API_URL", "http://127.0.0.1:9")
    folders = Folders.of_this_person()
    folders.create()
    found = asyncio.run(looked_at(folders, TokenStore({}), lambda _finding: None))
    assert {one.is_fine for one in found} == {True, False}
    speaking(CHINESE)
    dialog = CheckDialog()
    qtbot.addWidget(dialog)
    dialog.show_findings(found)
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert len(shown) > len(found)
    assert [words for words in shown if english_in(words)] == []
