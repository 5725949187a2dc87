"""A report and a privacy ledger as they may stand, for tests and pictures of what shows them."""

from datetime import UTC, datetime, timedelta

from retake_desktop.domain.hosting import Place, PlaceKind
from retake_desktop.domain.privacy import Bar, Held, Holding, Privacy, Sending
from retake_desktop.services.pipeline.report import Document, Report

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REPORT = Report((Document("README.txt", "what it is"), Document("jobs.jsonl", "{}")))
PLACE = Place(PlaceKind.S3, bucket="clips", key_id="key")
SENDING = Sending(
    job_id="job-1",
    at=NOW,
    source="/videos/kitchen.mp4",
    to="model-api.runcomfy.net",
    is_demo=False,
    way="inline",
    seconds=6.5,
    size=3_400_000,
    prompt="A red\ncoat",
    until=NOW + timedelta(days=7),
)
PRIVACY = Privacy(
    (
        Holding(Held.RESULTS, "/data/results", 3, 30_000_000, bar=Bar.PAID_FOR),
        Holding(Held.DISCARDED, "/data/results", 2, 20_000_000),
        Holding(Held.PREVIEWS, "/cache", 1, 1_000_000),
        Holding(Held.DRAFTS, "/data", 1, 2_000),
        Holding(Held.RECENT, "/config", 2, None),
        Holding(Held.TOKEN, "keyring", 1, None),
        Holding(Held.SECRET, "keyring", 1, None),
        Holding(Held.SERVICE, "model-api.runcomfy.net", 3, None, NOW + timedelta(days=7), Bar.NO_WAY),
    ),
    (SENDING,),
)
