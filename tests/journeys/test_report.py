"""A report made from a real session, searched for everything that is the person's own."""

import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.services import drafts, logs
from retake_desktop.services.drafts import Draft
from tests.fakes.footage import make_clip
from tests.journeys.test_window import LONG, QUICK, Session, session

TOKEN = "rc_s3cr3t_0123456789"
PROMPT = 'Aunt Frieda\'s "red" coat\nand a würdiger Hut'
NAME = "Frieda's birthday 2024"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The person's home, with the app's log in it."""
    home = tmp_path / "frieda"
    monkeypatch.setenv("HOME", str(home))
    folder = home / "data" / "logs"
    folder.mkdir(parents=True)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.start(folder)
    yield home
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as running:
        monkeypatch.setenv("RUNCOMFY_API_URL", running.url)
        yield running


def _retakes(qtbot: QtBot, made: Session, clip: Path) -> str:
    """A whole retake by hand; the address of its result."""
    made.drops(clip)
    qtbot.waitUntil(lambda: made.workbench.retaking.clip is not None, timeout=LONG)
    made.window.compose.prompt.setPlainText(PROMPT)
    made.person.presses("Retake")
    job = made.until_stage(Stage.READY)
    assert job.output_url is not None
    return job.output_url


def _logs_what_bugs_might(clip: Path, address: str) -> None:
    logger = logging.getLogger("retake_desktop.test")
    try:
        raise ValueError(f"{PROMPT!r} of {clip} at {address}?X-Amz-Signature=abc123 for {TOKEN}")
    except ValueError:
        logger.exception("a bug with %s and %s", PROMPT, {"Authorization": f"Bearer {TOKEN}"})


def _read(made: Session) -> dict[str, str]:
    """Every file of the report, as it is shown."""
    names, text = (
        made.person.sees("Files of the report", QListWidget),
        made.person.sees("What stands in it", QPlainTextEdit),
    )
    shown = {}
    for row in range(names.count()):
        names.setCurrentRow(row)
        shown[names.item(row).text()] = text.toPlainText()
    return shown


def _saved(qtbot: QtBot, made: Session, path: Path) -> dict[str, str]:
    dialog = made.workbench.supporting._dialog
    assert dialog is not None
    dialog.save_asked.emit(str(path))
    qtbot.waitUntil(lambda: dialog._reveal.isVisible(), timeout=LONG)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.full
def test_a_report_of_a_real_session_holds_nothing_of_the_person_and_is_what_was_read(
    qtbot: QtBot, tmp_path: Path, home: Path, service: DemoService
) -> None:
    (home / "Films of mine").mkdir()
    clip = make_clip(home / "Films of mine" / f"{NAME}.mp4", frames=150, rate=25, size=(640, 360))
    drafts.save(home / "data" / "drafts.json", {"other": Draft("1", "3", "a prompt that was never sent")})
    with session(qtbot, tmp_path, service, {"RUNCOMFY_API_TOKEN": TOKEN}, person=home) as made:
        address = _retakes(qtbot, made, clip)
        _logs_what_bugs_might(clip, address)
        made.workbench.supporting.open()
        dialog = made.workbench.supporting._dialog
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.report is not None, timeout=LONG)
        shown, saved = _read(made), _saved(qtbot, made, tmp_path / "report.zip")
        made.person.sees("With file names and folders", QCheckBox).click()
        qtbot.waitUntil(lambda: dialog.report is not None, timeout=LONG)
        with_names = _saved(qtbot, made, tmp_path / "names.zip")
    assert {f"retake-desktop-report/{name}": text for name, text in shown.items()} == saved
    for whole in ("\n".join(saved.values()), (tmp_path / "report.zip").read_bytes().decode("latin-1")):
        for private in (
            TOKEN, "Frieda", "frieda", "würdig", "never sent", "abc123", address, str(home),
            "Films of mine", "birthday",
        ):  # fmt: skip
            assert private not in whole, private
    assert "a bug with" in saved["retake-desktop-report/retake-desktop.log"]
    assert '"stage":"ready"' in saved["retake-desktop-report/jobs.jsonl"]
    assert "libVLC" in saved["retake-desktop-report/check.txt"]
    allowed = "\n".join(with_names.values())
    assert f"~/Films of mine/{NAME}.mp4" in allowed
    for private in (TOKEN, "coat", "würdig", "abc123", str(home)):
        assert private not in allowed, private
