"""Jobs as they stand in records, for the tests of what carries them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Delivery, Job, Progress, Service, Stage, Wait
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_SPAN = Span(Fraction(1), Fraction(7, 2))


def a_job(job_id: str = "job-1", **changes: Any) -> Job:
    """A take that has just been asked for."""
    job = Job(
        id=job_id,
        batch="batch-1",
        take=1,
        stage=Stage.DRAFT,
        request=RetakeRequest("/films/coat.mp4", _SPAN, "Change the coat to red"),
        service=Service("https://model-api.runcomfy.net", "f" * 64, is_demo=False),
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(job, **changes)


def a_full_job(job_id: str = "job-1") -> Job:
    """A take with every field set to something that a careless record would bend."""
    return Job(
        id=job_id,
        batch="batch-1",
        take=3,
        stage=Stage.DOWNLOAD_FAILED,
        request=RetakeRequest(
            source='/films/Ünïcødé 🎬/O\'Brien "x";.mp4',
            span=Span(Fraction(1001, 30_000), Fraction(20_000_001, 3_000_000)),
            prompt='Say: "Grüezi 👋🏽‍♀️"\n\tthen \u2028 stop; DROP TABLE job;--\x00',
            mode=Mode.PICTURE,
            takes=8,
            whole=True,
            context=Fraction(1, 3),
        ),
        service=Service("http://127.0.0.1:8123", "0" * 64, is_demo=True),
        created_at=NOON.replace(microsecond=1),
        updated_at=NOON.replace(microsecond=999_999),
        delivery=Delivery("/out/ä.mp4", splice=True),
        source_fingerprint="abc",
        window=Window(
            source=Span(Fraction(1001, 24_000), Fraction(1001, 100)),
            stretch=Fraction(1000, 1001),
            rate=24,
            frame_count=73,
            width=1920,
            height=1080,
            picture=Rectangle(420, 0, 1080, 1080),
            span=Span(Fraction(1, 24), Fraction(53, 24)),
            result_offset=Fraction(-1, 24),
        ),
        window_path="/data/windows/w.mp4",
        hosting="inline",
        video_url="https://b.example/w.mp4?sig=1",
        estimate_usd=Decimal("0.70"),
        request_id="req_1-A",
        submitted_at=NOON,
        started_at=NOON,
        finished_at=NOON,
        queue_position=0,
        output_url="https://cdn.runcomfy.net/o.mp4",
        cost_usd=Decimal("0.123456789012345678901234567890"),
        result_path="/data/results/r.mp4",
        final_path="/out/ä.mp4",
        problem=Problem(ErrorKind.DOWNLOAD_FAILED, "HTTP 500"),
        wait=Wait.NETWORK,
        progress=Progress(10, None),
        cancel_asked=True,
        raw_result="{}",
    )
