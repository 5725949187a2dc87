"""Measures the app beside its peers in one run and prints the ratios.

    python -m tests.benchmarks                     every row
    python -m tests.benchmarks scrub-fill          one row or more
    python -m tests.benchmarks --json out.json     the figures as a file as well

Exit codes: 0 when every row reaches what it should, 1 when one falls short, 2 when a peer is missing.
"""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import ROWS, Figure, MissingPeerError, figure


def main() -> int:
    for module in sorted(Path(__file__).parent.glob("rows_*.py")):
        import_module(f"tests.benchmarks.{module.stem}")
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Ratios to the peers, in one run.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="all without any: " + ", ".join(ROWS))
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each row is measured (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go as JSON")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.rows if name not in ROWS]
    if unknown:
        parser.error(f"there is no row {unknown[0]}; there are {', '.join(ROWS)}")
    figures, missing = [], 0
    for name in chosen.rows or ROWS:
        try:
            figures.append(figure(ROWS[name], max(1, chosen.runs)))
            say(_line(figures[-1]))
        except MissingPeerError as error:
            missing += 1
            say(f"{name:14} not measured: {error}")
    if chosen.json:
        chosen.json.write_text(json.dumps([one.as_record() for one in figures], indent=2) + "\n")
    if any(one.is_reached is False for one in figures):
        return 1
    return 2 if missing else 0


def _line(of: Figure) -> str:
    verdict = {True: "reached", False: "FALLS SHORT", None: "for information"}[of.is_reached]
    ours = f"{_ms(of.ours)} ({_ms(of.spread[0])} to {_ms(of.spread[1])})"
    if of.ratio is None or of.theirs is None or of.their_spread is None:
        aim = "" if of.row.reach is None else f", at most {_ms(of.row.reach)}"
        return f"{of.row.name:14} {ours}{aim}: {verdict}"
    theirs = f"{_ms(of.theirs)} ({_ms(of.their_spread[0])} to {_ms(of.their_spread[1])})"
    aim = "" if of.row.reach is None else f", at most {of.row.reach:.2f}"
    return f"{of.row.name:14} {of.ratio:.2f} x {of.row.peer}{aim}: {verdict}   {ours} against {theirs}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
