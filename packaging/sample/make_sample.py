"""Makes resources/sample/sample.mp4, the clip that the demo opens: 12 s, 1280 x 720, 25 fps, H.264 and AAC stereo.

Every pixel and every sample comes from this folder; the same machine always makes the same file.
Run it with the project's own Python: `.venv/bin/python packaging/sample/make_sample.py [OUTPUT]`
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
from av.filter import Graph
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from frame import DURATION
from paper import HEIGHT, WIDTH
from PySide6.QtGui import QGuiApplication, QImage
from scene import Scene
from score import RATE, sound

FPS = 25
FRAMES = DURATION * FPS
VIDEO_OPTIONS = {
    "crf": "24.5",
    "preset": "slower",
    "profile": "high",
    "threads": "4",
    "x264-params": "keyint=50:min-keyint=50:scenecut=0:aq-mode=3:aq-strength=0.9:deblock=-1,-1:"
    "colorprim=bt709:transfer=bt709:colormatrix=bt709",
}
AUDIO_BIT_RATE = 160_000
CHUNK = 1024


def frame_from(image: QImage, index: int) -> av.VideoFrame:
    frame = av.VideoFrame(WIDTH, HEIGHT, "rgba64le")
    frame.planes[0].update(bytes(image.constBits())[: WIDTH * HEIGHT * 8])
    frame.pts, frame.time_base = index, Fraction(1, FPS)
    return frame


def film_look() -> Graph:
    """From 16-bit RGB to 8-bit video with a breath of grain, which hides the steps that gradients would show."""
    graph = Graph()
    source = graph.add_buffer(width=WIDTH, height=HEIGHT, format=av.VideoFormat("rgba64le"), time_base=Fraction(1, FPS))
    scale = graph.add(
        "scale", "sws_dither=ed:out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int"
    )
    pixels = graph.add("format", "yuv420p")
    noise = graph.add("noise", "c0_seed=2525:c0_strength=3:c0_flags=t")
    source.link_to(scale)
    scale.link_to(pixels)
    pixels.link_to(noise)
    noise.link_to(graph.add("buffersink"))
    graph.configure()
    return graph


def pictures() -> Iterator[av.VideoFrame]:
    scene, look = Scene(), film_look()
    for index in range(FRAMES):
        look.push(frame_from(scene.draw(index / FPS), index))
        frame = look.pull()
        assert isinstance(frame, av.VideoFrame)  # noqa: S101 - a filter for pictures gives pictures
        frame.pts, frame.time_base = index, Fraction(1, FPS)
        yield frame
        if index % FPS == FPS - 1:
            print(f"{index + 1} of {FRAMES} frames", file=sys.stderr)


def samples() -> Iterator[av.AudioFrame]:
    track = sound()
    for start in range(0, len(track) // 2, CHUNK):
        part = track[2 * start : 2 * (start + CHUNK)]
        frame = av.AudioFrame(format="s16", layout="stereo", samples=len(part) // 2)
        frame.planes[0].update(part.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        yield frame


def make(output: Path) -> None:
    with av.open(str(output), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        video = container.add_stream("libx264", rate=FPS, options=VIDEO_OPTIONS)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        context = video.codec_context
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        audio = container.add_stream("aac", rate=RATE, layout="stereo")
        audio.bit_rate = AUDIO_BIT_RATE
        chunks = samples()
        for frame in pictures():
            container.mux(video.encode(frame))
            for chunk in islice(chunks, 2):  # a little more sound than one picture lasts, so that it never falls behind
                container.mux(audio.encode(chunk))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))


if __name__ == "__main__":
    application = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    default = Path(__file__).parents[2] / "resources" / "sample" / "sample.mp4"
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
