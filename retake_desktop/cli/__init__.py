"""The command line: retakes, jobs, splices and checks without a window. No Qt is loaded here."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module

from retake_desktop.cli.arguments import parse
from retake_desktop.cli.report import Reporter
from retake_desktop.domain.errors import RetakeError
from retake_desktop.services import logs, settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.transfer import take_network

__all__ = ["main"]

Action = Callable[[argparse.Namespace, Folders, Reporter], Coroutine[None, None, int]]


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code. Usage errors exit with 2 from here."""
    options = parse(arguments)
    if options.command == "demo-service":
        from retake_desktop.cli.demo_service import serve

        return serve(options)
    reporter = Reporter(json=options.json, out=sys.stdout, notices=sys.stderr)
    try:
        folders = Folders.of_this_person()
        folders.create()
        logs.start(folders.logs)
        take_network(settings.peek(folders.settings).network)
        return asyncio.run(_action(options.command)(options, folders, reporter))
    except RetakeError as error:
        return reporter.refused(error)
    except KeyboardInterrupt:
        return 130


def _action(command: str) -> Action:
    """The coroutine function of a command, loaded only now: listing jobs needs no FFmpeg."""
    module = import_module(f"retake_desktop.cli.{command}")
    action: Action = getattr(module, command)
    return action
