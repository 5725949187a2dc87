"""What can be typed, and what it means when it is not typed."""

from fractions import Fraction
from inspect import iscoroutinefunction

import pytest

from retake_desktop.cli import _action
from retake_desktop.cli.arguments import parse
from retake_desktop.domain.retake import Mode


def test_run_has_the_documented_defaults() -> None:
    options = parse(["run", "clip.mp4", "--prompt", "a red coat"])
    assert (options.command, options.video, options.prompt) == ("run", "clip.mp4", "a red coat")
    assert (options.start, options.duration) == (Fraction(0), None)
    assert options.mode is Mode.PICTURE_AND_SOUND
    assert (options.takes, options.output) == (1, None)
    assert (options.whole, options.splice, options.demo, options.json) == (False, False, False, False)
    assert (options.patience, options.allow_host) == (600.0, [])


def test_run_takes_everything_that_is_documented() -> None:
    options = parse(
        ["run", "https://films.example/a.mp4", "--prompt", "-", "--start", "1:02.5", "--duration", "0.1", "--mode",
         "replace_audio", "--takes", "8", "--whole", "--splice", "-o", "out.mp4", "--json", "--demo", "--patience", "5",
         "--allow-host", "fal.media", "--allow-host", "b.example"]
    )  # fmt: skip
    assert (options.start, options.duration) == (Fraction(125, 2), Fraction(1, 10))
    assert (options.mode, options.takes, options.output) == (Mode.SOUND, 8, "out.mp4")
    assert (options.whole, options.splice, options.demo, options.json) == (True, True, True, True)
    assert (options.patience, options.allow_host) == (5.0, ["fal.media", "b.example"])


@pytest.mark.parametrize("mode", list(Mode))
def test_modes_are_the_services_own_words(mode: Mode) -> None:
    assert parse(["run", "a", "--prompt", "p", "--mode", mode.value]).mode is mode


def test_jobs_lists_unless_it_is_to_resume() -> None:
    assert (parse(["jobs"]).what, parse(["jobs"]).json) == ("list", False)
    resume = parse(["jobs", "resume", "--json", "--allow-host", "b.example", "--patience", "0"])
    assert (resume.what, resume.json, resume.allow_host, resume.patience) == ("resume", True, ["b.example"], 0)


def test_splice_needs_everything_but_offset_and_mode() -> None:
    options = parse(["splice", "o.mp4", "r.mp4", "--start", "3", "--duration", "2.5", "-o", "out.mp4"])
    assert (options.original, options.result, options.output) == ("o.mp4", "r.mp4", "out.mp4")
    assert (options.start, options.duration, options.result_offset) == (3, Fraction(5, 2), 0)
    assert options.mode is Mode.PICTURE_AND_SOUND
    assert (options.json, options.seam, options.crossfade) == (False, "exact", 0)


def test_splice_seams_are_exact_unless_asked_otherwise() -> None:
    words = ["splice", "o", "r", "--start", "0", "--duration", "1", "-o", "x"]
    options = parse([*words, "--seam", "auto", "--crossfade", "5"])
    assert (options.seam, options.crossfade) == ("auto", 5)
    for wrong in (["--seam", "soon"], ["--crossfade", "-1"], ["--crossfade", "26"], ["--crossfade", "x"]):
        with pytest.raises(SystemExit):
            parse([*words, *wrong])


def test_check_and_the_demo_service_need_nothing() -> None:
    assert parse(["check"]).json is False
    demo = parse(["demo-service"])
    assert (demo.port, demo.token) == (0, None)
    assert parse(["demo-service", "--port", "8123", "--token", "t"]).port == 8123


RUN = ["run", "a.mp4", "--prompt", "p"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["retake"],
        ["run"],
        ["run", "a.mp4"],
        ["run", "--prompt", "p"],
        [*RUN, "b.mp4"],
        [*RUN, "--start", "soon"],
        [*RUN, "--start", "-1"],
        [*RUN, "--start", "nan"],
        [*RUN, "--start", "1e3"],
        [*RUN, "--duration", ""],
        [*RUN, "--mode", "replace_everything"],
        [*RUN, "--mode", "PICTURE"],
        [*RUN, "--takes", "0"],
        [*RUN, "--takes", "9"],
        [*RUN, "--takes", "-1"],
        [*RUN, "--takes", "1.5"],
        [*RUN, "--takes", "9" * 5000],
        [*RUN, "--patience", "-1"],
        [*RUN, "--patience", "nan"],
        [*RUN, "--patience", "inf"],
        [*RUN, "--patience", "long"],
        [*RUN, "--allow-host"],
        [*RUN, "--send-twice"],
        ["jobs", "delete"],
        ["splice", "o.mp4", "r.mp4", "--start", "0", "--duration", "1"],
        ["splice", "o.mp4", "--start", "0", "--duration", "1", "-o", "x"],
        ["splice", "o.mp4", "r.mp4", "--duration", "1", "-o", "x"],
        ["check", "everything"],
        ["demo-service", "--port", "many"],
    ],
)
def test_anything_else_exits_with_2_and_says_so_on_standard_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "usage: retake-desktop" in printed.err


def test_help_is_a_success(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["run", "--help"], ["demo-service", "--help"]):
        with pytest.raises(SystemExit) as ended:
            parse(arguments)
        assert ended.value.code == 0
        assert "usage: retake-desktop" in capsys.readouterr().out


def test_every_command_but_the_demo_service_has_something_to_do() -> None:
    for arguments in (RUN, ["jobs"], ["check"], ["splice", "o", "r", "--start", "0", "--duration", "1", "-o", "x"]):
        assert iscoroutinefunction(_action(parse(arguments).command))
