"""Opening some files takes a while: the window shows their first picture and how far it is, and lets go of others."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip, Finding
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Progress
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.picture import Picture
from retake_desktop.services.folders import Folders
from retake_desktop.services.secrets import TokenStore
from retake_desktop.ui.clip_advice import FINDINGS, advice
from retake_desktop.ui.drop import read_text
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.style import Style
from tests.fakes.byte_server import ByteServer
from tests.fakes.footage import make_clip
from tests.fakes.web_file import WebFile, tls_context
from tests.ui.making import Bench, a_bench, a_clip

LONG = 20_000
ANOTHER = "/videos/b.mp4"
PICTURE = Picture(0, Fraction(0), 32, 18, 128, bytes((0, 0, 255, 255)) * (32 * 18))


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip(), a_clip(ANOTHER))
    yield made
    made.close()


def words(bench: Bench) -> str:
    return bench.window.welcome._busy.text()


def test_the_first_picture_shows_while_the_frames_are_found(bench: Bench) -> None:
    path = "/videos/long.ts"
    bench.workbench.opening.open_path(path)
    glimpse = bench.window.welcome._glimpse
    assert (words(bench), glimpse.isVisible()) == ("Reading long.ts…", False)
    bench.jobs.clip_reading.emit(path, PICTURE)
    bench.jobs.clip_reading.emit(path, Progress(500, 2000))
    assert glimpse.isVisible()
    assert glimpse.pixmap().toImage().pixelColor(9, 9).getRgb() == (255, 0, 0, 255)
    assert words(bench) == "Finding every frame of long.ts… 25 %"
    bench.jobs.clip_refused.emit(path, Problem(ErrorKind.UNREADABLE_MEDIA, "it is damaged"))
    assert not glimpse.isVisible()
    assert words(bench) == ""


def test_news_of_a_file_that_is_not_wanted_any_more_is_not_shown(bench: Bench) -> None:
    bench.workbench.opening.open_path("/videos/first.ts")
    bench.jobs.clip_reading.emit("/videos/first.ts", PICTURE)
    bench.workbench.opening.open_path("/videos/second.ts")
    bench.jobs.clip_reading.emit("/videos/first.ts", PICTURE)
    bench.jobs.clip_reading.emit("/videos/first.ts", Progress(1, 2))
    assert not bench.window.welcome._glimpse.isVisible()
    assert words(bench) == "Reading second.ts…"


def test_above_an_open_video_the_notice_tells_how_far_it_is(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    bench.workbench.opening.open_path("/videos/long.ts")
    bench.jobs.clip_reading.emit("/videos/long.ts", Progress(90, 100))
    assert "90 %" in bench.window.notice.words()
    bench.workbench.opening.open_path("/videos/another.ts")
    assert bench.window.notice.words() == "Reading another.ts…", "never the one that is not read any more"


def test_how_far_it_is_stirs_nothing_and_comes_no_more_once_it_is_dismissed(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    noted: list[str] = []
    bench.window.notice.said.connect(lambda words, _tone: noted.append(words))
    bench.workbench.opening.open_path("/videos/long.ts")
    for done in (10, 11, 12):
        bench.jobs.clip_reading.emit("/videos/long.ts", Progress(done, 100))
    assert "12 %" in bench.window.notice.words()
    assert [words[-4:] for words in noted] == ["10 %"], "a screen reader hears of it once"
    bench.window.notice.hide()
    bench.jobs.clip_reading.emit("/videos/long.ts", Progress(13, 100))
    assert bench.window.notice.words() == ""
    bench.workbench.notices.say("Something else.")
    bench.jobs.clip_reading.emit("/videos/long.ts", Progress(14, 100))
    assert bench.window.notice.words() == "Something else."


def test_another_video_that_is_soon_there_comes_without_a_word_and_nothing_moves(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    noted: list[str] = []
    bench.window.notice.said.connect(lambda words, _tone: noted.append(words))
    place = bench.window.stage.mapTo(bench.window, QPoint())
    bench.workbench.opening.open_path(ANOTHER)
    assert not bench.window.notice.isVisible()
    qtbot.waitUntil(lambda: not bench.workbench.opening.is_opening)
    qtbot.wait(20)
    assert (noted, bench.window.stage.mapTo(bench.window, QPoint())) == ([], place)


def test_one_that_takes_longer_is_said_to_be_read(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    bench.jobs.is_silent = True
    bench.workbench.opening.open_path("/videos/long.ts")
    qtbot.waitUntil(lambda: bench.window.notice.words() == "Reading long.ts…")


@pytest.mark.parametrize("finding", list(Finding))
def test_what_was_found_about_a_file_is_told(finding: Finding, qtbot: QtBot, styled: Style) -> None:
    odd = replace(a_clip("/videos/odd.mp4"), findings=(finding,))
    bench = a_bench(qtbot, styled, odd)
    bench.open(qtbot, odd)
    assert advice(odd) == FINDINGS[finding]
    assert FINDINGS[finding] in bench.window.notice._words.text()
    bench.close()


def test_the_first_picture_is_made_in_the_size_in_which_the_stage_shows_it(bench: Bench, qtbot: QtBot) -> None:
    playback = bench.window.stage.playback
    bench.workbench.opening.open_path(a_clip().path)
    asked = playback.box
    qtbot.waitUntil(lambda: bench.workbench.retaking.clip is not None and bench.window.stage.shot is not None)
    assert bench.window.stage.isVisible()
    assert playback.box == asked == (bench.window.stage.width(), bench.window.stage.height())


def test_a_video_is_remembered_although_the_window_closes_at_once(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    bench.close()
    assert [settings.recent for settings in bench.saved] == [(a_clip().path,)]


def test_remembering_a_video_leaves_the_form_and_the_keys_alone(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    noted: list[str] = []
    sys.setprofile(lambda frame, event, _what: noted.append(frame.f_code.co_qualname) if event == "call" else None)
    try:
        bench.preferences.change(recent=("/videos/another.mp4",))
    finally:
        sys.setprofile(None)
    assert "Opening._show_recent" in noted
    assert {"ComposePanel._refresh", "keys_of"} & set(noted) == set()


def test_an_address_is_fetched_and_then_opened_and_said_to_come_from_there(bench: Bench, qtbot: QtBot) -> None:
    url, clip = "https://films.example.org/a.mp4?sig=secret", a_clip()
    bench.workbench.opening.take_drop(read_text(url))
    assert bench.jobs.asked[-1] == ("open_address", url)
    assert words(bench) == "Fetching the video from films.example.org…"
    bench.jobs.clip_reading.emit(url, Progress(34, 100))
    assert words(bench) == "Fetching the video from films.example.org… 34 %"
    bench.jobs.clip_fetched.emit(url, clip.path)
    qtbot.waitUntil(lambda: bench.workbench.opening.clip == clip)
    assert "Fetched from films.example.org." in bench.window.notice.words()
    qtbot.waitUntil(lambda: bench.preferences.settings.recent == (clip.path,))


def test_an_address_that_gives_no_video_is_told_without_its_signature(bench: Bench) -> None:
    url = "https://films.example.org/a.mp4?sig=secret"
    bench.workbench.opening.take_drop(read_text(url))
    bench.jobs.clip_refused.emit(url, Problem(ErrorKind.WEB_VIDEO, "nothing lies at that address"))
    said = bench.window.welcome._trouble.text()
    assert said.startswith("films.example.org: The video cannot be fetched from that address (nothing lies")
    assert "secret" not in said
    assert words(bench) == ""


def test_an_address_that_nobody_waits_for_any_more_opens_nothing(bench: Bench) -> None:
    url = "https://films.example.org/a.mp4"
    bench.workbench.opening.take_drop(read_text(url))
    bench.workbench.opening.open_path("/videos/other.mp4")
    asked = len(bench.jobs.asked)
    bench.jobs.clip_fetched.emit(url, a_clip().path)
    assert len(bench.jobs.asked) == asked


async def _no_demo() -> str:
    raise AssertionError("the demo service is not asked for")


def _real_thread(cache: DiskCache | None = None) -> JobThread:
    folders = Folders.of_this_person()
    folders.create()
    return JobThread(folders, TokenStore({}), _no_demo, demo=False, cache=cache)


def test_on_the_real_job_thread_a_video_comes_from_a_server_with_a_certificate_of_its_own(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNCOMFY_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    film = make_clip(tmp_path / "film.mp4", frames=5, size=(160, 90))

    jobs = _real_thread()
    with ByteServer(WebFile(film.read_bytes(), context=tls_context(tmp_path / "root.pem")).script) as web:
        url = f"https://localhost:{web.port}/film.mp4"
        with qtbot.waitSignal(jobs.clip_fetched, timeout=LONG) as told:
            jobs.start()
            jobs.open_address(url)
        path = told.args[1]
        with qtbot.waitSignal(jobs.clip_opened, timeout=LONG) as opened:
            jobs.open_clip(path)
    assert (told.args[0], Path(path).read_bytes()) == (url, film.read_bytes())
    assert len(opened.args[0].frames) == 5
    with qtbot.waitSignal(jobs.finished, timeout=LONG):
        jobs.shut_down()


def test_a_file_that_nobody_waits_for_makes_way_for_the_next(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the real job thread, with a film of which finding every frame takes seconds."""
    monkeypatch.setenv("RUNCOMFY_API_URL", "http://127.0.0.1:9")
    long, good = tmp_path / "long.ts", make_clip(tmp_path / "good.mp4", frames=5, size=(160, 90))
    part = make_clip(tmp_path / "part.ts", frames=50, size=(160, 90), audio=False).read_bytes()
    long.write_bytes(part * (100_000_000 // len(part)))

    jobs = _real_thread()
    opened: list[Clip] = []
    jobs.clip_opened.connect(opened.append)
    jobs.start()
    with qtbot.waitSignal(jobs.clip_reading, timeout=LONG):
        jobs.open_clip(str(long))
    with qtbot.waitSignal(jobs.clip_opened, timeout=LONG):
        jobs.open_clip(str(good))
    desk = jobs._desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk._tools.worker._busy, timeout=LONG)
    qtbot.wait(100)  # For what a child that was not ended would have found.
    assert [clip.path for clip in opened] == [str(good)]
    with qtbot.waitSignal(jobs.finished, timeout=LONG):
        jobs.shut_down()


def test_what_the_real_job_thread_reads_of_a_film_is_kept(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNCOMFY_API_URL", "http://127.0.0.1:9")
    film, cache = make_clip(tmp_path / "film.mkv", frames=5, size=(160, 90)), DiskCache(tmp_path / "cache")
    jobs = _real_thread(cache)
    jobs.start()
    with qtbot.waitSignal(jobs.clip_opened, timeout=LONG):
        jobs.open_clip(str(film))
    assert cache.size() > 0
    with qtbot.waitSignal(jobs.finished, timeout=LONG):
        jobs.shut_down()
