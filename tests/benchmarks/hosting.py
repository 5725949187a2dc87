"""100 MB to a bucket on a line of 200 Mbit/s, beside curl doing the same: rate, processor, memory.

`measure()` may be called alone; `python -m tests.benchmarks.hosting` prints it.
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import msgspec

from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.storage_servers import PROJECT, presigned, rclone_s3

_SIZE = 100_000_000
_BYTES_PER_SECOND = 200_000_000 / 8


@dataclass(frozen=True)
class Figures:
    """`rate_to_curl` (reach: at least 0.98), `core` (below 0.10 of one), `more_memory` in bytes (at most 20 MB)."""

    rate_to_curl: float
    core: float
    more_memory: float
    seconds: float
    curl_seconds: float


def measure(size: int = _SIZE) -> Figures:
    """Both uploads, one after the other, through the same throttled line to the same server."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "large.mp4"
        with file.open("wb") as opened:
            opened.truncate(size)
        with rclone_s3(folder / "server") as server:
            port = int(server.place.endpoint.rpartition(":")[2])
            with CuttingProxy(port, per_second=_BYTES_PER_SECOND).running() as line:
                place = replace(server.place, endpoint=f"http://127.0.0.1:{line.port}")
                url = presigned(place, server.secret, "PUT", "/clips/curl.mp4")
                began = time.monotonic()
                subprocess.run(["curl", "-sS", "--fail", "-T", str(file), url], check=True, stdout=subprocess.DEVNULL)
                curl = time.monotonic() - began
                ours = _ours(msgspec.json.encode(place).decode(), server.secret, file)
    return Figures(
        rate_to_curl=curl / ours["seconds"],
        core=ours["processor"] / ours["seconds"],
        more_memory=ours["memory"],
        seconds=ours["seconds"],
        curl_seconds=curl,
    )


def _ours(place: str, secret: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.services.hosting.measuring", place, secret, str(file)]
    found: dict[str, float] = json.loads(subprocess.check_output(command, cwd=PROJECT))
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(measure())) + "\n")
