"""What the benchmarks make of their figures: verdict, table, chart, and the comparison of two runs."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.benchmarks import compare
from tests.benchmarks.growth import exponent
from tests.benchmarks.machine import Machine
from tests.benchmarks.measuring import ROWS, Figure, Row, Samples, Unit, figure
from tests.benchmarks.report import chart, line, table, write_into

_MACHINE = Machine("A processor", 2, 25.2, "An system", 0.031)


def _of(ours: list[float], theirs: list[float], reach: float | None = 1.0, unit: Unit = Unit.SECONDS) -> Figure:
    row = Row("a-row", "What is | done.", reach, "a peer" if theirs else "", lambda _: Samples(ours, theirs), unit)
    return figure(row, 1)


@pytest.mark.parametrize(
    ("ours", "theirs", "reach", "reached"),
    [
        ([1.0, 1.1, 5.0], [1.2, 1.1, 1.0], 1.0, True),
        ([1.2], [1.0], 1.0, False),
        ([1.2], [1.0], None, None),
        ([0.016], [], 0.016, True),
        ([0.0161], [], 0.016, False),
    ],
)
def test_the_median_against_the_peer_s_decides(
    ours: list[float], theirs: list[float], reach: float | None, reached: bool | None
) -> None:
    assert _of(ours, theirs, reach).is_reached is reached


@pytest.mark.parametrize(("quantile", "value"), [(0.0, 1.0), (0.5, 2.0), (0.75, 3.0), (1.0, 4.0)])
def test_a_row_says_which_of_its_runs_count(quantile: float, value: float) -> None:
    row = Row("a-row", "", None, "", lambda _: Samples([4.0, 1.0, 3.0, 2.0, 2.0], quantile=quantile))
    assert figure(row, 5).ours == value


def test_what_is_no_time_is_told_in_its_own_unit() -> None:
    assert "512.0 MB" in line(_of([512.0], [], 600, Unit.MEGABYTES))
    assert "0.40 %" in line(_of([0.4], [], 1, Unit.PERCENT))


def test_the_table_names_the_machine_and_what_falls_short(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- benchmarks -->old<!-- /benchmarks -->\nafter\n", encoding="utf-8")
    write_into(readme, table([_of([2.0], [1.0]), _of([1.0], [2.0])], _MACHINE, "2026-01-02"))
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- benchmarks -->\nMeasured on 2026-01-02: 2 cores (A processor), 25 GB")
    assert "| What is \\| done. | a peer | 2.00 × | ≤ 1.00 × | **falls short** |" in text
    assert "| What is \\| done. | a peer | 0.50 × | ≤ 1.00 × | reached |" in text
    assert text.endswith("<!-- /benchmarks -->\nafter\n")
    assert "old" not in text


def test_a_readme_without_a_place_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        write_into(readme, "a table")
    assert readme.read_text(encoding="utf-8") == "nothing here"


def test_a_bar_of_the_chart_is_as_long_as_its_figure_and_never_longer_than_the_chart() -> None:
    root = ET.fromstring(chart([_of([0.5], [1.0]), _of([1.0], [1.0]), _of([99.0], [1.0])]))  # noqa: S314 - our own
    bars = [float(bar.attrib["width"]) for bar in root.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert bars == [pytest.approx(bars[2] / 4, abs=0.1), pytest.approx(bars[2] / 2, abs=0.1), bars[2]]


@pytest.mark.parametrize(
    ("old", "new", "noise", "code"),
    [(1.0, 1.04, 0.0, 0), (1.0, 1.2, 0.05, 1), (1.0, 1.2, 0.15, 0), (1.0, 0.5, 0.0, 0), (0.0, 0.1, 0.0, 1)],
)
def test_a_row_is_worse_when_it_grew_by_more_than_the_noise_of_both_runs(
    tmp_path: Path, old: float, new: float, noise: float, code: int
) -> None:
    for name, value in (("old", old), ("new", new)):
        rows = [{"row": "a-row", "value": value, "noise": noise}]
        (tmp_path / name).write_text(json.dumps({"rows": rows}), encoding="utf-8")
    assert compare.main(tmp_path / "old", tmp_path / "new") == code


def test_runs_without_a_row_in_common_cannot_be_compared(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).write_text(json.dumps({"rows": [{"row": name, "value": 1, "noise": 0}]}), encoding="utf-8")
    assert compare.main(tmp_path / "old", tmp_path / "new") == 2


@pytest.mark.parametrize(("power", "expected"), [(0, 0.0), (1, 1.0), (2, 2.0)])
def test_the_exponent_is_that_of_the_curve(power: int, expected: float) -> None:
    sizes = [10, 100, 1_000, 10_000]
    assert exponent(sizes, [0.003 * size**power for size in sizes]) == pytest.approx(expected)


@pytest.mark.parametrize("theirs", [[1.0, 2.0, 4.0], []])
def test_a_figure_comes_back_from_its_record(theirs: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    before = _of([1.0, 2.0, 3.0], theirs)
    monkeypatch.setitem(ROWS, "a-row", before.row)
    assert Figure.of_record(json.loads(json.dumps(before.as_record()))) == before
