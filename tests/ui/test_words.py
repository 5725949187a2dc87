"""Times, sizes, money and stages in words; drops and pasted paths; the table of shortcuts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import QMimeData, QSize, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QRadioButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.assets import asset
from retake_desktop.domain.job import Progress, Stage, Wait
from retake_desktop.domain.problems import Remedy
from retake_desktop.domain.retake import Mode, Obstacle, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.drop import Dropped, DropTrouble, read_drop, read_text
from retake_desktop.ui.shortcuts import SHORTCUTS, Verb, belongs_to
from tests.fakes.job_thread import DEMO, LIVE, draft
from tests.ui.making import a_clip

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
JOB = draft("a-1", RetakeRequest("/v/a.mp4", Span(Fraction(0), Fraction(5)), "p", takes=3), a_clip(), LIVE, NOON)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0.6", "$0.60"), ("0", "$0.00"), ("0.004", "$0.0040"), ("12.345", "$12.35"), ("0.005", "$0.0050")],
)
def test_money_never_rounds_to_nothing(amount: str, shown: str) -> None:
    assert text.money(Decimal(amount)) == shown


def test_seconds_are_exact_where_they_are_few() -> None:
    assert text.whole_seconds(Fraction(124, 10)) == "12.4 s"
    assert text.whole_seconds(Fraction(1843, 10)) == "184 s"


def test_elapsed_time_grows_an_hour_when_it_needs_one() -> None:
    assert text.elapsed(timedelta(seconds=65)) == "1:05"
    assert text.elapsed(timedelta(hours=1, minutes=2, seconds=3)) == "1:02:03"
    assert text.elapsed(timedelta(seconds=-4)) == "0:00"


def test_progress_counts_in_the_unit_of_its_stage() -> None:
    assert text.progress(Progress(40, 150), Stage.PREPARING) == "40 of 150 frames"
    assert text.progress(Progress(3_100_000, 8_200_000), Stage.DOWNLOADING) == "3.1 MB of 8.2 MB"
    assert text.progress(Progress(3_100_000, None), Stage.DOWNLOADING) == "3.1 MB"


def test_a_queued_take_tells_its_place_and_its_time() -> None:
    queued = replace(JOB, stage=Stage.QUEUED, queue_position=4)
    assert text.status(queued) == "In the queue · number 4"
    assert text.figures(queued, NOON + timedelta(seconds=65)) == "take 1 of 3 · 1:05"


def test_a_finished_take_tells_its_cost_and_a_demo_take_none() -> None:
    ready = replace(JOB, stage=Stage.READY, cost_usd=Decimal("0.65"))
    assert text.figures(ready, NOON) == "take 1 of 3 · $0.65"
    assert text.figures(replace(ready, service=DEMO), NOON) == "take 1 of 3 · demo"


def test_every_stage_mode_and_reason_to_wait_has_its_words() -> None:
    assert all(text.stage(stage) for stage in Stage)
    assert all(text.mode(mode) for mode in Mode)
    assert all(text.wait(wait) for wait in Wait)
    assert len({text.stage(stage) for stage in Stage}) == len(Stage)


def test_every_remedy_has_a_button_and_every_obstacle_a_sentence() -> None:
    assert [remedy for remedy in Remedy if not problems.label(remedy)] == [Remedy.NONE]
    assert all(problems.obstacle(obstacle).endswith(".") for obstacle in Obstacle)


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("/v/a b.mp4", Dropped("/v/a b.mp4")),
        ("  '/v/a.mp4'\n", Dropped("/v/a.mp4")),
        ("file:///v/a%20b.mp4", Dropped("/v/a b.mp4")),
        ("/v/a.mp4\n/v/b.mp4", Dropped("/v/a.mp4", others=1)),
        ("https://example.org/a.mp4", Dropped(None, url="https://example.org/a.mp4")),
        ("hello there", Dropped(None, trouble=DropTrouble.NOTHING)),
        ("", Dropped(None, trouble=DropTrouble.NOTHING)),
    ],
)
def test_pasted_text_is_read_as_a_path_where_it_is_one(pasted: str, found: Dropped) -> None:
    assert read_text(pasted) == found


def test_files_win_over_the_text_of_a_drop() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/v/a.mp4"), QUrl("https://example.org/b.mp4")])
    data.setText("/v/c.mp4")
    assert read_drop(data) == Dropped("/v/a.mp4", others=1)


def test_no_two_shortcuts_share_their_keys_and_each_verb_has_one() -> None:
    keys = [QKeySequence(row.keys).toString() for row in SHORTCUTS]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert {row.verb for row in SHORTCUTS} == set(Verb)


def test_a_control_in_focus_keeps_the_keys_that_it_needs(qtbot: QtBot) -> None:
    rows = {row.verb: row for row in SHORTCUTS}
    prompt, button, radio, plain = QPlainTextEdit(), QPushButton(), QRadioButton(), QWidget()
    slider = QSlider()
    for widget in (prompt, button, radio, slider, plain):
        qtbot.addWidget(widget)
    assert belongs_to(prompt, rows[Verb.PLAY])
    assert not belongs_to(prompt, rows[Verb.UNDO])
    assert not belongs_to(prompt, rows[Verb.OPEN])
    assert belongs_to(button, rows[Verb.PLAY])
    assert not belongs_to(button, rows[Verb.FRAME_BACK])
    assert belongs_to(radio, rows[Verb.FRAME_BACK])
    assert belongs_to(slider, rows[Verb.TO_START])
    assert not belongs_to(radio, rows[Verb.TO_START])
    assert not belongs_to(slider, rows[Verb.NUDGE_BACK]), "a handle in focus moves by arrows, the selection with Alt"
    assert not any(belongs_to(plain, row) for row in SHORTCUTS)


def test_icons_take_the_colour_that_is_asked_for_at_the_scale_that_is_asked_for(styled: style.Style) -> None:
    pixmap = style.icon("play", "accent").pixmap(16, 16)
    twice = style.icon("play", "accent").pixmap(QSize(16, 16), 2.0)
    assert (twice.width(), twice.devicePixelRatio()) == (32, 2.0)
    image = pixmap.toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {style.DARK.accent}


def test_what_is_missing_from_the_installation_is_named() -> None:
    assert asset("icons/play.svg").is_file()
    with pytest.raises(FileNotFoundError, match=r"icons/nothing\.svg"):
        asset("icons/nothing.svg")


@pytest.mark.parametrize("theme", [style.DARK, style.LIGHT])
def test_text_is_readable_on_every_surface(theme: style.Tokens) -> None:
    for surface in (theme.window, theme.panel, theme.raised, theme.selected):
        for words in (theme.text, theme.muted):
            assert contrast(words, surface) >= 4.5, (words, surface)
    for words in (theme.accent, theme.warning, theme.danger):
        assert contrast(words, theme.panel) >= 4.5, words
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.1, 1 to 21."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
