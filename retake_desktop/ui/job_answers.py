"""How the job thread answers the window: its signals, and the records that they carry."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from PySide6.QtCore import SignalInstance

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.price import Price
from retake_desktop.services.secrets import TokenSource


@dataclass(frozen=True, slots=True)
class AccountState:
    """What the window may know of the account: not the token itself."""

    source: TokenSource
    trouble: Problem | None
    is_demo: bool
    base: str


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What `Test connection` found; `problem` is None when a retake can be sent."""

    problem: Problem | None
    model_id: str
    price: Price | None = None
    balance_usd: Decimal | None = None


class KeepAnswers(Protocol):
    """About the finished film."""

    keep_planned: SignalInstance
    kept: SignalInstance
    keep_progress: SignalInstance
    keep_stopped: SignalInstance
    taken_out: SignalInstance
    film_opened: SignalInstance
    original_told: SignalInstance
    command_failed: SignalInstance


class ShareAnswers(Protocol):
    """About exports and the room that everything takes."""

    exported: SignalInstance
    export_refused: SignalInstance
    share_progress: SignalInstance
    room_known: SignalInstance
    command_failed: SignalInstance


class CareAnswers(Protocol):
    """About help, and what of a person's lies where."""

    report_gathered: SignalInstance
    report_saved: SignalInstance
    privacy_known: SignalInstance
    job_changed: SignalInstance


class Answers(KeepAnswers, ShareAnswers, CareAnswers, Protocol):
    """The signals that answer the window, each delivered on the GUI thread."""

    job_changed: SignalInstance
    jobs_loaded: SignalInstance
    clip_reading: SignalInstance
    first_known: SignalInstance
    clip_fetched: SignalInstance
    clip_opened: SignalInstance
    clip_refused: SignalInstance
    result_opened: SignalInstance
    price_known: SignalInstance
    balance_known: SignalInstance
    spending_asked: SignalInstance
    receipts_known: SignalInstance
    receipts_exported: SignalInstance
    receipts_failed: SignalInstance
    account_changed: SignalInstance
    connection_tested: SignalInstance
    storage_tested: SignalInstance
    storage_saved: SignalInstance
    takes_marked: SignalInstance
    window_looked: SignalInstance
    changes_known: SignalInstance
    notice: SignalInstance
