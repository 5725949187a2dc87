"""What went wrong and what to do about it, in the person's language; the English lives in `domain.problems`."""

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import Cause
from retake_desktop.domain.hosting_words import CAUSES, coded
from retake_desktop.domain.problems import ADVICE, OBSTACLES, QT_TRANSLATE_NOOP, Remedy, with_detail
from retake_desktop.domain.retake import Obstacle
from retake_desktop.ui import text
from retake_desktop.ui.from_below import said

_LABELS = {
    Remedy.OPEN_OTHER_FILE: QT_TRANSLATE_NOOP("Problems", "Choose another file"),
    Remedy.ENTER_TOKEN: QT_TRANSLATE_NOOP("Problems", "Enter token"),
    Remedy.TRY_AGAIN: QT_TRANSLATE_NOOP("Problems", "Try again"),
    Remedy.SEND_AGAIN: QT_TRANSLATE_NOOP("Problems", "Send again"),
    Remedy.FETCH_AGAIN: QT_TRANSLATE_NOOP("Problems", "Fetch again"),
    Remedy.LOOK_AGAIN: QT_TRANSLATE_NOOP("Problems", "Look again"),
    Remedy.OPEN_SETTINGS: QT_TRANSLATE_NOOP("Problems", "Open settings"),
    Remedy.SET_UP_STORAGE: QT_TRANSLATE_NOOP("Problems", "Choose another way"),
    Remedy.FIND_ORIGINAL: QT_TRANSLATE_NOOP("Problems", "Show where it is…"),
    Remedy.LOOK_AT_REPORT: QT_TRANSLATE_NOOP("Problems", "Look at a report…"),
    Remedy.ALLOW_HOST: QT_TRANSLATE_NOOP("Problems", "Allow this server"),
}


def _translated(text: str) -> str:
    return QCoreApplication.translate("Problems", text)


def sentence(problem: Problem) -> str:
    """What happened, with the technical detail where there is one."""
    words, detail = _translated(ADVICE[problem.kind].sentence), said(problem.detail)
    return _bracketed(words, detail) if detail and words.endswith("。") else with_detail(words, detail)


def _bracketed(words: str, detail: str) -> str:
    """A Chinese sentence with `detail` in its brackets, before its full stop."""
    return f"{words.removesuffix('。')}（{detail.removesuffix('.').removesuffix('。')}）。"


def storage(cause: Cause, detail: str) -> str:
    """Why the storage refused and what to do, with the server's own code behind the first sentence."""
    words = QCoreApplication.translate("Hosting", CAUSES[cause])
    first, stop, rest = words.partition("。")
    if not stop:
        return coded(words, detail)
    return (_bracketed(first, detail) if detail else f"{first}。") + rest


def message(problem: Problem) -> str:
    """What happened and what to do next."""
    return text.sentences((sentence(problem), next_step(problem.kind)))


def next_step(kind: ErrorKind) -> str:
    return _translated(ADVICE[kind].next_step)


def remedy(problem: Problem) -> Remedy:
    return ADVICE[problem.kind].remedy


def label(choice: Remedy) -> str:
    """The text of the button for `choice`; empty where there is nothing to press."""
    return _translated(_LABELS[choice]) if choice in _LABELS else ""


def obstacle(found: Obstacle) -> str:
    """Why Retake cannot be pressed, and what to change."""
    return _translated(OBSTACLES[found])
