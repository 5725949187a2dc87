"""What is taken out of text that somebody else shall read, and what stays readable."""

import json

import pytest

from retake_desktop.services.scrubbing import Private, Scrubber

TOKEN = "rc_0123456789abcdef"
PROMPT = 'Grandma\'s "blue" dress,\nnot red: naïve 🎬'
PATH = "/home/erika/My Films/Holiday at sea.mp4"
SIGNED = "https://cdn.example.net/o/abc.mp4?sig=s3cr3t%2F1&se=9"
PRIVATE = Private(
    secrets=(TOKEN,),
    prompts=(PROMPT, "cat", ""),
    addresses=(SIGNED,),
    paths=(PATH, "C:\\Users\\Erika\\Videos\\clip.mov"),
    folders=("/home/erika/.local/share/retake-desktop",),
    home="/home/erika",
)

_PARTS = (
    TOKEN, "blue", "naïve", "na\\u00efve", '"cat"', "'cat'", "sig=", "s3cr3t", "erika", "Erika", "oliday", "clip",
    "cake", "birthday", "beach", "x y", "plans",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"token {TOKEN} refused",
        f"Basic {TOKEN}",
        PROMPT,
        repr(PROMPT),
        json.dumps({"prompt": PROMPT}),
        json.dumps({"prompt": PROMPT}, ensure_ascii=False),
        "a line of it: not red: naïve 🎬 there",
        "prompt='cat'",
        '{"prompt":"cat"}',
        SIGNED,
        f"GET {SIGNED} 200",
        f"ValueError({SIGNED!r})",
        PATH,
        f"{PATH}: Permission denied",
        f"FileNotFoundError: [Errno 2] No such file or directory: {PATH!r}",
        "file:///home/erika/My%20Films/Holiday%20at%20sea.mp4",
        "could not read Holiday at sea.mp4",
        "Holiday at sea-retake.mp4",
        "C:\\Users\\Erika\\Videos\\clip.mov",
        json.dumps("C:\\Users\\Erika\\Videos\\clip.mov"),
        "/mnt/usb stick/Erika's birthday/cake cutting.MKV: broken",
        "D:\\films of erika\\x y.mp4",
        "beach.mov is broken",
        "/home/erika/Documents/plans",
        "/media/erika/stick",
        "/run/media/erika/stick",
    ],
)
def test_nothing_private_is_left(text: str) -> None:
    scrub = Scrubber(PRIVATE, with_names=False)
    done = scrub(text)
    for private in _PARTS:
        assert private not in done, done
    assert not scrub.leaks(done)


@pytest.mark.parametrize(
    "text",
    [
        'File "/usr/lib/python3.11/asyncio/base_events.py", line 636, in run_until_complete',
        "2026-11-28 09:00:00,123 77 INFO retake_desktop.services.pipeline: job 0f is queued, place 3",
        "concatenate, category",
        "no connection to https://model-api.runcomfy.net/v1/requests/req-1/status",
        "clips travel inside the request",
        "results/0123456789abcdef0123456789abcdef.mp4",
        "",
    ],
)
def test_what_helps_stays(text: str) -> None:
    assert Scrubber(PRIVATE, with_names=False)(text) == text


def test_the_apps_own_folders_stay_recognisable() -> None:
    done = Scrubber(PRIVATE, with_names=False)("/home/erika/.local/share/retake-desktop/jobs.sqlite: disk full")
    assert done == "[app]/jobs.sqlite: disk full"


def test_names_stay_where_they_are_allowed_and_nothing_else_does() -> None:
    scrub = Scrubber(PRIVATE, with_names=True)
    done = scrub(f"{PATH}: {PROMPT} {TOKEN} {SIGNED}")
    assert done.startswith("~/My Films/Holiday at sea.mp4: ")
    assert TOKEN not in done
    assert "blue" not in done
    assert "s3cr3t" not in done
    assert not scrub.leaks(done)


def test_what_is_still_there_is_noticed() -> None:
    scrub = Scrubber(PRIVATE, with_names=False)
    for text in (TOKEN, PATH, SIGNED, "under /home/erika"):
        assert scrub.leaks(text)
    assert not scrub.leaks("nothing of anybody's")


def test_without_anything_private_text_passes() -> None:
    assert Scrubber(Private(home="/"), with_names=True)("/usr/bin/x and 3") == "/usr/bin/x and 3"
