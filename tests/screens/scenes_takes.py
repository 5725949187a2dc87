"""Takes on their way, at rest and in trouble."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Progress, Stage, Wait
from tests.screens.material import PROMPTS
from tests.screens.scene import SMALL, USUAL, Scene
from tests.screens.scenes_editing import LONG_PROMPT
from tests.screens.studio import Set


def uploading(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    it.stages(job_id, Stage.HOSTING, progress=Progress(3_100_000, 8_200_000))


def all_stages(it: Set) -> None:
    it.open()
    ids = it.retake(takes=8)
    it.stages(ids[0], Stage.PREPARING, progress=Progress(40, 150))
    it.stages(ids[1], Stage.HOSTING, progress=Progress(3_100_000, 8_200_000))
    it.stages(ids[2], Stage.SUBMITTING)
    it.stages(ids[3], Stage.QUEUED, queue_position=3, request_id="7d3f0c")
    it.stages(ids[4], Stage.RUNNING)
    it.stages(ids[5], Stage.DOWNLOADING, progress=Progress(1_300_000, 4_800_000))
    it.jobs.results[ids[6]] = it.material.takes[0]
    it.jobs.bring_home(ids[6], it.material.takes[0])
    it.stages(ids[7], Stage.FAILED, problem=Problem(ErrorKind.FAILED_AT_SERVICE, "content policy"))
    it.window.takes.choose(ids[3])


def troubled(it: Set, stage: Stage, **changes: object) -> None:
    it.open()
    (job_id,) = it.retake()
    it.stages(job_id, stage, **changes)
    it.window.takes.choose(job_id)


def unknown(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING):
        it.jobs.move(job_id, stage)
    it.jobs.move(job_id, Stage.UNKNOWN, problem=Problem(ErrorKind.UNKNOWN_SUBMISSION, "the connection broke"))
    it.window.takes.choose(job_id)


def send_again(it: Set) -> None:
    unknown(it)
    it.window.takes.detail._remedy_button.click()


def offline(it: Set) -> None:
    troubled(it, Stage.RUNNING, wait=Wait.NETWORK)
    it.window.takes.choose(next(iter(it.jobs.jobs)))


def fetch_failed(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    it.stages(job_id, Stage.DOWNLOADING)
    it.jobs.move(job_id, Stage.DOWNLOAD_FAILED, problem=Problem(ErrorKind.DOWNLOAD_FAILED, "the connection broke"))
    it.window.takes.choose(job_id)


def failed(it: Set) -> None:
    troubled(it, Stage.FAILED, problem=Problem(ErrorKind.NO_BALANCE, "402"))


def other_way(it: Set) -> None:
    troubled(it, Stage.HOSTING, wait=Wait.HOSTING, problem=Problem(ErrorKind.INLINE_REFUSED, "422"))


def many(it: Set) -> None:
    it.open()
    for prompt in (*PROMPTS, LONG_PROMPT, "אין ברווז, רק ים שקט", "没有鸭子，只有平静的海面"):
        ids = it.retake(prompt, takes=2)
        for job_id, clip in zip(ids, it.material.takes, strict=True):
            it.jobs.bring_home(job_id, clip)
    jobs = list(it.jobs.jobs.values())
    for number, job in enumerate(jobs):
        it.put(job, created_at=job.created_at - timedelta(hours=7 * number), rating=number % 6)
    it.jobs.move(jobs[0].id, Stage.DISCARDED)
    it.jobs.move(jobs[1].id, Stage.KEPT)
    it.workbench.reviewing.leave()


def searched(it: Set) -> None:
    many(it)
    it.window.takes.search._field.setText("sailing")


def renaming(it: Set) -> None:
    many(it)
    it.window.takes.choose(list(it.jobs.jobs)[2])


def removed(it: Set) -> None:
    many(it)
    it.workbench.listing._on_remove(list(it.jobs.jobs)[2])


def quitting(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    it.stages(job_id, Stage.RUNNING)
    it.put(it.jobs.jobs[job_id], submitted_at=it.jobs.jobs[job_id].created_at, cost_usd=Decimal("0.65"))
    it.window.close()


def from_last_time(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    job = replace(it.stages(job_id, Stage.QUEUED, request_id="7d3f0c"), id="b9-1", batch="b9")
    it.jobs.jobs_loaded.emit((job,))


SCENES = (
    Scene("takes-uploading", uploading),
    Scene("takes-all-stages", all_stages, sizes=(USUAL, SMALL)),
    Scene("takes-unknown", unknown, sizes=(USUAL, SMALL)),
    Scene("takes-send-again", send_again),
    Scene("takes-offline", offline),
    Scene("takes-fetch-failed", fetch_failed),
    Scene("takes-failed", failed),
    Scene("takes-other-way", other_way),
    Scene("takes-many", many),
    Scene("takes-searched", searched),
    Scene("takes-removed", removed),
    Scene("quitting", quitting),
    Scene("from-last-time", from_last_time),
)
