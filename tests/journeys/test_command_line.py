"""`retake-desktop run` and its sisters, from outside, with real processes, SQLite and loopback HTTP."""

import json
import os
import signal
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.demo import faults
from retake_desktop.demo.faults import Answer, Call, Cut, WorkFails
from retake_desktop.demo.options import AT_ONCE, DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip
from tests.fakes.secret_service import SecretService
from tests.faults.killing import jobs_on_record
from tests.journeys.command import Ran, environment, finished, ran, started

TOKEN = "journey-token"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_clip(tmp_path / "a clip.mp4", frames=150, rate=Fraction(25))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DemoService]:
    """A service that speaks RunComfy's contract; to the app it is just an address and a token."""
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, AT_ONCE) as running:
        yield running


def _retaken(tmp_path: Path, clip: Path, service: DemoService, *more: str) -> Ran:
    return ran(
        tmp_path / "home", "run", str(clip), "--prompt", "A red coat", "--start", "1", "--duration", "3", "--json",
        *more, RUNCOMFY_API_URL=service.url, RUNCOMFY_API_TOKEN=TOKEN,
    )  # fmt: skip


def test_the_demo_retakes_a_clip_and_leaves_its_file_where_it_was_wanted(tmp_path: Path, clip: Path) -> None:
    out = tmp_path / "out.mp4"
    result = ran(
        tmp_path / "home", "run", str(clip), "--prompt", "A red coat", "--start", "1", "--duration", "3", "--demo",
        "--json", "-o", str(out),
    )  # fmt: skip
    assert result.code == 0, result.notices
    (done,) = result.done
    assert done["stage"] == "ready"
    assert done["result"] == str(out)
    assert done["error"] is None
    assert done["exit"] == 0
    assert done["cost"] > 0
    assert done["request_id"]
    stages = result.stages(done["job"])
    assert stages[0] == "draft"
    assert stages[-1] == "ready"
    assert [stage for stage in stages if stage in {"preparing", "hosting", "submitting", "queued", "downloading"}] == [
        "preparing", "hosting", "submitting", "queued", "downloading",
    ]  # fmt: skip
    made = probe(str(out))
    assert (made.width, made.height) == (1920, 1080)
    assert made.duration == Fraction(137, 25), "the moment, 1 s before it and 1.5 s after it"


@pytest.mark.full
def test_any_service_that_speaks_the_contract_will_do(tmp_path: Path, clip: Path, service: DemoService) -> None:
    result = _retaken(tmp_path, clip, service)
    assert result.code == 0, result.notices
    (done,) = result.done
    assert Path(done["result"]).is_absolute()
    assert Path(done["result"]).exists()
    assert service.received.accepted_submissions == 1
    (listed,) = ran(tmp_path / "home", "jobs", "--json").events
    assert listed["job"] == done["job"]
    assert listed["stage"] == "ready"
    assert listed["source"] == str(clip)
    assert listed["result"] == done["result"]
    assert listed["cost"] == done["cost"]


@pytest.mark.full
def test_takes_are_numbered_and_each_is_done_once(tmp_path: Path, clip: Path, service: DemoService) -> None:
    out = tmp_path / "take.mp4"
    result = _retaken(tmp_path, clip, service, "--takes", "3", "-o", str(out))
    assert result.code == 0, result.notices
    assert sorted(done["result"] for done in result.done) == [str(tmp_path / f"take-{take}.mp4") for take in (1, 2, 3)]
    assert service.received.accepted_submissions == 3


def test_with_splice_the_full_length_film_comes_out(tmp_path: Path, clip: Path, service: DemoService) -> None:
    out = tmp_path / "film.mp4"
    result = _retaken(tmp_path, clip, service, "--splice", "-o", str(out))
    assert result.code == 0, result.notices
    film, original = probe(str(out)), probe(str(clip))
    assert len(film.frames) == len(original.frames)
    assert (film.width, film.height) == (original.width, original.height)


@pytest.mark.parametrize(
    ("fault", "code", "kind"),
    [
        (Answer(call=Call.SUBMIT, status=422), 3, "refused"),
        pytest.param(Answer(call=Call.SUBMIT, status=401), 4, "bad_token", marks=pytest.mark.full),
        pytest.param(Answer(call=Call.SUBMIT, status=402), 4, "no_balance", marks=pytest.mark.full),
        pytest.param(WorkFails(), 5, "failed_at_service", marks=pytest.mark.full),
        (Cut(call=Call.SUBMIT, when=faults.When.BEFORE_ANSWERING), 6, "unknown_submission"),
    ],
)
def test_how_it_ended_is_said_by_the_exit_code(
    tmp_path: Path, clip: Path, service: DemoService, fault: faults.Fault, code: int, kind: str
) -> None:
    service.faults.add(fault)
    result = _retaken(tmp_path, clip, service)
    (done,) = result.done
    assert (result.code, done["exit"], done["error"]["kind"], done["result"]) == (code, code, kind, None)
    assert done["error"]["message"]


@pytest.mark.full
def test_a_service_that_does_not_answer_leaves_the_job_for_later(tmp_path: Path, clip: Path) -> None:
    result = ran(
        tmp_path / "home", "run", str(clip), "--prompt", "A red coat", "--json", "--patience", "2",
        RUNCOMFY_API_URL="http://127.0.0.1:9", RUNCOMFY_API_TOKEN=TOKEN,
    )  # fmt: skip
    (done,) = result.done
    assert (result.code, done["stage"], done["error"]["kind"]) == (7, "submitting", "offline")


