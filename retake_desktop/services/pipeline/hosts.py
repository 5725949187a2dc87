"""The person's storage as the pipeline uses it: which way a window goes, bring it there once, take it away again."""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import Cause, Choice, HostingSettings, Place, choose
from retake_desktop.domain.job import Job, Progress, Stage
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.hosting.ledger import Entry, Ledger, State
from retake_desktop.services.hosting.storage import storage_at
from retake_desktop.services.hosting.target import Hosted, Storage
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.hosting.verify import check_own
from retake_desktop.services.secrets import StorageSecrets
from retake_desktop.services.transfer import file_error

_log = logging.getLogger(__name__)
_NEEDING = frozenset(
    {
        Stage.DRAFT, Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.UNKNOWN, Stage.QUEUED, Stage.RUNNING,
        Stage.CANCELLING,
    }
)  # fmt: skip
"""Stages in which the service may still fetch the window, or will."""
_SECOND_THOUGHTS = timedelta(hours=1)
"""What failed before it was accepted is often tried again at once; so long its window stays where it is."""


class Hosts:
    """One for the process. Everything here is called on the job thread's loop."""

    def __init__(
        self,
        folders: Folders,
        secrets: StorageSecrets | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.secrets = secrets or StorageSecrets()
        self.ledger = Ledger(folders.data / "hosted", now)
        self._settings_path = folders.settings
        self._now = now
        self._chosen: HostingSettings | None = None
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._sweeping = asyncio.Lock()

    def use(self, chosen: HostingSettings) -> None:
        """What the window has chosen counts at once, whenever it is written to disk."""
        self._chosen = chosen

    async def settings(self) -> HostingSettings:
        if self._chosen is not None:
            return self._chosen
        return (await asyncio.to_thread(settings.load, self._settings_path))[0].hosting

    async def choice(self, job: Job, *, has_address: bool = False) -> Choice:
        return choose(
            await self.settings(),
            is_demo=job.service.is_demo,
            inline_refused=job.inline_refused,
            has_address=has_address,
        )

    async def storage(self, place: Place) -> Storage:
        """Raises RetakeError: KEYRING_TROUBLE, HOSTING_TROUBLE."""
        secret = await asyncio.to_thread(self.secrets.get, place.id)
        if secret is None:
            raise RetakeError(ErrorKind.HOSTING_TROUBLE, f"the secret for {place.title} is not in the keyring")
        return storage_at(place, secret, self._now)

    async def bring(
        self, job: Job, place: Place, window: Path, on_progress: Callable[[Progress], None], *, is_local: bool
    ) -> Hosted:
        """Uploads the window, unless the same bytes lie there already, and checks its address as the service will.

        Raises RetakeError: OFFLINE, HOSTING_TROUBLE, KEYRING_TROUBLE, FILE_TROUBLE.
        """
        storage = await self.storage(place)
        digest, size = await asyncio.to_thread(_digest, window)
        async with self._turns[f"{place.id}-{digest}"]:
            while True:
                entry = await asyncio.to_thread(self.ledger.claim, place, digest, size, job.id)
                was_there = entry.state is State.THERE
                if not was_there:
                    await storage.put(window, entry.key, on_progress)
                    await asyncio.to_thread(self.ledger.arrived, entry)
                # Signed only now: the time that an upload takes is not lost.
                hosted = await storage.address(entry.key)
                try:
                    await check_own(hosted.url or "", window, is_local=is_local)
                except StorageError as error:
                    if not (was_there and error.cause in {Cause.MISSING, Cause.OTHER_CONTENT}):
                        raise
                    # A rule of the bucket, or somebody, has taken it away meanwhile.
                    await asyncio.to_thread(self.ledger.lost, entry)
                    continue
                return hosted

    async def fresh_address(self, job: Job, window: Path, *, is_local: bool) -> Hosted | None:
        """A new address for what lies there already; None when it has to be brought there anew."""
        entries = await asyncio.to_thread(self.ledger.entries)
        entry = next((found for found in entries if found.key == job.hosting_key), None)
        if entry is None:
            return None
        hosted = await (await self.storage(entry.place)).address(entry.key)
        try:
            await check_own(hosted.url or "", window, is_local=is_local)
        except StorageError as error:
            if error.cause in {Cause.MISSING, Cause.OTHER_CONTENT}:
                await asyncio.to_thread(self.ledger.lost, entry)
                return None
            raise
        return hosted

    async def sweep(self, history: History) -> int:
        """Deletes what no job needs any more; how many objects could not be deleted and stay on record."""

        def is_needed(job_id: str) -> bool:
            job = history.job(job_id)
            return job is not None and needs(job, self._now())

        async with self._sweeping:
            if not await asyncio.to_thread(self.ledger.entries):
                return 0
            unneeded = await asyncio.to_thread(self.ledger.give_up, is_needed)
            left = 0
            for entry in unneeded:
                left += not await self._removed(entry)
            return left

    async def _removed(self, entry: Entry) -> bool:
        try:
            await (await self.storage(entry.place)).remove(entry.key)
            await asyncio.to_thread(self.ledger.gone, entry)
        except RetakeError as error:
            _log.info("%s stays in the storage for now: %s", entry.name, error)
            return False
        return True


def needs(job: Job, now: datetime) -> bool:
    """Whether the job's window must stay where the service can fetch it."""
    may_be_tried_again = job.stage is Stage.FAILED and job.request_id is None
    return job.stage in _NEEDING or (may_be_tried_again and now - job.updated_at < _SECOND_THOUGHTS)


def _digest(window: Path) -> tuple[str, int]:
    try:
        with window.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, window.stat().st_size
    except OSError as error:
        raise file_error(error, window) from error
