"""What files say about themselves beside their frames, and odd files that are read all the same."""

import errno
import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from retake_desktop.domain.clip import Chapter, Clip, Edit, FieldOrder, Finding, OtherStream
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.probe import probe
from retake_desktop.media.reading import PacketReader
from retake_desktop.media.rendering import Renderer
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip, read_number

SMALL = (160, 90)


def numbers(clip: Clip, indexes: "list[int]") -> list[int]:
    """The numbers on the frames that are decoded for these indexes, in this order."""
    frames, renderer = ExactFrames(clip), Renderer(clip)
    try:
        return [read_number(renderer.render(frames.frame(index), index, (320, 180))) for index in indexes]
    finally:
        frames.close()


# --- facts ---


def test_chapters_subtitles_and_attachments_are_listed(tmp_path: Path) -> None:
    film = make_clip(tmp_path / "a.mkv", size=SMALL, frames=50, start=Fraction(12, 25))
    words, marks, font = tmp_path / "a.srt", tmp_path / "marks.txt", tmp_path / "font.ttf"
    words.write_text("1\n00:00:00,500 --> 00:00:01,000\nHello\n", encoding="utf-8")
    marks.write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/25\nSTART=12\nEND=37\ntitle=Überall 🎬\n"
        "[CHAPTER]\nTIMEBASE=1/25\nSTART=37\nEND=62\n",
        encoding="utf-8",
    )
    font.write_bytes(bytes(100))
    whole = tmp_path / "whole.mkv"
    inputs = ("-copyts", "-i", film, "-i", words, "-i", marks)
    attached = ("-attach", font, "-metadata:s:t", "mimetype=application/x-truetype-font")
    named = ("-metadata:s:s:0", "language=ger", "-metadata:s:a:0", "language=fra")
    ffmpeg(*inputs, "-map", "0", "-map", "1", "-map_chapters", "2", "-c", "copy", *named, *attached, whole)
    clip = probe(str(whole))
    assert clip.others == (OtherStream(2, "subtitle", "subrip", "ger"), OtherStream(3, "attachment", ""))
    assert clip.audio[0].language == "fra"
    assert clip.chapters == (
        Chapter(Fraction(0), Fraction(1), "Überall 🎬"),
        Chapter(Fraction(1), Fraction(2), ""),
    )


@pytest.mark.parametrize("name", ["a.mov", "a.mkv", "a.mp4"])
def test_the_start_timecode_is_read(name: str, tmp_path: Path) -> None:
    film = make_clip(tmp_path / "plain.mp4", size=SMALL, frames=5, rate=Fraction(30000, 1001), audio=False)
    assert probe(str(film)).start_timecode == ""
    ffmpeg("-i", film, "-c", "copy", "-timecode", "01:02:03;04", tmp_path / name)
    assert probe(str(tmp_path / name)).start_timecode == "01:02:03;04"


@pytest.mark.parametrize(
    ("flags", "order"),
    [
        ("tff=1", FieldOrder.TOP_FIRST),
        ("bff=1", FieldOrder.BOTTOM_FIRST),
    ],
)
@pytest.mark.parametrize("name", ["a.mp4", "a.ts"])
def test_interlaced_films_are_told_from_progressive_ones(
    name: str, flags: str, order: FieldOrder, tmp_path: Path
) -> None:
    film = make_clip(tmp_path / name, frames=30, size=(320, 192), options={"x264-params": flags})
    assert probe(str(film)).field_order is order
    assert probe(str(make_clip(tmp_path / name, frames=30))).field_order is FieldOrder.PROGRESSIVE


@pytest.mark.parametrize(("number", "name", "is_hdr"), [(16, "smpte2084", True), (18, "arib-std-b67", True)])
def test_hdr_is_known_by_its_transfer(number: int, name: str, is_hdr: bool, tmp_path: Path) -> None:
    path = make_clip(
        tmp_path / "a.mp4", frames=3, size=SMALL, codec="libx265", pixel_format="yuv420p10le", colour=(1, 9, number, 9)
    )
    clip = probe(str(path))
    assert (clip.colour.transfer, clip.colour.is_hdr, clip.colour.primaries) == (name, is_hdr, "bt2020")
    assert clip.profile == "Main 10"


