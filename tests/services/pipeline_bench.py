"""A pipeline on a demo service, put together the way the app does it, for one test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from fractions import Fraction
from pathlib import Path

from retake_desktop.demo.options import AT_ONCE, DemoOptions
from retake_desktop.demo.retaking import Effect
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.ownership import JobLocks
from retake_desktop.services.pipeline import Connections, Pipeline, Tools
from retake_desktop.services.secrets import Account, TokenSource
from tests.fakes.clocks import PatientClocks
from tests.fakes.footage import make_clip
from tests.fakes.remembered import retake
from tests.fakes.worker import InProcessWorker

TOKEN = "test-token-1"


class Bench:
    """One process's worth of pipeline: `seen` holds every snapshot."""

    def __init__(self, root: Path, base: str, token: str | None, *, demo: bool, patience: float | None) -> None:
        self.seen: list[Job] = []
        self.clocks = PatientClocks()
        folders = Folders(root / "data", root / "config", root / "cache")
        folders.create()

        async def start_demo() -> str:
            return base

        account = Account(TokenSource.SESSION, token) if token else Account(TokenSource.NONE)
        self.worker = InProcessWorker()
        self.tools = Tools(
            folders=folders,
            history=History(folders.history),
            locks=JobLocks(folders.locks),
            worker=self.worker,
            connections=Connections(base, account, demo=demo, start_demo=start_demo),
            clocks=self.clocks.as_clocks(),
            patience=patience,
        )
        self.pipeline = Pipeline(self.tools, self.seen.append)

    def stages(self, job_id: str) -> list[Stage]:
        """The stages that were seen, each once in a row."""
        stages: list[Stage] = []
        for job in self.seen:
            if job.id == job_id and (not stages or stages[-1] is not job.stage):
                stages.append(job.stage)
        return stages

    async def until(self, is_so: Callable[[Job], bool]) -> Job:
        """The first snapshot that fits, now or soon."""
        async with asyncio.timeout(20):
            while True:
                for job in self.seen:
                    if is_so(job):
                        return job
                await asyncio.sleep(0.005)

    async def close(self) -> None:
        await self.pipeline.close()
        await self.tools.connections.close()
        self.tools.history.close()


@asynccontextmanager
async def bench(
    root: Path,
    service: DemoService | str,
    *,
    token: str | None = TOKEN,
    demo: bool = False,
    patience: float | None = 600,
) -> AsyncIterator[Bench]:
    """Opens a bench over the folders in `root`; a second one over the same folders is a restart of the app."""
    made = Bench(root, service if isinstance(service, str) else service.url, token, demo=demo, patience=patience)
    try:
        yield made
    finally:
        await made.close()


def request_for(tmp_path: Path, **changes: object) -> RetakeRequest:
    """A retake of the middle of a small clip of 5 s, which is made on the way."""
    path = tmp_path / "clip.mp4"
    if not path.exists():
        make_clip(path, frames=125, rate=Fraction(25))
    wanted: dict[str, object] = {
        "source": str(path),
        "span": Span(Fraction(1), Fraction(3)),
        "prompt": "A red coat",
        "mode": Mode.PICTURE_AND_SOUND,
    }
    return RetakeRequest(**(wanted | changes))  # type: ignore[arg-type]  # keyword arguments by name


def demo_service(tmp_path: Path, options: DemoOptions = AT_ONCE, effect: Effect = retake) -> DemoService:
    folder = tmp_path / "service"
    folder.mkdir(exist_ok=True)
    return DemoService(folder, options, effect=effect)
