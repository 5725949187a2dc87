"""One take on its way: its stages, what may follow what, and the snapshot that travels between threads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.film import DEFAULT_SEAMS, Film, Lineage, SeamChoice
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.window import Window


class Stage(StrEnum):
    DRAFT = "draft"
    PREPARING = "preparing"
    HOSTING = "hosting"
    SUBMITTING = "submitting"
    QUEUED = "queued"
    RUNNING = "running"
    DOWNLOADING = "downloading"
    READY = "ready"
    KEPT = "kept"
    DISCARDED = "discarded"
    UNKNOWN = "unknown"
    """The submission may or may not have been accepted. Only the person may send again."""
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"
    """The service said that it does not know the request any more. Looking again costs nothing."""
    DOWNLOAD_FAILED = "download_failed"
    """Paid for and not yet here; can be fetched again without paying."""


TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.PREPARING, Stage.HOSTING, Stage.CANCELLED, Stage.FAILED}),
    Stage.PREPARING: frozenset({Stage.HOSTING, Stage.CANCELLED, Stage.FAILED}),
    Stage.HOSTING: frozenset({Stage.SUBMITTING, Stage.CANCELLED, Stage.FAILED}),
    Stage.SUBMITTING: frozenset({Stage.QUEUED, Stage.UNKNOWN, Stage.HOSTING, Stage.CANCELLED, Stage.FAILED}),
    Stage.QUEUED: frozenset(
        {Stage.RUNNING, Stage.CANCELLING, Stage.DOWNLOADING, Stage.CANCELLED, Stage.FAILED, Stage.EXPIRED}
    ),
    Stage.RUNNING: frozenset(
        {Stage.QUEUED, Stage.CANCELLING, Stage.DOWNLOADING, Stage.CANCELLED, Stage.FAILED, Stage.EXPIRED}
    ),
    Stage.CANCELLING: frozenset(
        {Stage.QUEUED, Stage.RUNNING, Stage.DOWNLOADING, Stage.CANCELLED, Stage.FAILED, Stage.EXPIRED}
    ),
    Stage.DOWNLOADING: frozenset({Stage.READY, Stage.DOWNLOAD_FAILED, Stage.FAILED, Stage.EXPIRED}),
    Stage.DOWNLOAD_FAILED: frozenset({Stage.DOWNLOADING, Stage.EXPIRED}),
    Stage.UNKNOWN: frozenset({Stage.SUBMITTING, Stage.QUEUED, Stage.CANCELLED}),
    Stage.READY: frozenset({Stage.KEPT, Stage.DISCARDED}),
    Stage.KEPT: frozenset({Stage.READY, Stage.DISCARDED}),
    Stage.DISCARDED: frozenset({Stage.READY}),
    Stage.CANCELLED: frozenset(),
    Stage.FAILED: frozenset({Stage.DRAFT}),
    Stage.EXPIRED: frozenset({Stage.QUEUED}),
}
"""The only statement of what may follow what."""

OPEN_STAGES = frozenset(
    {
        Stage.DRAFT,
        Stage.PREPARING,
        Stage.HOSTING,
        Stage.SUBMITTING,
        Stage.QUEUED,
        Stage.RUNNING,
        Stage.CANCELLING,
        Stage.DOWNLOADING,
        Stage.DOWNLOAD_FAILED,
    }
)
"""Stages from which the app goes on by itself at the next start."""

CANCELLABLE_STAGES = frozenset(
    {Stage.DRAFT, Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED, Stage.RUNNING}
)
"""Stages in which a cancel can be asked for. A running job may answer that it cannot be cancelled any more."""

REVIEWABLE_STAGES = frozenset({Stage.READY, Stage.KEPT})


class Wait(StrEnum):
    """Why an open job rests, when it rests for something that the person should know."""

    TOKEN = "token"
    NETWORK = "network"
    OTHER_ACCOUNT = "other_account"
    OTHER_SERVICE = "other_service"
    """It belongs to another API address than the one in use."""
    OTHER_PROCESS = "other_process"
    FOREIGN_HOST = "foreign_host"
    HOSTING = "hosting"
    """The person has to see to how the clip gets to the service. Nothing was accepted."""


class AttemptState(StrEnum):
    """One POST that asks for a paid retake. Written before and while it leaves, never guessed afterwards."""

    NOT_SENT = "not_sent"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """Nothing was accepted: the service said so, or it never had the whole request."""
    UNKNOWN = "unknown"


MAY_HAVE_BEEN_ACCEPTED = frozenset({AttemptState.SENDING, AttemptState.ACCEPTED, AttemptState.UNKNOWN})
"""States of a submission that may bill. In the others it is certain that nothing was accepted."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submission of a job; `number` counts from 1 within the job."""

    job_id: str
    number: int
    state: AttemptState


