"""A look at what will be sent, in the real window: real cut, real decoding, the very file that the press then sends."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.media.prepare import Prepared
from retake_desktop.ui.dialogs.sent_window import SentWindow, shown_frames
from tests.journeys.test_window import LONG, Session, _opened, _selects, service, session
from tests.ui.frames_on_screen import number_in

__all__ = ["service"]
pytestmark = pytest.mark.full


def test_its_frames_are_those_of_the_selection_and_its_surroundings(
    qtbot: QtBot, tmp_path: Path, service: DemoService
) -> None:
    with session(qtbot, tmp_path, service) as made:
        seen: list[Prepared] = []
        made.jobs.window_looked.connect(lambda _request, found: seen.append(found))
        _opened(qtbot, made, tmp_path)
        _selects(qtbot, made, "00:00:02.000", "00:00:05.000")
        made.person.presses("Look at what will be sent")
        dialog = _looked(qtbot, made)
        (prepared,) = seen
        # From 0.5 s of the clip on: 25 frames a second on both sides.
        first = int(prepared.window.source.start * 25)
        expected = [first + place for place, _is_new in shown_frames(prepared.window)]
        assert [_number(frame.pixmap().toImage()) for frame in dialog._frames] == expected
        assert service.received.accepted_submissions == 0
        dialog.close()
        made.person.presses("Look at what will be sent")
        qtbot.waitUntil(dialog.isVisible, timeout=LONG)
        dialog.close()
        made.person.types("Prompt", "A red coat")
        made.person.presses("Retake")
        job = made.until_stage(Stage.READY)
        assert job.window is not None
        assert (job.window.source, job.window.frame_count) == (prepared.window.source, prepared.window.frame_count)


def _looked(qtbot: QtBot, made: Session) -> SentWindow:
    qtbot.waitUntil(lambda: made.workbench.looking._dialog is not None, timeout=LONG)
    dialog = made.workbench.looking._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: all(not frame.pixmap().isNull() for frame in dialog._frames), timeout=LONG)
    return dialog


def _number(image: QImage) -> int | None:
    return number_in(image.convertToFormat(QImage.Format.Format_RGB32))
