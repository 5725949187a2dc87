"""Measures the app beside its peers in one run and prints the ratios.

    python -m tests.benchmarks                     every row
    python -m tests.benchmarks scrub-fill          one row or more
    python -m tests.benchmarks --json out.json     the figures as a file as well; other rows already in it stay
    python -m tests.benchmarks --readme            README's table and chart from this run, and those that stayed

`python -m tests.benchmarks.compare OLD.json NEW.json` says what got worse between two runs.

Exit codes: 0 when every row reaches what it should, 1 when one falls short, 2 when a row could not be measured.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.machine import Machine, noise, this_machine
from tests.benchmarks.measuring import ROWS, Figure, MissingPeerError, figure
from tests.benchmarks.report import chart, line, table, write_into

_ROOT = Path(__file__).resolve().parents[2]
_CHART = _ROOT / "packaging" / "readme" / "benchmarks.svg"


def main() -> int:
    for module in sorted(Path(__file__).parent.glob("rows_*.py")):
        import_module(f"tests.benchmarks.{module.stem}")
    chosen = _options()
    restless = [noise()]
    figures, missing = [], 0
    for name in chosen.rows or ROWS:
        try:
            figures.append(figure(ROWS[name], max(1, chosen.runs)))
            say(line(figures[-1]))
        except MissingPeerError as error:
            missing += 1
            say(f"{name:16} not measured: {error}")
        restless.append(noise())
    machine = this_machine(max(restless))
    say(machine.sentence())
    _keep(figures, machine, chosen)
    if any(one.is_reached is False for one in figures):
        return 1
    return 2 if missing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Ratios to the peers, in one run.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="all without any: " + ", ".join(ROWS))
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each row is measured (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go as JSON, beside its other rows")
    parser.add_argument("--readme", action="store_true", help="put the table and the chart into the README")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.rows if name not in ROWS]
    if unknown:
        parser.error(f"there is no row {unknown[0]}; there are {', '.join(ROWS)}")
    return chosen


def _keep(figures: list[Figure], machine: Machine, chosen: argparse.Namespace) -> None:
    date = datetime.now(UTC).date().isoformat()
    rows: dict[str, dict[str, Any]] = {}
    if chosen.json and chosen.json.exists():
        rows = {one["row"]: one for one in json.loads(chosen.json.read_text(encoding="utf-8"))["rows"]}
    rows |= {one.row.name: {**one.as_record(), "date": date} for one in figures}
    known = [rows[name] for name in ROWS if name in rows]
    if chosen.json:
        record = {"date": date, "machine": machine.as_record(), "rows": known}
        chosen.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    if chosen.readme:
        every = [Figure.of_record(one) for one in known]
        since = min((one["date"] for one in known), default=date)
        picture = f"![Each row as a share of what it may reach]({_CHART.relative_to(_ROOT).as_posix()})"
        write_into(_ROOT / "README.md", f"{table(every, machine, since)}\n\n{picture}")
        _CHART.write_text(chart(every), encoding="utf-8")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
