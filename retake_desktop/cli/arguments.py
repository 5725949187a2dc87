"""What can be typed after `retake-desktop`."""

import argparse
import math
from collections.abc import Sequence
from fractions import Fraction

from retake_desktop.domain import timecode
from retake_desktop.domain.retake import DEFAULT_SPAN, MAX_TAKES, Mode

_DEFAULT_PATIENCE = 600.0
_MAX_CROSSFADE = 25


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed command. Exits with 2 and a usage line for anything else."""
    parser = argparse.ArgumentParser(prog="retake-desktop", description="Redo one bad moment of a video.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_run(commands.add_parser("run", help="retake a stretch of a video"))
    _add_jobs(commands.add_parser("jobs", help="list every job, or finish what is open"))
    _add_splice(commands.add_parser("splice", help="put a result back into its original"))
    _add_json(commands.add_parser("check", help="say whether a retake can run, and what is missing"))
    _add_demo_service(commands.add_parser("demo-service", help="the demo service alone, on this machine"))
    options = parser.parse_args(list(arguments))
    if options.command == "jobs" and options.what != "receipts" and (options.output or options.prompts):
        parser.error("-o and --prompts belong to `jobs receipts`")
    return options


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", help="a file, or an https address that the service can fetch")
    parser.add_argument("--prompt", required=True, help="what should happen instead")
    parser.add_argument("--start", type=_time, default=Fraction(0), metavar="S", help="in point (default 0)")
    parser.add_argument(
        "--duration", type=_time, metavar="S", help=f"length of the moment (default {DEFAULT_SPAN}, or to the end)"
    )
    _add_mode(parser)
    parser.add_argument("--takes", type=_takes, default=1, metavar="N", help=f"1 to {MAX_TAKES} (default 1)")
    parser.add_argument("--whole", action="store_true", help="send the whole clip, up to 20 s")
    parser.add_argument("--splice", action="store_true", help="put the new moment back into the original")
    parser.add_argument("-o", "--output", metavar="OUT", help="where the result goes")
    parser.add_argument("--demo", action="store_true", help="use the built-in demo service; no account needed")
    parser.add_argument(
        "--yes", action="store_true",
        help="do not ask when it may cost more than you asked to be asked above, or when the price is unknown; "
        "your limit for a day holds all the same",
    )  # fmt: skip
    _add_json(parser)
    _add_following(parser)


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="?", choices=["list", "resume", "receipts"], default="list",
        help="resume: finish what is open; receipts: one for every job that was, or may have been, accepted (CSV)",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE", help="receipts: write them here")
    parser.add_argument("--prompts", action="store_true", help="receipts: with the prompts")
    _add_json(parser)
    _add_following(parser)


def _add_splice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("original", metavar="ORIGINAL")
    parser.add_argument("result", metavar="RESULT")
    parser.add_argument("--start", type=_time, required=True, metavar="S", help="in point in the original")
    parser.add_argument("--duration", type=_time, required=True, metavar="S")
    parser.add_argument(
        "--result-offset", type=_time, default=Fraction(0), metavar="S",
        help="the original's time that the result's first frame stands for (default 0)",
    )  # fmt: skip
    parser.add_argument(
        "--seam", choices=["exact", "auto"], default="exact",
        help="exact (default): pictures change over at the selection's ends; auto: up to half a second outside it, "
        "where original and result differ least",
    )  # fmt: skip
    parser.add_argument(
        "--crossfade", type=_frames, default=0, metavar="N",
        help=f"mix both over N frames outside each seam (default 0, at most {_MAX_CROSSFADE})",
    )  # fmt: skip
    _add_mode(parser)
    parser.add_argument("-o", "--output", required=True, metavar="OUT")
    _add_json(parser)


def _add_demo_service(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, metavar="P", help="0 (default): any free one")
    parser.add_argument("--token", metavar="T", help="accept this token only (default: any)")
    parser.add_argument("--folder", metavar="DIR", help="where its jobs and files lie (default: the data folder)")
    parser.add_argument("--faults", metavar="JSON", help="misbehave on purpose; see retake_desktop/demo/faults.py")
    parser.add_argument("--queue-seconds", type=float, metavar="S", help="time spent in the queue")
    parser.add_argument("--run-seconds", type=float, metavar="S", help="shortest time spent at work")
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def _add_mode(parser: argparse.ArgumentParser) -> None:
    words = [mode.value for mode in Mode]
    parser.add_argument(
        "--mode", type=Mode, choices=list(Mode), default=Mode.PICTURE_AND_SOUND, metavar="MODE", help=", ".join(words)
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line on standard output")


def _add_following(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="HOST", help="fetch results from this host too"
    )
    parser.add_argument(
        "--patience", type=_patience, default=_DEFAULT_PATIENCE, metavar="S",
        help="seconds without any answer after which the job is left for later (default 600)",
    )  # fmt: skip


def _time(text: str) -> Fraction:
    try:
        return timecode.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time (seconds, or HH:MM:SS.mmm)") from error


def _patience(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _frames(text: str) -> int:
    if not text.isdecimal() or int(text) > _MAX_CROSSFADE:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of frames from 0 to {_MAX_CROSSFADE}")
    return int(text)


def _takes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_TAKES:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MAX_TAKES}")
    return int(text)
