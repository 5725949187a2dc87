"""The media worker: the same answers from a child process, and no trouble from it, whatever happens to it."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media import worker_protocol as protocol
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.picture import Picture
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import Listeners, MediaWorker
from tests.fakes.footage import make_clip, read_number

ROOT = str(Path(__file__).parents[2])

STUCK = "import ctypes; ctypes.PyDLL(None).sleep(600)"
"""A call into C that blocks and holds Python's lock, so that no other thread of the child runs either."""

Ask = Callable[[MediaWorker], Awaitable[Any]]


def run(ask: Ask, command: tuple[str, ...] | None = None) -> Any:
    """What `ask` gives for a worker that is closed afterwards."""

    async def session() -> Any:
        worker = MediaWorker(command)
        try:
            return await ask(worker)
        finally:
            await worker.close()

    return asyncio.run(session())


def child_with(body: str, function: str = "probe", arguments: str = "path, *others") -> tuple[str, ...]:
    """A command for the real child in which a media function is replaced by the function body `body`."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    program = (
        "import os, sys, time, signal\n"
        f"from retake_desktop.media import probe, {function}, worker_child\n"
        f"real = {function}.{function}\n"
        f"def changed({arguments}):\n{lines}\n"
        f"{function}.{function} = changed\n"
        "sys.exit(worker_child.run())\n"
    )
    return sys.executable, "-c", program


def wait_until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not what():
        assert time.monotonic() < deadline, "it did not happen within 10 s"
        time.sleep(0.01)


async def until(what: Callable[[], bool]) -> None:
    await asyncio.to_thread(wait_until, what)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_probe_in_the_child_gives_the_same_clip(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "🎬 a.mkv", rate=Fraction(24000, 1001), start=Fraction(7, 10)))
    assert run(lambda worker: worker.probe(path)) == probe(path)


@pytest.mark.parametrize(("name", "kind"), [("empty.mp4", "unreadable_media"), ("gone.mp4", "file_trouble")])
def test_trouble_arrives_as_it_was_raised(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(RetakeError) as direct:
        probe(str(tmp_path / name))
    with pytest.raises(RetakeError) as caught:
        run(lambda worker: worker.probe(str(tmp_path / name)))
    assert caught.value.kind == kind
    assert caught.value.problem == direct.value.problem


def test_a_name_that_is_no_text_is_trouble_with_the_file() -> None:
    with pytest.raises(RetakeError) as caught:
        run(lambda worker: worker.probe("/tmp/\udcff.mp4"))  # noqa: S108 - nothing is written there
    assert caught.value.kind is ErrorKind.FILE_TROUBLE


def test_prepare_verify_and_splice_work_in_the_child(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=200, gop=25)))
    request = RetakeRequest(clip.path, Span(Fraction(3), Fraction(5)), "a red coat")
    progress: list[Progress] = []

    async def retake(worker: MediaWorker) -> None:
        prepared = await worker.prepare(clip, request, str(tmp_path / "w.mp4"), 11 << 20, progress.append)
        assert progress
        assert progress[-1].done == progress[-1].total == prepared.window.frame_count
        progress.clear()
        result = await worker.verify(prepared.path, prepared.window)
        assert len(result.frames) == prepared.window.frame_count
        take = KeptTake(result, prepared.window, request.span, request.mode)
        report = await worker.splice(clip, [take], str(tmp_path / "out.mp4"), progress.append)
        assert report.frames_total == 200
        assert progress

    run(retake)


def test_progress_does_not_flood_the_app(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    command = child_with(
        "for i in range(20_001): on_progress(worker_child.Progress(i, 20_000))\n"
        "raise probe.RetakeError('file_trouble', '')",
        "splice",
        "original, takes, output, on_progress",
    )
    progress: list[Progress] = []

    async def spliced(worker: MediaWorker) -> None:
        with pytest.raises(RetakeError):
            await worker.splice(clip, [], str(tmp_path / "b.mp4"), progress.append)

    run(spliced, command)
    assert progress[-1] == Progress(20_000, 20_000)
    assert progress[0] == Progress(0, 20_000)
    assert len(progress) < 1000


def test_one_child_serves_call_after_call(tmp_path: Path) -> None:
    command = child_with("raise probe.RetakeError('file_trouble', str(os.getpid()))")

    async def pids(worker: MediaWorker) -> list[str]:
        await worker.warm_up()
        return [await detail_of(worker) for _ in range(3)]

    assert len(set(run(pids, command))) == 1


async def detail_of(worker: MediaWorker) -> str:
    with pytest.raises(RetakeError) as caught:
        await worker.probe("x")
    return caught.value.detail


def test_calls_at_once_run_side_by_side(tmp_path: Path) -> None:
    meeting = str(tmp_path / "meeting")
    Path(meeting).mkdir()
    command = child_with(
        f"open({meeting!r} + '/' + path, 'w').close()\n"
        f"while len(os.listdir({meeting!r})) < 2: time.sleep(0.01)\n"
        "raise probe.RetakeError('file_trouble', 'met')"
    )

    async def both(worker: MediaWorker) -> list[BaseException]:
        found = await asyncio.gather(worker.probe("a"), worker.probe("b"), return_exceptions=True)
        return [one for one in found if isinstance(one, BaseException)]

    assert [str(error) for error in run(both, command)] == ["file_trouble: met"] * 2


def test_cancelling_kills_the_child_at_once(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    command = child_with(
        f"open({str(mark)!r} + '.new', 'w').write(str(os.getpid()))\n"
        f"os.rename({str(mark)!r} + '.new', {str(mark)!r})\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + STUCK
    )

    async def cancelled(worker: MediaWorker) -> float:
        task = asyncio.create_task(worker.probe("x"))
        await until(mark.exists)
        before = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not is_running(int(mark.read_text(encoding="ascii")))
        return time.monotonic() - before

    assert run(cancelled, command) < 1


@pytest.mark.parametrize(
    "end", ["os.kill(os.getpid(), signal.SIGSEGV)", "os.kill(os.getpid(), signal.SIGKILL)", "os._exit(3)"]
)
def test_a_child_that_dies_is_trouble_with_the_file_and_the_next_call_works(end: str, tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "good.mp4", frames=5))
    command = child_with(f"if path == 'bad': {end}\nreturn real(path, *others)")

    async def session(worker: MediaWorker) -> None:
        for _ in range(2):
            with pytest.raises(RetakeError) as caught:
                await worker.probe("bad")
            assert caught.value.kind is ErrorKind.UNREADABLE_MEDIA
            assert caught.value.detail
            assert len((await worker.probe(path)).frames) == 5

    run(session, command)


def test_a_child_that_died_while_idle_is_replaced(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "good.mp4", frames=5))
    pid_file = tmp_path / "pid"
    command = child_with(f"open({str(pid_file)!r}, 'w').write(str(os.getpid()))\nreturn real(path, *others)")

    async def session(worker: MediaWorker) -> None:
        await worker.probe(path)
        pid = int(pid_file.read_text(encoding="ascii"))
        os.kill(pid, signal.SIGKILL)
        await until(lambda: not is_running(pid))
        await asyncio.sleep(0.1)
        assert len((await worker.probe(path)).frames) == 5

    run(session, command)


def test_a_bug_in_the_child_is_logged_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RetakeError) as caught:
        run(lambda worker: worker.probe("x"), child_with("return {}['missing key']"))
    assert caught.value.problem.detail == "internal error: KeyError"
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert ["missing key" in record.getMessage() for record in errors] == [True]


def test_a_call_for_more_memory_than_there_is_fails_alone() -> None:
    with pytest.raises(RetakeError) as caught:
        run(lambda worker: worker.probe("x"), child_with("bytearray(1 << 44)"))
    assert "MemoryError" in caught.value.detail


def test_what_libraries_print_goes_to_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    path = str(make_clip(tmp_path / "a.mp4", frames=5))
    noise = "print('by Python', flush=True)\nos.write(1, b'by C, out\\n')\nos.write(2, b'by C, err\\n')\n"
    caplog.set_level(logging.DEBUG, "retake_desktop.media.worker_link")
    clip = run(lambda worker: worker.probe(path), child_with(noise + "return real(path, *others)"))
    assert len(clip.frames) == 5
    assert capfd.readouterr() == ("", "")
    logged = {record.getMessage() for record in caplog.records if record.levelno == logging.DEBUG}
    assert logged == {"media worker: by Python", "media worker: by C, out", "media worker: by C, err"}


def test_the_child_does_not_know_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNCOMFY_API_TOKEN", "very secret")
    command = child_with("raise probe.RetakeError('file_trouble', repr([v for v in os.environ.values()]))")
    assert "very secret" not in run(detail_of, command)


def test_closing_ends_busy_and_idle_children(tmp_path: Path) -> None:
    present = tmp_path / "present"
    present.mkdir()
    command = child_with(
        f"open(os.path.join({str(present)!r}, str(os.getpid())), 'w').close()\n"
        "if path == 'long': time.sleep(600)\n"
        "raise probe.RetakeError('file_trouble', '')"
    )

    async def session() -> None:
        worker = MediaWorker(command)
        busy = asyncio.create_task(worker.probe("long"))
        await until(lambda: any(present.iterdir()))
        await detail_of(worker)
        await worker.close()
        with pytest.raises(RetakeError):
            await busy

    asyncio.run(session())
    pids = [int(entry.name) for entry in present.iterdir()]
    assert len(pids) == 2
    assert not any(is_running(pid) for pid in pids)


def _started(program: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": ROOT}
    return subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def test_a_busy_child_ends_when_its_input_ends(tmp_path: Path) -> None:
    mark = tmp_path / "busy"
    with _started(child_with(f"open({str(mark)!r}, 'w').close()\ntime.sleep(600)")) as child:
        assert child.stdin is not None
        child.stdin.write(protocol.framed(protocol.Probe("x")))
        child.stdin.flush()
        wait_until(mark.exists)
        child.stdin.close()
        assert child.wait(timeout=10) == 0


def test_no_child_outlives_an_app_that_was_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    body = (
        f"open({str(mark)!r} + '.new', 'w').write(str(os.getpid()))\n"
        f"os.rename({str(mark)!r} + '.new', {str(mark)!r})\n" + STUCK
    )
    app = (
        "import asyncio\n"
        "from retake_desktop.media.worker import MediaWorker\n"
        f"asyncio.run(MediaWorker({child_with(body)!r}).probe('x'))\n"
    )
    with _started((sys.executable, "-c", app)) as process:
        wait_until(mark.exists)
        pid = int(mark.read_text(encoding="ascii"))
        assert is_running(pid)
        process.kill()
        before = time.monotonic()
        wait_until(lambda: not is_running(pid))
        assert time.monotonic() - before < 2


def test_it_works_on_a_loop_outside_the_main_thread(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "a.mp4", frames=5))

    async def session() -> int:
        return len((await asyncio.to_thread(run, lambda worker: worker.probe(path))).frames)

    coroutine: Coroutine[Any, Any, int] = session()
    assert asyncio.run(coroutine) == 5


NICENESS = "raise probe.RetakeError('file_trouble', str(os.nice(0)))"


def test_a_probe_has_the_priority_of_the_app() -> None:
    assert run(detail_of, child_with(NICENESS)) == str(os.nice(0))


def test_long_work_has_a_lower_priority_than_the_app(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))

    async def prepared(worker: MediaWorker) -> str:
        with pytest.raises(RetakeError) as caught:
            await worker.splice(clip, [], str(tmp_path / "b.mp4"), lambda _: None)
        return caught.value.detail

    command = child_with(NICENESS, "splice", "original, takes, output, on_progress")
    assert int(run(prepared, command)) == min(19, os.nice(0) + 10)


def test_a_probe_after_long_work_finds_another_child_ready(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))

    async def pids(worker: MediaWorker) -> tuple[str, str]:
        await worker.warm_up()
        first = await detail_of(worker)
        with pytest.raises(RetakeError):
            await worker.splice(clip, [], str(tmp_path / "missing" / "b.mp4"), lambda _: None)
        return first, await detail_of(worker)

    first, second = run(pids, child_with("raise probe.RetakeError('file_trouble', str(os.getpid()))"))
    assert first != second


# --- what a probe may take, and what it tells on the way ---


def test_a_slow_read_is_cancelled_within_a_fifth_of_a_second(tmp_path: Path) -> None:
    """Whatever the child is doing: here it reads packets of a film, on and on."""
    path = str(make_clip(tmp_path / "a.mkv", frames=50, size=(160, 90)))
    command = child_with("while True: real(path, *others)")
    progress: list[Progress] = []

    async def cancelled(worker: MediaWorker) -> float:
        task = asyncio.create_task(worker.probe(path, Listeners(progress.append)))
        while not progress:
            await asyncio.sleep(0.01)
        before = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return time.monotonic() - before

    assert min(run(cancelled, command) for _ in range(3)) < 0.2


def test_a_film_without_an_index_shows_its_first_picture_then_progress(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "a.mkv", frames=550, size=(160, 90), first_number=7, audio=False))
    heard: list[Progress | Picture] = []
    clip = run(lambda worker: worker.probe(path, Listeners(heard.append, heard.append, box=(80, 80))))
    assert len(clip.frames) == 550
    first, *rest = heard
    assert isinstance(first, Picture)
    assert (first.width, first.height, read_number(first)) == (80, 45, 7)
    done = [one.done for one in rest if isinstance(one, Progress)]
    assert len(done) == len(rest)
    assert done == sorted(done)
    assert done[-1] == clip.size_bytes


def test_of_a_film_that_is_read_at_once_only_the_first_picture_is_told(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "a.mp4", size=(160, 90), audio=False))
    heard: list[Progress | Picture] = []
    run(lambda worker: worker.probe(path, Listeners(heard.append, heard.append)))
    assert [(type(one), read_number(one)) for one in heard if isinstance(one, Picture)] == [(Picture, 0)]
    assert len(heard) == 1


FIRSTS: dict[str, dict[str, Any]] = {
    "a.mp4": {"bframes": 3},
    "turned.mov": {"rotation": 90},
    "edited.mp4": {"start": Fraction(-2, 5), "bframes": 3},
    "open.mkv": {"start": Fraction(27, 10), "gop": 12, "options": {"x264-params": "open-gop=1"}},
    "late.ts": {"start": 7},
    "deep.mov": {"codec": "libx265", "pixel_format": "yuv420p10le", "colour": (1, 9, 18, 9), "frames": 10},
}
BOX = (120, 120)


def test_the_first_picture_is_frame_0_as_its_reader_gives_it(tmp_path: Path) -> None:
    paths = [str(make_clip(tmp_path / name, **({"size": (160, 90)} | made))) for name, made in FIRSTS.items()]
    found: list[tuple[Clip, Picture]] = []

    async def all_of_them(worker: MediaWorker) -> list[Clip]:
        listeners = Listeners(on_first=lambda clip, picture: found.append((clip, picture)), box=BOX)
        return [await worker.probe(path, listeners) for path in paths]

    clips = run(all_of_them)
    assert [clip.path for clip, _ in found] == paths
    for clip, (told, picture) in zip(clips, found, strict=True):
        with FrameReader(clip) as reader:
            assert (told, picture) == (clip, reader.picture(0, BOX))


def test_a_first_picture_of_two_times_is_not_taken_for_frame_0(tmp_path: Path) -> None:
    """Its fields lie apart in time: its reader joins them with those of the frames beside it."""
    path = str(make_clip(tmp_path / "a.mp4", size=(160, 96), bframes=0, options={"x264-params": "tff=1"}))
    seen: list[Picture] = []
    firsts: list[Clip] = []
    listeners = Listeners(on_glimpse=seen.append, on_first=lambda clip, _: firsts.append(clip))
    run(lambda worker: worker.probe(path, listeners))
    assert (len(seen), firsts) == (1, [])


def test_a_read_that_gets_stuck_is_given_up(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "good.mp4", frames=5))
    large = tmp_path / "stuck"
    with large.open("wb") as file:
        file.truncate(1 << 28)  # Reading that much may take its time, but not without a sign of life.

    async def session(worker: MediaWorker) -> float:
        await worker.warm_up()
        before = time.monotonic()
        with pytest.raises(RetakeError) as caught:
            await worker.probe(str(large))
        assert (caught.value.kind, caught.value.detail) == (ErrorKind.UNREADABLE_MEDIA, "reading it got stuck")
        elapsed = time.monotonic() - before
        assert len((await worker.probe(path)).frames) == 5
        return elapsed

    async def patient() -> float:
        worker = MediaWorker(child_with(f"if path.endswith('stuck'): {STUCK}\nreturn real(path, *others)"), patience=2)
        try:
            return await session(worker)
        finally:
            await worker.close()

    assert 2 <= asyncio.run(patient()) < 10


def test_a_read_that_goes_round_in_circles_is_given_up(tmp_path: Path) -> None:
    """It tells of progress all the time."""
    path = tmp_path / "small.ts"
    path.write_bytes(bytes(1000))
    turns = "while True: others[1](worker_child.Progress(1, 2)); time.sleep(0.05)"

    async def patient() -> None:
        worker = MediaWorker(child_with(turns), patience=1)
        try:
            await worker.warm_up()
            before = time.monotonic()
            with pytest.raises(RetakeError) as caught:
                await worker.probe(str(path))
            assert time.monotonic() - before < 10
            assert caught.value.detail == "reading it got stuck"
        finally:
            await worker.close()

    asyncio.run(patient())


def test_a_read_that_takes_ever_more_memory_ends_as_a_clear_error(tmp_path: Path) -> None:
    """Without the child's own limit, as on systems that have none."""
    path = str(make_clip(tmp_path / "good.mp4", frames=5))
    command = child_with(
        "if path != 'bomb': return real(path, *others)\n"
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)\n"
        "held = []\n"
        "while True: held.append(bytearray(b'x' * (16 << 20)))"
    )

    async def session(worker: MediaWorker) -> None:
        with pytest.raises(RetakeError) as caught:
            await worker.probe("bomb")
        assert caught.value.problem == Problem(ErrorKind.UNREADABLE_MEDIA, "it takes more memory than a video should")
        assert len((await worker.probe(path)).frames) == 5

    async def patient() -> None:
        worker = MediaWorker(command, patience=60, probe_memory=300 << 20)
        try:
            await session(worker)
        finally:
            await worker.close()

    asyncio.run(patient())


def test_a_picture_of_gigabytes_is_refused_by_its_header(tmp_path: Path) -> None:
    film = make_clip(tmp_path / "a.gif", codec="gif", pixel_format="rgb8", frames=3, size=(160, 90), audio=False)
    content = bytearray(film.read_bytes())
    content[6:10] = b"\xff\xff\xff\xff"  # Width and height: 65,535 each.
    film.write_bytes(content)
    with pytest.raises(RetakeError) as caught:
        run(lambda worker: worker.probe(str(film)))
    assert caught.value.kind is ErrorKind.UNREADABLE_MEDIA
