"""Questions to the real service: asked only with `--spend CAP` and a token, never in an ordinary run.

RUNCOMFY_API_TOKEN=... .venv/bin/python -m pytest tests/live --spend 1.00 --live-report live-report.json
"""

import os
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from retake_desktop.services.pipeline.setup import base_in_use
from tests.live.asking import Asker, Paid

_TOKEN = "RUNCOMFY_API_TOKEN"
_ACCOUNT = pytest.StashKey[tuple[str, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("live", "questions to the real service")
    group.addoption("--spend", metavar="CAP", help="ask the real service, and spend at most CAP US dollars")
    group.addoption("--live-report", metavar="FILE", default="live-report.json", help="where the answers go")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--spend", default=None) is None:
        return
    _cap(config)
    if not os.environ.get(_TOKEN):
        raise pytest.UsageError(f"--spend needs the account's token in {_TOKEN}")
    # Read now: every test runs without the machine's account.
    config.stash[_ACCOUNT] = (base_in_use(), os.environ[_TOKEN])


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    return True if config.getoption("--spend", default=None) is None else None


def _cap(config: pytest.Config) -> Decimal:
    try:
        cap = Decimal(config.getoption("--spend"))
    except InvalidOperation as error:
        raise pytest.UsageError("--spend takes an amount of US dollars, such as 1.00") from error
    if not cap.is_finite() or cap < 0:
        raise pytest.UsageError("--spend takes an amount of US dollars, such as 1.00")
    return cap


@pytest.fixture(scope="session")
def asker(pytestconfig: pytest.Config) -> Iterator[Asker]:
    base, token = pytestconfig.stash[_ACCOUNT]
    report = Path(pytestconfig.getoption("--live-report")).absolute()
    with Asker(base, token, _cap(pytestconfig), report) as asking:
        yield asking


@pytest.fixture(scope="session")
def paid(asker: Asker, tmp_path_factory: pytest.TempPathFactory) -> Paid:
    """The one paid retake, made when the first question about it is asked."""
    return asker.paid_retake(tmp_path_factory.mktemp("paid"))