@dataclass(frozen=True, slots=True)
class Service:
    """Which service and account a job belongs to; it is resumed there and nowhere else.

    `account` is a fingerprint of the token, never the token. A demo job belongs to the built-in demo service,
    wherever that listens today.
    """

    api_base: str
    account: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the present stage is, in its own unit: bytes while travelling, frames while preparing."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the command line was asked to do with the result; `output` is an absolute path, or None for the folder."""

    output: str | None = None
    splice: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One take, as it stands. Immutable: every saved step makes a new snapshot.

    `batch` is shared by the takes of one press of Retake, which share one prepared window; `take` counts from 1.
    `result_path` is the service's file byte for byte; `final_path` what was made of it (`-o`, Keep).
    `output_url` has been read from the result and may be a signed URL: it stays out of logs.
    `raw_result` is the service's own answer, kept when it held anything but one usable video.
    """

    id: str
    batch: str
    take: int
    stage: Stage
    request: RetakeRequest
    service: Service
    created_at: datetime
    updated_at: datetime
    delivery: Delivery = Delivery()
    source_fingerprint: str | None = None
    source_bytes: int | None = None
    """Size of the source, by which it is looked for when it has moved."""
    lineage: Lineage | None = None
    """Of a source that Keep has made; None for an original."""
    window: Window | None = None
    """With the mapping to this job's result, once that was measured."""
    alignment: Alignment | None = None
    """What the service's result did to the window; None until it is here, or where it could not be measured."""
    window_path: str | None = None
    hosting: str | None = None
    """Which hosting target carried the window: "inline", "url", "demo", "storage"."""
    hosting_note: str = ""
    """For people: where the window went, and why there."""
    hosting_key: str | None = None
    """The window's name in the person's storage, by which a fresh address is made."""
    inline_refused: bool = False
    """The service did not take the window inside the request: it must travel another way."""
    video_url: str | None = None
    """The address sent to the service; None for an inline clip, which is read from `window_path`."""
    video_url_expires: datetime | None = None
    """When that address stops working; None when it does not, or when that is not known."""
    estimate_usd: Decimal | None = None
    request_id: str | None = None
    submitted_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    queue_position: int | None = None
    output_url: str | None = None
    cost_usd: Decimal | None = None
    result_path: str | None = None
    final_path: str | None = None
    seams: SeamChoice = DEFAULT_SEAMS
    """Where the take goes over into the original, in the finished film."""
    film: Film | None = None
    """What Keep last made with this take in it."""
    problem: Problem | None = None
    wait: Wait | None = None
    progress: Progress | None = None
    cancel_asked: bool = False
    raw_result: str | None = None
    rating: int = 0
    """The person's own, 1 to 5 stars; 0 where they gave none."""
    note: str = ""
    """The person's own words about it."""

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def can_cancel(self) -> bool:
        return self.stage in CANCELLABLE_STAGES and not self.cancel_asked

    def moved(self, stage: Stage, at: datetime, **changes: Any) -> "Job":
        """The job in its next stage; progress, waiting reason and problem start afresh unless given.

        Raises ValueError when the transition table does not know the step.
        """
        if stage is not self.stage and stage not in TRANSITIONS[self.stage]:
            raise ValueError(f"a job cannot go from {self.stage} to {stage}")
        fresh: dict[str, Any] = {"progress": None, "wait": None, "problem": None}
        return replace(self, stage=stage, updated_at=at, **(fresh | changes))


def may_have_arrived(job: Job, attempts: Iterable[Attempt]) -> bool:
    """Whether the service has, or may have, what the job asks for; `attempts` are the job's own."""
    if job.request_id is not None or job.stage is Stage.UNKNOWN:
        return True
    return any(attempt.state in MAY_HAVE_BEEN_ACCEPTED for attempt in attempts)
