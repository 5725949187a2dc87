from pathlib import Path

import av
import pytest

from retake_desktop.media.adts import adts_header, is_adts
from retake_desktop.media.hevc_ids import HevcIds, as_broken_link, free_ids, renumbered
from retake_desktop.media.nal import ANNEX_B, Bits, Form, as_bits, as_bytes, escaped, golomb, unescaped
from retake_desktop.media.parameter_sets import UsedIds, headers_of, with_sets
from tests.fakes.footage import make_clip

HEVC = {"x265-params": "log-level=none:bframes=2:scenecut=0:keyint=25:open-gop=1"}


def extradata(path: Path) -> bytes:
    with av.open(str(path)) as container:
        return bytes(container.streams.video[0].codec_context.extradata or b"")


@pytest.mark.parametrize("form", [ANNEX_B, Form(4), Form(2)])
def test_units_come_out_as_they_went_in(form: Form) -> None:
    units = [b"\x67\x01\x02", b"\x68\x80", b"\x65" + bytes(range(1, 200))]
    assert list(form.units(form.packed(units))) == units


def test_a_unit_longer_than_its_packet_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than its packet"):
        list(Form(4).units(b"\x00\x00\x00\x09abc"))


@pytest.mark.parametrize("raw", [b"\x00\x00\x01", b"\x00\x00\x00\x00\x03", b"a\x00\x00\x02\x00\x00\x03", b"plain"])
def test_emulation_prevention_goes_both_ways(raw: bytes) -> None:
    assert unescaped(escaped(raw)) == raw
    assert b"\x00\x00\x01" not in escaped(raw)


@pytest.mark.parametrize("value", [0, 1, 14, 15, 30, 31, 254, 255])
def test_golomb_codes_are_read_as_they_are_written(value: int) -> None:
    assert Bits(as_bytes(golomb(value))).ue() == value
    assert (len(golomb(value)) == 9) == (15 <= value <= 30)


def test_reading_past_the_end_is_an_error_and_no_guess() -> None:
    with pytest.raises(ValueError, match="too early"):
        Bits(b"\x00\x00").ue()


def test_an_avcc_takes_another_pair_of_sets(tmp_path: Path) -> None:
    head = extradata(make_clip(tmp_path / "a.mp4", frames=5, audio=False))
    other = headers_of("h264", extradata(make_clip(tmp_path / "b.mp4", frames=5, audio=False,
                                                   options={"x264-params": "sps-id=7"})))  # fmt: skip
    both = headers_of("h264", with_sets("h264", head, other.units))
    ids = UsedIds()
    assert all(ids.take("h264", unit) for unit in both.units)
    assert (ids.sps, ids.pps, both.form) == ({0, 7}, {0, 7}, Form(4))


def test_an_hvcc_takes_another_trio_of_sets_under_free_ids(tmp_path: Path) -> None:
    head = extradata(make_clip(tmp_path / "a.mp4", frames=5, audio=False, codec="libx265", options=HEVC))
    own = headers_of("hevc", head)
    used = UsedIds()
    for unit in own.units:
        used.take("hevc", unit)
    ids = free_ids(used)
    assert ids == HevcIds(vps=1, sps=1, pps=15)
    both = headers_of("hevc", with_sets("hevc", head, [renumbered(unit, ids) for unit in own.units]))
    found = UsedIds()
    for unit in both.units:
        found.take("hevc", unit)
    assert (found.vps, found.sps, found.pps) == ({0, 1}, {0, 1}, {0, 15})


def test_no_ids_are_given_where_all_are_taken() -> None:
    assert free_ids(UsedIds(vps=set(range(16)))) is None
    assert free_ids(UsedIds(pps=set(range(15, 31)))) is None


def test_a_renumbered_slice_is_one_byte_longer_and_otherwise_the_same() -> None:
    idr = bytes([19 << 1, 1, 0b10100000]) + bytes(range(1, 60))
    moved = renumbered(idr, HevcIds(1, 1, 15))
    assert len(moved) == len(idr) + 1
    assert as_bits(moved)[16:18] == as_bits(idr)[16:18]
    assert as_bits(moved)[27:] == as_bits(idr)[19:]
    assert Bits(moved, 18).ue() == 15


def test_a_slice_of_an_encoder_with_other_ids_is_refused() -> None:
    with pytest.raises(ValueError, match="numbered"):
        renumbered(bytes([1 << 1, 1, 0b10100000, 1, 1]), HevcIds(1, 1, 15))


def test_a_cra_picture_becomes_a_broken_link_that_keeps_earlier_pictures() -> None:
    cra = bytes([21 << 1, 1, 0b11100000, 7, 8])
    assert as_broken_link(cra) == bytes([18 << 1, 1, 0b10100000, 7, 8])
    trailing = bytes([1 << 1, 1, 0b11100000])
    assert as_broken_link(trailing) == trailing


@pytest.mark.parametrize(
    "broken", [b"\x01", b"\x01\x64\x00\x1f\xff\xe1\xff\xff\x00", b"\x00\x01\x02\x03", b"\x01" * 30]
)
def test_broken_headers_are_value_errors(broken: bytes) -> None:
    for codec in ("h264", "hevc"):
        try:
            for unit in headers_of(codec, broken).units:
                UsedIds().take(codec, unit)
        except (ValueError, IndexError):
            continue


def test_an_adts_header_tells_the_new_length() -> None:
    sample = bytes.fromhex("fff14c80 2bbffc".replace(" ", "")) + b"x" * 20
    assert is_adts(sample)
    head = adts_header(sample, 300)
    assert (len(head), head[:3], head[3] & 0xFC) == (7, sample[:3], sample[3] & 0xFC)
    assert (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5 == 307
