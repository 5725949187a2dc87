"""Fields become whole pictures: as many, in order, without the comb that two instants in one frame make."""

from itertools import pairwise
from pathlib import Path

import av
from av.video.frame import VideoFrame

from retake_desktop.media.decoding import held_frames
from retake_desktop.media.deinterlace import whole_frames
from retake_desktop.media.probe import probe

WIDTH, HEIGHT, FRAMES = 96, 64, 20


def fields(path: Path) -> Path:
    """A bar that moves by 4 pixels a field, stored as two fields a frame."""
    with av.open(str(path), "w", format="mpegts") as target:
        stream = target.add_stream("mpeg2video", rate=25, options={"flags": "+ildct+ilme", "b": "6M"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for index in range(FRAMES):
            frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
            lefts = [(8 * index + 4 * field) % (WIDTH - 16) for field in (0, 1)]
            rows = (
                bytes(220 if lefts[y % 2] <= x < lefts[y % 2] + 16 else 40 for x in range(WIDTH)) for y in range(HEIGHT)
            )
            frame.planes[0].update(b"".join(row.ljust(frame.planes[0].line_size, b"\0") for row in rows))
            for plane in frame.planes[1:]:
                plane.update(bytes([128]) * plane.buffer_size)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return path


def comb(frame: VideoFrame) -> float:
    """Mean difference between neighbouring lines."""
    plane = frame.planes[0]
    data, stride = bytes(plane), plane.line_size
    rows = [data[y * stride : y * stride + WIDTH] for y in range(HEIGHT)]
    pairs = pairwise(rows)
    return sum(abs(a - b) for one, other in pairs for a, b in zip(one, other, strict=True)) / (WIDTH * HEIGHT)


def test_the_comb_goes_and_every_frame_stays(tmp_path: Path) -> None:
    clip = probe(str(fields(tmp_path / "tv.ts")))
    places = range(2, len(clip.frames) - 2)
    stored = [comb(frame) for frame in held_frames(clip, places)]
    whole = [comb(frame) for frame in whole_frames(clip, places)]
    assert len(whole) == len(stored)
    assert min(stored) > 5
    assert max(whole[1:-1]) < min(stored) / 2
