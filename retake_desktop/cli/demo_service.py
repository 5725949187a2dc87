"""`retake-desktop demo-service`: the demo service alone, on loopback, until Ctrl-C."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import msgspec

from retake_desktop.cli.exit_codes import Exit, for_kind
from retake_desktop.demo.faults import Fault, faults_from_json
from retake_desktop.demo.options import DEFAULT, DemoOptions
from retake_desktop.demo.service import run_service
from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.problems import english
from retake_desktop.services.folders import Folders


def serve(options: argparse.Namespace) -> int:
    """Runs until it is told to end; 2 for faults that cannot be read."""
    try:
        faults = faults_from_json(options.faults) if options.faults else []
    except msgspec.DecodeError as error:
        print(f"--faults cannot be read: {error}", file=sys.stderr)  # noqa: T201 - the command's own words
        return Exit.UNUSABLE
    try:
        return _served(options, faults)
    except RetakeError as error:
        print(english(error.problem), file=sys.stderr)  # noqa: T201 - the command's own words
        return for_kind(error.kind)


def _served(options: argparse.Namespace, faults: list[Fault]) -> int:
    folder = Path(options.folder) if options.folder else Folders.of_this_person().demo
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return run_service(
        folder, options.port, options.token, faults, options=_behaviour(options), with_parent=options.with_parent
    )


def _behaviour(options: argparse.Namespace) -> DemoOptions:
    given = {"queue_seconds": options.queue_seconds, "run_seconds": options.run_seconds}
    return replace(DEFAULT, **{name: value for name, value in given.items() if value is not None})
