"""Says which rows got worse between two runs by more than their noise.

    python -m tests.benchmarks.compare OLD.json NEW.json

Both files are of `python -m tests.benchmarks --json`. What is compared is each row's ratio to its peer, so that another
machine or another day falls out; rows without a peer are compared as they are. Exit codes: 0 when nothing got worse,
1 when something did, 2 when the files have no row in common.
"""

import json
import sys
from pathlib import Path
from typing import Any

_LEAST = 0.05
"""A change below this share is never called one, however calm the runs were."""


def main(old: Path, new: Path) -> int:
    before, after = _rows(old), _rows(new)
    common = [name for name in after if name in before]
    if not common:
        say("the two files have no row in common")
        return 2
    worse = 0
    for name in common:
        change = _change(before[name], after[name])
        allowed = max(_LEAST, before[name]["noise"] + after[name]["noise"])
        is_worse = change > allowed
        worse += is_worse
        say(f"{name:16} {change:+.0%} (noise {allowed:.0%}){': WORSE' if is_worse else ''}")
    return 1 if worse else 0


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    return {row["row"]: row for row in json.loads(path.read_text(encoding="utf-8"))["rows"]}


def _change(old: dict[str, Any], new: dict[str, Any]) -> float:
    if not old["value"]:
        return float(new["value"] > 0)
    return float(new["value"] / old["value"] - 1)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
