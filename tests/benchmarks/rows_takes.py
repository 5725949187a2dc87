"""Ten thousand takes on record beside ten."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from retake_desktop.domain.job import Job, Service, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.ui.style import Style
from retake_desktop.ui.takes.panel import TakesPanel
from retake_desktop.ui.takes.thumbnails import Thumbnails
from tests.benchmarks.measuring import Samples, row, taken_in_turns

MANY, FEW = 10_000, 10
_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
_HEIGHT = 300
"""Pixels of the panel: so few that ten takes have to be scrolled too."""
_STEPS = 60


@row("takes-start", reach=1.2, peer="the same with 10 takes")
def takes_start(runs: int) -> Samples:
    """Start of the program to the newest takes painted in a window that answers, with 10,000 takes on record."""
    return _starts(runs, "first")


@row("takes-all", reach=None, peer="the same with 10 takes")
def takes_all(runs: int) -> Samples:
    """Start of the program until every take is in the list."""
    return _starts(runs, "all")


@row("takes-scroll", reach=1.2, peer="the same with 10 takes")
def takes_scroll(runs: int) -> Samples:
    """60 places all over the list, painted one after the other."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    look = Style(application)
    many, few = _panel(MANY, application), _panel(FEW, application)
    samples = taken_in_turns(4 * runs, partial(_scroll, many), partial(_scroll, few))
    for panel in (many, few):
        panel.close_down()
        panel.close()
    del look
    return samples


def takes(count: int) -> list[Job]:
    """Kept takes of many films, as years of use leave them; the newest first."""
    made = []
    for number in range(count):
        at = _NOON - timedelta(minutes=20 * number)
        request = RetakeRequest(f"/films/film-{number // 40}.mp4", Span(Fraction(2), Fraction(6)), f"Coat {number}")
        job = Job(f"job-{number}", f"batch-{number}", 1, Stage.KEPT, request, Service("https://x", "a", False), at, at)
        made.append(replace(job, request_id=f"r-{number}", submitted_at=at, finished_at=at + timedelta(minutes=2)))
    return made


def _starts(runs: int, until: str) -> Samples:
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = (_started_with(Path(place) / str(count), count, until) for count in (MANY, FEW))
        return taken_in_turns(runs, ours, theirs)


def _started_with(home: Path, count: int, until: str) -> Callable[[], object]:
    folders = Folders(home / "data", home / "config", home / "cache")
    folders.create()
    history = History(folders.history)
    history.add(tuple(takes(count)))
    history.close()
    command = [sys.executable, "-m", "tests.benchmarks.start_host", str(home), str(count), until]

    def start() -> None:
        subprocess.run(command, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, timeout=120)

    return start


def _panel(count: int, application: QApplication) -> TakesPanel:
    panel = TakesPanel(Thumbnails(lambda _still: None))
    panel.resize(300, _HEIGHT)
    panel.show()
    panel.add(takes(count))
    bar = panel.list.verticalScrollBar()
    while bar.maximum() < max(1, count * 40 - 2 * _HEIGHT):
        application.processEvents()
    return panel


def _scroll(panel: TakesPanel) -> None:
    bar = panel.list.verticalScrollBar()
    for step in range(_STEPS):
        bar.setValue(bar.maximum() * step // (_STEPS - 1))
        panel.list.viewport().repaint()
