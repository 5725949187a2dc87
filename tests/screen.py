"""A screen of its own for each of several test processes: pointer, focus and clipboard belong to a screen."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_SIZE = "1920x1200x24"


@contextmanager
def own_screen() -> Iterator[str]:
    """Starts an X server on a free number and yields its `DISPLAY`; the server ends with the block.

    Raises RuntimeError when the server does not start.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
