"""The figures as a line, as a table for the README, and as a chart."""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.machine import Machine
from tests.benchmarks.measuring import Figure, Unit

_BEGIN, _END = "<!-- benchmarks -->", "<!-- /benchmarks -->"
_VERDICTS = {True: "reached", False: "FALLS SHORT", None: "for information"}

_WIDTH, _LINE, _LABELS, _FIGURES = 860, 26, 190, 150
_BAR = _WIDTH - _LABELS - _FIGURES
_MOST = 2.0
"""Where the chart ends, as a multiple of what a row may reach; longer bars are cut."""


def line(of: Figure) -> str:
    """One row for the terminal."""
    aim = "" if of.row.reach is None else f", at most {_reach(of)}"
    state = " (cold)" if of.row.cold else ""
    verdict = _VERDICTS[of.is_reached]
    if of.theirs is None or of.their_spread is None:
        return f"{of.row.name:16} {_with_spread(of, of.ours, of.spread)}{aim}: {verdict}{state}"
    both = f"{_with_spread(of, of.ours, of.spread)} against {_with_spread(of, of.theirs, of.their_spread)}"
    return f"{of.row.name:16} {of.ratio:.2f} x {of.row.peer}{aim}: {verdict}{state}   {both}"


def table(figures: Sequence[Figure], machine: Machine, date: str) -> str:
    """Markdown: one row a figure."""
    rows = [
        f"| {_cell(of.row.about)}{' Cold.' if of.row.cold else ''} | {_cell(of.row.peer) or '–'} | {_measured(of)} |"
        f" {'–' if of.row.reach is None else f'≤ {_reach(of)}'} | {_in_words(of)} |"
        for of in figures
    ]
    head = ["| what | beside | measured | reach | |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"Measured on {date}: {machine.sentence()}.", "", *head, *rows])


def write_into(readme: Path, text: str) -> None:
    """Puts `text` between the two marks of the README. Raises ValueError where they are missing."""
    before = readme.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if not pattern.search(before):
        raise ValueError(f"{readme} has no place for the table: {_BEGIN} … {_END}")
    after = pattern.sub(lambda _: f"{_BEGIN}\n{text}\n{_END}", before)
    readme.write_text(after, encoding="utf-8")


def chart(figures: Sequence[Figure]) -> str:
    """An SVG: a bar a row, as long as the figure is in multiples of what it may reach; the line is where reach ends."""
    shown = [of for of in figures if of.row.reach]
    height = _LINE * (len(shown) + 1) + 12
    mark = _LABELS + _BAR / _MOST
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans, sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#1b1e22"/>',
        *[_bar(of, _LINE * number + 10) for number, of in enumerate(shown)],
        f'<path d="M{mark} 4V{height - _LINE}" stroke="#e7e9ec" stroke-dasharray="3 3"/>',
        f'<text x="{mark}" y="{height - 10}" fill="#9aa1a9" text-anchor="middle">what it must reach</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bar(of: Figure, top: int) -> str:
    share = of.value / (of.row.reach or 1)
    width = max(2.0, _BAR * min(share, _MOST) / _MOST)
    colour = "#4db6a0" if of.is_reached else "#e0915c"
    middle = top + 13
    return (
        f'<text x="{_LABELS - 10}" y="{middle}" fill="#e7e9ec" text-anchor="end">{escape(of.row.name)}</text>'
        f'<rect x="{_LABELS}" y="{top}" width="{width:.1f}" height="16" rx="3" fill="{colour}"/>'
        f'<text x="{_LABELS + _BAR + 10}" y="{middle}" fill="#9aa1a9">{escape(_measured(of))}</text>'
    )


def _measured(of: Figure) -> str:
    return _amount(of.row.unit, of.ours) if of.ratio is None else f"{of.ratio:.2f} ×"


def _in_words(of: Figure) -> str:
    return {True: "reached", False: "**falls short**", None: ""}[of.is_reached]


def _reach(of: Figure) -> str:
    reach = of.row.reach or 0.0
    return _amount(of.row.unit, reach) if of.ratio is None else f"{reach:.2f} ×"


def _with_spread(of: Figure, value: float, spread: tuple[float, float]) -> str:
    low, high = (_amount(of.row.unit, each) for each in spread)
    return f"{_amount(of.row.unit, value)} ({low} to {high})"


def _amount(unit: Unit, value: float) -> str:
    match unit:
        case Unit.SECONDS if value < 10:
            return f"{value * 1000:.1f} ms"
        case Unit.PERCENT:
            return f"{value:.2f} %"
        case _:
            return f"{value:.1f} {unit}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
