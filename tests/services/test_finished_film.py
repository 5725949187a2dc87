"""The finished film: where it goes, what it is made of, and where its seams lie."""

import asyncio
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SplicePlan, SpliceReport
from retake_desktop.services.pipeline.finished_film import film_path, plan_takes, splice_one, splice_takes
from tests.fakes.footage import make_clip
from tests.fakes.numbered import numbers
from tests.media.test_splice_matrix import FRAMES, MOMENT, NEW, SIZE, ignored, take_of
from tests.services.examples import a_job
from tests.services.pipeline_bench import Bench


def original_of(folder: Path, name: str = "film.mp4", **footage: Any) -> Clip:
    return probe(str(make_clip(folder / name, frames=FRAMES, size=SIZE, gop=25, **footage)))


def job_of(original: Clip, take: KeptTake, job_id: str = "job-1") -> Job:
    request = RetakeRequest(original.path, take.span, "x", Mode.PICTURE)
    return a_job(
        job_id, request=request, stage=Stage.READY, source_fingerprint=original.fingerprint, window=take.window,
        result_path=take.result.path,
    )  # fmt: skip


def bled_take(folder: Path, original: Clip, until: int) -> KeptTake:
    """A take in which only frames 25 to `until` differ from the original: it bleeds past the selection."""
    plain, other = take_of(folder, original), make_clip(
        folder / "other.mp4", frames=FRAMES, size=(320, 180), first_number=NEW, tint=(200, 40, 40), bframes=0
    )  # fmt: skip
    same = make_clip(folder / "same.mp4", frames=FRAMES, size=(320, 180), bframes=0)
    path = folder / "bled.mp4"
    with av.open(str(same)) as one, av.open(str(other)) as two, av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=25, options={"crf": "16"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for index, (old, new) in enumerate(zip(one.decode(video=0), two.decode(video=0), strict=True)):
            frame = new if 25 <= index < until else old
            frame.pict_type = 0
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return replace(plain, result=probe(str(path)))


def run(folder: Path, work: Any) -> Any:
    async def on_bench() -> Any:
        bench = Bench(folder, "http://127.0.0.1:1", None, demo=False, patience=None)
        try:
            return await work(bench.tools)
        finally:
            await bench.close()

    return asyncio.run(on_bench())


def test_the_film_gets_a_free_name_beside_the_original_in_its_own_container(tmp_path: Path) -> None:
    for name in ("film.mp4", "film.mov", "film.mkv", "film.ts"):
        original = original_of(tmp_path, name)
        first = film_path(original, tmp_path / "results")
        assert first == tmp_path / f"film-retake{Path(name).suffix}"
        first.touch()
        assert film_path(original, tmp_path / "results").name == f"film-retake-2{Path(name).suffix}"


def test_a_container_that_films_are_not_made_in_gives_another_that_holds_the_original(tmp_path: Path) -> None:
    web = original_of(tmp_path, "web.webm", codec="libvpx-vp9", audio=False)
    assert film_path(web, tmp_path).name == "web-retake.mkv"
    old = original_of(tmp_path, "old.avi", codec="mpeg4")
    assert film_path(old, tmp_path).name == "old-retake.mov"


def test_keeping_moves_the_seams_to_where_nothing_shows_and_the_command_line_does_not(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    job = job_of(original, bled_take(tmp_path, original, until=45))
    exact = [index + NEW * (index in range(*MOMENT)) for index in range(FRAMES)]
    bled = [index + NEW * (index in range(25, 45)) for index in range(FRAMES)]

    async def kept(tools: Any) -> tuple[SplicePlan, SpliceReport, str]:
        foreseen = await plan_takes(tools, [job])
        return foreseen, await splice_takes(tools, [job], None, ignored), await splice_one(tools, job, ignored)

    foreseen, report, path = run(tmp_path / "bench", kept)
    assert (Path(report.output).name, Path(path).name) == ("film-retake.mp4", "film-retake-2.mp4")
    assert numbers(report.output) == bled
    assert numbers(path) == exact
    assert foreseen.stretches == report.stretches
    assert report.frames_untouched > 0


def test_of_two_takes_that_overlap_the_first_is_in_the_film(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    one, other = take_of(tmp_path, original, (30, 41)), take_of(tmp_path, original, (35, 50), 2 * NEW)
    jobs = [job_of(original, one), job_of(original, other, "job-2")]

    async def kept(tools: Any) -> SpliceReport:
        return await splice_takes(tools, jobs, tmp_path / "kept.mp4", ignored, moves_seams=False)

    report = run(tmp_path / "bench", kept)
    assert numbers(report.output) == [index + NEW * (30 <= index < 41) for index in range(FRAMES)]


def test_an_original_that_has_changed_since_is_refused(tmp_path: Path) -> None:
    original = original_of(tmp_path)
    job = replace(job_of(original, take_of(tmp_path, original)), source_fingerprint="another")

    async def kept(tools: Any) -> SpliceReport:
        return await splice_takes(tools, [job], None, ignored)

    with pytest.raises(RetakeError) as caught:
        run(tmp_path / "bench", kept)
    assert caught.value.kind is ErrorKind.ORIGINAL_CHANGED
    assert job.request.span == Span(Fraction(30, 25), Fraction(41, 25))
