"""The assistant's test of a storage, on real servers: every way in which it can fail says which step and why."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retake_desktop.domain.hosting import Cause, Place, PlaceKind, TrialReport, TrialStep
from retake_desktop.services.hosting.trial import tried
from tests.fakes.byte_server import ByteServer, answering
from tests.fakes.storage_servers import Server, free_port, rclone_s3
from tests.services.hosting.conftest import Authority


def trial(place: Place, secret: str, now: datetime | None = None) -> TrialReport:
    return asyncio.run(tried(place, secret, is_local=True, now=lambda: now or datetime.now(UTC)))


def failing(report: TrialReport) -> tuple[TrialStep, Cause | None]:
    [found] = [(outcome.step, outcome.cause) for outcome in report.outcomes if outcome.cause is not None]
    return found


def test_working_storages_pass_every_step_and_keep_nothing(
    swift_server: Server, rclone_server: Server, webdav_server: Server
) -> None:
    for server in (swift_server, rclone_server, webdav_server):
        before = server.names()
        report = trial(server.place, server.secret)
        assert report.works
        assert [outcome.step for outcome in report.outcomes] == list(TrialStep)
        assert not report.readable_by_anyone
        assert server.names() == before


@pytest.mark.parametrize(
    ("changes", "secret", "cause"),
    [
        ({"bucket": "no-such-bucket"}, None, Cause.NO_BUCKET),
        ({"region": "eu-west-3"}, None, Cause.WRONG_REGION),
        ({}, "not-the-secret", Cause.WRONG_SECRET),
        ({"key_id": "retake:nobody"}, None, Cause.WRONG_SECRET),
    ],
)
def test_what_is_wrong_is_named_at_its_step(
    swift_server: Server, changes: dict[str, str], secret: str | None, cause: Cause
) -> None:
    report = trial(swift_server.at(**changes), secret or swift_server.secret)
    assert failing(report) == (TrialStep.PUT, cause)
    assert "not-the-secret" not in repr(report)


def test_an_unknown_key_is_named(rclone_server: Server) -> None:
    assert failing(trial(rclone_server.at(key_id="AKIDOTHER"), "x")) == (TrialStep.PUT, Cause.WRONG_KEY)


def test_a_clock_that_is_wrong_is_named_rather_than_the_secret(rclone_server: Server) -> None:
    late = datetime.now(UTC) + timedelta(hours=2)
    assert failing(trial(rclone_server.place, "not-the-secret", late)) == (TrialStep.PUT, Cause.CLOCK)


def test_no_permission_to_write_is_named(tmp_path: Path) -> None:
    denied = answering(403, b"<Error><Code>AccessDenied</Code></Error>")
    with ByteServer(denied) as server:
        place = Place(PlaceKind.S3, server.url, "clips", "us-east-1", "AKID")
        assert failing(trial(place, "secret")) == (TrialStep.PUT, Cause.NO_PERMISSION)


def test_no_permission_to_delete_is_named_and_the_rest_has_worked(rclone_server: Server) -> None:
    from retake_desktop.services.hosting import trial as module

    content = module._CONTENT
    with ByteServer(
        answering(200),
        answering(206, content, Content_Range=f"bytes 0-{len(content) - 1}/{len(content)}"),
        answering(403),
        answering(403, b"<Error><Code>AccessDenied</Code></Error>"),
    ) as server:
        place = Place(PlaceKind.S3, server.url, "clips", "us-east-1", "AKID")
        assert failing(trial(place, "secret")) == (TrialStep.DELETE, Cause.NO_PERMISSION)


def test_a_bucket_that_anybody_can_read_is_pointed_out() -> None:
    from retake_desktop.services.hosting import trial as module

    content = module._CONTENT
    shown = answering(206, content, Content_Range=f"bytes 0-{len(content) - 1}/{len(content)}")
    with ByteServer(answering(200), shown, shown, answering(204)) as server:
        report = trial(Place(PlaceKind.S3, server.url, "clips", "us-east-1", "AKID"), "secret")
    assert report.works
    assert report.readable_by_anyone


def test_an_untrusted_certificate_and_a_missing_network_are_told_apart(
    tls_server: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failing(trial(tls_server.place, tls_server.secret)) == (TrialStep.PUT, Cause.TLS)
    nowhere = tls_server.at(endpoint=f"https://localhost:{free_port()}")
    assert failing(trial(nowhere, tls_server.secret)) == (TrialStep.PUT, Cause.NO_NETWORK)
    no_name = tls_server.at(endpoint="https://no-such-host.invalid")
    assert failing(trial(no_name, tls_server.secret)) == (TrialStep.PUT, Cause.NO_NETWORK)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    assert trial(tls_server.place, tls_server.secret).works


@pytest.mark.parametrize(
    ("place", "secret"),
    [
        (Place(PlaceKind.GOOGLE, bucket="clips"), "not json"),
        (Place(PlaceKind.GOOGLE, bucket="clips"), '{"client_email": "a@b", "private_key": "no key"}'),
        (Place(PlaceKind.AZURE, bucket="clips", key_id="anna"), "not base64!"),
    ],
)
def test_a_secret_of_the_wrong_form_is_told_before_anything_is_sent(place: Place, secret: str) -> None:
    report = trial(place, secret)
    assert [outcome.cause for outcome in report.outcomes] == [Cause.UNUSABLE_SECRET]
    assert secret not in repr(report)


def test_a_webdav_password_that_is_wrong_is_named(webdav_server: Server) -> None:
    assert failing(trial(webdav_server.place, "falsch")) == (TrialStep.PUT, Cause.WRONG_SECRET)


def test_a_server_that_this_network_alone_reaches_is_refused_for_the_real_service(tmp_path: Path) -> None:
    with rclone_s3(tmp_path) as server:
        report = asyncio.run(tried(server.place, server.secret, is_local=False))
        assert failing(report) == (TrialStep.GET, Cause.UNUSABLE_ADDRESS)
        assert server.names() == []
