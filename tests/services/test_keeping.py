"""Keep, over a real record and real splices: what it foresees, what it makes, and what it never does."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.film import SeamChoice, SeamRule
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.retake import Mode
from retake_desktop.media.kept_take import KeptTake, part_of
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import splice
from retake_desktop.services.pipeline.keeping import KeepPlan
from retake_desktop.services.pipeline.unfinished import noted, sweep
from tests.fakes.numbered import numbers
from tests.media.test_splice_matrix import FRAMES, NEW, ignored, take_of
from tests.services.pipeline_bench import Bench
from tests.services.test_finished_film import job_of, original_of

OTHER = 2 * NEW
EXACT = SeamChoice(SeamRule.EXACT)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clip, list[KeptTake]]:
    folder = tmp_path_factory.mktemp("film")
    original = original_of(folder)
    return original, [take_of(folder, original, (30, 41)), take_of(folder, original, (60, 71), OTHER)]


@pytest.fixture
def film(tmp_path: Path, material: tuple[Clip, list[KeptTake]]) -> tuple[Clip, list[Job]]:
    """An original of the test's own, and two takes of it with exact seams."""
    original, takes = material
    path = tmp_path / "film.mp4"
    path.write_bytes(Path(original.path).read_bytes())
    clip = replace(original, path=str(path))
    jobs = [job_of(clip, take, f"job-{number}") for number, take in enumerate(takes, 1)]
    return clip, [replace(job, seams=EXACT, source_bytes=clip.size_bytes) for job in jobs]


