"""What Keep will do, and what it did, in sentences."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from retake_desktop.ui import text
from retake_desktop.ui.from_below import said

if TYPE_CHECKING:
    from retake_desktop.media.splice_report import SplicePlan, SpliceReport
    from retake_desktop.services.pipeline.keeping import KeepPlan


def planned(plan: "KeepPlan") -> str:
    """Before: which frames will be encoded anew, where the film will lie, and what it holds besides."""
    said = [_frames(plan.splice)]
    if plan.gives_way:
        said.append(_words("It takes the place of the take that is kept there now."))
    if plan.moments > 1:
        said.append(_words("{count} moments are in the film.").format(count=text.number(plan.moments)))
    words = _words("{name} is made anew.") if plan.is_rebuilt else _words("The film will be {name}.")
    said.append(words.format(name=Path(plan.path).name))
    return text.sentences(said)


def reasons(plan: "KeepPlan") -> str:
    """Why these frames: a line for each stretch."""
    lines = [
        _words("Frames {first} to {last}: {reason}").format(
            first=text.number(part.first), last=text.number(part.end - 1), reason=said(part.reason)
        )
        for part in plan.splice.stretches
    ]
    return "\n".join([*lines, plan.path])


def done(report: "SpliceReport") -> str:
    """Afterwards: how many frames are as they were shot, and where the film lies."""
    words = _words("{untouched} of {total} frames untouched.").format(
        untouched=text.number(report.frames_untouched), total=text.number(report.frames_total)
    )
    return f"{' '.join(filter(None, (words, said(report.reason))))}\n{report.output}"


def _frames(plan: "SplicePlan") -> str:
    coded = plan.frames_total - plan.frames_untouched
    if not coded:
        return _words("Keep touches no frame: all {total} stay bit for bit.").format(
            total=text.number(plan.frames_total)
        )
    if not plan.frames_untouched:
        words = _words("Keep encodes all {total} frames once more.").format(total=text.number(plan.frames_total))
        return text.sentences((words, said(plan.reason)))
    places = [
        _words("{first} to {last}").format(first=text.number(part.first), last=text.number(part.end - 1))
        for part in plan.stretches
    ]
    return _words("Keep re-encodes {coded} frames ({places}); {untouched} of {total} stay bit for bit.").format(
        coded=text.number(coded),
        places=", ".join(places),
        untouched=text.number(plan.frames_untouched),
        total=text.number(plan.frames_total),
    )


def _words(sentence: str) -> str:
    return QCoreApplication.translate("KeepWords", sentence)
