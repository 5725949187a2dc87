"""One clip, and one set of figures, for all runs of a session."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tests.fakes.footage import make_clip
from tests.faults.killing import Figures


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds, a few kilobytes, silent: measuring the sound of every result would take most of the time."""
    return make_clip(
        tmp_path_factory.mktemp("clip") / "clip.mp4", frames=100, rate=Fraction(25), size=(160, 90), audio=False
    )


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """Filled by the tests, printed when the last of them has ended."""
    gathered = Figures()
    yield gathered
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\nKilled processes: {gathered.summary()}")  # noqa: T201 - the figures are the proof
