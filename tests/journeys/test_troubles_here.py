"""Every trouble that comes from this machine, the account or a file, reached on purpose: its sentence and its button
are seen, and the button does what it says. Together with `test_troubles` they are all that the app knows."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import keyring
import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind, Way
from retake_desktop.domain.job import Job, Stage, Wait
from retake_desktop.domain.problems import ADVICE, Remedy
from retake_desktop.services.settings import Settings
from tests.fakes.byte_server import ByteServer
from tests.fakes.footage import make_clip
from tests.fakes.memory_keyring import MemoryKeyring
from tests.fakes.web_file import WebFile, tls_context
from tests.journeys.test_troubles import TROUBLES, answer
from tests.journeys.test_window import LONG, QUICK, Session, _opened, service, session
from tests.journeys.troubled import (
    asked_for_a_file,
    check_told,
    enter_token,
    met,
    picture,
    retake,
    tools,
    until_notice,
    until_trouble,
)

__all__ = ["service"]
pytestmark = pytest.mark.full

TOKEN = {"RUNCOMFY_API_TOKEN": "a-token"}
HERE = {
    ErrorKind.UNREADABLE_MEDIA, ErrorKind.FILE_TROUBLE, ErrorKind.ORIGINAL_MISSING, ErrorKind.ORIGINAL_CHANGED,
    ErrorKind.NO_SPACE, ErrorKind.MEDIA_FAILED, ErrorKind.NO_TOKEN, ErrorKind.BAD_TOKEN, ErrorKind.INLINE_REFUSED,
    ErrorKind.HOSTING_TROUBLE, ErrorKind.OTHER_ACCOUNT, ErrorKind.OVER_LIMIT, ErrorKind.KEYRING_TROUBLE,
    ErrorKind.HISTORY_TROUBLE, ErrorKind.HISTORY_DAMAGED, ErrorKind.APP_FAULT, ErrorKind.WEB_VIDEO,
}  # fmt: skip
"""What the tests below reach."""


def test_every_kind_of_trouble_is_reached() -> None:
    by_hand = {ErrorKind.CANCELLED, ErrorKind.INVALID_REQUEST}
    assert {one.kind for one in TROUBLES} | by_hand | HERE == set(ErrorKind)


@pytest.fixture
def live(service: DemoService, monkeypatch: pytest.MonkeyPatch) -> DemoService:
    """The demo service where RunComfy's would be: with an account, a price, and clips inside the request."""
    monkeypatch.setenv("RUNCOMFY_API_URL", service.url)
    return service


@pytest.fixture
def own_keyring() -> Iterator[MemoryKeyring]:
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def until_waiting(qtbot: QtBot, made: Session, wait: Wait) -> Job:
    found: list[Job] = []

    def is_there() -> bool:
        found[:] = [job for job in made.window.takes.jobs() if job.wait is wait]
        return bool(found)

    qtbot.waitUntil(is_there, timeout=LONG)
    made.window.takes.choose(found[0].id)
    return found[0]


# -- files


