"""What an app holds of a person, and what it has sent: the words of the privacy ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Held(StrEnum):
    """What the app keeps of a person, or has brought somewhere."""

    RESULTS = "results"
    DISCARDED = "discarded"
    """Results of takes that the person has discarded."""
    WINDOWS = "windows"
    FETCHED = "fetched"
    """Videos that were fetched from the web."""
    FILMS = "films"
    RECORD = "record"
    RECENT = "recent"
    """Which videos were opened lately."""
    DRAFTS = "drafts"
    PREVIEWS = "previews"
    DEMO = "demo"
    LOGS = "logs"
    TOKEN = "token"
    SECRET = "secret"
    """Of the person's own storage."""
    STORAGE = "storage"
    """Clips in the person's own storage."""
    SERVICE = "service"
    """Clips and results at RunComfy."""


class Bar(StrEnum):
    """Why something cannot be deleted here and now."""

    PAID_FOR = "paid_for"
    """Discard a take first, then its file can go."""
    IN_USE = "in_use"
    """Takes that are still on their way need it."""
    ORIGINALS = "originals"
    """Takes were made from them, and go back into them."""
    YOURS = "yours"
    """It lies where the person put it, and is theirs to delete."""
    RECEIPTS = "receipts"
    """It is what tells what was paid, and keeps anything from being billed twice."""
    NO_WAY = "no_way"
    """The service offers no way to do so."""


@dataclass(frozen=True, slots=True)
class Holding:
    """`place` is a folder or a server. `size` is in bytes, None where it is not known; `until` is when it goes by
    itself, None where it stays until it is deleted. `bar` is None where it can be deleted now."""

    what: Held
    place: str
    count: int
    size: int | None
    until: datetime | None = None
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What one job sent. `seconds` and `size` (bytes) are those of the clip, None where nothing or a mere address was
    sent; `to` is the server; `way` the hosting's own word; `until` is when it is gone there, as far as known."""

    job_id: str
    at: datetime
    source: str
    to: str
    is_demo: bool
    way: str | None
    seconds: float | None
    size: int | None
    prompt: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Privacy:
    holdings: tuple[Holding, ...]
    sendings: tuple[Sending, ...]
    """Newest first."""
