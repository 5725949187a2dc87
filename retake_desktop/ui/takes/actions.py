"""What can be done with a take from its menu, and why something cannot."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from retake_desktop.domain.job import REVIEWABLE_STAGES, Job, Stage
from retake_desktop.domain.mark import TakeMark


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the entries do; each takes the Job."""

    review: Callable[[Job], object]
    rename: Callable[[Job], object]
    prompt: Callable[[Job], object]
    reveal: Callable[[Job], object]
    copy_id: Callable[[Job], object]
    remove: Callable[[Job], object]
    bring_back: Callable[[Job], object]


def file_of(job: Job) -> str | None:
    """The file that a take has come to: the finished film, else the service's own."""
    return job.final_path or job.result_path


def why_not_removed(job: Job) -> str:
    """Why a take has to stay in the list; empty when it need not."""
    if job.stage is Stage.UNKNOWN:
        return _words("It may be paid for. Adopt it or send it again first.")
    if job.stage is Stage.DOWNLOAD_FAILED:
        return _words("It is paid for and not fetched yet.")
    return _words("It is still on its way. Cancel it first.") if job.is_open else ""


def fill(menu: QMenu, job: Job, mark: TakeMark, deeds: Deeds) -> None:
    """Entries for `job`; those that do nothing now say why in their tooltips."""
    menu.clear()
    menu.setToolTipsVisible(True)
    ready = "" if job.stage in REVIEWABLE_STAGES else _words("There is no result to review.")
    has_file = "" if file_of(job) else _words("There is no file of it yet.")
    has_id = "" if job.request_id else _words("The service has given it no request id.")
    _add(menu, _words("Review this take"), lambda: deeds.review(job), ready)
    _add(menu, _words("Write its prompt into the form"), lambda: deeds.prompt(job))
    menu.addSeparator()
    _add(menu, _words("Rename") + "\tF2", lambda: deeds.rename(job))
    _add(menu, _words("Show its file in the folder"), lambda: deeds.reveal(job), has_file)
    _add(menu, _words("Copy its request id"), lambda: deeds.copy_id(job), has_id)
    menu.addSeparator()
    if mark.is_removed:
        _add(menu, _words("Put back into the list"), lambda: deeds.bring_back(job))
    else:
        _add(menu, _words("Remove from the list") + "\tDel", lambda: deeds.remove(job), why_not_removed(job))


def _add(menu: QMenu, words: str, deed: Callable[[], object], why_not: str = "") -> None:
    entry = menu.addAction(words)
    entry.setEnabled(not why_not)
    entry.setToolTip(why_not)
    # For a screen reader, which reads no tooltip of an entry that cannot be chosen.
    entry.setStatusTip(why_not)
    entry.triggered.connect(deed)


def _words(sentence: str) -> str:
    return QCoreApplication.translate("TakeActions", sentence)
