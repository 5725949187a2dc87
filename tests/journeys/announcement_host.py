"""Prints what programs announce to screen readers, a JSON line each. Runs under the system's Python, with pyatspi."""

import json
from typing import Any

import pyatspi


def main() -> None:
    pyatspi.Registry.registerEventListener(_heard, "object:announcement")
    print(json.dumps("listening"), flush=True)  # noqa: T201 - the protocol
    pyatspi.Registry.start()


def _heard(event: Any) -> None:
    print(json.dumps(str(event.any_data)), flush=True)  # noqa: T201 - the protocol


if __name__ == "__main__":
    main()
