"""What takes and their sources are called in the list."""

from pathlib import PurePath

from retake_desktop.domain.job import Job
from retake_desktop.domain.mark import TakeMark
from retake_desktop.ui import problems, text


def source_name(source: str) -> str:
    """The file's name, or the last part of an address without its query."""
    return PurePath(source.partition("?")[0]).name or source


def title(job: Job, mark: TakeMark) -> str:
    """The name that the person gave, otherwise the prompt, on one line."""
    return mark.name or " ".join(job.request.prompt.split())


def spoken(job: Job, mark: TakeMark) -> str:
    """What a screen reader says of a take: name or prompt, stage and problem."""
    parts = [mark.name or job.request.prompt, text.stage(job.stage)]
    if job.wait is not None:
        parts.append(text.wait(job.wait))
    if job.problem is not None:
        parts.append(problems.sentence(job.problem))
    return ". ".join(part.rstrip(".") for part in parts) + "."
