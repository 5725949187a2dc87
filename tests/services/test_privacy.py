"""What of a person's lies where, from the records of real retakes; what delete now takes away, and what it leaves."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path

import pytest

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.keeping import KEPT_FOR
from retake_desktop.domain.privacy import Bar, Held, Holding
from retake_desktop.services import drafts, settings
from retake_desktop.services.drafts import Draft
from retake_desktop.services.pipeline.forgetting import delete
from retake_desktop.services.pipeline.privacy import looked_at
from retake_desktop.services.settings import Settings
from tests.services.pipeline_bench import TOKEN, Bench, bench, demo_service, request_for

Story = Callable[[Bench], Coroutine[None, None, None]]


def _told(tmp_path: Path, story: Story, *, demo: bool = False) -> None:
    async def whole() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service, token=None if demo else TOKEN, demo=demo) as made:
                await story(made)

    asyncio.run(whole())


async def _ready(made: Bench, tmp_path: Path, **changes: object) -> Job:
    request = request_for(tmp_path, **changes)
    (job,) = await made.pipeline.retake(request, await made.worker.probe(request.source))
    done = await made.pipeline.finished(job.id)
    assert done.stage is Stage.READY
    return done


def _holdings(made: Bench) -> dict[Held, Holding]:
    return {holding.what: holding for holding in looked_at(made.tools).holdings}


@pytest.mark.full
def test_a_retake_is_told_by_what_it_left_here_and_what_it_sent(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        assert set(_holdings(made)) <= {Held.RECORD, Held.TOKEN}
        job = await _ready(made, tmp_path)
        found = looked_at(made.tools)
        held = {holding.what: holding for holding in found.holdings}
        assert job.result_path is not None
        assert job.window_path is not None
        assert (held[Held.RESULTS].count, held[Held.RESULTS].bar) == (1, Bar.PAID_FOR)
        assert held[Held.RESULTS].size == Path(job.result_path).stat().st_size
        assert (held[Held.WINDOWS].size, held[Held.WINDOWS].bar) == (Path(job.window_path).stat().st_size, None)
        assert held[Held.RECORD].bar is Bar.RECEIPTS
        assert (held[Held.TOKEN].place, held[Held.TOKEN].bar) == ("session", None)
        assert job.submitted_at is not None
        assert (held[Held.SERVICE].place, held[Held.SERVICE].until) == ("127.0.0.1", job.submitted_at + KEPT_FOR)
        (sent,) = found.sendings
        assert (sent.job_id, sent.source, sent.prompt) == (job.id, job.request.source, "A red coat")
        assert job.window is not None
        assert (sent.seconds, sent.size, sent.way) == (float(job.window.duration), held[Held.WINDOWS].size, "inline")
        assert TOKEN not in repr(found)

    _told(tmp_path, story)


@pytest.mark.full
def test_a_demo_take_sent_nothing_anywhere(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        await _ready(made, tmp_path)
        found = looked_at(made.tools)
        assert Held.SERVICE not in {holding.what for holding in found.holdings}
        (sent,) = found.sendings
        assert sent.is_demo
        assert sent.until is None

    _told(tmp_path, story, demo=True)


@pytest.mark.full
def test_what_was_never_submitted_was_never_sent(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        job = await _ready(made, tmp_path)
        draft = replace(job, id="other", stage=Stage.CANCELLED, request_id=None, result_path=None, window_path=None)
        made.tools.history.add([draft])
        assert [sent.job_id for sent in looked_at(made.tools).sendings] == [job.id]

    _told(tmp_path, story)


@pytest.mark.full
def test_a_discarded_result_is_deleted_and_a_kept_or_ready_one_never(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        first, second = await _ready(made, tmp_path), await _ready(made, tmp_path, prompt="A green coat")
        assert first.result_path is not None
        assert second.result_path is not None
        await made.pipeline.discard(first.id)
        held = _holdings(made)
        assert (held[Held.DISCARDED].count, held[Held.DISCARDED].bar) == (1, None)
        await delete(made.tools, Held.DISCARDED)
        assert not Path(first.result_path).exists()
        assert Path(second.result_path).exists()
        after = made.tools.history.job(first.id)
        assert after is not None
        assert (after.stage, after.result_path, after.request_id) == (Stage.DISCARDED, None, first.request_id)
        assert made.tools.history.job(second.id) == second
        assert Held.DISCARDED not in _holdings(made)
        with pytest.raises(RetakeError, match="was deleted"):
            await made.pipeline.undiscard(first.id)

    _told(tmp_path, story)


def test_clips_that_open_takes_need_stay(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        job = await _ready(made, tmp_path)
        assert job.window_path is not None
        sibling = replace(job, id="sibling", take=2, stage=Stage.QUEUED, request_id="req-other", result_path=None)
        made.tools.history.add([sibling])
        assert _holdings(made)[Held.WINDOWS].bar is Bar.IN_USE
        await delete(made.tools, Held.WINDOWS)
        assert Path(job.window_path).exists()
        made.tools.history.save(replace(sibling, stage=Stage.CANCELLED))
        await delete(made.tools, Held.WINDOWS)
        assert not Path(job.window_path).exists()
        assert Held.WINDOWS not in _holdings(made)

    _told(tmp_path, story)


@pytest.mark.full
def test_demo_files_logs_and_previews_go_and_precious_things_stay(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        job = await _ready(made, tmp_path)
        folders = made.tools.folders
        demo, logs = folders.demo / "requests" / "1" / "state.json", folders.logs / "retake-desktop.log"
        for file in (demo, logs, folders.logs / "retake-desktop.log.1", folders.logs / "crash.log"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("words", encoding="utf-8")
        preview = folders.cache / "previews" / "ab" / f"{'ab' * 32}.preview"
        preview.parent.mkdir(parents=True)
        preview.write_bytes(b"x" * 100)
        held = _holdings(made)
        assert (held[Held.DEMO].count, held[Held.LOGS].count, held[Held.PREVIEWS].size) == (1, 3, 100)
        for what in (Held.DEMO, Held.LOGS, Held.PREVIEWS):
            await delete(made.tools, what)
        assert not demo.exists()
        assert not preview.exists()
        assert [(file.name, file.stat().st_size) for file in folders.logs.iterdir()] == [("retake-desktop.log", 0)]
        assert made.tools.history.job(job.id) == job
        assert Path(job.result_path or "").exists()

    _told(tmp_path, story)


def test_drafts_recent_videos_and_the_storage_secret_are_listed(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        folders = made.tools.folders
        drafts.save(folders.drafts, {"print": Draft("1", "3", "unsent")})
        place = Place(PlaceKind.S3, bucket="clips", key_id="key")
        settings.save(folders.settings, Settings(recent=("/a.mp4", "/b.mp4"), hosting=HostingSettings(place=place)))
        entry = made.tools.hosts.ledger.claim(place, "digest", 1234, "job-that-is-gone")
        held = _holdings(made)
        assert held[Held.RECENT].count == 2
        assert held[Held.DRAFTS].count == 1
        assert held[Held.SECRET].place == "keyring"
        assert (held[Held.STORAGE].size, held[Held.STORAGE].bar) == (1234, None)
        assert held[Held.STORAGE].place == place.title
        with pytest.raises(RetakeError, match="1 could not be deleted"):
            await delete(made.tools, Held.STORAGE)
        assert [known.key for known in made.tools.hosts.ledger.entries()] == [entry.key]

    _told(tmp_path, story)


def test_a_video_fetched_from_the_web_can_go_unless_takes_were_made_from_it(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        used, unused = (made.tools.folders.web / name / "clip.mp4" for name in ("used", "unused"))
        for video in (used, unused):
            video.parent.mkdir(parents=True)
            video.write_bytes(Path(request_for(tmp_path).source).read_bytes())
            (video.parent / "address").write_text("https://example.org/clip.mp4", encoding="utf-8")
        job = await _ready(made, tmp_path, source=str(used))
        assert (_holdings(made)[Held.FETCHED].count, _holdings(made)[Held.FETCHED].bar) == (2, None)
        await delete(made.tools, Held.FETCHED)
        assert (_holdings(made)[Held.FETCHED].count, _holdings(made)[Held.FETCHED].bar) == (2, Bar.ORIGINALS)
        await delete(made.tools, Held.FETCHED)
        assert (used.exists(), unused.exists(), made.tools.history.job(job.id)) == (True, False, job)

    _told(tmp_path, story)
