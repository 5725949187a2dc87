"""What the timeline shows of a file is made once: the second time it comes from disk, the same to the byte."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.filmstrip import filmstrip
from retake_desktop.media.peaks import PARTS, WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.preview_records import pack_peaks, pack_pictures, unpack_peaks, unpack_pictures
from retake_desktop.media.previews import PICTURES, Previews, part_width, tiles
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, read_number


def _never() -> bool:
    return False


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "cache")


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    return probe(str(make_clip(tmp_path / "a.mp4", frames=200, gop=10)))


def whole(clip: Clip) -> Span:
    return Span(Fraction(0), clip.duration)


def lost(clip: Clip) -> Clip:
    """The same content at a place where nothing can be read: whatever is shown of it comes from disk."""
    return replace(clip, path=clip.path + " is gone")


def ordered(pictures: Iterator[Picture]) -> list[Picture]:
    return sorted(pictures, key=lambda picture: picture.index)


def test_a_clip_opened_again_shows_both_without_being_read(cache: DiskCache, clip: Clip) -> None:
    first = Previews(cache)
    pictures = ordered(first.pictures(clip, whole(clip), 14, 56, _never))
    peaks = list(first.peaks(clip, _never))
    assert len(pictures) >= 14
    assert peaks
    again = Previews(cache)
    kept = ordered(again.pictures(lost(clip), whole(clip), 14, 56, _never))
    assert all(picture in pictures for picture in kept)
    assert len({picture.index for picture in kept}) >= 14
    assert list(again.peaks(lost(clip), _never)) == peaks


def test_every_picture_says_which_frame_it_shows(cache: DiskCache, clip: Clip) -> None:
    for _ in ("made", "kept"):
        for picture in Previews(cache).pictures(clip, Span(Fraction(2), Fraction(3)), 10, 90, _never):
            assert read_number(picture) == picture.index
            assert picture.time == clip.frames.start_of(picture.index)


def test_where_the_timeline_is_zoomed_in_to_frames_each_frame_has_its_picture(cache: DiskCache, clip: Clip) -> None:
    span = Span(Fraction(3), Fraction(4))
    for _ in ("made", "kept"):
        indexes = {picture.index for picture in Previews(cache).pictures(clip, span, 40, 90, _never)}
        assert indexes >= set(range(75, 100))


def test_zooming_in_makes_only_what_is_missing(cache: DiskCache, clip: Clip) -> None:
    previews = Previews(cache)
    list(previews.pictures(clip, whole(clip), 30, 56, _never))
    half = Span(Fraction(0), clip.duration / 2)
    assert list(previews.pictures(lost(clip), half, 15, 56, _never)), "the same tiles, seen from nearer"


@pytest.mark.parametrize("count", [1, 8, 14, 30, 200])
@pytest.mark.parametrize("start", [0, Fraction(1, 3), Fraction(79, 10)])
def test_tiles_cover_what_is_wanted_and_are_as_many_as_needed(count: int, start: Fraction, clip: Clip) -> None:
    span = Span(Fraction(start), min(clip.duration, start + 2))
    found = tiles(clip, span, count)
    level = found[0].level
    width = part_width(clip, level) * PICTURES
    assert found[0].index * width <= span.start
    assert span.end <= (found[-1].index + 1) * width
    assert (found[0].index + 1) * width > span.start
    assert found[-1].index * width < span.end
    assert part_width(clip, level) <= span.duration / count or PICTURES << level >= len(clip.frames)
    assert level == 0 or part_width(clip, level - 1) > span.duration / count


def test_what_was_abandoned_is_not_taken_for_the_whole(cache: DiskCache, clip: Clip) -> None:
    seen: list[Picture] = []
    seen.extend(Previews(cache).pictures(clip, whole(clip), 30, 56, lambda: len(seen) >= 2))
    blocks: list[WaveformBlock] = []
    blocks.extend(Previews(cache).peaks(clip, lambda: bool(blocks)))
    again = Previews(cache)
    assert len({picture.index for picture in again.pictures(clip, whole(clip), 30, 56, _never)}) >= 20
    assert len(list(again.peaks(clip, _never))) == 2


@pytest.mark.parametrize("what", [b"", b"nonsense", pack_pictures([]), pack_peaks([])[:-2]])
def test_an_entry_that_makes_no_sense_is_made_again(
    what: bytes, cache: DiskCache, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Previews(cache)
    peaks = list(good.peaks(clip, _never))
    put = cache.put
    monkeypatch.setattr(cache, "put", lambda key, _payload: put(key, what))
    for entry in (cache._folder).rglob("*.preview"):
        entry.unlink()
    list(good.peaks(clip, _never))
    monkeypatch.undo()
    for source in (clip, lost(clip)):
        found = list(good.peaks(source, _never))
        assert found == peaks
        assert all("levels" in vars(block) for block in found), "no window works them out while it draws"


def test_stored_pictures_of_another_size_or_frame_are_refused(clip: Clip) -> None:
    fine = Picture(5, clip.frames.start_of(5), 2, 2, 8, bytes(16))
    assert unpack_pictures(pack_pictures([fine]), clip) == [fine]
    for broken in (replace(fine, index=200), replace(fine, width=3), replace(fine, pixels=bytes(15))):
        with pytest.raises(ValueError, match="does not fit"):
            unpack_pictures(pack_pictures([broken]), clip)
    block = WaveformBlock(0, Fraction(1, 100), bytes(PARTS), bytes(PARTS))
    for wrong in (replace(block, index=-1), replace(block, part=Fraction(0))):
        with pytest.raises(ValueError, match="do not fit"):
            unpack_peaks(pack_peaks([wrong]))


def test_a_clip_turned_in_the_meantime_is_not_shown_as_it_was(cache: DiskCache, clip: Clip) -> None:
    list(Previews(cache).pictures(clip, whole(clip), 8, 56, _never))
    turned = replace(clip, rotation=90, width=clip.height, height=clip.width)
    shapes = {(one.width, one.height) for one in Previews(cache).pictures(turned, whole(clip), 8, 56, _never)}
    assert shapes == {(32, 56)}


def test_it_gives_up_amid_a_long_group_of_pictures(tmp_path: Path) -> None:
    """The wanted pictures are hundreds of packets from the only keyframe; a packet takes a few milliseconds."""
    clip = probe(str(make_clip(tmp_path / "a.mkv", frames=300, size=(64, 36), gop=600, bframes=0, audio=False)))
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 50

    pictures = filmstrip(clip, 4, 36, cancelled, Span(Fraction(9), clip.duration))
    assert [picture.index for picture in pictures] == [0], "the keyframe only"
    assert 50 < asked <= 53


def test_a_file_with_a_single_keyframe_is_not_decoded_from_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_clip(tmp_path / "a.mp4", frames=300, size=(64, 36), gop=1000, bframes=0, audio=False)
    clip = probe(str(path))
    monkeypatch.setattr("retake_desktop.media.filmstrip._COST", 20)
    last = max(picture.index for picture in filmstrip(clip, 5, 36, _never))
    assert last <= 105
