"""What can be shown to others: a video, a picture, the facts."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.film import Lineage
from retake_desktop.domain.job import Stage
from retake_desktop.media.comparison import Layout
from retake_desktop.media.label import Bitmap
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services import facts
from retake_desktop.services.pipeline.sharing import Wish, must_stay, share_still, share_video
from tests.media.test_splice_matrix import ignored, take_of
from tests.services.examples import a_full_job, a_job
from tests.services.pipeline_bench import Bench
from tests.services.test_finished_film import job_of, original_of
from tests.services.test_keeping import on_bench

LABEL = Bitmap(8, 8, bytes([255, 255, 255, 128]) * 64)


@pytest.mark.full
@pytest.mark.parametrize("layout", [Layout.SIDE_BY_SIDE, Layout.MOVING_WIPE])
def test_before_and_after_are_written_as_a_video_and_as_a_picture(tmp_path: Path, layout: Layout) -> None:
    original = original_of(tmp_path)
    job = job_of(original, take_of(tmp_path, original))

    async def work(bench: Bench) -> None:
        tools, wish = bench.tools, Wish(layout, LABEL, LABEL)
        tools.worker = MediaWorker()
        await share_video(tools, job.id, wish, str(tmp_path / "shared.mp4"), ignored)
        await share_still(tools, job.id, wish, Fraction(35, 25), str(tmp_path / "still.png"))
        await tools.worker.close()
        Path(original.path).unlink()
        with pytest.raises(RetakeError) as caught:
            await share_video(tools, job.id, wish, str(tmp_path / "none.mp4"), ignored)
        assert caught.value.kind is ErrorKind.ORIGINAL_MISSING

    on_bench(tmp_path, [job], work)
    shared = probe(str(tmp_path / "shared.mp4"))
    wide = shared.width > original.width * 3 / 2
    assert wide is (layout is Layout.SIDE_BY_SIDE)
    assert (tmp_path / "still.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "none.mp4").exists()


def test_no_export_replaces_the_original_or_a_result_by_whatever_name(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{name}.mp4" for name in ("original", "first", "result", "other", "film")}
    for path in paths.values():
        path.write_bytes(b"precious")
    (tmp_path / "link.mp4").symlink_to(paths["original"])
    (tmp_path / "twin.mp4").hardlink_to(paths["result"])
    job = a_job(stage=Stage.KEPT, source_fingerprint="f", result_path=str(paths["result"]))
    lineage = Lineage(str(paths["first"]), "g", ())
    job = replace(job, request=replace(job.request, source=str(paths["original"])), lineage=lineage)
    beside = replace(job, id="job-2", result_path=str(paths["other"]))

    async def work(bench: Bench) -> dict[str, bool]:
        names = [*(path.name for path in paths.values()), "link.mp4", "twin.mp4", "new.mp4"]
        return {name: await must_stay(bench.tools, job.id, str(tmp_path / name)) for name in names}

    found = on_bench(tmp_path, [job, beside], work)
    assert {name for name, stays in found.items() if not stays} == {"film.mp4", "new.mp4"}


def test_the_facts_hold_what_was_asked_and_paid_and_no_secret() -> None:
    job = replace(
        a_job(stage=Stage.READY, request_id="r-1", cost_usd=Decimal("0.70"), result_path="/r.mp4"),
        output_url="https://example.com/x.mp4?signature=secret",
    )
    told = json.loads(facts.as_json(job))
    assert told["prompt"] == "Change the coat to red"
    assert (told["in"], told["out"], told["cost_usd"], told["request_id"]) == (1, 3.5, 0.7, "r-1")
    assert told["submitted_at"] is None
    for written in (facts.as_json(job), facts.as_text(job)):
        assert b"secret" not in written
        assert job.service.account.encode() not in written
    lines = facts.as_text(job).decode().splitlines()
    assert "in: 00:00:01.000" in lines
    assert "cost usd: 0.70" in lines
    assert not any(line.startswith("submitted at") for line in lines)


def test_facts_of_a_strange_take_stay_one_line_each() -> None:
    assert len(facts.as_text(a_full_job()).decode().splitlines()) <= 21
    assert json.loads(facts.as_json(a_full_job()))["prompt"] == a_full_job().request.prompt
