"""How clips get to the service: the dialog says what is missing, what a test found, and what holds from now on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import (
    Cause,
    HostingSettings,
    Place,
    PlaceKind,
    TrialOutcome,
    TrialReport,
    TrialStep,
    Way,
)
from retake_desktop.domain.job import Stage, Wait
from retake_desktop.ui.dialogs.hosting import HostingDialog
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip

R2 = "abc.r2.cloudflarestorage.com"


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip())
    yield made
    made.close()


@pytest.fixture
def dialog(bench: Bench) -> HostingDialog:
    bench.workbench.setting_up.open()
    settings = bench.workbench.setting_up._dialog
    assert settings is not None
    next(button for button in settings.findChildren(QPushButton) if "clips get" in button.text()).click()
    found = bench.workbench.storage._dialog
    assert found is not None
    return found


def field(dialog: HostingDialog, name: str) -> QLineEdit:
    [found] = [one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == name]
    return found


def fill(dialog: HostingDialog) -> None:
    for name, words in {
        "Endpoint": R2, "Bucket": "clips", "Access key id": "AKID", "Secret access key": "s3cret",
    }.items():  # fmt: skip
        field(dialog, name).setText(words)


def test_what_is_missing_is_named_by_the_buttons_that_wait_for_it(dialog: HostingDialog) -> None:
    assert not dialog._test.isEnabled()
    assert dialog._test.accessibleDescription() == "Fill in “Bucket” first."
    fill(dialog)
    assert dialog._test.isEnabled()
    assert dialog._save.isEnabled()
    assert not dialog._remove.isEnabled()
    assert dialog._ways[Way.STORAGE].toolTip() == "Set up and save your storage below first."


def test_the_test_gets_what_was_entered_with_scheme_and_region_completed(
    bench: Bench, dialog: HostingDialog, qtbot: QtBot
) -> None:
    fill(dialog)
    dialog._test.click()
    assert not dialog._test.isEnabled()
    qtbot.waitUntil(lambda: "The storage works" in dialog._result.text())
    place = Place(PlaceKind.S3, f"https://{R2}", "clips", "auto", "AKID", "retake-desktop")
    assert bench.jobs.asked[-1] == ("test_storage", place, "s3cret")
    assert dialog._result.text().count("✓") == 4
    assert dialog._test.isEnabled()


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_is_said_in_plain_words_beside_its_step(
    bench: Bench, dialog: HostingDialog, qtbot: QtBot, cause: Cause
) -> None:
    bench.jobs.trial = TrialReport((TrialOutcome(TrialStep.OPEN), TrialOutcome(TrialStep.PUT, cause, "Code42")))
    fill(dialog)
    dialog._test.click()
    qtbot.waitUntil(lambda: "✗ Upload a small file" in dialog._result.text())
    words = dialog._result.text()
    assert "Code42" in words
    assert "The storage works" not in words
    assert len(words) > 60
    assert "_" not in words
    assert dialog._result.accessibleDescription() == words


def test_saving_keeps_the_place_in_the_settings_and_the_secret_out_of_them(
    bench: Bench, dialog: HostingDialog, qtbot: QtBot
) -> None:
    fill(dialog)
    dialog._save.click()
    qtbot.waitUntil(lambda: "Saved" in dialog._result.text())
    (command, wanted, secret, session_only) = bench.jobs.asked[-1]
    assert (command, secret, session_only) == ("save_storage", "s3cret", False)
    assert bench.preferences.settings.hosting == wanted
    assert "s3cret" not in repr(bench.preferences.settings)
    assert field(dialog, "Secret access key").text() == ""
    assert dialog._now.text() == "Now: through clips at abc.r2.cloudflarestorage.com, because it is set up."
    assert dialog._test.isEnabled()
    dialog._ways[Way.INLINE].click()
    qtbot.waitUntil(lambda: bench.preferences.settings.hosting.way is Way.INLINE)
    assert dialog._now.text() == "Now: inside the request, because you chose it."
    dialog._remove.click()
    qtbot.waitUntil(lambda: bench.preferences.settings.hosting == HostingSettings())


def test_a_keyring_that_does_not_take_the_secret_leaves_the_settings_as_they_were(
    bench: Bench, dialog: HostingDialog, qtbot: QtBot
) -> None:
    bench.jobs.storage_problem = Problem(ErrorKind.KEYRING_TROUBLE, "it is locked")
    fill(dialog)
    dialog._save.click()
    qtbot.waitUntil(lambda: "it is locked" in dialog._result.text())
    assert bench.preferences.settings.hosting == HostingSettings()
    assert field(dialog, "Secret access key").text() == "s3cret"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (PlaceKind.GOOGLE, {"Bucket", "Service account key", "Folder in it"}),
        (PlaceKind.AZURE, {"Storage account", "Container", "Account key", "Folder in it"}),
        (PlaceKind.WEBDAV, {"Folder address", "User name", "Password", "Public address"}),
    ],
)
def test_each_kind_asks_for_its_own_details(dialog: HostingDialog, kind: PlaceKind, names: set[str]) -> None:
    dialog.fields._kinds[kind].click()
    shown = [one for one in dialog.fields.findChildren(QLineEdit) if one.isVisible()]
    assert {one.accessibleName() for one in shown} == names
    assert dialog.fields.place.kind is kind


def test_every_control_has_a_name_and_the_keyboard_reaches_it(dialog: HostingDialog) -> None:
    shown = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
    assert all(one.accessibleName() for one in shown)
    buttons = [*dialog.findChildren(QPushButton), *dialog.findChildren(QRadioButton)]
    assert all(button.text() for button in buttons if button.isVisible())
    reached = set()
    control = dialog.fields._kinds[PlaceKind.S3].nextInFocusChain()
    while control is not None and control not in reached:
        reached.add(control)
        control = control.nextInFocusChain()
    assert {*shown, dialog._test, dialog._save} <= reached


def test_a_take_that_waits_leads_here_and_takes_an_address(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    [job_id] = bench.retake(qtbot)
    for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING):
        bench.jobs.move(job_id, stage, window_path="/data/windows/w.mp4")
    problem = Problem(ErrorKind.INLINE_REFUSED, "video_url")
    bench.jobs.move(job_id, Stage.HOSTING, problem=problem, wait=Wait.HOSTING)
    bench.window.takes.choose(job_id)
    detail = bench.window.takes.detail
    assert detail._remedy_button.text() == "Choose another way"
    assert "Nothing was billed" in detail._message.text()
    detail._remedy_button.click()
    dialog = bench.workbench.storage._dialog
    assert dialog is not None
    assert dialog.address.isVisible()
    assert "/data/windows/w.mp4" in dialog.address._file.text()
    assert not dialog.address._use.isEnabled()
    dialog.address._field.setText("https://example.com/w.mp4")
    dialog.address._use.click()
    assert bench.jobs.asked[-1] == ("use_address", job_id, "https://example.com/w.mp4")
    bench.jobs.command_failed.emit(job_id, Problem(ErrorKind.INVALID_REQUEST, "nothing lies at that address"))
    assert "nothing lies" in dialog.address._result.text()
    bench.jobs.move(job_id, Stage.SUBMITTING)
    assert not dialog.address.isVisible()


def test_what_is_set_up_is_shown_again_without_its_secret(bench: Bench) -> None:
    place = Place(PlaceKind.AZURE, bucket="clips", key_id="annas")
    bench.preferences.change(hosting=HostingSettings(Way.STORAGE, place))
    bench.workbench.storage.open()
    dialog = bench.workbench.storage._dialog
    assert dialog is not None
    assert dialog.fields.place == place
    assert field(dialog, "Account key").text() == ""
    assert dialog._test.isEnabled()
    field(dialog, "Storage account").setText("bertas")
    assert dialog._test.toolTip() == "Fill in “Account key” first."
    assert dialog.fields.place == replace(place, key_id="bertas")
