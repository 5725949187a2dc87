"""What a person sees of a take in trouble, for the journeys that lead into it."""

import asyncio
import os
import time
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.problems import ADVICE, Remedy
from retake_desktop.services.pipeline import Tools
from retake_desktop.ui import problems
from tests.journeys.test_window import LONG, Session


@dataclass
class Met:
    """What the window shows of the chosen take, and its one button."""

    words: str
    button: QPushButton
    rows: list[str]


def tools(qtbot: QtBot, made: Session) -> Tools:
    """What the job thread of `made` works with."""
    qtbot.waitUntil(lambda: made.jobs._desk is not None, timeout=LONG)
    assert made.jobs._desk is not None
    return made.jobs._desk._tools


def hurry(qtbot: QtBot, made: Session) -> None:
    """For this window's jobs a second of waiting is a twentieth, and a clock shows twenty times what has passed."""
    used = tools(qtbot, made)
    used.clocks = replace(
        used.clocks, monotonic=lambda: 20 * time.monotonic(), sleep=lambda seconds: asyncio.sleep(seconds / 20)
    )


def retake(made: Session) -> None:
    made.person.types("Prompt", "A red coat")
    made.person.presses("Retake")


def until_trouble(qtbot: QtBot, made: Session, kind: ErrorKind, *stages: Stage) -> Job:
    """Waits until a take (in one of `stages`) shows a problem of `kind`, and chooses it."""
    found: list[Job] = []

    def is_there() -> bool:
        found[:] = [
            job
            for job in made.window.takes.jobs()
            if job.problem is not None and job.problem.kind is kind and (not stages or job.stage in stages)
        ]
        return bool(found)

    qtbot.waitUntil(is_there, timeout=LONG)
    made.window.takes.choose(found[0].id)
    return found[0]


def rows(made: Session) -> list[str]:
    """The list of takes as a screen reader says it."""
    model = made.window.takes.list.model()
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def met(made: Session) -> Met:
    detail = made.window.takes.detail
    return Met(detail._message.text(), detail._remedy_button, rows(made))


def check_told(made: Session, kind: ErrorKind, remedy: Remedy) -> QPushButton:
    """The chosen take's row and facts say what `kind` is and what to do; the button for `remedy`."""
    seen, advice = met(made), ADVICE[kind]
    picture(made, kind.value)
    assert seen.words.startswith(advice.sentence.removesuffix("."))
    assert advice.next_step in seen.words
    assert any(advice.sentence.removesuffix(".") in row for row in seen.rows)
    assert seen.button.isVisible() is (remedy is not Remedy.NONE)
    assert seen.button.text() == problems.label(remedy)
    return seen.button


def until_notice(qtbot: QtBot, made: Session, kind: ErrorKind, remedy: Remedy) -> QPushButton:
    """Waits until the banner says what `kind` is and what to do; its button."""
    advice, bar = ADVICE[kind], made.window.notice
    qtbot.waitUntil(lambda: bar.words().startswith(advice.sentence.removesuffix(".")), timeout=LONG)
    assert advice.next_step in bar.words()
    picture(made, f"banner-{kind.value}")
    assert bar._button.isVisible() is (remedy is not Remedy.NONE)
    assert bar._button.text() == problems.label(remedy)
    return bar._button


def enter_token(qtbot: QtBot, made: Session, token: str) -> None:
    """Into the settings that a button has just opened."""
    dialog = made.workbench.setting_up._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    field = made.person.sees("API token", QLineEdit)
    field.setText(token)
    field.returnPressed.emit()
    qtbot.waitUntil(lambda: tools(qtbot, made).connections.account.token == token, timeout=LONG)
    dialog.close()


def asked_for_a_file(qtbot: QtBot, dialog: QFileDialog | None) -> QFileDialog:
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible, timeout=LONG)
    return dialog


def picture(made: Session, name: str) -> None:
    """A screenshot, where RETAKE_PICTURES names a folder for them."""
    folder = os.environ.get("RETAKE_PICTURES")
    if folder:
        made.window.grab().save(f"{folder}/{name}.png")
