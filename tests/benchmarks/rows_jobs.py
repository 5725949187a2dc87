"""Many jobs at once."""

import asyncio
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import Samples, row
from tests.services.fifty_jobs import lateness


@row("fifty-jobs", reach=1.0)
def fifty_jobs(runs: int) -> Samples:
    """50 takes at once, 50 submissions: how long after its time the latest look at a job came."""
    latest = []
    for _ in range(min(runs, 3)):
        with tempfile.TemporaryDirectory() as folder:
            latest.append(max(asyncio.run(lateness(Path(folder)))))
    return Samples(latest)
