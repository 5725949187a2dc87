"""What `probe` says about files is what decoding them shows."""

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.fingerprint import fingerprint_of
from retake_desktop.media.probe import probe
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip

FILM = Fraction(24000, 1001)
NTSC = Fraction(30000, 1001)
VFR = tuple(Fraction(i * i + i, 400) for i in range(40))

Maker = Callable[[Path], Path]

FOOTAGE: dict[str, Maker] = {
    "mp4": lambda folder: make_clip(folder / "a.mp4"),
    "one frame": lambda folder: make_clip(folder / "a.mp4", frames=1),
    "mp4 with an edit list": lambda folder: make_clip(folder / "a.mp4", start=Fraction(-1, 2)),
    "mp4 starting late": lambda folder: make_clip(folder / "a.mp4", rate=NTSC, start=Fraction(1, 3)),
    "mkv": lambda folder: make_clip(folder / "a.mkv", rate=FILM, start=Fraction(7, 10)),
    "ts with open GOPs": lambda folder: make_clip(
        folder / "a.ts", gop=20, bframes=3, options={"x264-params": "open-gop=1"}
    ),
    "ts past its clock's wrap": lambda folder: make_clip(folder / "a.ts", start=100_000),
    "hevc": lambda folder: make_clip(folder / "a.mov", codec="libx265", pixel_format="yuv420p10le"),
    "webm": lambda folder: make_clip(folder / "a.webm", codec="libvpx-vp9"),
    "mpeg": lambda folder: make_clip(folder / "a.mpg", codec="mpeg2video", container="mpeg", audio="mp2"),
    "variable rate": lambda folder: make_clip(folder / "a.mp4", times=VFR, bframes=0),
    "avi": lambda folder: make_clip(folder / "a.avi", codec="mpeg4", options={"bf": "2"}),
}


@pytest.mark.parametrize("name", FOOTAGE)
def test_frame_times_are_those_of_the_decoded_frames(name: str, tmp_path: Path) -> None:
    clip = probe(str(FOOTAGE[name](tmp_path)))
    with av.open(clip.path) as container:
        decoded = [frame.pts for frame in container.decode(container.streams.video[0])]
    first = decoded[0]
    assert first is not None
    assert list(clip.frames.ticks) == [tick - first for tick in decoded if tick is not None]
    assert clip.origin == first * clip.frames.time_base
    assert clip.frames.end > clip.frames.ticks[-1]


