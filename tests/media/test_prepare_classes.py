"""Windows of unusual clips: several sound tracks, other channels, odd shapes, too short, too long, too big."""

from array import array
from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from pathlib import Path
from random import Random

import av
import pytest
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import paired_frame
from retake_desktop.media.encode import Mp4Writer, Quality
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.prepare import Prepared, prepare
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, sound_time, tone
from tests.fakes.numbered import numbers
from tests.media.trips import AAC_FRAME, PLENTY

SPAN = Span(Fraction(2), Fraction(4))


def window(
    folder: Path, source: Path, span: Span = SPAN, *, track: int = 0, whole: bool = False, most: int = PLENTY
) -> Prepared:
    clip = probe(str(source))
    request = RetakeRequest(str(source), span.snapped(clip.frames), "x", whole=whole, audio_track=track)
    return prepare(clip, request, str(folder / "window.mp4"), most, _unseen)


def _unseen(_progress: Progress) -> None:
    pass


def with_sounds(folder: Path, tracks: Sequence[tuple[str, int, bool]]) -> Path:
    """Numbered footage of 6 s with a sound track for each layout, rate and whether it is heard (else silence)."""
    picture = make_clip(folder / "picture.mp4", frames=150, size=(160, 90), audio=False)
    path = folder / "sounds.mkv"
    with av.open(str(picture)) as source, av.open(str(path), "w") as target:
        video = target.add_stream_from_template(source.streams.video[0])
        sounds = [target.add_stream("pcm_s16le", rate=rate) for _, rate, _ in tracks]
        for sound, (layout, _, _) in zip(sounds, tracks, strict=True):
            sound.codec_context.layout = layout
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = video
                target.mux(packet)
        for sound, (layout, rate, is_heard) in zip(sounds, tracks, strict=True):
            samples = tone(Fraction(0), Fraction(6), rate) if is_heard else array("h", bytes(12 * rate))
            spread = av.AudioResampler(format=sound.codec_context.format, layout=layout, rate=rate)
            frame = AudioFrame("s16", "mono", len(samples))
            frame.planes[0].update(samples.tobytes())
            frame.sample_rate = rate
            for part in (*spread.resample(frame), *spread.resample(None)):
                target.mux(sound.encode(part))
            target.mux(sound.encode(None))
    return path


def heard(done: Prepared, source_time: Fraction) -> float:
    """Which second of the source is heard in the window where that second should be."""
    with PcmReader(probe(done.path)) as reader:
        return sound_time(reader.read(round(done.window.to_window(source_time) * 48000) - 1200, 2400), 48000, 2)


@pytest.mark.parametrize(
    ("layout", "rate"), [("mono", 48000), ("5.1", 48000), ("stereo", 96000), ("7.1", 44100), ("mono", 22050)]
)
def test_sound_of_any_layout_and_rate_is_sent_as_stereo_within_an_aac_frame(
    tmp_path: Path, layout: str, rate: int
) -> None:
    done = window(tmp_path, with_sounds(tmp_path, [(layout, rate, True)]))
    (track,) = probe(done.path).audio
    assert (track.codec, track.channels, track.sample_rate) == ("aac", 2, 48000)
    assert heard(done, Fraction(3)) == pytest.approx(3, abs=AAC_FRAME)


def test_the_chosen_track_is_sent_and_no_other(tmp_path: Path) -> None:
    source = with_sounds(tmp_path, [("stereo", 48000, False), ("mono", 48000, True)])
    assert heard(window(tmp_path, source, track=1), Fraction(3)) == pytest.approx(3, abs=AAC_FRAME)
    silent = window(tmp_path, source)
    assert len(probe(silent.path).audio) == 1
    with PcmReader(probe(silent.path)) as reader:
        assert not any(reader.read(0, 3 * 48000))
    with pytest.raises(RetakeError) as caught:
        window(tmp_path, source, track=2)
    assert (caught.value.kind, caught.value.detail) == (
        ErrorKind.INVALID_REQUEST,
        "The video has no sound track 3; it has 2.",
    )


def test_minutes_of_silence_before_the_sound_stay_silence(tmp_path: Path) -> None:
    source = make_clip(
        tmp_path / "late.mkv", frames=130 * 2, rate=2, size=(96, 54), audio_start=Fraction(121), audio="flac"
    )
    done = window(tmp_path, source, Span(Fraction(119), Fraction(122)))
    at = done.window.to_window(Fraction(121))
    with PcmReader(probe(done.path)) as reader:
        assert max(array("h", reader.read(0, round((at - Fraction(1, 20)) * 48000)))) < 50
    assert heard(done, Fraction(122)) == pytest.approx(122 % 16, abs=AAC_FRAME)


