"""The list of takes: under their sources, newest first, light for thousands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from PySide6.QtCore import Qt

from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.ui.takes.model import Heading, TakesModel
from retake_desktop.ui.takes.thumbnails import Still, still_of
from tests.fakes.job_thread import LIVE, draft
from tests.ui.making import a_clip

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def a_job(name: str, source: str, minutes: int) -> Job:
    request = RetakeRequest(source, Span(Fraction(2), Fraction(6)), f"prompt of {name}")
    return draft(name, request, a_clip(source), LIVE, NOON + timedelta(minutes=minutes))


def rows_of(model: TakesModel) -> list[str]:
    found = [model.row(model.index(number)) for number in range(model.rowCount())]
    return [f"# {row.name}" if isinstance(row, Heading) else row.id for row in found if row is not None]


def test_takes_stand_under_their_source_with_the_newest_first() -> None:
    model = TakesModel()
    model.add([a_job("a", "/v/one.mp4", 1), a_job("b", "/v/two.mp4", 2), a_job("c", "/v/one.mp4", 3)])
    assert rows_of(model) == ["# one.mp4", "c", "a", "# two.mp4", "b"]


def test_a_new_take_goes_on_top_of_its_source() -> None:
    model = TakesModel()
    model.add([a_job("a", "/v/one.mp4", 1), a_job("b", "/v/two.mp4", 2)])
    model.put(a_job("c", "/v/two.mp4", 3))
    assert rows_of(model) == ["# two.mp4", "c", "b", "# one.mp4", "a"]
    model.put(a_job("d", "/v/one.mp4", 4))
    assert rows_of(model) == ["# one.mp4", "d", "a", "# two.mp4", "c", "b"]


def test_a_known_take_stays_in_its_row() -> None:
    model = TakesModel()
    model.add([a_job("a", "/v/one.mp4", 1), a_job("b", "/v/one.mp4", 2)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.put(model.jobs()[1].moved(Stage.PREPARING, NOON))
    assert changed == [2]
    assert rows_of(model) == ["# one.mp4", "b", "a"]


def test_headings_cannot_be_chosen() -> None:
    model = TakesModel()
    model.add([a_job("a", "/v/one.mp4", 1)])
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_it_knows_whether_anything_is_still_on_its_way() -> None:
    model = TakesModel()
    model.add([a_job("a", "/v/one.mp4", 1)])
    assert model.has_open_takes
    model.put(model.jobs()[0].moved(Stage.CANCELLED, NOON))
    assert not model.has_open_takes


def test_an_address_is_headed_by_its_last_part_without_its_signature() -> None:
    assert Heading("https://example.org/clips/a.mp4?sig=secret").name == "a.mp4"


def test_a_take_is_pictured_by_its_selection_and_once_it_is_there_by_its_result() -> None:
    job = a_job("a", "/v/one.mp4", 1)
    assert still_of(job) == Still("/v/one.mp4", Fraction(4))
    ready = replace(job, stage=Stage.READY, result_path="/r/a.mp4")
    assert still_of(ready) == Still("/r/a.mp4", Fraction(4) - Fraction(1, 2))


def test_a_take_whose_original_is_found_elsewhere_moves_under_its_new_place() -> None:
    model = TakesModel()
    model.add([a_job("a", "/v/one.mp4", 1), a_job("b", "/v/one.mp4", 2)])
    moved = model.jobs()[0]
    model.put(replace(moved, request=replace(moved.request, source="/w/renamed.mp4")))
    assert rows_of(model) == ["# renamed.mp4", "b", "# one.mp4", "a"]


def test_pages_that_overlap_in_time_end_in_the_same_rows() -> None:
    jobs = [a_job(f"j{n}", f"/v/{n % 3}.mp4", n) for n in range(12)]
    together, in_pages = TakesModel(), TakesModel()
    together.add(jobs)
    # As the record comes: what is open first, however old it is.
    for page in ([jobs[11], jobs[0], jobs[5]], jobs[6:11], jobs[1:5]):
        in_pages.add(page)
    assert rows_of(in_pages) == rows_of(together)
    for job in jobs:
        in_pages.put(replace(job, cancel_asked=True))
    assert rows_of(in_pages) == rows_of(together)
    in_pages.put(a_job("new", "/v/2.mp4", 20))
    in_pages.put(replace(jobs[2], rating=3))
    together.add([a_job("new", "/v/2.mp4", 20)])
    assert rows_of(in_pages) == rows_of(together)