def test_frames_behind_the_end_of_an_edit_list_do_not_count(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", bframes=0, start=Fraction(-1, 25), audio=False)
    content = bytearray(path.read_bytes())
    # Version and flags, the number of edits, then the first edit's duration in milliseconds.
    length = slice(content.index(b"elst") + 12, content.index(b"elst") + 16)
    assert int.from_bytes(content[length], "big") == 99 * 40
    content[length] = (60 * 40).to_bytes(4, "big")
    path.write_bytes(content)
    clip = probe(str(path))
    with av.open(clip.path) as container:
        decoded = sum(1 for _ in container.decode(container.streams.video[0]))
    assert decoded < 70
    assert len(clip.frames) == decoded


def test_frames_before_the_first_that_can_be_decoded_do_not_count(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.ts", gop=25, bframes=3, options={"x264-params": "open-gop=1"}, audio=False)
    content = whole.read_bytes()
    cut = tmp_path / "cut.ts"
    cut.write_bytes(content[len(content) // 188 // 3 * 188 :])
    clip = probe(str(cut))
    with av.open(clip.path) as container:
        decoded = [frame.pts for frame in container.decode(container.streams.video[0]) if frame.pts is not None]
    assert 0 < len(clip.frames) < 100
    assert [tick * clip.frames.time_base + clip.origin for tick in clip.frames.ticks] == [
        tick * clip.frames.time_base for tick in decoded
    ]


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
@pytest.mark.parametrize("rate", [FILM, Fraction(25), NTSC, Fraction(50)])
def test_a_constant_rate_is_recognised_exactly(suffix: str, rate: Fraction, tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / f"a{suffix}", rate=rate, bframes=0, audio=False)))
    assert (clip.frame_rate, clip.is_variable_rate) == (rate, False)
    assert abs(clip.duration - 100 / rate) <= Fraction(2, 1000)


def test_times_rounded_to_milliseconds_are_no_variable_rate(tmp_path: Path) -> None:
    """As in an MP4 that was made from an MKV."""
    times = tuple(Fraction(round(1000 * i / FILM), 1000) for i in range(100))
    clip = probe(str(make_clip(tmp_path / "a.mp4", times=times, bframes=0, audio=False)))
    assert (clip.frame_rate, clip.is_variable_rate) == (FILM, False)


def test_a_variable_rate_is_recognised(tmp_path: Path) -> None:
    clip = probe(str(FOOTAGE["variable rate"](tmp_path)))
    assert clip.is_variable_rate
    assert [clip.frames.start_of(i) for i in range(40)] == list(VFR)
    assert clip.duration == VFR[-1] + Fraction(1, 25)


def test_a_dropped_frame_makes_the_rate_variable(tmp_path: Path) -> None:
    times = tuple(Fraction(i if i < 50 else i + 1, 25) for i in range(100))
    assert probe(str(make_clip(tmp_path / "a.mp4", times=times, bframes=0, audio=False))).is_variable_rate


@pytest.mark.parametrize(("rotation", "size"), [(90, (180, 320)), (180, (320, 180)), (270, (180, 320))])
def test_the_size_is_that_of_the_upright_picture(rotation: int, size: tuple[int, int], tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mov", frames=5, rotation=rotation)))
    assert clip.rotation == rotation
    assert (clip.width, clip.height) == size
    assert (clip.coded_width, clip.coded_height) == (320, 180)


def test_the_size_is_in_square_pixels(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5, size=(360, 288), pixel_aspect=Fraction(16, 11))))
    assert clip.pixel_aspect == Fraction(16, 11)
    assert (clip.width, clip.height) == (524, 288)


def test_codec_and_colour_are_named_as_ffmpeg_does(tmp_path: Path) -> None:
    path = make_clip(
        tmp_path / "a.mp4", frames=5, codec="libx265", pixel_format="yuv420p10le", colour=(1, 9, 18, 9), audio=False
    )
    clip = probe(str(path))
    assert (clip.codec, clip.pixel_format, clip.bit_depth) == ("hevc", "yuv420p10le", 10)
    assert (clip.colour.range, clip.colour.matrix, clip.colour.transfer, clip.colour.primaries) == (
        "tv",
        "bt2020nc",
        "arib-std-b67",
        "bt2020",
    )
    assert clip.colour.is_hdr


@pytest.mark.parametrize("end", [20, 80, 119, 130])
def test_the_end_of_a_sound_is_found_wherever_it_lies(end: int, tmp_path: Path) -> None:
    """Matroska does not state it, and most of a long film's packets are sound."""
    path = tmp_path / "a.mkv"
    picture, sound = "color=s=64x36:r=10:d=120", f"sine=r=48000:d={end}"
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-c:v", "libx264", "-c:a", "ac3", path)
    clip = probe(str(path))
    assert [float(track.start + track.duration) for track in clip.audio] == pytest.approx([end], abs=0.05)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".webm"])
def test_sound_tracks_are_placed_against_the_picture(suffix: str, tmp_path: Path) -> None:
    codec = "libvpx-vp9" if suffix == ".webm" else "libx264"
    path = make_clip(tmp_path / f"a{suffix}", codec=codec, start=3, audio_start=Fraction(1, 2), audio_duration=2)
    clip = probe(str(path))
    track = clip.audio[0]
    assert (track.sample_rate, track.channels, track.layout) == (48000, 2, "stereo")
    assert track.codec == ("opus" if suffix == ".webm" else "aac")
    assert abs(track.start - Fraction(1, 2)) < Fraction(3, 100)
    assert abs(track.start + track.duration - Fraction(5, 2)) < Fraction(5, 100)


def test_a_silent_clip_has_no_tracks(tmp_path: Path) -> None:
    assert probe(str(make_clip(tmp_path / "a.mp4", frames=5, audio=False))).audio == ()


def test_a_path_with_emoji_is_read(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "🎬 Füchse & Häschen %03d.mp4", frames=5)
    assert probe(str(path)).path == str(path)


