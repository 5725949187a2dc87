"""One line about the selection: what is risky, and the click that mends it; never twice what was dismissed."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.advice import Advice, Risk, advise, words_of
from retake_desktop.ui.timeline.coach import Coach
from retake_desktop.ui.timeline.listening import Facts, facts_question
from retake_desktop.ui.timeline.panel import Timeline
from tests.media.test_shots import film, still
from tests.ui.making import a_clip

CLIP = a_clip()
SPAN = Span(Fraction(5), Fraction(10))
BOTH = Mode.PICTURE_AND_SOUND
LONG = 20_000


def span(start: float, end: float) -> Span:
    return Span(Fraction(start), Fraction(end))


def said(
    speech: tuple[Span, ...] = (), quiet: tuple[Span, ...] = (), cuts: tuple[int, ...] = (), mode: Mode = BOTH
) -> list[Advice]:
    return list(advise(Facts(SPAN, speech, quiet, cuts), mode, CLIP))


def test_an_edge_in_speech_goes_to_the_nearest_pause() -> None:
    found = said(speech=(span(3, 9),), quiet=(span(2, 3), span(4.5, 4.7), span(9, 12)))
    assert found[0] == Advice(Risk.IN_SPEECH, Fraction(5), BOTH, span(4.6, 10).snapped(CLIP.frames))
    assert words_of(found[0]) == ("The in point cuts through speech.", "Move to pause")


def test_an_edge_in_a_pause_cuts_through_nothing() -> None:
    found = said(speech=(span(3, 9),), quiet=(span(4.9, 5.1), span(9, 12)))
    assert [one.risk for one in found] == [Risk.SPEECH]


def test_a_pause_too_far_away_or_too_near_to_the_other_edge_is_not_offered() -> None:
    far = said(speech=(span(1, 13),), quiet=(span(0, 1),))
    assert [(one.risk, one.better) for one in far[:2]] == [(Risk.IN_SPEECH, None), (Risk.OUT_SPEECH, None)]
    assert words_of(far[0])[1] == ""
    short = list(advise(Facts(span(5, 7), (span(4, 9),), (span(5.5, 5.7),), ()), BOTH, CLIP))
    assert short[0].better is None or short[0].better.duration >= 2


def test_a_cut_in_the_selection_is_told_with_its_longer_side() -> None:
    found = said(cuts=(200,))
    assert found == [Advice(Risk.CUT, Fraction(8), BOTH, span(5, 8))]
    assert words_of(found[0]) == ("There is a shot cut in the selection, at 00:00:08.000.", "Stop at cut")
    assert said(cuts=(150, 225)) == [Advice(Risk.CUT, Fraction(6), BOTH, None)]
    assert said(cuts=(200,), mode=Mode.SOUND) == [], "sound has no shots"


def test_an_edge_in_loud_sound_is_told_only_where_quiet_is_near_and_sound_is_made_anew() -> None:
    quiet = (span(4.4, 4.6), span(10, 11))
    found = said(quiet=quiet)
    assert found == [Advice(Risk.IN_LOUD, Fraction(5), BOTH, span(4.5, 10).snapped(CLIP.frames))]
    assert said(quiet=quiet, mode=Mode.PICTURE) == []
    assert said(quiet=(span(0, 1),)) == []


@pytest.mark.parametrize("mode", list(Mode))
def test_speech_is_told_for_what_it_means_in_each_mode(mode: Mode) -> None:
    words = words_of(said(speech=(span(6, 9),), quiet=(span(0, 6), span(9, 30)), mode=mode)[-1])[0]
    assert ("lips" in words) == mode.replaces_picture
    assert ("instruction may come back spoken" in words) == mode.replaces_sound


def test_an_edge_that_cuts_through_speech_is_not_told_to_be_loud_as_well() -> None:
    found = said(speech=(span(3, 9),), quiet=(span(4.4, 4.6), span(9, 12)))
    assert [one.risk for one in found] == [Risk.IN_SPEECH, Risk.SPEECH]


def test_the_beginning_and_the_end_of_the_clip_are_no_edges() -> None:
    whole = Facts(span(0, 30), (span(0, 30),), (), ())
    assert [one.risk for one in advise(whole, BOTH, CLIP)] == [Risk.SPEECH]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """Two seconds of nothing, a spoken sentence of some six seconds, then nothing; a shot cut at 7 s."""
    folder = tmp_path_factory.mktemp("talk")
    words = (
        "Good morning everybody. Today we are going to look at the kitchen, and then we will bake some bread together."
    )
    subprocess.run(["espeak-ng", "-w", str(folder / "talk.wav"), words], check=True)
    film(folder / "film.mp4", still(1, 175) + still(2, 125))
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(folder / "film.mp4"), "-i", str(folder / "talk.wav"),
         "-filter_complex", "[1:a]adelay=2000:all=1,apad=whole_dur=12[a]", "-map", "0:v", "-map", "[a]", "-c:v", "copy",
         "-t", "12", str(folder / "talk.mp4")],
        check=True,
    )  # fmt: skip
    return probe(str(folder / "talk.mp4"))


def test_speech_quiet_and_cuts_are_heard_and_seen_in_a_real_film(talk: Clip) -> None:
    facts = facts_question(talk, span(4, 9))(lambda: False)
    assert facts.cuts == (175,)
    assert facts.speech
    assert facts.speech[0].start < 4 < facts.speech[-1].end
    risks = [one.risk for one in advise(facts, BOTH, talk)]
    assert risks[-1] is Risk.SPEECH
    assert Risk.CUT in risks


def test_only_what_lies_around_the_selection_is_read(talk: Clip) -> None:
    facts = facts_question(talk, span(9.5, 11.5))(lambda: False)
    assert all(one.start >= Fraction(13, 2) - Fraction(1, 2) for one in (*facts.speech, *facts.quiet))


@pytest.fixture
def timeline(qtbot: QtBot, styled: Style, talk: Clip) -> Iterator[Timeline]:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(1000, 240)
    with qtbot.waitExposed(timeline):
        timeline.show()
    timeline.open(talk, span(2, 10))
    timeline.set_request(RetakeRequest(talk.path, span(2, 10), ""))
    yield timeline
    timeline.close_files()


def coach(timeline: Timeline) -> Coach:
    return timeline._coach


def press(timeline: Timeline, name: str) -> None:
    for button in coach(timeline).findChildren(QAbstractButton):
        if button.isVisible() and name in (button.text(), button.accessibleName()):
            button.click()
            return
    raise AssertionError(f"no {name!r} to press")


def test_a_click_moves_the_edge_and_is_one_change(qtbot: QtBot, timeline: Timeline) -> None:
    settled: list[Span] = []
    timeline.span_settled.connect(settled.append)
    qtbot.waitUntil(lambda: _risk(timeline) is Risk.CUT, timeout=LONG)
    height = timeline.sizeHint().height()
    press(timeline, "Stop at cut")
    assert timeline.span == span(2, 7)
    assert settled == [span(2, 7)]
    assert timeline.sizeHint().height() == height, "nothing jumps"


def test_what_was_dismissed_is_not_said_again_of_this_video(qtbot: QtBot, timeline: Timeline, talk: Clip) -> None:
    qtbot.waitUntil(lambda: _risk(timeline) is Risk.CUT, timeout=LONG)
    press(timeline, "Dismiss advice")
    assert _risk(timeline) is Risk.SPEECH
    timeline.nudge(2)
    timeline.set_request(RetakeRequest(talk.path, timeline.span or SPAN, ""))
    qtbot.waitUntil(lambda: _risk(timeline) is not None, timeout=LONG)
    assert _risk(timeline) is not Risk.CUT
    other = replace(talk, fingerprint="another")
    timeline.open(other, span(2, 10))
    timeline.set_request(RetakeRequest(other.path, span(2, 10), ""))
    qtbot.waitUntil(lambda: _risk(timeline) is Risk.CUT, timeout=LONG)


def test_the_rest_of_the_advice_is_a_click_away(qtbot: QtBot, timeline: Timeline) -> None:
    """What is not acted upon hides nothing: that lips and voice may change is said as well."""
    qtbot.waitUntil(lambda: _risk(timeline) is Risk.CUT, timeout=LONG)
    press(timeline, "Next advice")
    assert _risk(timeline) is Risk.SPEECH
    words = coach(timeline)._words.text()
    assert words == "Somebody speaks here: lips and voice may change, and an instruction may come back spoken."
    press(timeline, "Next advice")
    assert _risk(timeline) is Risk.CUT
    press(timeline, "Dismiss advice")
    assert _risk(timeline) is Risk.SPEECH
    assert not coach(timeline)._next.isVisible(), "there is only one"


def test_under_review_nothing_is_said(qtbot: QtBot, timeline: Timeline, talk: Clip) -> None:
    qtbot.waitUntil(lambda: _risk(timeline) is not None, timeout=LONG)
    timeline.review(talk, span(1, 11), span(2, 10))
    qtbot.wait(600)
    assert _risk(timeline) is None
    assert not any(button.isVisible() for button in coach(timeline).findChildren(QAbstractButton))


def _risk(timeline: Timeline) -> Risk | None:
    advice = coach(timeline).advice
    return advice.risk if advice is not None else None


def test_the_line_has_names_for_screen_readers(qtbot: QtBot, timeline: Timeline) -> None:
    qtbot.waitUntil(lambda: _risk(timeline) is Risk.CUT, timeout=LONG)
    names = [each.accessibleName() for each in coach(timeline).findChildren(QWidget) if each.isVisible()]
    assert "There is a shot cut in the selection, at 00:00:07.000." in names
    assert "Dismiss advice" in names
