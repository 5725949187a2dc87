"""The target for a place of the person's own."""

from collections.abc import Callable
from datetime import UTC, datetime

from retake_desktop.domain.hosting import Place, PlaceKind
from retake_desktop.services.hosting.target import Storage
from retake_desktop.services.hosting.webdav import WebDavTarget


def storage_at(place: Place, secret: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Storage:
    """Raises StorageError when place and secret cannot be used as they are; nothing is asked of the server yet."""
    if place.kind is PlaceKind.WEBDAV:
        return WebDavTarget(place, secret, now=now)
    # Later than the window: most starts need no bucket, and its library costs some 40 ms.
    from retake_desktop.services.hosting.bucket import BucketTarget

    return BucketTarget(place, secret, now=now)