def test_the_fingerprint_follows_the_content_not_the_name(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", frames=5)
    copy = Path(shutil.copy(path, tmp_path / "b.mp4"))
    same = fingerprint_of(str(path))
    assert fingerprint_of(str(copy)) == same == probe(str(path)).fingerprint
    for at in (0, 1000, copy.stat().st_size // 2, copy.stat().st_size - 1):
        changed = bytearray(path.read_bytes())
        changed[at] ^= 1
        copy.write_bytes(changed)
        assert fingerprint_of(str(copy)) != same


def _sound_only(folder: Path) -> Path:
    path = folder / "sound.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        _add_silence(container.add_stream("aac", rate=48000))
    return path


def _add_silence(stream: AudioStream) -> None:
    for index in range(10):
        frame = AudioFrame(format="fltp", layout="stereo", samples=1024)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts, frame.time_base = 48000, index * 1024, Fraction(1, 48000)
        stream.container.mux(stream.encode(frame))  # type: ignore[attr-defined]  # PyAV types it as a bare container
    stream.container.mux(stream.encode(None))  # type: ignore[attr-defined]  # likewise


def _sound_with_cover(folder: Path) -> Path:
    path = folder / "song.mp4"
    with av.open(str(path), "w", format="mp4") as container:
        sound = container.add_stream("aac", rate=48000)
        cover = container.add_stream("mjpeg", rate=1)
        assert isinstance(cover, VideoStream)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        picture = VideoFrame(64, 64, "yuvj420p")
        packets = cover.encode(picture) + cover.encode(None)
        _add_silence(sound)
        container.mux(packets)
    return path


def _image(folder: Path) -> Path:
    path = folder / "still.png"
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as container:
        stream = container.add_stream("png", rate=1)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "rgb24"
        container.mux(stream.encode(VideoFrame(64, 64, "rgb24")))
        container.mux(stream.encode(None))
    return path


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _playlist(folder: Path, name: str, text: str) -> Path:
    """A playlist that names a readable film beside it."""
    make_clip(folder / "film.ts", frames=5)
    return _written(folder, name, text.encode())


def _without_index(folder: Path) -> Path:
    content = make_clip(folder / "whole.mp4").read_bytes()
    return _written(folder, "broken.mp4", content[: len(content) // 2])


UNREADABLE: dict[str, Maker] = {
    "empty": lambda folder: _written(folder, "a.mp4", b""),
    "text": lambda folder: _written(folder, "a.mp4", b"This is a letter, not a film. " * 400),
    "noise": lambda folder: _written(folder, "a.mkv", bytes((i * i * 31 + i // 7) % 256 for i in range(50_000))),
    "cut off before its index": _without_index,
    "sound only": _sound_only,
    "sound with cover art": _sound_with_cover,
    "image": _image,
    "HLS playlist": lambda folder: _playlist(
        folder,
        "a.m3u8",
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfilm.ts\n#EXT-X-ENDLIST\n",
    ),
    "concat script": lambda folder: _playlist(folder, "a.mp4", "ffconcat version 1.0\nfile film.ts\n"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_video_is_refused_in_plain_words(name: str, tmp_path: Path) -> None:
    path = UNREADABLE[name](tmp_path)
    with pytest.raises(RetakeError) as caught:
        probe(str(path))
    assert caught.value.kind is ErrorKind.UNREADABLE_MEDIA
    assert caught.value.detail
    assert str(tmp_path) not in caught.value.detail


def test_cover_art_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(RetakeError) as caught:
        probe(str(_sound_with_cover(tmp_path)))
    assert caught.value.detail == "it has sound but no picture"


def test_a_file_that_is_not_there_is_trouble_with_the_file(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.mp4", tmp_path, Path("/dev/null"), Path("bad\0name.mp4")):
        with pytest.raises(RetakeError) as caught:
            probe(str(path))
        assert caught.value.kind is ErrorKind.FILE_TROUBLE, path


def test_addresses_and_protocols_are_taken_for_file_names() -> None:
    for path in ("http://127.0.0.1:9/a.mp4", "concat:a.ts|b.ts", "file:/etc/passwd", "data:video/mp4;base64,AAAA"):
        with pytest.raises(RetakeError) as caught:
            probe(path)
        assert caught.value.kind is ErrorKind.FILE_TROUBLE, path


def test_broken_files_are_refused_or_read_but_never_anything_else(tmp_path: Path) -> None:
    content = make_clip(tmp_path / "a.mp4", frames=25).read_bytes()
    broken = tmp_path / "broken.mp4"
    outcomes: set[object] = set()
    for seed in range(60):
        damaged = bytearray(content)
        for step in range(20):
            place = (seed * 7919 + step * step * 104_729) % len(damaged)
            # The index at the end is where damage tells.
            place = len(damaged) - 1 - place % 2000 if step % 2 else place
            damaged[place] = (seed * 31 + step * 17) % 256
        broken.write_bytes(damaged)
        try:
            outcomes.add(type(probe(str(broken))))
        except RetakeError as error:
            outcomes.add(error.kind)
    assert outcomes == {Clip, ErrorKind.UNREADABLE_MEDIA}