def test_a_clip_of_two_and_a_half_seconds_is_sent_whole_and_held(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "short.mp4", frames=60, rate=24, size=(160, 90))
    done = window(tmp_path, source, Span(Fraction(0), Fraction(2)))
    shown = numbers(done.path)
    assert shown == [*range(60), *[59] * 13]
    before, after = probe(str(source)).frames, probe(done.path).frames
    assert [paired_frame(done.window, before, after, index) for index in range(60)] == list(range(60))
    with pytest.raises(RetakeError) as caught:
        window(
            tmp_path, make_clip(tmp_path / "tiny.mp4", frames=24, rate=24, size=(160, 90)), Span(SPAN.start, SPAN.start)
        )
    assert caught.value.kind is ErrorKind.INVALID_REQUEST


@pytest.mark.parametrize("start", [Fraction(0), Fraction(28)])
def test_a_selection_at_an_end_has_context_on_its_other_side_only(tmp_path: Path, start: Fraction) -> None:
    source = make_clip(tmp_path / "long.mp4", frames=750, rate=25, size=(96, 54), audio=False)
    done = window(tmp_path, source, Span(start, start + 2))
    assert abs(done.window.duration - Fraction(7, 2)) <= Fraction(1, 25)
    assert done.window.source.start == 0 if start == 0 else done.window.source.end == 30
    assert numbers(done.path)[0] == round(done.window.source.start * 25)
    assert done.window.to_source(done.window.span.start) == start


def test_of_a_long_clip_six_seconds_are_sent_for_a_selection_of_three(tmp_path: Path) -> None:
    for rate in (Fraction(24000, 1001), Fraction(25)):
        source = make_clip(
            tmp_path / f"{rate.numerator}.mp4", frames=round(14 * rate), rate=rate, size=(64, 36), audio=False
        )
        sent = window(tmp_path, source, Span(Fraction(6), Fraction(9))).window
        assert ceil(sent.duration) == 6


@pytest.mark.full
def test_a_whole_clip_is_sent_up_to_twenty_seconds(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "whole.mp4", frames=500, rate=25, size=(64, 36), audio=False)
    done = window(tmp_path, source, whole=True)
    assert (done.window.duration, done.window.frame_count) == (Fraction(20), 500)
    assert numbers(done.path) == list(range(500))


def test_what_is_sent_names_no_place_device_or_further_track(tmp_path: Path) -> None:
    plain = with_sounds(tmp_path, [("stereo", 48000, True), ("mono", 48000, True)])
    tagged = tmp_path / "phone.mov"
    with av.open(str(plain)) as source, av.open(str(tagged), "w", options={"movflags": "use_metadata_tags"}) as target:
        target.metadata.update(
            {"location": "+48.8577+002.295/", "com.apple.quicktime.model": "Pear 9", "title": "SECRET-TITLE"}
        )
        streams = {one.index: target.add_stream_from_template(one) for one in source.streams.video}
        target.set_chapters(
            [
                {
                    "id": 1,
                    "start": 0,
                    "end": 3000,
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": "SECRET-CHAPTER"},
                }
            ]
        )
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = streams[packet.stream_index]
                target.mux(packet)
    assert b"+48.8577" in tagged.read_bytes()
    done = window(tmp_path, tagged)
    data = Path(done.path).read_bytes()
    for word in (b"+48.", b"Pear", b"SECRET", b"Lavf", str(tmp_path).encode()):
        assert word not in data
    with av.open(done.path) as container:
        assert [stream.type for stream in container.streams] == ["video"]
        assert not container.chapters()
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
    assert len(probe(window(tmp_path, plain).path).audio) == 1


def noise(path: Path, seconds: int, size: tuple[int, int]) -> Path:
    random = Random(2)  # noqa: S311 - nothing secret, and the same every time
    with Mp4Writer(str(path), 25, size, Quality(crf=20, preset="ultrafast"), sound=False) as writer:
        for _ in range(25 * seconds):
            frame = VideoFrame(*size, "yuv420p")
            for plane in frame.planes:
                plane.update(random.randbytes(plane.buffer_size))
            writer.write_picture(frame)
    return path


@pytest.mark.full
@pytest.mark.timeout(600)
def test_twenty_seconds_of_noise_in_full_size_fit_into_a_request(tmp_path: Path) -> None:
    source = noise(tmp_path / "noise.mp4", 20, (1920, 1080))
    done = window(tmp_path, source, Span(Fraction(2), Fraction(18)), most=11 << 20)
    assert (11 << 20) // 2 < done.size_bytes <= 11 << 20


def test_interlaced_pictures_are_sent_whole(tmp_path: Path) -> None:
    options = {"flags": "+ildct+ilme", "b": "3M"}
    source = make_clip(
        tmp_path / "tv.ts", frames=150, codec="mpeg2video", options=options, size=(160, 96), audio=False, rate=25
    )
    done = window(tmp_path, source)
    with av.open(done.path) as container:
        assert not any(frame.interlaced_frame for frame in container.decode(video=0))
    first = round(done.window.source.start * 25)
    assert numbers(done.path) == list(range(first, first + done.window.frame_count))
