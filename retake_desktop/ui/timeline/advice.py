"""What is risky about a selection, and the better selection next to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import MAX_SPAN, MIN_SPAN, Mode
from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline.listening import Facts

_WITHIN = Fraction(1, 10)
"""Seconds from the beginning or end of speech at which an edge still counts as between words."""
_FARTHEST = Fraction(2)
"""Seconds by which an edge is offered to move to a pause."""
_NEAR = Fraction(3, 4)
"""Seconds by which an edge is offered to move out of loud sound."""


class Risk(Enum):
    """In the order in which they are said."""

    IN_SPEECH = "in_speech"
    OUT_SPEECH = "out_speech"
    CUT = "cut"
    IN_LOUD = "in_loud"
    OUT_LOUD = "out_loud"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Advice:
    """`better` is the selection that avoids the risk, where there is one near; `at` where the risk lies, in seconds."""

    risk: Risk
    at: Fraction
    mode: Mode
    better: Span | None = None


def advise(facts: Facts, mode: Mode | None, clip: Clip) -> Iterator[Advice]:
    """What there is to say about `facts.span`, the most important first."""
    if mode is None:
        return
    in_speech = list(_edges(facts, mode, clip, (Risk.IN_SPEECH, Risk.OUT_SPEECH), _cuts_speech, _FARTHEST))
    yield from in_speech
    if mode.replaces_picture and facts.cuts:
        yield Advice(Risk.CUT, clip.frames.start_of(facts.cuts[0]), mode, _beside_cuts(facts, clip))
    if mode.replaces_sound:
        loud = _edges(facts, mode, clip, (Risk.IN_LOUD, Risk.OUT_LOUD), _is_loud, _NEAR)
        told = {one.at for one in in_speech}
        yield from (one for one in loud if one.at not in told)
    spoken = next((one for one in facts.speech if one.end > facts.span.start and one.start < facts.span.end), None)
    if spoken is not None:
        yield Advice(Risk.SPEECH, max(spoken.start, facts.span.start), mode)


def _edges(
    facts: Facts,
    mode: Mode,
    clip: Clip,
    risks: tuple[Risk, Risk],
    is_bad: Callable[[Facts, Fraction], bool],
    reach: Fraction,
) -> Iterator[Advice]:
    for risk, edge in zip(risks, (facts.span.start, facts.span.end), strict=True):
        if not 0 < edge < clip.duration or not is_bad(facts, edge):
            continue
        better = _moved_to_quiet(facts, edge, clip, reach)
        # Loud sound at an edge is only worth a word where something can be done about it.
        if better is not None or is_bad is _cuts_speech:
            yield Advice(risk, edge, mode, better)


def _cuts_speech(facts: Facts, edge: Fraction) -> bool:
    if any(one.start <= edge <= one.end for one in facts.quiet):
        return False
    return any(one.start + _WITHIN < edge < one.end - _WITHIN for one in facts.speech)


def _is_loud(facts: Facts, edge: Fraction) -> bool:
    return bool(facts.quiet) and not any(one.start <= edge <= one.end for one in facts.quiet)


def _moved_to_quiet(facts: Facts, edge: Fraction, clip: Clip, reach: Fraction) -> Span | None:
    """The selection with `edge` at the nearest pause or quiet that leaves it a length that can be sent."""
    span, frames = facts.span, clip.frames
    places = [(one.start + one.end) / 2 for one in facts.quiet]
    places += [time for one in facts.speech for time in (one.start, one.end)]
    for place in sorted(places, key=lambda time: abs(time - edge)):
        time = frames.snap(place)
        start, end = (time, span.end) if edge == span.start else (span.start, time)
        if time != edge and abs(time - edge) <= reach and MIN_SPAN <= end - start <= MAX_SPAN:
            return Span(start, end)
    return None


def _beside_cuts(facts: Facts, clip: Clip) -> Span | None:
    """The longest part of the selection without a cut, moving one edge only."""
    first, last = clip.frames.start_of(facts.cuts[0]), clip.frames.start_of(facts.cuts[-1])
    parts = [Span(facts.span.start, first), Span(last, facts.span.end)]
    best = max(parts, key=lambda part: part.duration)
    return best if best.duration >= MIN_SPAN else None


def words_of(advice: Advice) -> tuple[str, str]:
    """The sentence, and what its button says; the latter is empty where nothing better is near."""
    at = timecode.to_text(advice.at)
    sentences = {
        Risk.IN_SPEECH: _words("The in point cuts through speech."),
        Risk.OUT_SPEECH: _words("The out point cuts through speech."),
        Risk.CUT: _words("There is a shot cut in the selection, at {time}.").format(time=at),
        Risk.IN_LOUD: _words("The in point lies in loud sound: the join may be heard."),
        Risk.OUT_LOUD: _words("The out point lies in loud sound: the join may be heard."),
        Risk.SPEECH: _spoken(advice.mode),
    }
    actions = {
        Risk.IN_SPEECH: _words("Move to pause"),
        Risk.OUT_SPEECH: _words("Move to pause"),
        Risk.CUT: _words("Stop at cut"),
        Risk.IN_LOUD: _words("Move to quiet"),
        Risk.OUT_LOUD: _words("Move to quiet"),
    }
    return sentences[advice.risk], actions.get(advice.risk, "") if advice.better is not None else ""


def _spoken(mode: Mode) -> str:
    if mode is Mode.PICTURE:
        return _words("Somebody speaks here: the lips may change and no longer fit the words.")
    if mode is Mode.SOUND:
        return _words("Somebody speaks here: the voice may change, and an instruction may come back spoken.")
    return _words("Somebody speaks here: lips and voice may change, and an instruction may come back spoken.")


def _words(text: str) -> str:
    return QCoreApplication.translate("Coach", text)
