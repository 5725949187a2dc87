"""Run as a program: uploads FILE to the S3 place in PLACE (JSON) and prints what it took, as JSON.

The memory is measured against the same program after an upload of one byte: libraries and connections do not count.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import msgspec

from retake_desktop.domain.hosting import Place
from retake_desktop.services.hosting.bucket import IN_ONE_PIECE, BucketTarget


async def measured(place: Place, secret: str, file: Path, in_one_piece: int) -> dict[str, float]:
    """Seconds, seconds of processor time, and bytes of memory more than a tiny upload needs."""
    tiny = file.with_suffix(".tiny")
    tiny.write_bytes(b"x" * (in_one_piece + 1 if in_one_piece < 100 else 1))
    target = BucketTarget(place, secret, in_one_piece=in_one_piece)
    await target.put(tiny, "measuring/tiny.mp4", lambda _progress: None)
    before, processor, began = _peak(), time.process_time(), time.monotonic()
    await target.put(file, "measuring/large.mp4", lambda _progress: None)
    found = {
        "seconds": time.monotonic() - began,
        "processor": time.process_time() - processor,
        "memory": float(_peak() - before),
    }
    await target.remove("measuring/large.mp4")
    await target.remove("measuring/tiny.mp4")
    return found


def _peak() -> int:
    """Bytes. Not `ru_maxrss`, which a program takes over from whoever started it (Linux, fs/exec.c)."""
    (line,) = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    _place, _secret, _file, *_limit = sys.argv[1:]
    _known = msgspec.json.decode(_place, type=Place)
    _in_one_piece = int(_limit[0]) if _limit else IN_ONE_PIECE
    sys.stdout.write(json.dumps(asyncio.run(measured(_known, _secret, Path(_file), _in_one_piece))))
