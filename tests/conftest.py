"""What every test gets: folders of its own, no real keyring, no token, no thread left behind."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.screen import own_screen

_SCREENS = pytest.StashKey[ExitStack]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Each of several test processes gets a screen to itself, where there are screens, until all have ended."""
    if "DISPLAY" in os.environ:
        screens = node.config.stash.setdefault(_SCREENS, ExitStack())
        node.workerinput["display"] = screens.enter_context(own_screen())


def pytest_configure(config: pytest.Config) -> None:
    if display := getattr(config, "workerinput", {}).get("display"):
        os.environ["DISPLAY"] = display


def pytest_unconfigure(config: pytest.Config) -> None:
    if screens := config.stash.get(_SCREENS, None):
        screens.close()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own data, settings and cache folders, and nothing of the machine's account."""
    home = tmp_path / "home"
    for name, folder in {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
    }.items():
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.delenv("RUNCOMFY_API_TOKEN", raising=False)
    monkeypatch.delenv("RUNCOMFY_API_URL", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def _still_an_ordinary_process() -> Iterator[None]:
    """Puts back what SVT-AV1 does to a process of root that encodes with it.

    WORKAROUND: it makes the process real-time (SCHED_FIFO, 99), and every later child with it, so that one busy server
    starves the machine (gitlab.com/AOMediaCodec/SVT-AV1, Source/Lib/Globals/enc_handle.c). Remove when that ends.
    """
    yield
    if sys.platform.startswith("linux") and os.sched_getscheduler(0) != os.SCHED_OTHER:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    """Fails a test that leaves a non-daemon Python thread running."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(timeout=5)
    assert not [thread.name for thread in left if thread.is_alive()]
