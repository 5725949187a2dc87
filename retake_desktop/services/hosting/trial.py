"""The test of the person's storage: a real upload, fetched as the service would, and deleted again."""

import secrets
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.hosting import Cause, Place, PlaceKind, TrialOutcome, TrialReport, TrialStep
from retake_desktop.services.hosting.storage import storage_at
from retake_desktop.services.hosting.target import Storage
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.hosting.verify import check_own
from retake_desktop.services.link import LinkError, peek

_CONTENT = b"Retake Desktop was here to test this storage, and has deleted this file again.\n"


async def tried(
    place: Place,
    secret: str,
    *,
    is_local: bool,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    new_name: Callable[[], str] = lambda: secrets.token_hex(20),
) -> TrialReport:
    """Does every step up to the first that fails, and deletes in any case. Never raises RetakeError."""
    outcomes: list[TrialOutcome] = []
    try:
        storage = storage_at(place, secret, now)
    except StorageError as error:
        return TrialReport((_failed(TrialStep.OPEN, error),))
    outcomes.append(TrialOutcome(TrialStep.OPEN))
    key = f"{place.prefix}test-{new_name()}.mp4"
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "test.mp4"
        file.write_bytes(_CONTENT)
        try:
            await storage.put(file, key, lambda _progress: None)
        except RetakeError as error:
            return TrialReport((*outcomes, _failed(TrialStep.PUT, error)))
        outcomes.append(TrialOutcome(TrialStep.PUT))
        found, is_public = await _fetched(storage, key, file, is_local=is_local)
        outcomes.append(found)
    outcomes.append(await _deleted(storage, key))
    return TrialReport(tuple(outcomes), readable_by_anyone=is_public and place.kind is not PlaceKind.WEBDAV)


async def _fetched(storage: Storage, key: str, file: Path, *, is_local: bool) -> tuple[TrialOutcome, bool]:
    try:
        hosted = await storage.address(key)
        url = hosted.url or ""
        await check_own(url, file, is_local=is_local)
        bare = await peek(url.partition("?")[0], 0, len(_CONTENT))
    except LinkError:
        return TrialOutcome(TrialStep.GET), False
    except RetakeError as error:
        return _failed(TrialStep.GET, error), False
    return TrialOutcome(TrialStep.GET), bare.status in {200, 206} and bare.body == _CONTENT


async def _deleted(storage: Storage, key: str) -> TrialOutcome:
    try:
        await storage.remove(key)
    except RetakeError as error:
        return _failed(TrialStep.DELETE, error)
    return TrialOutcome(TrialStep.DELETE)


def _failed(step: TrialStep, error: RetakeError) -> TrialOutcome:
    if isinstance(error, StorageError):
        return TrialOutcome(step, error.cause, error.code)
    return TrialOutcome(step, Cause.OTHER, error.detail)
