"""A process that dies in the middle of Keep: `python -m tests.faults.dying_keep PERSON JOB`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from retake_desktop.domain.job import Progress
from tests.services.pipeline_bench import Bench


async def main(person: Path, job_id: str) -> None:
    bench = Bench(person, "http://127.0.0.1:1", None, demo=False, patience=None)

    def die(progress: Progress) -> None:
        if progress.done >= 20:
            os.kill(os.getpid(), signal.SIGKILL)

    await bench.pipeline.keeping.keep(job_id, die)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