def on_bench(folder: Path, jobs: list[Job], work: Callable[[Bench], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        bench = Bench(folder / "person", "http://127.0.0.1:1", None, demo=False, patience=None)
        try:
            bench.tools.history.add(jobs)
            return await work(bench)
        finally:
            await bench.close()

    return asyncio.run(run())


def shown(*moments: tuple[int, int, int]) -> list[int]:
    """The numbers in the frames of a film in which each moment (first, end, offset) is replaced."""
    return [index + sum(offset for first, end, offset in moments if first <= index < end) for index in range(FRAMES)]


ONE, TWO = (30, 41, NEW), (60, 71, OTHER)


def test_the_plan_comes_before_anything_is_written_and_the_film_is_what_it_said(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    _clip, jobs = film
    plans: list[KeepPlan] = []

    async def work(bench: Bench) -> Any:
        foreseen = await bench.pipeline.keeping.plan("job-1")
        there_already = Path(foreseen.path).exists()
        return foreseen, there_already, await bench.pipeline.keeping.keep("job-1", ignored, on_plan=plans.append)

    foreseen, there_already, report = on_bench(tmp_path, jobs, work)
    assert plans == [foreseen]
    assert not there_already
    assert (foreseen.first, foreseen.end, foreseen.moments, foreseen.is_rebuilt) == (30, 41, 1, False)
    assert (report.output, report.frames_untouched) == (foreseen.path, foreseen.splice.frames_untouched)
    assert report.output == str(tmp_path / "film-retake.mp4")
    assert numbers(report.output) == shown(ONE)


def test_a_second_moment_goes_into_the_same_film_and_comes_out_again(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    _clip, jobs = film

    async def work(bench: Bench) -> None:
        keeping, seen = bench.pipeline.keeping, []
        for step in (keeping.keep("job-1", ignored), keeping.keep("job-2", ignored)):
            report = await step
            seen.append((Path(report.output).name, numbers(report.output)))
        assert seen == [("film-retake.mp4", shown(ONE)), ("film-retake.mp4", shown(ONE, TWO))]
        assert await keeping.take_out("job-1", ignored) is not None
        assert numbers(report.output) == shown(TWO)
        assert await keeping.take_out("job-2", ignored) is None
        stages = [one.stage for one in bench.tools.history.jobs()]
        assert stages == [Stage.READY, Stage.READY]
        assert Path(report.output).exists()
        assert (await keeping.keep("job-1", ignored)).output == report.output

    on_bench(tmp_path, jobs, work)
    assert sorted(path.name for path in tmp_path.glob("*.mp4*")) == ["film-retake.mp4", "film.mp4"]


def test_a_moved_seam_and_a_crossfade_are_in_the_plan_and_in_the_film(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    _clip, jobs = film

    async def work(bench: Bench) -> tuple[KeepPlan, Any]:
        await bench.pipeline.keeping.set_seams("job-1", SeamChoice(SeamRule.CHOSEN, 27, 44, crossfade=2))
        return await bench.pipeline.keeping.plan("job-1"), await bench.pipeline.keeping.keep("job-1", ignored)

    plan, report = on_bench(tmp_path, jobs, work)
    assert (plan.first, plan.end, plan.crossfade, plan.selection) == (27, 44, 2, (30, 41))
    assert numbers(report.output)[27:44] == [index + NEW for index in range(27, 44)]
    assert numbers(report.output)[:25] == list(range(25))
    assert plan.splice.stretches[0].moment_first == 25


def test_a_film_that_somebody_else_wrote_to_is_left_alone(tmp_path: Path, film: tuple[Clip, list[Job]]) -> None:
    _clip, jobs = film

    async def work(bench: Bench) -> Any:
        first = await bench.pipeline.keeping.keep("job-1", ignored)
        Path(first.output).write_bytes(b"the person's own cut")
        return await bench.pipeline.keeping.keep("job-2", ignored)

    assert on_bench(tmp_path, jobs, work).output == str(tmp_path / "film-retake-2.mp4")
    assert (tmp_path / "film-retake.mp4").read_bytes() == b"the person's own cut"


def test_another_take_of_the_same_moment_gives_way_and_that_is_foreseen(
    tmp_path: Path, film: tuple[Clip, list[Job]], material: tuple[Clip, list[KeptTake]]
) -> None:
    clip, jobs = film
    rival = replace(jobs[0], id="job-3", result_path=take_of(tmp_path, clip, (30, 41), OTHER).result.path)

    async def work(bench: Bench) -> None:
        await bench.pipeline.keeping.keep("job-1", ignored)
        plan = await bench.pipeline.keeping.plan("job-3")
        assert plan.gives_way == ("job-1",)
        report = await bench.pipeline.keeping.keep("job-3", ignored)
        assert numbers(report.output) == shown((30, 41, OTHER))
        first = bench.tools.history.job("job-1")
        assert first is not None
        assert first.stage is Stage.READY

    on_bench(tmp_path, [*jobs, rival], work)


def test_new_sound_and_new_picture_of_one_moment_are_both_kept(tmp_path: Path, film: tuple[Clip, list[Job]]) -> None:
    _clip, jobs = film
    sound = replace(jobs[0], id="job-3", request=replace(jobs[0].request, mode=Mode.SOUND))

    async def work(bench: Bench) -> KeepPlan:
        await bench.pipeline.keeping.keep("job-1", ignored)
        return await bench.pipeline.keeping.plan("job-3")

    plan = on_bench(tmp_path, [*jobs, sound], work)
    assert (plan.gives_way, plan.moments) == ((), 2)


def test_going_on_from_a_finished_film_is_built_from_the_first_original(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    clip, jobs = film

    async def work(bench: Bench) -> None:
        keeping = bench.pipeline.keeping
        first = await keeping.keep("job-1", ignored)
        made = probe(first.output)
        lineage = await keeping.lineage_of(made)
        assert lineage is not None
        assert (lineage.original, lineage.takes) == (clip.path, ("job-1",))
        assert await keeping.lineage_of(clip) is None
        request = replace(jobs[1].request, source=made.path)
        later = replace(jobs[1], id="job-3", request=request, source_fingerprint=made.fingerprint, lineage=lineage)
        bench.tools.history.add([later])
        report = await keeping.keep("job-3", ignored)
        assert Path(report.output).name == "film-retake-2.mp4"
        assert numbers(report.output) == shown(ONE, TWO)
        assert numbers(first.output) == shown(ONE), "what the take was made from stays as it was"
        touched = {index for part in report.stretches for index in range(part.first, part.end)}
        assert report.frames_untouched == FRAMES - len(touched)

    on_bench(tmp_path, jobs, work)


@pytest.mark.parametrize("to", ["renamed.mp4", "inside/film.mp4", "../elsewhere.mp4"])
def test_a_moved_or_renamed_original_is_found_by_its_content(
    tmp_path: Path, film: tuple[Clip, list[Job]], to: str
) -> None:
    clip, jobs = film
    (tmp_path / "folder/inside").mkdir(parents=True)
    before = Path(clip.path).rename(tmp_path / "folder/film.mp4")
    jobs = [replace(job, request=replace(job.request, source=str(before))) for job in jobs]
    moved = before.rename((before.parent / to).resolve())

    async def work(bench: Bench) -> Any:
        report = await bench.pipeline.keeping.keep("job-1", ignored)
        return report, bench.tools.history.job("job-2")

    report, other = on_bench(tmp_path, jobs, work)
    assert numbers(report.output) == shown(ONE)
    assert other.request.source == str(moved)
    assert Path(report.output).parent == moved.parent


def test_an_original_that_is_gone_or_changed_is_said_and_only_taken_on_the_persons_word(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    clip, jobs = film
    other = original_of(tmp_path, "other.mp4", first_number=7)
    place = tmp_path / "films/film.mp4"
    place.parent.mkdir()
    Path(clip.path).rename(place)
    lost = [replace(job, request=replace(job.request, source=str(place))) for job in jobs]

    async def kind_of(work: Awaitable[Any]) -> ErrorKind:
        with pytest.raises(RetakeError) as caught:
            await work
        return caught.value.kind

    async def work(bench: Bench) -> Any:
        keeping = bench.pipeline.keeping
        place.unlink()
        assert await kind_of(keeping.keep("job-1", ignored)) is ErrorKind.ORIGINAL_MISSING
        place.write_bytes(Path(other.path).read_bytes())
        assert await kind_of(keeping.keep("job-1", ignored)) is ErrorKind.ORIGINAL_CHANGED
        assert await kind_of(keeping.adopt_original("job-1", other.path)) is ErrorKind.ORIGINAL_CHANGED
        assert list(tmp_path.rglob("*retake.*")) == []
        await keeping.adopt_original("job-1", other.path, despite_change=True)
        return await keeping.keep("job-1", ignored)

    found = numbers(on_bench(tmp_path, lost, work).output)
    assert found == [index + (NEW if 30 <= index < 41 else 7) for index in range(FRAMES)]


def test_what_the_person_says_of_takes_while_the_film_is_written_is_kept(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    _clip, jobs = film

    def found(bench: Bench) -> dict[str, tuple[Stage, int, str]]:
        return {one.id: (one.stage, one.rating, one.note) for one in bench.tools.history.jobs()}

    async def work(bench: Bench) -> None:
        keeping, review = bench.pipeline.keeping, bench.pipeline.review
        splice_really = bench.worker.splice

        async def meanwhile(original: Clip, takes: Any, output: str, on_progress: Any) -> Any:
            report = await splice_really(original, takes, output, on_progress)
            for job_id in ("job-1", "job-2"):
                await review.judge(job_id, 4, "the sleeve is right")
            if len(takes) == 2:
                await bench.pipeline.discard("job-1")
            return report

        bench.worker.splice = meanwhile  # type: ignore[method-assign] # the person acts while it is at work
        await keeping.keep("job-1", ignored)
        said = (4, "the sleeve is right")
        assert found(bench) == {"job-1": (Stage.KEPT, *said), "job-2": (Stage.READY, *said)}
        await keeping.keep("job-2", ignored)
        assert found(bench) == {"job-1": (Stage.DISCARDED, *said), "job-2": (Stage.KEPT, *said)}
        await keeping.take_out("job-2", ignored)
        assert found(bench) == {"job-1": (Stage.DISCARDED, *said), "job-2": (Stage.READY, *said)}

    on_bench(tmp_path, jobs, work)


def test_stopping_amid_the_film_leaves_everything_as_it_was(tmp_path: Path, film: tuple[Clip, list[Job]]) -> None:
    _clip, jobs = film

    async def work(bench: Bench) -> None:
        async def stuck(original: Clip, takes: Any, output: str, on_progress: Any) -> Any:
            part_of(str(tmp_path / "film-retake.mp4")).write_bytes(b"half")
            await asyncio.sleep(3600)

        bench.worker.splice = stuck  # type: ignore[method-assign] # a splice that takes an hour
        task = asyncio.create_task(bench.pipeline.keeping.keep("job-1", ignored))
        async with asyncio.timeout(20):
            while not list(tmp_path.glob("*.part")):
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait({task})
        assert [job.stage for job in bench.tools.history.jobs()] == [Stage.READY, Stage.READY]

    on_bench(tmp_path, jobs, work)
    assert sorted(path.name for path in tmp_path.glob("film*")) == ["film.mp4"]


def test_a_process_killed_amid_keep_loses_nothing_and_leaves_nothing_half_written(
    tmp_path: Path, film: tuple[Clip, list[Job]]
) -> None:
    _clip, jobs = film

    async def nothing(_bench: Bench) -> None:
        """Puts the jobs on record."""

    on_bench(tmp_path, jobs, nothing)
    command = (sys.executable, "-m", "tests.faults.dying_keep", str(tmp_path / "person"), "job-1")
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.glob("film-retake*")] == ["film-retake.mp4.part"]

    async def restart(bench: Bench) -> Any:
        await bench.pipeline.resume()
        assert list(tmp_path.glob("film-retake*")) == []
        assert [job.stage for job in bench.tools.history.jobs()] == [Stage.READY, Stage.READY]
        return await bench.pipeline.keeping.keep("job-1", ignored)

    assert numbers(on_bench(tmp_path, [], restart).output) == shown(ONE)


def test_a_full_disk_is_said_and_the_film_of_before_stays(tmp_path: Path, film: tuple[Clip, list[Job]]) -> None:
    _clip, jobs = film

    async def work(bench: Bench) -> None:
        first = await bench.pipeline.keeping.keep("job-1", ignored)
        content = Path(first.output).read_bytes()

        async def on_full_disk(original: Clip, takes: Any, output: str, on_progress: Any) -> Any:
            return splice(original, takes, output, on_progress, free_bytes=lambda _folder: 1000)

        bench.worker.splice = on_full_disk  # type: ignore[method-assign] # the same splice on a full disk
        with pytest.raises(RetakeError) as caught:
            await bench.pipeline.keeping.keep("job-2", ignored)
        assert caught.value.kind is ErrorKind.NO_SPACE
        assert Path(first.output).read_bytes() == content
        assert {job.id: job.stage for job in bench.tools.history.jobs()} == {
            "job-1": Stage.KEPT, "job-2": Stage.READY,
        }  # fmt: skip

    on_bench(tmp_path, jobs, work)
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_is_gone_is_said(tmp_path: Path, film: tuple[Clip, list[Job]]) -> None:
    _clip, jobs = film

    async def work(bench: Bench) -> None:
        with pytest.raises(RetakeError) as caught:
            await bench.pipeline.keeping.keep("job-1", ignored, output=str(tmp_path / "gone/film.mp4"))
        assert caught.value.kind is ErrorKind.FILE_TROUBLE
        with pytest.raises(RetakeError) as caught:
            await bench.pipeline.keeping.keep("job-1", ignored, output=jobs[0].request.source)
        assert caught.value.kind is ErrorKind.INVALID_REQUEST, "never over the original"

    on_bench(tmp_path, jobs, work)
    assert not (tmp_path / "gone").exists()


def test_what_a_dead_process_left_half_written_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    async def work(bench: Bench) -> None:
        folders, locks = bench.tools.folders, bench.tools.locks
        half = tmp_path / "film.mp4.part"
        with noted(folders, "job-1", tmp_path / "film.mp4"):
            half.write_bytes(b"half")
            note = next((folders.data / "unfinished").iterdir())
            content = note.read_bytes()
        half.write_bytes(b"half")
        note.write_bytes(content)
        (tmp_path / "mine.mp4").write_bytes(b"mine")
        (note.parent / "job-2").write_bytes(bytes(tmp_path / "mine.mp4"))
        sweep(folders, locks)
        assert not half.exists()
        assert (tmp_path / "mine.mp4").read_bytes() == b"mine"
        assert list(note.parent.iterdir()) == []

    on_bench(tmp_path, [], work)
