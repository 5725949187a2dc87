"""The facts of one take, for notes and scripts: prompt, mode, times, cost and ids. No token, no account, no address."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import msgspec

from retake_desktop.domain import timecode
from retake_desktop.domain.job import Job

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def as_json(job: Job) -> bytes:
    """One JSON object; times are seconds or ISO 8601, money US dollars, and null is not known."""
    return msgspec.json.format(_ENCODER.encode(_facts(job))) + b"\n"


def as_text(job: Job) -> bytes:
    """The same, a line each, in UTF-8, with times as timecode; what is not known is left out."""
    span = job.request.span
    times = {"in": timecode.to_text(span.start), "out": timecode.to_text(span.end)}
    rows = {**_facts(job), **times}
    lines = [f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in rows.items() if value is not None]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _facts(job: Job) -> dict[str, object]:
    request, window = job.request, job.window
    return {
        "prompt": request.prompt,
        "mode": request.mode.value,
        "in": _seconds(request.span.start),
        "out": _seconds(request.span.end),
        "seconds_sent": None if window is None else _seconds(window.duration),
        "take": job.take,
        "takes": request.takes,
        "stage": job.stage.value,
        "model": request.model_id,
        "is_demo": job.service.is_demo,
        "cost_usd": job.cost_usd,
        "estimate_usd": job.estimate_usd,
        "asked_at": _iso(job.created_at),
        "submitted_at": _iso(job.submitted_at),
        "started_at": _iso(job.started_at),
        "finished_at": _iso(job.finished_at),
        "job": job.id,
        "request_id": job.request_id,
        "source": job.request.source.partition("?")[0],
        "result": job.result_path,
        "film": job.final_path,
    }


def _seconds(time: Fraction) -> Decimal:
    return Decimal(round(time * 1_000_000)).scaleb(-6).normalize() + 0


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="seconds")


def _shown(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else " ".join(str(value).split())