def test_a_kill_in_the_middle_costs_no_second_submission(tmp_path: Path, clip: Path) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(queue_seconds=1, run_seconds=1, answer_size=None)) as service:
        home = tmp_path / "home"
        account = {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": TOKEN}
        process = started(home, "run", str(clip), "--prompt", "A red coat", "--json", **account)
        job = _until_stage(process, "queued")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        result = ran(home, "jobs", "resume", "--json", **account)
        assert result.code == 0, result.notices
        (done,) = result.done
        assert (done["job"], done["stage"]) == (job, "ready")
        assert Path(done["result"]).exists()
        assert service.received.accepted_submissions == 1


def test_an_interrupt_leaves_the_job_open_and_says_so(tmp_path: Path, clip: Path) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(queue_seconds=60)) as service:
        account = {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": TOKEN}
        process = started(tmp_path / "home", "run", str(clip), "--prompt", "A red coat", "--json", **account)
        _until_stage(process, "queued")
        process.send_signal(signal.SIGINT)
        result = finished(process)
        (done,) = result.done
        assert (result.code, done["exit"], done["stage"]) == (130, 130, "queued")
        assert "jobs resume" in result.notices


def _until_stage(process: subprocess.Popen[str], stage: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        if event.get("stage") == stage:
            return str(event["job"])
    raise AssertionError(f"it ended without ever being {stage}")


def _text(folder: Path) -> str:
    (folder / "text.mp4").write_text("This is no video.")
    return str(folder / "text.mp4")


def _empty(folder: Path) -> str:
    (folder / "empty.mp4").touch()
    return str(folder / "empty.mp4")


def _audio_only(folder: Path) -> str:
    with wave.open(str(folder / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 48000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * 48000)
    return str(folder / "sound.wav")


def _unreadable(folder: Path) -> str:
    if os.geteuid() == 0:
        return "/proc/self/mem"  # root may read every ordinary file
    (folder / "secret.mp4").write_bytes(b"x" * 1000)
    (folder / "secret.mp4").chmod(0)
    return str(folder / "secret.mp4")


@pytest.mark.parametrize(
    "changed",
    [
        {"video": _text},
        {"video": _empty},
        {"video": str},
        {"video": lambda folder: str(folder / "not there.mp4")},
        {"video": _audio_only},
        {"video": lambda _folder: "http://example.com/clip.mp4"},
        {"video": _unreadable},
        {"token": "two\nlines"},
        {"--prompt": " "},
        {"--duration": "1"},
        {"--start": "99"},
        {"--mode": "replace_everything"},
        {"--takes": "9"},
        {"-o": "/no/such/folder/out.mp4"},
        {"address": "http://example.com"},
    ],
    ids=[
        "text", "empty", "folder", "vanished", "sound only", "http", "unreadable", "token", "no prompt", "too short",
        "past the end", "mode", "takes", "no folder", "plain http service",
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line_and_nothing_is_sent(
    tmp_path: Path, clip: Path, changed: dict[str, str | Callable[[Path], str]]
) -> None:
    given = {
        name: value if isinstance(value, str) else value(tmp_path)
        for name, value in {"--prompt": "A red coat", "--duration": "3", **changed}.items()
    }
    video = given.pop("video", str(clip))
    account = {
        "RUNCOMFY_API_URL": given.pop("address", "http://127.0.0.1:9"),
        "RUNCOMFY_API_TOKEN": given.pop("token", TOKEN),
    }
    options = [word for pair in given.items() for word in pair]
    result = ran(tmp_path / "home", "run", video, *options, "--json", **account)
    assert result.code in {2, 3}, result.notices
    assert result.notices.strip()
    assert all(event["event"] == "done" and event["exit"] == result.code for event in result.events)
    assert jobs_on_record(tmp_path / "home") == []


def test_without_a_token_it_says_where_to_get_one_and_exits_with_4(tmp_path: Path, clip: Path) -> None:
    result = ran(tmp_path / "home", "run", str(clip), "--prompt", "A red coat", "--json")
    assert result.code == 4
    assert "RUNCOMFY_API_TOKEN" in result.notices


def test_the_token_comes_from_the_real_keyring(tmp_path: Path, clip: Path, service: DemoService) -> None:
    with SecretService() as secrets:
        keyring = {
            "DBUS_SESSION_BUS_ADDRESS": secrets.address,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        }
        save = "from retake_desktop.services.secrets import TokenStore; TokenStore().save('kept', session_only=False)"
        home = tmp_path / "home"
        subprocess.run([sys.executable, "-c", save], env=environment(home, **keyring), check=True)
        result = ran(
            home, "run", str(clip), "--prompt", "A red coat", "--json", RUNCOMFY_API_URL=service.url, **keyring
        )
    assert result.code == 0, result.notices
    assert service.received.accepted_submissions == 1


def test_check_says_what_is_missing(tmp_path: Path, service: DemoService) -> None:
    assert ran(tmp_path / "home", "check", "--json").code == 4
    result = ran(tmp_path / "home", "check", "--json", RUNCOMFY_API_URL=service.url, RUNCOMFY_API_TOKEN=TOKEN)
    assert result.code == 0, result.out
    assert all(finding["ok"] for finding in result.events if finding["needed"])


def test_a_result_is_spliced_without_any_service(tmp_path: Path, clip: Path) -> None:
    take = make_clip(tmp_path / "take.mp4", frames=150, rate=Fraction(25), tint=(200, 60, 60))
    out = tmp_path / "film.mp4"
    result = ran(
        tmp_path / "home", "splice", str(clip), str(take), "--start", "1", "--duration", "2", "-o", str(out), "--json"
    )
    assert result.code == 0, result.notices
    (done,) = result.done
    assert (done["result"], done["frames_total"]) == (str(out), 150)
    again = ran(tmp_path / "home", "splice", str(clip), str(take), "--start", "1", "--duration", "2", "-o", str(clip))
    assert again.code in {2, 3}
