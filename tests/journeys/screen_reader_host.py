"""The end of a screen reader that talks to the accessibility bus. Runs under the system's Python, which has pyatspi.

Reads one JSON command a line and answers each with one JSON line. Commands: `names` (every showing accessible: role,
name, description, enabled), `press`, `place` (in pixels of the screen), `write`, `slide` (to a value) and `read`, by
name.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import pyatspi


def main() -> None:
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer: Any = DEEDS[command.pop("do")](**command)
        except Exception as error:  # noqa: BLE001 - whatever the bus says is the answer
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the protocol


def showing(application: str) -> list[Any]:
    """Every showing accessible of the application, parents first."""
    desktop = pyatspi.Registry.getDesktop(0)
    found: list[Any] = []
    for child in (desktop.getChildAtIndex(index) for index in range(desktop.childCount)):
        if child is not None and child.name == application:
            collect(child, found)
    return found


def collect(accessible: Any, found: list[Any]) -> None:
    """What is not showing holds nothing that is; the application itself has no such state."""
    if accessible.getState().contains(pyatspi.STATE_SHOWING):
        found.append(accessible)
    elif accessible.getRole() != pyatspi.ROLE_APPLICATION:
        return
    for index in range(accessible.childCount):
        child = accessible.getChildAtIndex(index)
        if child is not None:
            collect(child, found)


def the_one(application: str, name: str, role: str = "") -> Any:
    """With a role, what else has that name does not count, as the caption of a field in one of Qt's own dialogs."""
    found = [
        accessible
        for accessible in showing(application)
        if accessible.name == name and (not role or accessible.getRoleName() == role)
    ]
    if len(found) != 1:
        raise LookupError(f"{len(found)} showing accessibles are named {name!r}")
    return found[0]


def names(application: str) -> list[dict[str, Any]]:
    return [
        {
            "role": accessible.getRoleName(),
            "name": accessible.name,
            "description": accessible.description,
            "enabled": accessible.getState().contains(pyatspi.STATE_ENABLED),
        }
        for accessible in showing(application)
    ]


def press(application: str, name: str) -> dict[str, Any]:
    return {"done": the_one(application, name).queryAction().doAction(0)}


def place(application: str, name: str) -> list[int]:
    box = the_one(application, name).queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return [box.x, box.y, box.width, box.height]


def write(application: str, name: str, text: str, role: str = "") -> dict[str, Any]:
    return {"done": the_one(application, name, role).queryEditableText().setTextContents(text)}


def slide(application: str, name: str, value: float) -> dict[str, Any]:
    the_one(application, name).queryValue().currentValue = value
    return {"done": True}


def read(application: str, name: str) -> dict[str, Any]:
    accessible = the_one(application, name)
    try:
        text = accessible.queryText()
        words = text.getText(0, text.characterCount)
    except NotImplementedError:
        words = ""
    return {
        "text": words,
        "description": accessible.description,
        "enabled": accessible.getState().contains(pyatspi.STATE_ENABLED),
        "checked": accessible.getState().contains(pyatspi.STATE_CHECKED),
    }


DEEDS: dict[str, Callable[..., Any]] = {
    "names": names,
    "press": press,
    "place": place,
    "write": write,
    "slide": slide,
    "read": read,
}

if __name__ == "__main__":
    main()
