"""One job from press to result: prepare, host, submit, wait, download, verify. Every step is saved before the next.

What it is made of is loaded when it is first asked for: the window names records of it long before it needs the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.connections import Connections
    from retake_desktop.services.pipeline.pipeline import Pipeline
    from retake_desktop.services.pipeline.setup import opened_tools
    from retake_desktop.services.pipeline.tools import Clocks, Tools

__all__ = ["Clocks", "Connections", "Pipeline", "Tools", "opened_tools"]

_PLACES = {"Connections": "connections", "Pipeline": "pipeline", "opened_tools": "setup"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'tools')}"), name)
