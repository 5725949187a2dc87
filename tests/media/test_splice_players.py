"""Spliced films in the players that people use: across both seams, every picture whole and in its place."""

from pathlib import Path
from typing import Any

import pytest

from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, splice
from tests.fakes.footage import make_clip
from tests.fakes.players import shown_by_chromium, shown_by_libvlc
from tests.media.test_splice_matrix import FRAMES, MOMENT, NEW, OPEN, SIZE, hevc, ignored, take_of

EXPECTED = [index + NEW * (index in range(*MOMENT)) for index in range(FRAMES)]


def kept(folder: Path, name: str, **footage: Any) -> str:
    original = probe(str(make_clip(folder / name, frames=FRAMES, size=SIZE, gop=25, **footage)))
    report = splice(original, [take_of(folder, original)], str(folder / f"kept{Path(name).suffix}"), ignored)
    assert report.method is SpliceMethod.LOSSLESS
    return report.output


@pytest.mark.parametrize(("name", "footage"), [("closed.mp4", {}), ("hevc-open.mp4", hevc(OPEN))])
def test_libvlc_plays_across_both_seams(tmp_path: Path, name: str, footage: dict[str, Any]) -> None:
    seen = shown_by_libvlc(kept(tmp_path, name, **footage), *SIZE)
    assert None not in seen
    shown = [number for number in seen if number is not None]
    order = [EXPECTED.index(number) for number in shown]
    assert order == sorted(order)
    # A busy machine may leave out pictures, but not the same ones around the seams that a broken stream would.
    assert len(set(order)) > FRAMES * 0.8
    assert {27, 28, 29, 30, 31, 40, 41, 48, 49, 50, 51, 52} - set(order) == set()


@pytest.mark.full
def test_chromium_plays_across_both_seams(tmp_path: Path) -> None:
    order = [EXPECTED.index(number) for number in shown_by_chromium(Path(kept(tmp_path, "closed.mp4")))]
    assert order == sorted(order)
    assert len(set(order)) > FRAMES * 0.8
    assert {27, 28, 29, 30, 31, 40, 41, 48, 49, 50, 51, 52} - set(order) == set()
