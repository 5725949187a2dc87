"""`retake-desktop jobs`: what is on record, and finishing what is open."""

import argparse
import asyncio

from retake_desktop.cli.exit_codes import Exit
from retake_desktop.cli.following import follow
from retake_desktop.cli.receipts import receipts
from retake_desktop.cli.report import Reporter, number
from retake_desktop.demo.on_demand import DemoOnDemand
from retake_desktop.domain.job import Job, Stage
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.pipeline import Pipeline, opened_tools
from retake_desktop.services.pipeline.setup import account_in_use
from retake_desktop.services.secrets import TokenStore


async def jobs(options: argparse.Namespace, folders: Folders, reporter: Reporter) -> int:
    """Lists, resumes or gives receipts. Raises RetakeError when the record of jobs cannot be used."""
    if options.what == "resume":
        return await _resume(options, folders, reporter)
    if options.what == "receipts":
        return await receipts(options, folders, reporter)
    history = await asyncio.to_thread(History, folders.history)
    try:
        for job in await asyncio.to_thread(history.jobs):
            reporter.event(_record(job))
            reporter.line(_line(job))
        for notice in history.notices:
            reporter.notice(notice)
    finally:
        await asyncio.to_thread(history.close)
    return Exit.READY


def _record(job: Job) -> dict[str, object]:
    return {
        "job": job.id,
        "stage": job.stage,
        "request_id": job.request_id,
        "source": job.request.source,
        "result": job.final_path or job.result_path,
        "cost": number(job.cost_usd),
        "estimate": number(job.estimate_usd),
        "created_at": job.created_at.isoformat(),
        "demo": job.service.is_demo,
        "error": None if job.problem is None else {"kind": job.problem.kind, "detail": job.problem.detail},
    }


def _line(job: Job) -> str:
    result = job.final_path or job.result_path or ""
    return f"{job.id}  {job.created_at.astimezone():%Y-%m-%d %H:%M}  {job.stage:<15}  {job.request.source}  {result}"


async def _resume(options: argparse.Namespace, folders: Folders, reporter: Reporter) -> int:
    address = settings.peek(folders.settings).api_address
    base, account = await asyncio.to_thread(account_in_use, TokenStore(), address)
    with DemoOnDemand(folders.demo) as demo:
        async with opened_tools(
            folders,
            base,
            account,
            demo=False,
            start_demo=demo.address,
            patience=options.patience,
            allowed_hosts=tuple(options.allow_host),
        ) as tools:
            pipeline = Pipeline(tools, reporter.job_changed)
            touched = await pipeline.resume()
            for job in touched:
                reporter.notice(f"going on with job {job.id[:8]} ({job.stage})")
            try:
                code = await follow(pipeline, touched, reporter)
            finally:
                await pipeline.close()
            for notice in tools.history.notices:
                reporter.notice(notice)
            unknown = [job for job in await asyncio.to_thread(tools.history.jobs) if job.stage is Stage.UNKNOWN]
    if unknown and code is Exit.READY:
        reporter.notice(f"{len(unknown)} submission(s) may or may not have been accepted; see `retake-desktop jobs`.")
        return Exit.UNKNOWN
    return code
