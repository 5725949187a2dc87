"""`retake-desktop jobs receipts`: the paid jobs as a table or as JSON lines, and the month's sum."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from retake_desktop.cli.exit_codes import Exit
from retake_desktop.cli.report import Reporter
from retake_desktop.domain.amounts import dollars
from retake_desktop.domain.job import Job
from retake_desktop.domain.spending import Amount, spending
from retake_desktop.services import receipts as made
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import AttemptRecord, History


async def receipts(options: argparse.Namespace, folders: Folders, reporter: Reporter) -> int:
    """CSV, or JSON lines with `--json`, on standard output or in a file; the sums go to standard error.

    Raises RetakeError: HISTORY_TROUBLE when the record cannot be used, FILE_TROUBLE or NO_SPACE for the file.
    """
    jobs, attempts = await asyncio.to_thread(_recorded, folders)
    found = made.receipts(reversed(jobs), attempts, with_prompts=options.prompts)
    text = made.as_json(found) if options.json else made.as_csv(found)
    if options.output is None:
        _print(text)
    else:
        await asyncio.to_thread(made.write, Path(options.output), text)
        reporter.notice(f"{len(found)} receipt(s) in {options.output}")
    _summarise(jobs, reporter)
    return Exit.READY


def _recorded(folders: Folders) -> tuple[Sequence[Job], Sequence[AttemptRecord]]:
    history = History(folders.history)
    try:
        return history.jobs(), history.attempt_records()
    finally:
        history.close()


def _print(text: str) -> None:
    """What the terminal or pipe has no letters for is escaped; a file keeps everything."""
    encoding = sys.stdout.encoding
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def _summarise(jobs: Sequence[Job], reporter: Reporter) -> None:
    found = spending(jobs, datetime.now(UTC))
    reporter.notice(f"This month: {_words(found.month)}. Today: {_words(found.today)}.")
    if found.committed.jobs:
        reporter.notice(f"May still come on top: {_words(found.committed)}.")
    demos = sum(job.service.is_demo for job in jobs)
    if demos:
        reporter.notice(f"{demos} job(s) of the demo service cost nothing and have no receipt.")


def _words(amount: Amount) -> str:
    text = f"{dollars(amount.usd)} for {amount.jobs} job(s)"
    if amount.estimated:
        text += f", {dollars(amount.estimated)} of it estimated"
    if amount.unknown_jobs:
        text += f", and {amount.unknown_jobs} job(s) of unknown amount on top"
    return text
