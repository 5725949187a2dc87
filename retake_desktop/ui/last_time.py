"""What happened to the window before this start: said in its first picture, as it would push everything down later."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.ui import problems
from retake_desktop.ui.notice import NoticeBar
from retake_desktop.ui.text import sentences

if TYPE_CHECKING:
    from retake_desktop.services.crashes import Unfinished


def begin(bar: NoticeBar, unfinished: "Sequence[Unfinished]", set_aside: str | None) -> None:
    """Puts it on `bar`; its button does nothing until who answers it has said the same words."""
    if set_aside is not None:
        bar.begin(problems.message(unreadable(set_aside)), tone="danger")
    elif unfinished:
        bar.begin(crash_words(unfinished), action=report_label())


def unreadable(set_aside: str) -> Problem:
    """The settings could not be read, and lie at `set_aside` now."""
    return Problem(ErrorKind.FILE_TROUBLE, f"the settings were unreadable, see {set_aside}")


def crash_words(unfinished: "Sequence[Unfinished]") -> str:
    if any(run.trace for run in unfinished):
        words = QCoreApplication.translate(
            "Supporting", "Retake Desktop crashed last time. Your takes are on record and go on by themselves."
        )
    else:
        words = QCoreApplication.translate(
            "Supporting",
            "Retake Desktop was ended from outside last time, or the power failed. "
            "Your takes are on record and go on by themselves.",
        )
    if any(run.suspects for run in unfinished):
        left_off = QCoreApplication.translate(
            "Supporting", "The graphics card is left off: see Playback in the settings."
        )
        words = sentences((words, left_off))
    return words


def report_label() -> str:
    return QCoreApplication.translate("Supporting", "Look at a report…")
