"""The person's storage, on the job thread: tested, kept, and used by the takes that wait for it."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import SignalInstance

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.hosting import Cause, HostingSettings, Place, PlaceKind, TrialOutcome, TrialReport, TrialStep
from retake_desktop.services.hosting.service_account import service_account
from retake_desktop.services.hosting.trial import tried
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.pipeline import Pipeline, Tools


class StorageDesk:
    """What the storage dialog's commands do. `tested` brings a TrialReport, `saved` HostingSettings and a Problem."""

    def __init__(self, tools: Tools, pipeline: Pipeline, tested: SignalInstance, saved: SignalInstance) -> None:
        self._tools = tools
        self._pipeline = pipeline
        self._tested = tested
        self._saved = saved

    async def test(self, place: Place, secret: str) -> None:
        """A real upload, read and deletion. Without a `secret` the one that is kept is used."""
        try:
            place, secret = completed(place, secret)
            if not secret:
                kept = await asyncio.to_thread(self._tools.hosts.secrets.get, place.id)
                secret = kept or ""
        except StorageError as error:
            self._tested.emit(TrialReport((TrialOutcome(TrialStep.OPEN, error.cause),)))
            return
        except RetakeError as error:
            self._tested.emit(TrialReport((TrialOutcome(TrialStep.OPEN, Cause.UNUSABLE_SECRET, error.detail),)))
            return
        connections = self._tools.connections
        is_local = connections.is_demo or connections.is_local(connections.base)
        self._tested.emit(await tried(place, secret, is_local=is_local))

    async def save(self, wanted: HostingSettings, secret: str, *, session_only: bool) -> None:
        """Keeps the secret, then goes on with what waited for another way. An empty `secret` keeps the known one."""
        try:
            if wanted.place is not None:
                place, secret = completed(wanted.place, secret)
                wanted = replace(wanted, place=place)
                if secret:
                    hosts = self._tools.hosts
                    await asyncio.to_thread(hosts.secrets.save, place.id, secret, session_only=session_only)
        except RetakeError as error:
            self._saved.emit(wanted, error.problem)
            return
        self._tools.hosts.use(wanted)
        self._saved.emit(wanted, None)
        await self._pipeline.resume()

    async def forget(self, place: Place) -> None:
        """Deletes what still lies there as far as it can, then forgets the secret."""
        problem: Problem | None = None
        self._tools.hosts.use(HostingSettings())
        try:
            left = await self._tools.hosts.sweep(self._tools.history)
            if left:
                problem = Problem(ErrorKind.HOSTING_TROUBLE, f"{left} file(s) could not be deleted there")
            await asyncio.to_thread(self._tools.hosts.secrets.forget, place.id)
        except RetakeError as error:
            problem = error.problem
        self._saved.emit(HostingSettings(), problem)


def completed(place: Place, secret: str) -> tuple[Place, str]:
    """A Google key file names its own account, and is kept without what is not needed of it.

    Raises StorageError(UNUSABLE_SECRET).
    """
    if place.kind is PlaceKind.GOOGLE and secret:
        email, kept = service_account(secret)
        return replace(place, key_id=email), kept
    return place, secret
