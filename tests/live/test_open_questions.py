"""What nobody outside has been able to say about the service, one question a test; the answers go into the report."""

import asyncio
from pathlib import Path

import pytest

from retake_desktop.domain.job import Progress
from retake_desktop.domain.network import is_loopback
from retake_desktop.domain.retake import MODEL_ID
from retake_desktop.media.probe import probe
from retake_desktop.services.api.wire import read_model
from retake_desktop.services.transfer import HostRule, download
from tests.live.asking import SECONDS, Asker, Paid

pytestmark = pytest.mark.timeout(1800)

_NOWHERE = "https://clip.invalid/clip.mp4"


def test_the_model_is_offered_and_has_a_price(asker: Asker) -> None:
    answer = asker.model()
    price = read_model(MODEL_ID, answer.content).price if answer.is_success else None
    figures = {} if price is None else {"base_price_usd": str(price.base_usd), "price_unit": price.unit}
    asker.found("model", **asker.told(answer), **figures)
    assert answer.is_success
    assert price is not None


def test_a_wrong_token_is_read_as_one(asker: Asker) -> None:
    told = asker.told(asker.model(token="not-the-token-of-anyone"))
    asker.found("bad token", **told)
    assert told["read_as"] == "bad_token"


def test_a_wrong_model_is_refused(asker: Asker) -> None:
    told = asker.told(asker.model("ltx/ltx-2/no-such-model"))
    asker.found("wrong model id", **told)
    assert told["read_as"] in {"model_gone", "expired"}


def test_a_submission_without_a_prompt_is_refused(asker: Asker) -> None:
    told = asker.probe_submission("missing prompt", video_url=_NOWHERE)
    assert (told["accepted"], told["read_as"]) == (False, "refused")


def test_a_duration_of_one_second_is_answered(asker: Asker) -> None:
    told = asker.probe_submission("duration 1", prompt="Calm water", video_url=_NOWHERE, start_time=0, duration=1)
    assert told["accepted"] or told["read_as"] == "refused"


def test_a_clip_that_cannot_be_fetched_fails_with_words(asker: Asker) -> None:
    told = asker.probe_submission("failing run", prompt="Calm water", video_url=_NOWHERE, start_time=0, duration=3)
    assert told.get("error") or told["read_as"] == "refused"


def test_a_clip_inside_the_request_is_accepted(asker: Asker, paid: Paid) -> None:
    asker.found(
        "data URI", **asker.told(paid.submitted), accepted=paid.request_id is not None, request_id=paid.request_id,
        clip_bytes=paid.prepared.size_bytes,
    )  # fmt: skip
    assert paid.request_id is not None


def test_the_result_names_its_cost(asker: Asker, paid: Paid) -> None:
    asker.found(
        "cost",
        cost_usd=None if paid.cost is None else str(paid.cost), estimate_usd=str(asker.price_of(SECONDS)),
        status_words=paid.status_words, result_word=paid.result.get("status"), fields=sorted(paid.result),
    )  # fmt: skip
    assert paid.cost is not None


async def _fetched(url: str, target: Path, rule: HostRule) -> None:
    def on_progress(_progress: Progress) -> None:
        return

    await download(url, target, rule, on_progress)


def test_the_result_is_a_video_like_the_one_that_was_sent(asker: Asker, paid: Paid, tmp_path: Path) -> None:
    assert paid.videos, paid.result.get("error")
    facts = asker.output_facts(paid.videos[0])
    asker.found("output", **facts)
    target = tmp_path / "result.mp4"
    asyncio.run(_fetched(paid.videos[0], target, HostRule(loopback=is_loopback(asker.base))))
    sent, came = probe(paid.prepared.path), probe(str(target))
    compared = {
        name: {"sent": str(getattr(sent, name)), "came": str(getattr(came, name))}
        for name in ("frame_rate", "width", "height", "duration", "codec", "pixel_format")
    }
    frames = {"sent": len(sent.frames), "came": len(came.frames)}
    asker.found("output", **facts, **compared, frames=frames, sound_tracks=len(came.audio))
    assert abs(came.duration - sent.duration) < 1
