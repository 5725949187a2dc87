"""The spending guard on the command line: it asks on a terminal, and refuses where nobody can answer."""

import asyncio
import sys

from retake_desktop.cli.report import Reporter
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job
from retake_desktop.domain.spending import Decision, Guard, Verdict
from retake_desktop.domain.spending_words import brief, told
from retake_desktop.services.pipeline import Pipeline, Tools
from retake_desktop.services.pipeline.guarded import Press, retake_within


async def begun(
    guard: Guard, press: Press, pipeline: Pipeline, tools: Tools, reporter: Reporter, *, yes: bool
) -> tuple[Job, ...]:
    """The jobs of a press that is within the limits or was agreed to. Raises RetakeError(OVER_LIMIT) otherwise."""
    agreed: Decision | None = None
    while True:
        found = await retake_within(guard, press, pipeline, tools, agreed)
        if not isinstance(found, Decision):
            return found
        if found.verdict is Verdict.STOP or not (yes or await _says_yes(found, reporter)):
            raise RetakeError(ErrorKind.OVER_LIMIT, brief(found))
        agreed = found


def tell_broken(set_aside: str, reporter: Reporter, *, may_go_on: bool) -> None:
    """Says that the settings cannot be read. They may have held limits: raises RetakeError(OVER_LIMIT) for that."""
    reporter.notice(f"The settings could not be read; they lie in {set_aside} now, and the defaults are in use.")
    if not may_go_on:
        raise RetakeError(ErrorKind.OVER_LIMIT, "the settings, and with them the limits, could not be read")


async def _says_yes(found: Decision, reporter: Reporter) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    reporter.notice(f"{told(found)} Retake anyway? [y/N]")
    answer = await asyncio.to_thread(sys.stdin.readline)
    return answer.strip().lower() in {"y", "yes"}
