"""A clip inside the request is a file that travels: how far it is is told, and telling it changes nothing else."""

import asyncio
from fractions import Fraction
from pathlib import Path

from retake_desktop.demo.options import AT_ONCE
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import MODEL_ID, Mode
from retake_desktop.services.api.client import ApiClient, Submitted
from retake_desktop.services.api.retry import Verdict
from retake_desktop.services.api.wire import Submission

CLIP = "data:video/mp4;base64," + "AAAA" * 100_000


def test_the_bytes_of_a_submission_are_told_as_they_leave(tmp_path: Path) -> None:
    told: list[Progress] = []
    sent: list[str] = []

    async def on_sending() -> None:
        sent.append("sending")

    async def once(base: str) -> Submitted:
        submission = Submission(MODEL_ID, "A red coat", CLIP, Fraction(0), Fraction(2), Mode.PICTURE)
        async with ApiClient(base, "a-token") as client:
            return await client.submit(submission, on_sending, told.append)

    with DemoService(tmp_path, AT_ONCE) as service:
        submitted = asyncio.run(once(service.url))
        assert service.received.accepted_submissions == 1
    assert submitted.verdict is Verdict.ACCEPTED
    assert sent == ["sending"]
    assert [one.done for one in told] == [0, 131072, 262144, 393216]
    assert {one.total for one in told} == {told[0].total}
    assert told[0].total is not None
    assert told[0].total > len(CLIP)
