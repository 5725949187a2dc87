"""A short numbered clip and running demo services."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from retake_desktop.demo.options import AT_ONCE, DemoOptions
from retake_desktop.demo.service import DemoService
from tests.demo.api import Api
from tests.fakes.footage import make_clip

StartService = Callable[..., DemoService]


@pytest.fixture(scope="session")
def clip_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3 s, 75 frames of 160x90, with sound."""
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", frames=75, size=(160, 90))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoService]:
    """A service for a module's tests that leave no faults behind."""
    with DemoService(tmp_path_factory.mktemp("demo"), AT_ONCE) as running:
        yield running


@pytest.fixture
def api(service: DemoService) -> Iterator[Api]:
    with Api(service.url) as client:
        yield client
    assert service.faults.pending() == []


@pytest.fixture
def start(tmp_path: Path) -> Iterator[StartService]:
    """Starts further services, all on one folder, and stops them after the test."""
    with ExitStack() as running:

        def begin(options: DemoOptions = AT_ONCE) -> DemoService:
            return running.enter_context(DemoService(tmp_path / "demo", options))

        yield begin
