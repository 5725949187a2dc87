"""A large window costs time, not memory."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.fakes.storage_servers import PROJECT, Server

SIZE = 100_000_000


@pytest.mark.parametrize("in_one_piece", [SIZE, 64 * 1024 * 1024])
def test_100_mb_go_up_with_flat_memory(rclone_server: Server, tmp_path: Path, in_one_piece: int) -> None:
    file = tmp_path / "large.mp4"
    with file.open("wb") as opened:
        opened.truncate(SIZE)
    place = msgspec.json.encode(rclone_server.place).decode()
    command = [sys.executable, "-m", "tests.services.hosting.measuring", place, rclone_server.secret, str(file)]
    found = json.loads(subprocess.check_output([*command, str(in_one_piece)], cwd=PROJECT, timeout=60))
    assert found["memory"] < 20_000_000, found
