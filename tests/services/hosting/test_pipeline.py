"""Through the whole pipeline: a retake whose window travels through the person's own storage, and back out of it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import keyring
import pytest

from retake_desktop.demo import retaking
from retake_desktop.demo.faults import Answer, Call
from retake_desktop.demo.files import FileStore
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import HostingSettings, Way
from retake_desktop.domain.job import AttemptState, Job, Stage, Wait
from retake_desktop.services import settings
from retake_desktop.services.history import History
from retake_desktop.services.hosting.ledger import State
from retake_desktop.services.hosting.storage import storage_at
from retake_desktop.services.pipeline import web_source
from retake_desktop.services.pipeline.hosts import Hosts
from retake_desktop.services.settings import Settings
from tests.fakes.byte_server import ByteServer
from tests.fakes.cutting_proxy import CuttingProxy
from tests.fakes.footage import make_clip
from tests.fakes.memory_keyring import MemoryKeyring
from tests.fakes.storage_servers import Server, asked
from tests.fakes.web_file import WebFile
from tests.services.pipeline_bench import Bench, bench, demo_service, request_for


@pytest.fixture(autouse=True)
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The demo service as one that goes out to fetch, as RunComfy does; what it fetched."""
    urls: list[str] = []

    def fetch(url: str, _files: FileStore) -> Path:
        urls.append(url)
        target = tmp_path / f"fetched-{len(urls)}.mp4"
        target.write_bytes(asked("GET", url))
        return target

    monkeypatch.setattr(retaking, "fetch", fetch)
    return urls


@pytest.fixture(autouse=True)
def _a_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield
    keyring.set_keyring(before)


def set_up(made: Bench, server: Server, way: Way = Way.AUTOMATIC, **changes: object) -> None:
    place = replace(server.place, **changes)  # type: ignore[arg-type]  # keyword arguments by name
    settings.save(made.tools.folders.settings, Settings(hosting=HostingSettings(way, place)))
    # The servers live in the real time, not in the patient one.
    made.tools.hosts = Hosts(made.tools.folders, made.tools.hosts.secrets)
    made.tools.hosts.secrets.save(place.id, server.secret, session_only=False)


async def pressed(made: Bench, tmp_path: Path, **changes: object) -> tuple[Job, ...]:
    request = request_for(tmp_path, **changes)
    clip = await made.worker.probe(request.source)
    return await made.pipeline.retake(request, clip)


async def rested(made: Bench, tmp_path: Path, **changes: object) -> tuple[Job, ...]:
    jobs = await pressed(made, tmp_path, **changes)
    return tuple([await made.pipeline.finished(job.id) for job in jobs])


def story_of(tell: Callable[[], Coroutine[None, None, None]]) -> None:
    asyncio.run(tell())


def test_a_retake_travels_through_the_storage_and_leaves_nothing_there(
    tmp_path: Path, rclone_server: Server, fetched: list[str]
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                set_up(made, rclone_server)
                (job,) = await rested(made, tmp_path)
                assert (job.stage, job.hosting) == (Stage.READY, "storage")
                assert job.hosting_note == "through your storage, clips at 127.0.0.1, because it is set up"
                assert job.video_url is not None
                assert "X-Amz-Signature=" in job.video_url
                assert job.hosting_key is not None
                assert "clip" not in job.hosting_key
                assert fetched == [job.video_url]
            assert rclone_server.names() == []
            assert list((tmp_path / "data" / "hosted").glob("*.json")) == []

    story_of(story)


def test_the_takes_of_one_press_share_one_upload(tmp_path: Path, rclone_server: Server) -> None:
    async def story() -> None:
        port = int(rclone_server.place.endpoint.rpartition(":")[2])
        with demo_service(tmp_path) as service, CuttingProxy(port).running() as watched:
            async with bench(tmp_path, service) as made:
                set_up(made, rclone_server, endpoint=f"http://127.0.0.1:{watched.port}")
                jobs = await rested(made, tmp_path, takes=3)
                assert [job.stage for job in jobs] == [Stage.READY] * 3
                assert len({job.hosting_key for job in jobs}) == 1
                assert jobs[0].window_path is not None
                size = Path(jobs[0].window_path).stat().st_size
                assert size < watched.went_up < size * 1.5 + 30_000
        assert rclone_server.names() == []

    story_of(story)


@pytest.mark.full
def test_a_cancelled_upload_leaves_nothing(tmp_path: Path, rclone_server: Server) -> None:
    async def story() -> None:
        port = int(rclone_server.place.endpoint.rpartition(":")[2])
        with demo_service(tmp_path) as service, CuttingProxy(port, per_second=10_000).running() as slow:
            async with bench(tmp_path, service) as made:
                set_up(made, rclone_server, endpoint=f"http://127.0.0.1:{slow.port}")
                (job,) = await pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.HOSTING and seen.progress is not None)
                [entry] = made.tools.hosts.ledger.entries()
                assert entry.state is State.UPLOADING
                await made.pipeline.cancel(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.CANCELLED
            # What had left this computer before the cancel reaches the storage late: it stays on record until then.
            [late] = made.tools.hosts.ledger.entries()
            assert (late.key, late.state) == (entry.key, State.REMOVING)
            slow.per_second = 0
            async with asyncio.timeout(20):
                while slow.ended < slow.connections:
                    await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
            later = Hosts(
                made.tools.folders, made.tools.hosts.secrets, now=lambda: datetime.now(UTC) + timedelta(minutes=20)
            )
            again = History(made.tools.folders.history)
            assert await later.sweep(again) == 0
            again.close()
            assert later.ledger.entries() == ()
            assert rclone_server.names() == []
            assert service.received.accepted_submissions == 0

    story_of(story)


def test_what_a_killed_process_left_is_taken_up_and_deleted_afterwards(tmp_path: Path, rclone_server: Server) -> None:
    async def story() -> None:
        port = int(rclone_server.place.endpoint.rpartition(":")[2])
        with demo_service(tmp_path) as service, CuttingProxy(port, per_second=5_000).running() as slow:
            async with bench(tmp_path, service) as made:
                set_up(made, rclone_server, endpoint=f"http://127.0.0.1:{slow.port}")
                (job,) = await pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.HOSTING and seen.progress is not None)
                # As a power cut leaves it: on record, half way up, and nobody to take it back.
                made.pipeline._work._tasks[job.id].cancel()
            ledger = made.tools.hosts.ledger
            [begun] = ledger.entries()
            assert begun.state is State.UPLOADING
            ledger.arrived(ledger.claim(begun.place, "0" * 64, 5, "a job that is on no record"))
            slow.per_second = 0
            async with bench(tmp_path, service) as again:
                set_up(again, rclone_server, endpoint=f"http://127.0.0.1:{slow.port}")
                (resumed,) = await again.pipeline.resume()
                ready = await again.pipeline.finished(resumed.id)
                assert (ready.stage, ready.hosting_key) == (Stage.READY, begun.key)
                assert service.received.accepted_submissions == 1
            assert ledger.entries() == ()
            assert rclone_server.names() == []

    story_of(story)


