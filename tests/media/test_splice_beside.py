"""What stands beside the pictures of a stream and may not go missing: HDR10's levels, captions, Dolby Vision."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.nal import Codec, escaped
from retake_desktop.media.parameter_sets import headers_of
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, splice
from tests.fakes.footage import make_clip
from tests.media.test_splice_matrix import FRAMES, MOMENT, NEW, OPEN, SIZE, hevc, ignored, take_of

PQ = (1, 9, 16, 9)
LEVELS = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400"
DEEP: dict[str, Any] = {"codec": "libx265", "pixel_format": "yuv420p10le"}
HDR10 = {"x265-params": f"{OPEN['x265-params']}:{LEVELS}"}


def levels(path: Path) -> list[dict[str, Any]]:
    """The levels that FFmpeg's own program knows at a file's first frame."""
    command = ["ffprobe", "-v", "error", "-read_intervals", "%+#1", "-show_frames", "-of", "json", str(path)]
    frame = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["frames"][0]
    found = frame.get("side_data_list", [])
    return [one for one in found if "Mastering" in one["side_data_type"] or "Content" in one["side_data_type"]]


def entered_at(path: str, frame: int) -> Path:
    """What a player has that jumps into an MPEG-TS: the packets from the keyframe `frame` on."""
    with av.open(path) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    time = sorted(packet.pts or 0 for packet in packets)[frame]
    place = next(place for place, packet in enumerate(packets) if packet.pts == time)
    assert packets[place].is_keyframe
    rest = Path(path).with_suffix(f".{frame}.hevc")
    rest.write_bytes(b"".join(bytes(packet) for packet in packets[place:]))
    return rest


def marked(clip: Path, codec: Codec, unit_for: Callable[[int], bytes], *, behind: bool = False) -> Path:
    """The clip with one more NAL unit at each packet, made from the number of the frame that the packet holds."""
    path = clip.with_name(f"marked-{clip.name}")
    with av.open(str(clip)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        form = headers_of(codec, bytes(stream.codec_context.extradata or b"")).form
        copy = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.size]
        order = sorted(packet.pts or 0 for packet in packets)
        for packet in packets:
            units, more = list(form.units(bytes(packet))), unit_for(order.index(packet.pts or 0))
            made: av.Packet[Any] = av.Packet(form.packed([*units, more] if behind else [more, *units]))
            made.pts, made.dts, made.time_base = packet.pts, packet.dts, packet.time_base
            made.duration, made.is_keyframe, made.stream = packet.duration, packet.is_keyframe, copy
            target.mux(made)
    return path


def caption(codec: Codec, number: int) -> bytes:
    """A message with one pair of caption bytes (ATSC A/53), which are the number's."""
    pair = bytes((0xFC, 32 + number % 64, 32 + number // 64))
    text = b"\xb5\x00\x31GA94\x03" + bytes((0xC0 | 1, 0xFF)) + pair + b"\xff"
    head = b"\x06" if codec == "h264" else b"\x4e\x01"
    return escaped(head + bytes((4, len(text))) + text + b"\x80")


def captions(path: str) -> list[bytes]:
    with av.open(path) as container:
        found: list[Any] = [frame.side_data.get("A53_CC") for frame in container.decode(video=0)]
    return [bytes(one) for one in found if one is not None]


def hdr_take(folder: Path, original: Clip, **footage: Any) -> KeptTake:
    """A take in the original's own colours: converting them takes seconds, and is tested elsewhere."""
    result = make_clip(folder / "hdr-take.mp4", first_number=NEW, size=SIZE, audio=False, colour=PQ, **footage)
    return replace(take_of(folder, original), result=probe(str(result)))


def spliced(original: Clip, folder: Path, take: KeptTake | None = None) -> str:
    report = splice(
        original, [take or take_of(folder, original)], str(folder / f"kept{Path(original.path).suffix}"), ignored
    )
    assert report.method is SpliceMethod.LOSSLESS
    return report.output


def test_levels_of_hdr10_hold_in_a_new_stretch_too(tmp_path: Path) -> None:
    """They stand at each entry, so that a player that jumps there knows them."""
    footage = hevc(HDR10, pixel_format="yuv420p10le", colour=PQ)
    original = probe(str(make_clip(tmp_path / "pq.ts", frames=FRAMES, size=SIZE, gop=25, audio=False, **footage)))
    kept = spliced(original, tmp_path, hdr_take(tmp_path, original, frames=FRAMES, **DEEP))
    wanted = levels(Path(original.path))
    assert [one["side_data_type"] for one in wanted] == ["Mastering display metadata", "Content light level metadata"]
    for index in (0, MOMENT[0], 50):
        assert (index, levels(entered_at(kept, index))) == (index, wanted)


def test_levels_of_hdr10_stay_where_all_pictures_are_coded_anew(tmp_path: Path) -> None:
    footage = hevc(HDR10, pixel_format="yuv422p10le", colour=PQ)
    original = probe(str(make_clip(tmp_path / "pq.mov", frames=45, size=SIZE, gop=25, audio=False, **footage)))
    take = hdr_take(tmp_path, original, frames=45, **DEEP)
    report = splice(original, [take], str(tmp_path / "kept.mov"), ignored)
    assert report.method is SpliceMethod.REENCODED
    assert len(levels(tmp_path / "kept.mov")) == 2
    assert levels(tmp_path / "kept.mov") == levels(tmp_path / "pq.mov")


@pytest.mark.parametrize(
    ("name", "footage"),
    [("c.mp4", {}), ("c.ts", {"start": 3}), ("c.mkv", {"bframes": 3}), ("h.mp4", hevc(OPEN)), ("h.ts", hevc(OPEN))],
)
def test_captions_stay_with_their_frames(tmp_path: Path, name: str, footage: dict[str, Any]) -> None:
    codec: Codec = "hevc" if "codec" in footage else "h264"
    plain = make_clip(tmp_path / name, frames=FRAMES, size=SIZE, gop=25, audio=False, **footage)
    original = probe(str(marked(plain, codec, lambda number: caption(codec, number))))
    before = captions(original.path)
    assert [one[1] - 32 + 64 * (one[2] - 32) for one in before] == list(range(FRAMES))
    assert captions(spliced(original, tmp_path)) == before


def test_dolby_visions_curves_stay_with_their_frames(tmp_path: Path) -> None:
    plain = make_clip(tmp_path / "phone.mov", frames=FRAMES, size=SIZE, gop=25, audio=False, **hevc(OPEN))
    original = probe(str(marked(plain, "hevc", lambda number: bytes((62 << 1, 1, 25, 2 + number)), behind=True)))
    assert curves(spliced(original, tmp_path)) == curves(original.path) == [2 + number for number in range(FRAMES)]


def curves(path: str) -> list[int]:
    with av.open(path) as container:
        stream = container.streams.video[0]
        form = headers_of("hevc", bytes(stream.codec_context.extradata or b"")).form
        found = [
            (packet.pts or 0, list(form.units(bytes(packet)))[-1]) for packet in container.demux(stream) if packet.size
        ]
    return [unit[3] if unit[0] >> 1 == 62 else 0 for _, unit in sorted(found)]