def test_a_file_that_is_no_video(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_text("This is no video.")
    advice = ADVICE[ErrorKind.UNREADABLE_MEDIA]
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        made.drops(bad)
        words = made.window.notice.words
        qtbot.waitUntil(lambda: advice.sentence.removesuffix(".") in words(), timeout=LONG)
        assert advice.next_step in words()
        picture(made, ErrorKind.UNREADABLE_MEDIA.value)
        assert made.window.notice._button.text() == "Choose another file"
        made.window.notice._button.click()
        dialog = asked_for_a_file(qtbot, made.workbench.opening._dialog)
        dialog.fileSelected.emit(str(make_clip(tmp_path / "other.mp4", frames=100, size=(320, 180))))
        dialog.reject()
        qtbot.waitUntil(lambda: _on_stage(made) == "other.mp4", timeout=LONG)


def test_an_address_that_holds_no_video(
    qtbot: QtBot, tmp_path: Path, service: DemoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    page = WebFile(
        b"<!DOCTYPE html><html><body>Sign in first.</body></html>", context=tls_context(tmp_path / "root.pem")
    )
    advice = ADVICE[ErrorKind.WEB_VIDEO]
    with ByteServer(page.script) as web, session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        made.drops(f"https://localhost:{web.port}/film.mp4?sig=secret")
        words = made.window.notice.words
        qtbot.waitUntil(lambda: advice.sentence.removesuffix(".") in words(), timeout=LONG)
        assert advice.next_step in words()
        assert "secret" not in words()
        picture(made, ErrorKind.WEB_VIDEO.value)
        made.window.notice._button.click()
        dialog = asked_for_a_file(qtbot, made.workbench.opening._dialog)
        dialog.reject()
        assert _on_stage(made) == "holiday.mp4"


def _on_stage(made: Session) -> str:
    clip = made.workbench.opening.clip
    return "" if clip is None else Path(clip.path).name


def test_a_video_that_is_gone_when_it_is_needed(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        film = tmp_path / "holiday.mp4"
        film.rename(tmp_path / "aside.mp4")
        retake(made)
        until_trouble(qtbot, made, ErrorKind.FILE_TROUBLE)
        button = check_told(made, ErrorKind.FILE_TROUBLE, Remedy.TRY_AGAIN)
        (tmp_path / "aside.mp4").rename(film)
        button.click()
        made.until_stage(Stage.READY)
        assert service.received.accepted_submissions == 1


def test_a_moment_that_cannot_be_decoded(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    film = make_clip(tmp_path / "torn.mp4", frames=300, size=(640, 360), gop=50)
    content = bytearray(film.read_bytes())
    start = content.index(b"mdat") + 4
    size = int.from_bytes(content[start - 8 : start - 4], "big") - 8
    torn = slice(start + size // 3, start + size)
    content[torn] = bytes(torn.stop - torn.start)
    film.write_bytes(content)
    with session(qtbot, tmp_path, service) as made:
        made.drops(film)
        qtbot.waitUntil(lambda: made.workbench.retaking.clip is not None, timeout=LONG)
        for name, time in (("Selection end", "00:00:11.000"), ("Selection start", "00:00:08.000")):
            made.person.sees(name, QLineEdit).setText(time)
        retake(made)
        until_trouble(qtbot, made, ErrorKind.MEDIA_FAILED)
        button = check_told(made, ErrorKind.MEDIA_FAILED, Remedy.TRY_AGAIN)
        before = [job.stage for job in made.jobs_seen].count(Stage.FAILED)
        button.click()
        qtbot.waitUntil(lambda: [job.stage for job in made.jobs_seen].count(Stage.FAILED) > before, timeout=LONG)
        assert service.received.accepted_submissions == 0


def test_a_full_disk(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        used = tools(qtbot, made)
        before, used.free_space = used.free_space, lambda _folder: 0
        retake(made)
        until_trouble(qtbot, made, ErrorKind.NO_SPACE)
        button = check_told(made, ErrorKind.NO_SPACE, Remedy.TRY_AGAIN)
        assert service.received.accepted_submissions == 0
        used.free_space = before
        button.click()
        made.until_stage(Stage.READY)
        assert service.received.accepted_submissions == 1


def _ready_take(qtbot: QtBot, tmp_path: Path, service: DemoService, frames: int) -> Job:
    """Of a film with `frames` frames, as no other test has one: its content would be known again there."""
    with session(qtbot, tmp_path, service) as made:
        made.drops(make_clip(tmp_path / "holiday.mp4", frames=frames, size=(640, 360)))
        qtbot.waitUntil(lambda: made.workbench.retaking.clip is not None, timeout=LONG)
        retake(made)
        return made.until_stage(Stage.READY)


def _review(qtbot: QtBot, made: Session, job: Job) -> None:
    qtbot.waitUntil(lambda: made.window.takes.job(job.id) is not None, timeout=LONG)
    made.window.takes.choose(job.id)
    made.person.presses("Review")


@pytest.fixture
def far(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nobody looks unasked."""
    away = tmp_path_factory.mktemp("far") / "away"
    away.mkdir()
    return away


def test_an_original_that_has_moved(qtbot: QtBot, tmp_path: Path, service: DemoService, far: Path) -> None:
    job = _ready_take(qtbot, tmp_path, service, 203)
    moved = (tmp_path / "holiday.mp4").rename(far / "renamed.mp4")
    with session(qtbot, tmp_path, service) as made:
        _review(qtbot, made, job)
        until_notice(qtbot, made, ErrorKind.ORIGINAL_MISSING, Remedy.FIND_ORIGINAL).click()
        dialog = asked_for_a_file(qtbot, made.workbench.finishing.originals._dialog)
        dialog.fileSelected.emit(str(moved))
        dialog.reject()
        qtbot.waitUntil(lambda: made.window.is_reviewing, timeout=LONG)


def test_an_original_that_has_become_another_video(
    qtbot: QtBot, tmp_path: Path, service: DemoService, far: Path
) -> None:
    job = _ready_take(qtbot, tmp_path, service, 207)
    aside = (tmp_path / "holiday.mp4").rename(far / "aside.mp4")
    make_clip(tmp_path / "holiday.mp4", frames=210, size=(640, 360), codec="mpeg4")
    with session(qtbot, tmp_path, service) as made:
        _review(qtbot, made, job)
        until_notice(qtbot, made, ErrorKind.ORIGINAL_CHANGED, Remedy.FIND_ORIGINAL).click()
        dialog = asked_for_a_file(qtbot, made.workbench.finishing.originals._dialog)
        dialog.fileSelected.emit(str(aside))
        dialog.reject()
        qtbot.waitUntil(lambda: made.window.is_reviewing, timeout=LONG)


# -- the account


def test_no_token_then_a_wrong_one_then_the_right_one(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_keyring: MemoryKeyring
) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    options = DemoOptions(token="the-right-one", queue_seconds=0.1, run_seconds=0, answer_size=None)
    with DemoService(folder, options) as picky:
        monkeypatch.setenv("RUNCOMFY_API_URL", picky.url)
        with session(qtbot, tmp_path, picky, {}) as made:
            _opened(qtbot, made, tmp_path)
            retake(made)
            until_notice(qtbot, made, ErrorKind.NO_TOKEN, Remedy.ENTER_TOKEN).click()
            enter_token(qtbot, made, "a-wrong-one")
            made.person.presses("Retake")
            until_trouble(qtbot, made, ErrorKind.BAD_TOKEN)
            check_told(made, ErrorKind.BAD_TOKEN, Remedy.ENTER_TOKEN).click()
            enter_token(qtbot, made, "the-right-one")
            made.person.presses("Try again")
            made.until_stage(Stage.READY)
        assert picky.received.accepted_submissions == 1
        assert "the-right-one" in own_keyring.kept.values()


def test_a_take_of_another_account_waits_for_that_account(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_keyring: MemoryKeyring
) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(queue_seconds=1.5, run_seconds=0, answer_size=None)) as slow:
        monkeypatch.setenv("RUNCOMFY_API_URL", slow.url)
        with session(qtbot, tmp_path, slow, {"RUNCOMFY_API_TOKEN": "hers"}) as made:
            _opened(qtbot, made, tmp_path)
            retake(made)
            made.until_stage(Stage.QUEUED)
        with session(qtbot, tmp_path, slow, {}) as made:
            until_waiting(qtbot, made, Wait.TOKEN)
            assert met(made).words.startswith("Waiting for a valid API token. Copy the token")
            picture(made, "waiting-for-a-token")
            met(made).button.click()
            enter_token(qtbot, made, "his")
            until_waiting(qtbot, made, Wait.OTHER_ACCOUNT)
            advice = ADVICE[ErrorKind.OTHER_ACCOUNT]
            assert met(made).words == f"{advice.sentence} {advice.next_step}"
            picture(made, ErrorKind.OTHER_ACCOUNT.value)
            assert met(made).button.text() == "Enter token"
            met(made).button.click()
            enter_token(qtbot, made, "hers")
            made.until_stage(Stage.READY)
        assert slow.received.accepted_submissions == 1
        assert own_keyring.kept


def test_a_keyring_that_cannot_be_used(
    qtbot: QtBot, tmp_path: Path, live: DemoService, own_keyring: MemoryKeyring
) -> None:
    own_keyring.is_gone = True
    with session(qtbot, tmp_path, live, {}) as made:
        _opened(qtbot, made, tmp_path)
        retake(made)
        until_notice(qtbot, made, ErrorKind.KEYRING_TROUBLE, Remedy.ENTER_TOKEN).click()
        made.person.sees("Keep for this session only", QCheckBox).setChecked(True)
        enter_token(qtbot, made, "for-now")
        made.person.presses("Retake")
        made.until_stage(Stage.READY)
        assert live.received.accepted_submissions == 1


def test_a_limit_of_ones_own(qtbot: QtBot, tmp_path: Path, live: DemoService) -> None:
    with session(qtbot, tmp_path, live, TOKEN) as made:
        _opened(qtbot, made, tmp_path)
        live.faults.add(answer(402))
        retake(made)
        until_trouble(qtbot, made, ErrorKind.NO_BALANCE)
        made.preferences.change(stop_above_per_day=Decimal("0.01"))
        met(made).button.click()
        until_notice(qtbot, made, ErrorKind.OVER_LIMIT, Remedy.OPEN_SETTINGS).click()
        dialog = made.workbench.setting_up._dialog
        assert dialog is not None
        assert dialog.money.stop_above.isVisible()
        dialog.close()
        made.person.presses("Retake")
        question = made.window.compose.money.question
        qtbot.waitUntil(lambda: question.is_open, timeout=LONG)
        assert question.stops
        picture(made, "stopped-by-the-day")
        made.preferences.change(stop_above_per_day=Decimal(100))
        met(made).button.click()
        made.until_stage(Stage.READY)
        assert live.received.accepted_submissions == 1


# -- the way to the service


def test_a_service_that_takes_nothing_inside_the_request(qtbot: QtBot, tmp_path: Path, live: DemoService) -> None:
    with session(qtbot, tmp_path, live, TOKEN) as made:
        _opened(qtbot, made, tmp_path)
        live.faults.add(answer(422, "video_url has to be an address that begins with https."))
        retake(made)
        job = until_trouble(qtbot, made, ErrorKind.INLINE_REFUSED)
        assert job.stage is Stage.HOSTING
        until_waiting(qtbot, made, Wait.HOSTING)
        check_told(made, ErrorKind.INLINE_REFUSED, Remedy.SET_UP_STORAGE).click()
        dialog = made.workbench.storage._dialog
        assert dialog is not None
        assert dialog.isVisible()
        assert job.window_path is not None
        made.person.sees("Address of the clip", QLineEdit).setText(_put_somewhere(live, Path(job.window_path)))
        made.person.presses("Use this address")
        made.until_stage(Stage.READY)
        dialog.close()
        assert live.received.accepted_submissions == 1


def _put_somewhere(live: DemoService, file: Path) -> str:
    """What a person does by hand with the file that the dialog names."""
    headers = {"Authorization": "Bearer a-token", "Content-Type": "video/mp4"}
    reply = httpx.put(f"{live.url}/demo/uploads/mine.mp4", content=file.read_bytes(), headers=headers)
    return str(reply.json()["url"])


def test_a_storage_that_takes_nothing(
    qtbot: QtBot, tmp_path: Path, live: DemoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETAKE_DESKTOP_STORAGE_SECRET", "a-password")
    folder = f"{live.url}/no-such-folder"
    place = Place(PlaceKind.WEBDAV, endpoint=folder, key_id="anna", public_url=folder)
    settings = Settings(hosting=HostingSettings(Way.AUTOMATIC, place))
    with session(qtbot, tmp_path, live, TOKEN, settings=settings) as made:
        tools(qtbot, made).hosts.use(settings.hosting)
        _opened(qtbot, made, tmp_path)
        retake(made)
        until_trouble(qtbot, made, ErrorKind.HOSTING_TROUBLE)
        until_waiting(qtbot, made, Wait.HOSTING)
        check_told(made, ErrorKind.HOSTING_TROUBLE, Remedy.SET_UP_STORAGE).click()
        dialog = made.workbench.storage._dialog
        assert dialog is not None
        assert dialog.isVisible()
        made.person.sees("Inside the request", QRadioButton).setChecked(True)
        made.until_stage(Stage.READY)
        dialog.close()
        assert live.received.accepted_submissions == 1


# -- the app itself


def test_a_record_that_cannot_be_opened(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    (tmp_path / "person" / "data" / "jobs.sqlite").mkdir(parents=True)
    with session(qtbot, tmp_path, service) as made:
        until_notice(qtbot, made, ErrorKind.HISTORY_TROUBLE, Remedy.NONE)
        assert service.received.accepted_submissions == 0


def test_a_record_that_is_damaged(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    data = tmp_path / "person" / "data"
    data.mkdir(parents=True)
    (data / "jobs.sqlite").write_bytes(b"SQLite format 3\0" + b"\x55" * 8192)
    with session(qtbot, tmp_path, service) as made:
        until_notice(qtbot, made, ErrorKind.HISTORY_DAMAGED, Remedy.NONE)
        _opened(qtbot, made, tmp_path)
        retake(made)
        made.until_stage(Stage.READY)


def test_a_bug_in_one_job(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    def broken(_folder: Path) -> int:
        raise ValueError("nobody thought of this")

    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        used = tools(qtbot, made)
        before, used.free_space = used.free_space, broken
        retake(made)
        until_trouble(qtbot, made, ErrorKind.APP_FAULT)
        check_told(made, ErrorKind.APP_FAULT, Remedy.LOOK_AT_REPORT).click()
        dialog = made.workbench.supporting._dialog
        assert dialog is not None
        assert dialog.isVisible()
        qtbot.waitUntil(lambda: dialog.report is not None, timeout=LONG)
        picture(made, "report")
        dialog.close()
        used.free_space = before
        # Everything else goes on.
        made.person.presses("Retake")
        made.until_stage(Stage.READY)


def test_no_network_at_the_start(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as gone:
        port = int(gone.url.rpartition(":")[2])
        monkeypatch.setenv("RUNCOMFY_API_URL", gone.url)
    with session(qtbot, tmp_path, gone, TOKEN) as made:
        button = until_notice(qtbot, made, ErrorKind.OFFLINE, Remedy.TRY_AGAIN)
        with DemoService(folder, QUICK, port=port):
            button.click()
            qtbot.waitUntil(lambda: made.window.compose._price is not None, timeout=LONG)
            assert made.window.notice.words() == ""
