"""Money on the real job thread: real SQLite, a real service on loopback, the guard between the press and the record."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.demo.options import AT_ONCE
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.spending import Decision, Reason
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.secrets import TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.ledger import Account
from tests.domain.examples import a_request
from tests.services.examples import a_job
from tests.ui.making import a_clip

LONG = 20_000
CLIP = a_clip()
REQUEST = a_request(source=CLIP.path)


class Thread:
    """A job thread on a service that bills, and everything that it said."""

    def __init__(self, folders: Folders) -> None:
        async def no_demo() -> str:
            raise AssertionError("the demo service is not asked for")

        self.folders = folders
        self.jobs = JobThread(folders, TokenStore({"RUNCOMFY_API_TOKEN": "a-token"}), no_demo, demo=False)
        self.prices: list[object] = []
        self.notices: list[Problem] = []
        self.changed: list[Job] = []
        self.asked: list[Decision] = []
        self.failed: list[Problem] = []
        self.jobs.price_known.connect(self.prices.append)
        self.jobs.notice.connect(self.notices.append)
        self.jobs.job_changed.connect(self.changed.append)
        self.jobs.spending_asked.connect(self._on_asked)
        self.jobs.command_failed.connect(self._on_failed)

    def begin(self, qtbot: QtBot, settings: Settings) -> None:
        """Starts, and waits until the service has told its price."""
        self.jobs.use(settings)
        with qtbot.waitSignal(self.jobs.balance_known, timeout=LONG):
            self.jobs.start()

    def _on_asked(self, _request: object, decision: Decision) -> None:
        self.asked.append(decision)

    def _on_failed(self, _job_id: str, problem: Problem) -> None:
        self.failed.append(problem)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, AT_ONCE) as running:
        monkeypatch.setenv("RUNCOMFY_API_URL", running.url)
        yield running


@pytest.fixture
def thread(qtbot: QtBot, service: DemoService) -> Iterator[Thread]:
    folders = Folders.of_this_person()
    folders.create()
    history = History(folders.history)
    paid = {"submitted_at": datetime.now(UTC), "cost_usd": Decimal("1.20"), "request_id": "r-1"}
    history.add([
        a_job("paid", stage=Stage.READY, **paid),
        a_job("failed", stage=Stage.FAILED, estimate_usd=Decimal("0.70"), problem=Problem(ErrorKind.NO_BALANCE)),
    ])  # fmt: skip
    history.close()
    made = Thread(folders)
    yield made
    if made.jobs.isRunning():
        with qtbot.waitSignal(made.jobs.finished, timeout=LONG):
            made.jobs.shut_down()
    assert service.received.accepted_submissions == 0


def test_a_dear_press_is_held_back_until_it_is_agreed_to(qtbot: QtBot, thread: Thread) -> None:
    thread.begin(qtbot, Settings(ask_above=Decimal("0.50")))
    thread.jobs.retake(REQUEST, CLIP)
    qtbot.waitUntil(lambda: bool(thread.asked), timeout=LONG)
    assert (thread.asked[0].reason, thread.asked[0].press_usd) == (Reason.ABOVE_ASK, Decimal("0.80"))
    assert not thread.changed
    thread.jobs.retake(REQUEST, CLIP, thread.asked[0])
    qtbot.waitUntil(lambda: bool(thread.changed), timeout=LONG)
    assert thread.changed[0].estimate_usd == Decimal("0.80")
    thread.jobs.use(Settings(stop_above_per_day=Decimal(1)))
    thread.jobs.retake(REQUEST, CLIP, thread.asked[0])
    qtbot.waitUntil(lambda: len(thread.asked) == 2, timeout=LONG)
    assert thread.asked[1].reason is Reason.ABOVE_DAY


def test_an_old_price_is_asked_for_anew_before_a_press_counts_on_it(qtbot: QtBot, thread: Thread) -> None:
    thread.begin(qtbot, Settings(ask_above=Decimal("0.50")))
    thread.jobs.retake(REQUEST, CLIP)
    qtbot.waitUntil(lambda: len(thread.asked) == 1, timeout=LONG)
    assert len(thread.prices) == 1
    desk = thread.jobs._desk
    assert desk is not None
    desk._priced_at -= 901
    thread.jobs.retake(REQUEST, CLIP)
    qtbot.waitUntil(lambda: len(thread.asked) == 2, timeout=LONG)
    assert len(thread.prices) == 2


def test_a_failed_take_is_not_sent_anew_past_the_limit_for_a_day(qtbot: QtBot, thread: Thread) -> None:
    thread.begin(qtbot, Settings(stop_above_per_day=Decimal("1.50")))
    thread.jobs.try_again("failed")
    qtbot.waitUntil(lambda: bool(thread.failed), timeout=LONG)
    assert thread.failed[0].kind is ErrorKind.OVER_LIMIT
    assert thread.failed[0].detail.startswith("today $1.20 is spent or on its way, this one is about $0.70")
    assert not thread.changed


def test_a_model_that_is_gone_is_said_once_and_another_one_is_priced(qtbot: QtBot, thread: Thread) -> None:
    thread.begin(qtbot, Settings(model_id="ltx/gone/retake"))
    qtbot.waitUntil(lambda: bool(thread.notices and thread.prices), timeout=LONG)
    assert [problem.kind for problem in thread.notices] == [ErrorKind.MODEL_GONE]
    assert thread.prices == [None]
    with qtbot.waitSignal(thread.jobs.balance_known, timeout=LONG):
        thread.jobs.refresh_price()
    assert len(thread.notices) == 1
    with qtbot.waitSignal(thread.jobs.connection_tested, timeout=LONG) as tested:
        thread.jobs.test_connection()
    assert tested.args is not None
    assert tested.args[0].problem.kind is ErrorKind.MODEL_GONE
    thread.jobs.use(Settings())
    qtbot.waitUntil(lambda: thread.prices[-1] is not None, timeout=LONG)


def test_receipts_are_listed_and_written_with_prompts_only_when_wanted(
    qtbot: QtBot, thread: Thread, tmp_path: Path
) -> None:
    thread.begin(qtbot, Settings())
    with qtbot.waitSignal(thread.jobs.receipts_known, timeout=LONG) as known:
        thread.jobs.load_receipts()
    assert known.args is not None
    account = known.args[0]
    assert isinstance(account, Account)
    assert [one.job for one in account.receipts] == ["paid"]
    assert account.spending.month.usd == Decimal("1.20")
    for name, with_prompts in (("r.csv", False), ("r.json", True)):
        with qtbot.waitSignal(thread.jobs.receipts_exported, timeout=LONG) as exported:
            thread.jobs.export_receipts(str(tmp_path / name), with_prompts=with_prompts)
        assert exported.args == [str(tmp_path / name), 1]
    assert "Change the coat" not in (tmp_path / "r.csv").read_text()
    (line,) = (tmp_path / "r.json").read_text().splitlines()
    assert json.loads(line)["prompt"] == "Change the coat to red"
    with qtbot.waitSignal(thread.jobs.receipts_failed, timeout=LONG) as failed:
        thread.jobs.export_receipts(str(tmp_path / "nowhere" / "r.csv"), with_prompts=False)
    assert failed.args is not None
    assert failed.args[0].kind is ErrorKind.FILE_TROUBLE


def test_what_the_record_lost_is_said_at_the_start(qtbot: QtBot, thread: Thread) -> None:
    history = History(thread.folders.history)
    history.add([a_job("good"), a_job("bad")])
    history._connection.execute("UPDATE job SET record = '{' WHERE id = 'bad'")
    history.close()
    thread.begin(qtbot, Settings())
    (said,) = [problem for problem in thread.notices if problem.kind is ErrorKind.HISTORY_DAMAGED]
    assert "job bad" in said.detail
