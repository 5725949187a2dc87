"""What a look at everything found, in the person's language; the English is `services.pipeline.checkup`'s."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.hosting_words import STEPS
from retake_desktop.ui import problems
from retake_desktop.ui.from_below import said

if TYPE_CHECKING:
    from retake_desktop.domain.hosting import TrialOutcome
    from retake_desktop.services.pipeline.checkup import Finding


def words_of(finding: "Finding") -> str:
    """Its name, what was found, and what to do about it."""
    name = said(finding.name)
    if finding.problem is not None:
        return f"{name}: {problems.message(finding.problem)}"
    sentences = [_failed(outcome) for outcome in finding.failed] or [said(finding.text)]
    return f"{name}: {_joined([*sentences, said(finding.remedy)])}"


def _failed(outcome: "TrialOutcome") -> str:
    """A step of the storage's test, and why it did not work."""
    step = QCoreApplication.translate("Hosting", STEPS[outcome.step])
    if outcome.cause is None:
        return f"{step}."
    return f"{step}: {problems.storage(outcome.cause, outcome.detail)}"


def _joined(sentences: list[str]) -> str:
    """One after the other, with a blank between them where the script has one."""
    whole = ""
    for sentence in filter(None, sentences):
        whole += sentence if not whole or whole.endswith("。") else f" {sentence}"
    return whole
