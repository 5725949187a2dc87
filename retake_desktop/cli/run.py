"""`retake-desktop run`: one retake from the command line."""

import argparse
import asyncio
import os
from dataclasses import replace
from fractions import Fraction
from math import ceil
from pathlib import Path

from retake_desktop.cli.following import follow
from retake_desktop.cli.report import Reporter
from retake_desktop.cli.spending import begun, tell_broken
from retake_desktop.demo.on_demand import DemoOnDemand
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Delivery
from retake_desktop.domain.price import Price, estimate
from retake_desktop.domain.problems import OBSTACLES
from retake_desktop.domain.retake import DEFAULT_SPAN, RetakeRequest, obstacles
from retake_desktop.domain.span import Span
from retake_desktop.media.plan import seconds_sent
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline import Pipeline, Tools, opened_tools
from retake_desktop.services.pipeline.guarded import Press
from retake_desktop.services.pipeline.setup import account_in_use
from retake_desktop.services.secrets import Account, TokenSource, TokenStore

_PRICE_PATIENCE = 5.0
"""Seconds that the estimate may keep the retake waiting."""


async def run(options: argparse.Namespace, folders: Folders, reporter: Reporter) -> int:
    """Retakes and waits for the result. Raises RetakeError when it cannot begin."""
    source = _source(options.video)
    deliveries = _deliveries(options, source)
    base, account = await _account(folders, demo=options.demo)
    with DemoOnDemand(folders.demo) as demo:
        async with opened_tools(
            folders,
            base,
            account,
            demo=options.demo,
            start_demo=demo.address,
            patience=options.patience,
            allowed_hosts=tuple(options.allow_host),
        ) as tools:
            chosen, set_aside = await asyncio.to_thread(settings.load, folders.settings)
            if set_aside is not None:
                tell_broken(set_aside, reporter, may_go_on=options.yes or options.demo)
            press = await _planned(options, source, chosen.model_id, tools, reporter)
            pipeline = Pipeline(tools, reporter.job_changed)
            try:
                press = replace(press, deliveries=deliveries)
                jobs = await begun(chosen.guard, press, pipeline, tools, reporter, yes=options.yes)
                return await follow(pipeline, jobs, reporter)
            finally:
                await pipeline.close()


def _source(text: str) -> str:
    """An absolute path or an https address. Raises RetakeError(INVALID_REQUEST) for other addresses."""
    if text.lower().startswith("https://"):
        return "https://" + text[len("https://") :]
    if "://" in text:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the video must be a file or a public https address")
    return str(Path(text).absolute())


async def _account(folders: Folders, *, demo: bool) -> tuple[str, Account]:
    """API address and account. The demo asks for neither, so that no keyring asks for a password either."""
    if demo:
        return "", Account(TokenSource.NONE)
    address = settings.peek(folders.settings).api_address
    base, account = await asyncio.to_thread(account_in_use, TokenStore(), address)
    if account.token is None:
        raise RetakeError(ErrorKind.NO_TOKEN, account.trouble.detail if account.trouble else "")
    return base, account


async def _planned(options: argparse.Namespace, source: str, model_id: str, tools: Tools, reporter: Reporter) -> Press:
    clip = None if source.startswith("https://") else await tools.worker.probe(source)
    request = RetakeRequest(
        source=source,
        span=_span(options, clip, reporter),
        prompt=options.prompt,
        mode=options.mode,
        takes=options.takes,
        whole=options.whole,
        model_id=model_id,
    )
    in_the_way = obstacles(request, clip)
    if in_the_way:
        raise RetakeError(
            ErrorKind.INVALID_REQUEST, " ".join(OBSTACLES[found] for found in in_the_way).removesuffix(".")
        )
    price = await _price(tools, request)
    if clip is not None:
        sent = seconds_sent(clip, request)
        amount = estimate(price, sent)
        cost = "the price is not known" if amount is None else f"about ${amount * request.takes:.2f} (estimate)"
        if options.demo:
            cost = "the demo service is free"
        reporter.notice(f"Sends {_seconds(sent)} s of {float(clip.duration):.1f} s, {cost}.")
    return Press(request, clip, price)


def _seconds(sent: Fraction) -> str:
    """With a second digit where one digit would hide that a further second is begun, and billed."""
    return f"{float(sent):.1f}" if ceil(sent) == ceil(round(sent, 1)) else f"{float(sent):.2f}"


def _span(options: argparse.Namespace, clip: Clip | None, reporter: Reporter) -> Span:
    """The stretch asked for, on frame boundaries, cut at the clip's end. Raises RetakeError past the end."""
    start: Fraction = options.start
    end: Fraction = start + (DEFAULT_SPAN if options.duration is None else options.duration)
    if clip is None:
        return Span(start, end)
    if start >= clip.duration:
        raise RetakeError(ErrorKind.INVALID_REQUEST, f"the video ends at {float(clip.duration):.3f} s")
    if end > clip.duration and options.duration is not None:
        reporter.notice(f"The video ends at {float(clip.duration):.3f} s; the selection ends there too.")
    return Span(start, min(end, clip.duration)).snapped(clip.frames)


async def _price(tools: Tools, request: RetakeRequest) -> Price | None:
    """The live price, if it comes soon; an unknown price stops nothing here."""
    try:
        async with asyncio.timeout(_PRICE_PATIENCE):
            client = await tools.connections.client(tools.connections.service_for_new_jobs())
            return (await client.model(request.model_id)).price
    except (RetakeError, TimeoutError):
        return None


def _deliveries(options: argparse.Namespace, source: str) -> tuple[Delivery, ...]:
    """Where each take's result goes. Raises RetakeError when it could not be written there."""
    if options.output is None:
        return tuple(Delivery(splice=options.splice) for _take in range(options.takes))
    output = Path(options.output).absolute()
    paths = [output]
    if options.takes > 1:
        paths = [output.with_name(f"{output.stem}-{take}{output.suffix}") for take in range(1, options.takes + 1)]
    for path in paths:
        check_output(path, source)
    return tuple(Delivery(str(path), options.splice) for path in paths)


def check_output(path: Path, *sources: str) -> None:
    """Raises RetakeError(FILE_TROUBLE | INVALID_REQUEST) when `path` cannot be written, or is one of `sources`."""
    if path.is_dir():
        raise RetakeError(ErrorKind.FILE_TROUBLE, f"{path} is a folder")
    if not path.parent.is_dir():
        raise RetakeError(ErrorKind.FILE_TROUBLE, f"there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise RetakeError(ErrorKind.FILE_TROUBLE, f"{path.parent} cannot be written to")
    for source in sources:
        if path.exists() and Path(source).exists() and path.samefile(source):
            raise RetakeError(ErrorKind.INVALID_REQUEST, "the result must not replace the original")
