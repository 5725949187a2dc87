"""What the person adds to a take: a name of their own, and that it is not to be listed any more."""

from msgspec import Struct

MAX_NAME = 200
"""Characters."""


class TakeMark(Struct, frozen=True):
    """`name` is empty where the take goes by its prompt; a removed take stays on record, and so do its files."""

    name: str = ""
    is_removed: bool = False
