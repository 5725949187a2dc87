"""MP4s are opened without decoding a picture on the way: what that would have told must not be missed."""

from pathlib import Path
from random import Random
from typing import Any

import av
import pytest

from retake_desktop.media.frames import FrameReader
from retake_desktop.media.nal import Bits, as_bits, as_bytes, escaped, unescaped
from retake_desktop.media.probe import probe
from retake_desktop.media.source import open_quickly, open_source
from tests.fakes.footage import make_clip, read_number

SIZE = (160, 90)


def without_usability(unit: bytes) -> bytes:
    """An H.264 SPS of 8-bit 4:2:0 without its last part, which says how far frames are out of order."""
    raw = unescaped(unit)
    bits = Bits(raw, 32)
    for _ in range(2 if raw[1] < 100 else 4):
        bits.ue()
    if raw[1] >= 100:
        bits.u(2)
        bits.ue()
    assert bits.ue() == 0
    bits.ue()
    bits.ue()
    bits.u(1)
    bits.ue()
    bits.ue()
    bits.u(2)
    if bits.u(1):
        for _ in range(4):
            bits.ue()
    return escaped(as_bytes(as_bits(raw)[: bits.position] + "01"))


def silent_on_order(path: Path, flags: str, **footage: Any) -> Path:
    plain = make_clip(path.with_name("plain.mp4"), frames=60, size=SIZE, audio=False, gop=30, **footage)
    with av.open(str(plain)) as source, av.open(str(path), "w", options={"movflags": flags}) as target:
        stream = source.streams.video[0]
        header = bytes(stream.codec_context.extradata or b"")
        length = int.from_bytes(header[6:8], "big")
        sps = without_usability(header[8 : 8 + length])
        copy = target.add_stream_from_template(stream)
        copy.codec_context.extradata = header[:6] + len(sps).to_bytes(2, "big") + sps + header[8 + length :]
        for packet in source.demux(stream):
            if packet.size:
                packet.stream = copy
                target.mux(packet)
    return path


@pytest.mark.parametrize("flags", ["faststart", "frag_keyframe+empty_moov"])
@pytest.mark.parametrize("bframes", [2, 5])
def test_frames_out_of_order_are_right_where_the_stream_does_not_say_how_far(
    tmp_path: Path, bframes: int, flags: str
) -> None:
    options = {"x264-params": "b-pyramid=normal:b-adapt=0"}
    clip = probe(str(silent_on_order(tmp_path / "silent.mp4", flags, bframes=bframes, options=options)))
    with open_quickly(clip.path) as container:
        assert len(list(container.decode(video=0))) == 60
    order = list(range(60))
    shuffled = Random(5).sample(order, 60)  # noqa: S311 - repeatable, not secret
    for places in (order, order[::-1], shuffled):
        with FrameReader(clip) as reader:
            assert [read_number(reader.picture(index, SIZE)) for index in places] == places


def test_what_is_no_mp4_or_does_not_say_enough_is_opened_the_usual_way(tmp_path: Path) -> None:
    files: dict[str, dict[str, Any]] = {
        "a.mkv": {},
        "b.mov": {"codec": "prores_ks", "pixel_format": "yuv422p10le"},
    }
    for name, footage in files.items():
        path = str(make_clip(tmp_path / name, frames=5, size=SIZE, **footage))
        with open_quickly(path) as quick, open_source(path) as usual:
            assert quick.streams.video[0].format is not None
            assert quick.streams.video[0].pix_fmt == usual.streams.video[0].pix_fmt


def test_an_mp4_is_opened_without_decoding_a_picture(tmp_path: Path) -> None:
    path = str(make_clip(tmp_path / "a.mp4", frames=5, size=SIZE))
    with open_quickly(path) as quick:
        assert quick.streams.video[0].pix_fmt is None
        assert quick.streams.audio[0].sample_rate == 48000