def test_a_refused_inline_clip_waits_and_goes_on_through_new_storage_with_one_bill(
    tmp_path: Path, rclone_server: Server
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(
                Answer(call=Call.SUBMIT, status=422, body={"detail": "video_url must be a public https URL, not data:"})
            )
            async with bench(tmp_path, service) as made:
                (job,) = await rested(made, tmp_path)
                assert (job.stage, job.wait, job.inline_refused) == (Stage.HOSTING, Wait.HOSTING, True)
                assert job.problem is not None
                assert job.problem.kind is ErrorKind.INLINE_REFUSED
            async with bench(tmp_path, service) as again:
                (still,) = await again.pipeline.resume()
                assert (await again.pipeline.finished(still.id)).wait is Wait.HOSTING
                set_up(again, rclone_server)
                (going,) = await again.pipeline.resume()
                ready = await again.pipeline.finished(going.id)
                assert (ready.stage, ready.hosting) == (Stage.READY, "storage")
                states = [attempt.state for attempt in again.tools.history.attempts(job.id)]
                assert states == [AttemptState.REFUSED, AttemptState.ACCEPTED]
                assert service.received.accepted_submissions == 1

    story_of(story)


@pytest.mark.full
@pytest.mark.parametrize(
    ("changes", "secret", "word"),
    [
        ({"bucket": "nope"}, None, "no bucket or container"),
        ({}, "wrong", "secret does not belong"),
        ({}, "", "not in the keyring"),
    ],
)
def test_storage_trouble_makes_the_job_wait_with_nothing_sent(
    tmp_path: Path, rclone_server: Server, changes: dict[str, object], secret: str | None, word: str
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                set_up(made, rclone_server, Way.AUTOMATIC, **changes)
                place = replace(rclone_server.place, **changes)  # type: ignore[arg-type]  # keyword arguments by name
                if secret:
                    made.tools.hosts.secrets.save(place.id, secret, session_only=False)
                elif secret is not None:
                    made.tools.hosts.secrets.forget(place.id)
                (job,) = await rested(made, tmp_path)
                assert (job.stage, job.wait) == (Stage.HOSTING, Wait.HOSTING)
                assert job.problem is not None
                assert (job.problem.kind, word in job.problem.detail) == (ErrorKind.HOSTING_TROUBLE, True)
                assert made.tools.history.attempts(job.id) == ()
                assert service.received.accepted_submissions == 0
                set_up(made, rclone_server)
                (going,) = await made.pipeline.resume()
                assert (await made.pipeline.finished(going.id)).stage is Stage.READY
            # Only what was stopped on its way stays on record for a while.
            assert all(entry.may_arrive_late for entry in made.tools.hosts.ledger.entries())
            assert rclone_server.names() == []

    story_of(story)


def test_an_address_that_would_not_outlast_the_queue_is_made_anew_before_sending(
    tmp_path: Path, rclone_server: Server
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            away = service.url
        async with bench(tmp_path, away, patience=5) as made:
            set_up(made, rclone_server)
            (job,) = await rested(made, tmp_path)
            assert (job.stage, job.wait) == (Stage.SUBMITTING, Wait.NETWORK)
            assert job.video_url_expires is not None
            soon = made.clocks.now() + timedelta(days=1)
            made.tools.history.save(replace(job, video_url_expires=soon))
            # Somebody has tidied the bucket meanwhile: then it is brought there again.
            for present in (True, False):
                if not present:
                    storage = await made.tools.hosts.storage(rclone_server.place)
                    await storage.remove(job.hosting_key or "")
                (again,) = await made.pipeline.resume()
                later = await made.pipeline.finished(again.id)
                assert later.video_url_expires is not None
                assert later.video_url_expires > soon + timedelta(hours=1)
                assert (later.hosting_key == job.hosting_key) is present
                made.tools.history.save(replace(later, video_url_expires=soon))
            assert len(rclone_server.names()) == 1
            await made.pipeline.cancel(job.id)
        assert rclone_server.names() == []

    story_of(story)


def test_nothing_goes_anywhere_that_the_person_did_not_set_up(tmp_path: Path, rclone_server: Server) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                (job,) = await rested(made, tmp_path)
                assert (job.stage, job.hosting, job.video_url) == (Stage.READY, "inline", None)
                assert "because no storage is set up" in job.hosting_note
                set_up(made, rclone_server, Way.INLINE)
                (job,) = await rested(made, tmp_path)
                assert (job.hosting, job.video_url) == ("inline", None)
                assert not (tmp_path / "data" / "hosted").exists()

    story_of(story)


def test_a_waiting_take_goes_on_with_an_address_where_its_clip_lies(tmp_path: Path, webdav_server: Server) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Answer(call=Call.SUBMIT, status=422, body={"detail": "video_url must not be data:"}))
            async with bench(tmp_path, service) as made:
                (job,) = await rested(made, tmp_path)
                assert job.wait is Wait.HOSTING
                assert job.window_path is not None
                storage = storage_at(webdav_server.place, webdav_server.secret)
                address = (await storage.address("mine.mp4")).url or ""
                for content in (None, b"another file"):
                    if content is not None:
                        other = tmp_path / "other.mp4"
                        other.write_bytes(b"\x00\x00\x00\x18ftypmp42" + content)
                        await storage.put(other, "mine.mp4", lambda _progress: None)
                    with pytest.raises(RetakeError) as refused:
                        await made.pipeline.use_address(job.id, address)
                    assert refused.value.kind is ErrorKind.INVALID_REQUEST
                await storage.put(Path(job.window_path), "mine.mp4", lambda _progress: None)
                await made.pipeline.use_address(job.id, address)
                ready = await made.pipeline.finished(job.id)
                assert (ready.stage, ready.hosting, ready.video_url) == (Stage.READY, "url", address)
                assert service.received.accepted_submissions == 1
                # What the person put somewhere themselves is theirs.
                assert webdav_server.names() == ["mine.mp4"]
                await storage.remove("mine.mp4")

    story_of(story)


@pytest.mark.full
def test_a_whole_video_from_the_web_is_fetched_by_the_service_from_its_own_address(
    tmp_path: Path, fetched: list[str], rclone_server: Server
) -> None:
    async def story() -> None:
        clip = make_clip(tmp_path / "clip.mp4", frames=100, rate=Fraction(25), size=(320, 180))
        file = WebFile(clip.read_bytes())
        with demo_service(tmp_path) as service, ByteServer(file.script) as web:
            async with bench(tmp_path, service) as made:
                url = f"{web.url}/clip.mp4"
                source = await web_source.fetched(made.tools, url, lambda _progress: None)
                (part,) = await rested(made, tmp_path, source=source)
                assert (part.stage, part.hosting) == (Stage.READY, "inline"), "a part of it lies nowhere"
                (job,) = await rested(made, tmp_path, source=source, whole=True)
                assert (job.stage, job.hosting, job.video_url) == (Stage.READY, "url", url)
                assert "because the very same file lies there" in job.hosting_note
                assert job.window is not None
                assert job.alignment is not None
                assert (job.window.source.start, job.window.stretch) == (Fraction(0), Fraction(1))
                assert job.window.frame_count == 100
                assert fetched == [url]
                set_up(made, rclone_server)
                (job,) = await rested(made, tmp_path, source=source, whole=True)
                assert (job.stage, job.hosting) == (Stage.READY, "storage")

    story_of(story)


def test_an_address_at_which_another_video_lies_by_now_is_not_given_to_the_service(
    tmp_path: Path, fetched: list[str]
) -> None:
    async def story() -> None:
        clip = make_clip(tmp_path / "clip.mp4", frames=100, rate=Fraction(25), size=(320, 180))
        file = WebFile(clip.read_bytes())
        with demo_service(tmp_path) as service, ByteServer(file.script) as web:
            async with bench(tmp_path, service) as made:
                source = await web_source.fetched(made.tools, f"{web.url}/clip.mp4", lambda _progress: None)
                file.content = file.content[:-2000] + bytes(2000)
                (job,) = await rested(made, tmp_path, source=source, whole=True)
                assert (job.stage, job.hosting) == (Stage.READY, "inline")
        assert fetched == []

    story_of(story)