def test_the_edit_list_is_told(tmp_path: Path) -> None:
    late = probe(str(make_clip(tmp_path / "late.mp4", size=SMALL, frames=25, bframes=0, start=Fraction(12, 25))))
    assert late.edits == (Edit(Fraction(12, 25), None), Edit(Fraction(1), Fraction(0)))
    assert late.origin == Fraction(12, 25)
    early = probe(str(make_clip(tmp_path / "early.mp4", size=SMALL, frames=25, bframes=0, start=Fraction(-2, 5))))
    assert early.edits == (Edit(Fraction(3, 5), Fraction(2, 5)),)
    assert len(early.frames) == 15
    assert probe(str(make_clip(tmp_path / "a.mkv", size=SMALL, frames=5))).edits == ()


def test_a_cut_that_only_moved_the_edit_list_is_read_by_what_it_shows(tmp_path: Path) -> None:
    """As players trim: the media is left as it is, the list shows less of it."""
    path = make_clip(tmp_path / "a.mp4", frames=100, size=SMALL, bframes=2, audio=False)
    content = bytearray(path.read_bytes())
    at = content.index(b"elst") + 12
    start = int.from_bytes(content[at + 4 : at + 8], "big")
    tick = probe(str(path)).frames.time_base
    content[at : at + 4] = (1000).to_bytes(4, "big")
    content[at + 4 : at + 8] = (start + round(Fraction(1) / tick)).to_bytes(4, "big")
    path.write_bytes(content)
    clip = probe(str(path))
    assert numbers(clip, [0, len(clip.frames) - 1]) == [25, 24 + len(clip.frames)]
    assert len(clip.frames) in (25, 26)


@pytest.mark.parametrize("turn", [0, 90])
def test_a_mirrored_film_is_read_and_told(turn: int, tmp_path: Path) -> None:
    plain = make_clip(tmp_path / "a.mov", frames=5, size=SMALL, rotation=turn, audio=False)
    assert probe(str(plain)).findings == ()
    content = bytearray(plain.read_bytes())
    # The track header's matrix follows 40 bytes of its content: a mirror before the turn negates its first row.
    matrix = content.index(b"tkhd") + 4 + 40
    for at in (matrix, matrix + 4):
        number = int.from_bytes(content[at : at + 4], "big", signed=True)
        content[at : at + 4] = (-number).to_bytes(4, "big", signed=True)
    plain.write_bytes(content)
    clip = probe(str(plain))
    assert (clip.findings, clip.rotation) == ((Finding.MIRRORED,), turn)


def test_names_may_be_long_and_of_any_language(tmp_path: Path) -> None:
    folder = tmp_path / ("ordner " * 10).strip() / ("папка" * 20)
    folder.mkdir(parents=True)
    path = make_clip(folder / f"{'🎬' * 20} %d.mp4", frames=5, size=SMALL)
    assert len(str(path)) > 250
    assert probe(str(path)).path == str(path)


# --- odd files ---


def test_an_animated_gif_is_a_film_and_a_still_one_is_not(tmp_path: Path) -> None:
    film = make_clip(tmp_path / "a.mp4", frames=30, rate=10, size=(320, 180), audio=False)
    gif, still = tmp_path / "a.gif", tmp_path / "still.gif"
    ffmpeg("-i", film, gif)
    ffmpeg("-i", film, "-frames:v", "1", still)
    clip = probe(str(gif))
    assert (clip.codec, len(clip.frames), clip.frame_rate) == ("gif", 30, Fraction(10))
    assert numbers(clip, [29, 7, 0, 15]) == [29, 7, 0, 15]
    with pytest.raises(RetakeError) as caught:
        probe(str(still))
    assert caught.value.detail == "it is an image"


def _joined(folder: Path, first: Fraction, second: Fraction) -> Path:
    """A transport stream whose clock jumps in the middle, as when a receiver's recording was restarted."""
    parts = [
        make_clip(folder / f"{number}.ts", frames=50, size=SMALL, gop=25, start=start, first_number=number, audio=False)
        for number, start in ((0, first), (50, second))
    ]
    path = folder / "joined.ts"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


@pytest.mark.parametrize(("first", "second"), [(Fraction(100), Fraction(3)), (Fraction(1), Fraction(5000))])
def test_a_clock_that_jumps_is_joined_and_told(first: Fraction, second: Fraction, tmp_path: Path) -> None:
    clip = probe(str(_joined(tmp_path, first, second)))
    assert clip.findings == (Finding.CLOCK_JUMPS,)
    assert (len(clip.frames), clip.frame_rate, clip.is_variable_rate) == (100, Fraction(25), False)
    assert clip.duration == 4
    assert numbers(clip, [99, 49, 50, 3]) == [99, 49, 50, 3]


