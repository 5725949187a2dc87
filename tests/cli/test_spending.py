"""The spending guard on the command line, against a service that speaks the contract and bills 0.10 a second."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.cli import main
from retake_desktop.cli.report import Reporter
from retake_desktop.cli.spending import tell_broken
from retake_desktop.demo.options import AT_ONCE
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Stage
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.settings import Settings
from tests.fakes.footage import make_clip
from tests.services.examples import a_job


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", frames=100, rate=Fraction(25), size=(160, 90))


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, AT_ONCE) as running:
        monkeypatch.setenv("RUNCOMFY_API_URL", running.url)
        monkeypatch.setenv("RUNCOMFY_API_TOKEN", "a-token")
        yield running


def limited(ask: str | None = None, stop: str | None = None) -> Folders:
    """The person's folders, with these limits in the settings."""
    folders = Folders.of_this_person()
    folders.create()
    limits = [None if usd is None else Decimal(usd) for usd in (ask, stop)]
    settings.save(folders.settings, Settings(ask_above=limits[0], stop_above_per_day=limits[1]))
    return folders


def _arguments(video: Path | str, *more: str) -> list[str]:
    return ["run", str(video), "--prompt", "A red coat", "--duration", "2", "--json", *more]


def done(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (closing,) = [event for event in found if event["event"] == "done"]
    assert isinstance(closing, dict)
    return closing


def test_above_the_limit_it_is_refused_with_the_figures_and_nothing_is_sent(
    service: DemoService, clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = limited(ask="0.30")
    assert main(_arguments(clip)) == 3
    closing = done(capsys)
    assert closing["job"] is None
    assert closing["exit"] == 3
    error = closing["error"]
    assert isinstance(error, dict)
    assert error["kind"] == "over_limit"
    assert error["message"].startswith(
        "Your own spending limits hold this retake back (about $0.40, and you asked to be asked above $0.30)."
    )
    assert service.received.accepted_submissions == 0
    assert History(folders.history).jobs() == ()


def test_yes_answers_the_question(service: DemoService, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limited(ask="0.30")
    assert main(_arguments(clip, "--yes")) == 0
    assert done(capsys)["stage"] == "ready"
    assert service.received.accepted_submissions == 1


def test_yes_does_not_lift_the_limit_for_a_day(service: DemoService, capsys: pytest.CaptureFixture[str]) -> None:
    folders = limited(stop="1")
    history = History(folders.history)
    history.add([
        a_job(stage=Stage.READY, request_id="r", submitted_at=datetime.now(UTC), cost_usd=Decimal("1.20"))
    ])  # fmt: skip
    history.close()
    assert main(_arguments("https://videos.example/a.mp4", "--yes")) == 3
    error = done(capsys)["error"]
    assert isinstance(error, dict)
    assert "today $1.20 is spent or on its way" in error["message"]
    assert service.received.accepted_submissions == 0


def test_an_unknown_price_is_asked_about_while_a_limit_is_set(
    service: DemoService, capsys: pytest.CaptureFixture[str]
) -> None:
    limited(ask="100")
    assert main(_arguments("https://videos.example/a.mp4")) == 3
    error = done(capsys)["error"]
    assert isinstance(error, dict)
    assert "its price is not known" in error["message"]
    assert service.received.accepted_submissions == 0


@pytest.mark.parametrize(("answer", "code", "accepted"), [("n", 3, 0), ("y", 0, 1)])
def test_on_a_terminal_it_asks(service: DemoService, clip: Path, answer: str, code: int, accepted: int) -> None:
    limited(ask="0.30")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "retake_desktop", *_arguments(clip)]
    with subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE) as running:
        seen = b""
        while b"[y/N]" not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, f"{answer}\n".encode())
        out, _nothing = running.communicate(timeout=60)
    os.close(theirs)
    os.close(ours)
    assert b"This may cost about $0.40, more than the $0.30 you asked to be asked above." in seen
    assert running.returncode == code, out
    assert service.received.accepted_submissions == accepted


@pytest.mark.usefixtures("service")
def test_limits_that_cannot_be_read_are_not_taken_for_none(capsys: pytest.CaptureFixture[str]) -> None:
    folders = limited()
    folders.settings.write_text('{"ask_above": "NaN"}')
    assert main(_arguments("https://videos.example/a.mp4")) == 3
    told = capsys.readouterr()
    assert "could not be read" in told.err
    assert "over_limit" in told.out
    reporter = Reporter(json=False, out=sys.stdout, notices=sys.stderr)
    tell_broken("/somewhere/settings.broken.json", reporter, may_go_on=True)
    with pytest.raises(RetakeError) as raised:
        tell_broken("/somewhere/settings.broken.json", reporter, may_go_on=False)
    assert raised.value.kind is ErrorKind.OVER_LIMIT
