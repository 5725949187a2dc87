"""One scene: how to get a window into a state that people meet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.screens.studio import Set

USUAL = (1280, 800)
SMALL = (960, 600)
LARGE = (3840, 2160)


@dataclass(frozen=True)
class Scene:
    """`act` plays it in a window made with `options` (of `Studio.set`), of each of `sizes` in logical pixels."""

    name: str
    act: Callable[[Set], None]
    options: Mapping[str, Any] = field(default_factory=dict)
    sizes: tuple[tuple[int, int], ...] = (USUAL,)