def test_frames_without_times_are_laid_out_at_their_rate(tmp_path: Path) -> None:
    raw = make_clip(tmp_path / "a.h264", frames=50, rate=Fraction(30000, 1001), size=SMALL, audio=False)
    clip = probe(str(raw))
    assert clip.findings == (Finding.TIMES_ASSUMED,)
    assert (clip.frame_rate, clip.duration) == (Fraction(30000, 1001), Fraction(50 * 1001, 30000))
    assert numbers(clip, [49, 0, 20, 21]) == [49, 0, 20, 21]


def _without_cues(folder: Path) -> Path:
    path = make_clip(folder / "a.mkv", frames=60, size=SMALL)
    content = bytearray(path.read_bytes())
    cues = content.rindex(b"\x1c\x53\xbb\x6b")
    content[cues : cues + 4] = b"\x1c\x53\xbb\x6a"
    path.write_bytes(content)
    return path


def _avi_without_index(folder: Path) -> Path:
    path = make_clip(folder / "a.avi", codec="mpeg4", frames=60, size=SMALL, options={"bf": "0"})
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"idx1")])
    return path


@pytest.mark.parametrize("maker", [_without_cues, _avi_without_index])
def test_a_file_without_its_index_is_read_through(maker: Callable[[Path], Path], tmp_path: Path) -> None:
    clip = probe(str(maker(tmp_path)))
    assert len(clip.frames) == 60
    assert numbers(clip, [59, 12, 30, 0]) == [59, 12, 30, 0]


# --- files that are not all there ---


def _cut(path: Path, share: Fraction) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


CUT: dict[str, Callable[[Path], Path]] = {
    "MKV": lambda folder: make_clip(folder / "a.mkv", size=SMALL),
    "TS": lambda folder: make_clip(folder / "a.ts", size=SMALL),
    "AVI": lambda folder: make_clip(folder / "a.avi", codec="mpeg4", size=SMALL),
    "MP4 in fragments": lambda folder: make_clip(
        folder / "a.mp4", size=SMALL, gop=10, container_options={"movflags": "frag_keyframe+empty_moov"}
    ),
    "MP4 with its index in front": lambda folder: _with_index_in_front(make_clip(folder / "b.mp4", size=SMALL)),
}


def _with_index_in_front(path: Path) -> Path:
    ffmpeg("-i", path, "-c", "copy", "-movflags", "+faststart", path.with_name("a.mp4"))
    return path.with_name("a.mp4")


@pytest.mark.parametrize("kind", CUT)
def test_of_a_file_that_was_cut_off_what_is_there_is_read(kind: str, tmp_path: Path) -> None:
    path = CUT[kind](tmp_path)
    assert probe(str(path)).findings == ()
    clip = probe(str(_cut(path, Fraction(5, 9))))
    assert Finding.INCOMPLETE in clip.findings
    assert 30 < len(clip.frames) < 80
    # The last frames may refer to one that is missing.
    last = len(clip.frames) - 5
    assert numbers(clip, [last, 0, last // 2]) == [last, 0, last // 2]


def test_an_mp4_without_its_index_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(RetakeError) as caught:
        probe(str(_cut(make_clip(tmp_path / "a.mp4", size=SMALL), Fraction(1, 2))))
    assert caught.value.kind is ErrorKind.UNREADABLE_MEDIA
    assert "still being written" in caught.value.detail


def test_a_file_that_grows_meanwhile_is_told_to_be_incomplete(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.ts", size=SMALL, frames=50)
    packet = path.read_bytes()[:188]

    def write(_clip: object, _frame: object) -> None:
        with path.open("ab") as file:
            file.write(packet)

    clip = probe(str(path), write)
    assert clip.findings == (Finding.INCOMPLETE,)
    assert len(clip.frames) == 50
    assert probe(str(path)).findings == ()


class _BadSectors(io.BytesIO):
    """A disk that, from some moment on, cannot be read from the middle of the file on."""

    is_worn = False

    def read(self, size: int | None = -1) -> bytes:
        if self.is_worn and self.tell() > len(self.getbuffer()) // 2:
            raise OSError(errno.EIO, "the disk cannot be read here")
        return super().read(size)


def test_what_lies_before_a_place_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    film = make_clip(tmp_path / "a.ts", size=(320, 180), frames=100, options={"x264-params": "qp=10"})
    disk = _BadSectors(film.read_bytes())
    with av.open(disk, "r", format="mpegts") as container:
        disk.is_worn = True
        reader = PacketReader(container, container.streams.video[0], ())
        reader.read_first()
        reading = reader.read_rest(lambda _: None)
    assert reading.is_damaged
    assert 10 < len(reading.times) < 90
