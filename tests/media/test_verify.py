from fractions import Fraction
from pathlib import Path

import av
import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window, window_for_whole_file
from retake_desktop.media.verify import verify
from tests.fakes.footage import make_clip

FASTSTART = {"movflags": "faststart"}


def window(seconds: int) -> Window:
    return window_for_whole_file(Span(Fraction(0), Fraction(2)), Fraction(seconds), 320, 180, Fraction(25))


def refused(path: Path, expected: Window | None) -> str:
    with pytest.raises(RetakeError) as caught:
        verify(str(path), expected)
    assert caught.value.kind is ErrorKind.DOWNLOAD_FAILED
    return caught.value.detail


def test_a_good_result_becomes_a_clip(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "result.mp4", frames=100)
    assert len(verify(str(path), window(4)).frames) == 100
    assert verify(str(path), None).width == 320


def test_a_second_more_or_less_is_accepted(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "result.mp4", frames=100)
    assert verify(str(path), window(5)).duration == 4
    assert verify(str(path), window(3)).duration == 4


def test_another_duration_is_refused(tmp_path: Path) -> None:
    detail = refused(make_clip(tmp_path / "result.mp4", frames=100), window(8))
    assert detail == "the result lasts 4.0 s where 8.0 s were sent"


def test_a_download_that_broke_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.mp4"
    with av.open(str(make_clip(tmp_path / "clip.mp4"))) as source, av.open(str(path), "w", options=FASTSTART) as target:
        copy = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = copy
                target.mux(packet)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    path.write_bytes(data[: len(data) * 3 // 5])
    assert refused(path, None)


def test_damage_near_the_end_is_refused(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "result.mkv", audio=False, gop=10, bframes=0)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 9 // 10])
    assert refused(path, window(6))


def test_a_web_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.mp4"
    path.write_text("<!doctype html><title>Not found</title>" * 50)
    assert refused(path, None)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "result.mp4").touch()
    assert refused(tmp_path / "result.mp4", None)
