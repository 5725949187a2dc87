"""What FFmpeg reads of a sound at one go lies where its frames say; where that is not sure, frames are read."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.media import waveform as drawing
from retake_desktop.media.even_sound import UnevenError, even_sound
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.probe import probe
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip

CLIPS: dict[str, tuple[str, dict[str, Any]]] = {
    "AAC": ("a.mp4", {}),
    "mono of 44.1 kHz": ("a.mp4", {"audio_rate": 44_100, "audio_channels": 1}),
    "later than the picture": ("a.mp4", {"audio_start": Fraction(3, 2), "audio_duration": 2}),
    "earlier than the picture, which begins late": ("a.mov", {"start": 2, "audio_start": -1, "audio_duration": 5}),
    "hidden by an edit list": ("a.mp4", {"start": -1}),
    "longer than the picture": ("a.mp4", {"frames": 25, "audio_duration": 8}),
    "PCM": ("a.mov", {"audio": "pcm_s16le"}),
    "ALAC": ("a.mp4", {"audio": "alac", "audio_rate": 96_000}),
    "in fragments": ("a.mp4", {"container_options": {"movflags": "frag_keyframe+empty_moov+default_base_moof"}}),
    "a rate that nobody hears": ("a.mov", {"audio": "pcm_s16le", "audio_rate": 6_000}),
}


def _never() -> bool:
    return False


def _rate(clip: Clip) -> int:
    return min(max(clip.audio[0].sample_rate, 8_000), 192_000)


def _at_one_go(clip: Clip) -> list[WaveformBlock]:
    rate = _rate(clip)
    return list(drawing._outlined(clip, rate, even_sound(clip, clip.audio[0], rate, _never), _never))


def _by_frames(clip: Clip) -> list[WaveformBlock]:
    rate = _rate(clip)
    return list(drawing._outlined(clip, rate, drawing._by_frames(clip, clip.audio[0], rate, _never), _never))


@pytest.mark.parametrize("name", CLIPS)
def test_it_lies_where_its_frames_say(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, how = CLIPS[name]
    clip = probe(str(make_clip(tmp_path / file, **{"size": (64, 36), **how})))
    found = _at_one_go(clip)
    assert found
    assert found == _by_frames(clip)

    def refused(*_given: object) -> None:
        raise AssertionError("it was read frame by frame")

    monkeypatch.setattr(drawing, "_by_frames", refused)
    assert list(drawing.waveform(clip, _never)) == found


def test_of_several_sounds_it_is_the_first(tmp_path: Path) -> None:
    """Not the one that FFmpeg would choose."""
    path, film = tmp_path / "two.mp4", make_clip(tmp_path / "film.mp4", size=(64, 36), audio_channels=1)
    other = ("-f", "lavfi", "-i", "sine=frequency=90:duration=4")
    preferred = ("-disposition:a:0", "0", "-disposition:a:1", "default")
    ffmpeg(
        "-i", film, *other, "-map", "0", "-map", "1", "-c:v", "copy", "-c:a:0", "copy", "-ac:a:1", "6", *preferred, path
    )
    clip = probe(str(path))
    assert [track.channels for track in clip.audio] == [1, 6]
    assert _at_one_go(clip) == _by_frames(clip)


def _joined(folder: Path, times: int) -> Path:
    """A film whose sound is a little longer than its picture, again and again: it runs ahead by a frame each time."""
    piece = make_clip(folder / "piece.mp4", frames=50, size=(64, 36), audio_channels=1)
    whole = folder / "whole.mp4"
    ffmpeg("-stream_loop", str(times - 1), "-i", piece, "-c", "copy", whole)
    return whole


def test_sound_that_drifts_is_set_right_again(tmp_path: Path) -> None:
    clip = probe(str(_joined(tmp_path, 30)))
    at_once, by_frames = _at_one_go(clip), _by_frames(clip)
    assert [block.index for block in at_once] == [block.index for block in by_frames]
    differing = sum(
        one != other
        for block, same in zip(at_once, by_frames, strict=True)
        for one, other in zip(block.high, same.high, strict=True)
    )
    assert differing < len(by_frames) * 1024 // 20


def _moved(folder: Path, offset: Callable[[float], int]) -> Clip:
    """A film of which each packet of sound, at its second, is shown so many samples later."""
    source, target = make_clip(folder / "plain.mp4", size=(64, 36)), folder / "moved.mp4"
    with av.open(str(source)) as given, av.open(str(target), "w") as made:
        to = {stream.index: made.add_stream_from_template(stream) for stream in given.streams}
        for packet in given.demux():
            if packet.dts is None:
                continue
            if packet.stream.type == "audio":
                by = offset(float(packet.dts * packet.time_base))
                packet.pts, packet.dts = (packet.pts or 0) + by, packet.dts + by
            packet.stream = to[packet.stream_index]
            made.mux(packet)
    return probe(str(target))


def _ending_later(clip: Clip) -> Clip:
    """As where FFmpeg has seen the first of many fragments only."""
    return replace(clip, audio=(replace(clip.audio[0], duration=clip.audio[0].duration + 10),))


@pytest.mark.parametrize(
    "made",
    [
        lambda folder: probe(str(make_clip(folder / "a.mkv", size=(64, 36)))),
        lambda folder: probe(str(make_clip(folder / "a.ts", size=(64, 36)))),
        lambda folder: _moved(folder, lambda second: 48_000 if second > 2 else 0),
        lambda folder: _ending_later(probe(str(make_clip(folder / "a.mp4", size=(64, 36))))),
    ],
    ids=["Matroska", "transport stream", "with a gap of a second", "listed in part"],
)
def test_what_has_gaps_or_no_index_is_read_frame_by_frame(made: Callable[[Path], Clip], tmp_path: Path) -> None:
    clip = made(tmp_path)
    with pytest.raises(UnevenError):
        _at_one_go(clip)
    assert list(drawing.waveform(clip, _never)) == _by_frames(clip)


def test_where_it_breaks_off_the_rest_is_read_frame_by_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=500, size=(64, 36), audio_channels=1)))
    whole = _by_frames(clip)
    assert len(whole) > 2
    real = even_sound

    def broken(*given: Any) -> Any:
        for number, piece in enumerate(real(*given)):
            if number == 7:
                raise UnevenError
            yield piece

    monkeypatch.setattr(drawing, "even_sound", broken)
    seen = list(drawing.waveform(clip, _never))
    assert seen == whole


@pytest.mark.parametrize("seed", range(6))
def test_damaged_sound_is_drawn_to_its_end(seed: int, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", frames=250, size=(64, 36))
    content, random = bytearray(path.read_bytes()), Random(seed)  # noqa: S311 - repeatable, not secret
    begin = content.index(b"mdat") + 4
    for _ in range(200):
        content[random.randrange(begin, len(content))] = random.randrange(256)
    path.write_bytes(content)
    clip = probe(str(path))
    found = list(drawing.waveform(clip, _never))
    assert [block.index for block in found] == [block.index for block in _by_frames(clip)]


def test_a_file_that_is_cut_off_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    whole = make_clip(tmp_path / "whole.mp4", frames=250, size=(64, 36))
    ffmpeg("-i", whole, "-c", "copy", "-movflags", "faststart", path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    clip = probe(str(path))
    assert list(drawing.waveform(clip, _never)) == _by_frames(clip)


def test_it_stops_when_cancelled(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=600, size=(64, 36))))
    seen: list[int] = []
    for place, _samples in even_sound(clip, clip.audio[0], 48_000, lambda: len(seen) > 1):
        seen.append(place)
    assert seen == [0, 65_536]
