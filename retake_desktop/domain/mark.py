"""What the person adds to a take: a name of their own, and that it is not to be listed any more."""

from dataclasses import dataclass

MAX_NAME = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class TakeMark:
    """`name` is empty where the take goes by its prompt; a removed take stays on record, and so do its files."""

    name: str = ""
    is_removed: bool = False
