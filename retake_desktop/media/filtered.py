"""Rewrites a video file through FFmpeg's filters: one chain for the picture, one for the sound."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError

SAMPLE_RATE = 48000
AAC_FRAME = 1024
"""Samples that the AAC encoder takes at once."""
SOUND_BITS_PER_SECOND = 192_000


@dataclass(frozen=True, slots=True)
class Filter:
    """One libavfilter filter by its own name, with arguments as FFmpeg writes them (`a=1:b=2`)."""

    name: str
    arguments: str = ""


_UPRIGHT = {
    90: (Filter("transpose", "clock"),),
    180: (Filter("hflip"), Filter("vflip")),
    270: (Filter("transpose", "cclock"),),
}


class SoundSource(Enum):
    """Where the rewritten file's sound begins."""

    NONE = "none"
    FIRST_TRACK = "first_track"
    SILENCE = "silence"
    """As long as the picture: something for the sound chain to make a sound of."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a clip is rewritten.

    Both chains run in clip time: the first video frame is at 0 seconds, wherever it lay in the container. The picture
    reaches its chain upright, the sound as 48 kHz stereo doubles. `rate` is the frame rate that leaves the picture
    chain, for the encoder's rate control. `crf` and `preset` are libx264's.
    """

    rate: Fraction
    picture: Sequence[Filter] = ()
    sound: Sequence[Filter] = ()
    sound_source: SoundSource = SoundSource.FIRST_TRACK
    crf: int = 19
    preset: str = "veryfast"


def rewrite(clip: Clip, output: str, recipe: Recipe, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Writes `clip` through `recipe` to `output`, an MP4 with H.264 and AAC that can be played while it loads.

    Every frame is kept at its own time unless a filter says otherwise. Raises RetakeError: MEDIA_FAILED when the clip
    cannot be read, filtered or written, CANCELLED when `cancelled` said so; `output` is then left unfinished.
    """
    try:
        with (
            av.open(clip.path) as source,
            av.open(output, "w", format="mp4", options={"movflags": "faststart"}) as target,
        ):
            _Rewriting(clip, source, target, recipe, cancelled).run()
    except RetakeError:
        raise
    except Exception as error:  # PyAV may raise nearly anything on a hostile file
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"{type(error).__name__} while filtering the video") from error


class _Output:
    """The file being written. Sound that is ready before the first picture waits, because the muxer opens every
    encoder with its first packet, and the picture's size is known only then."""

    def __init__(self, container: OutputContainer) -> None:
        self._container = container
        self._waiting: list[Packet[Any]] | None = []

    def add_stream(self, codec: str, rate: int | Fraction) -> Any:
        return self._container.add_stream(codec, rate=rate)

    def open(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        self._container.mux(waiting)

    def write(self, packets: "Sequence[Packet[Any]]") -> None:
        if self._waiting is None:
            self._container.mux(packets)
        else:
            self._waiting.extend(packets)


class _Rewriting:
    """One run: packets are decoded in file order and passed on to the chain of their stream."""

    def __init__(
        self,
        clip: Clip,
        source: InputContainer,
        target: OutputContainer,
        recipe: Recipe,
        cancelled: Callable[[], bool],
    ) -> None:
        self._clip = clip
        self._source = source
        self._cancelled = cancelled
        output = _Output(target)
        self._picture = _PictureChain(clip, output, recipe)
        self._track = clip.audio[0] if recipe.sound_source is SoundSource.FIRST_TRACK and clip.audio else None
        self._silence = recipe.sound_source is SoundSource.SILENCE
        self._sound = _SoundChain(clip, output, recipe) if self._track or self._silence else None

    def run(self) -> None:
        streams = [self._source.streams[self._clip.video_index]]
        if self._track:
            streams.append(self._source.streams[self._track.index])
        cast("VideoStream", streams[0]).thread_type = "AUTO"
        for packet in self._source.demux(streams):
            if self._cancelled():
                raise RetakeError(ErrorKind.CANCELLED, "stopped while filtering the video")
            for frame in packet.decode():
                self._take(frame)
        if self._sound and self._silence:
            for silent in _silence(self._clip.duration):
                self._sound.push(silent)
        self._picture.finish()
        if self._sound:
            self._sound.finish()

    def _take(self, frame: object) -> None:
        if isinstance(frame, VideoFrame):
            self._picture.push(frame)
        elif isinstance(frame, AudioFrame) and self._sound:
            self._sound.push(frame)


class _PictureChain:
    def __init__(self, clip: Clip, output: _Output, recipe: Recipe) -> None:
        self._clip = clip
        self._output = output
        self._recipe = recipe
        self._graph: Graph | None = None
        self._stream = cast("VideoStream", output.add_stream("libx264", rate=recipe.rate))
        self._stream.options = {"crf": str(recipe.crf), "preset": recipe.preset}

    def push(self, frame: VideoFrame) -> None:
        if frame.pts is None or frame.time_base is None:
            return
        self._graph = self._graph or self._built(frame, frame.time_base)
        _offer(self._graph, frame)
        self._encode_what_is_ready(self._graph)

    def finish(self) -> None:
        if self._graph is None:
            raise RetakeError(ErrorKind.MEDIA_FAILED, "the video holds no picture")
        _offer(self._graph, None)
        self._encode_what_is_ready(self._graph)
        self._output.write(self._stream.encode(None))

    def _built(self, frame: VideoFrame, base: Fraction) -> Graph:
        filters = [
            Filter("setpts", f"PTS-({self._clip.origin})/TB"),
            *_UPRIGHT.get(self._clip.rotation, ()),
            *self._recipe.picture,
            Filter("format", "yuv420p"),
        ]
        graph = Graph()
        source = graph.add(
            "buffer",
            video_size=f"{frame.width}x{frame.height}",
            pix_fmt=frame.format.name,
            time_base=f"{base.numerator}/{base.denominator}",
            frame_rate=f"{self._recipe.rate.numerator}/{self._recipe.rate.denominator}",
            colorspace=str(int(frame.colorspace)),
            range=str(int(frame.color_range)),
        )
        nodes = [source, *(graph.add(part.name, part.arguments or None) for part in filters), graph.add("buffersink")]
        graph.link_nodes(*nodes).configure()
        return graph

    def _encode_what_is_ready(self, graph: Graph) -> None:
        for frame in _pulled(graph):
            picture = cast("VideoFrame", frame)
            if not self._stream.codec_context.is_open:
                _fit(self._stream, picture)
                self._output.open()
            picture.pict_type = 0
            self._output.write(self._stream.encode(picture))


def _fit(stream: VideoStream, first: VideoFrame) -> None:
    """Sets the encoder to the filtered picture's size, clock and colour, before it opens."""
    stream.width, stream.height = first.width, first.height
    stream.pix_fmt = first.format.name
    context = stream.codec_context
    if first.time_base:
        context.time_base = stream.time_base = first.time_base
    context.color_range, context.colorspace = first.color_range, first.colorspace
    context.color_trc, context.color_primaries = first.color_trc, first.color_primaries


class _SoundChain:
    def __init__(self, clip: Clip, output: _Output, recipe: Recipe) -> None:
        self._clip = clip
        self._output = output
        self._filters = recipe.sound
        self._graph: Graph | None = None
        self._stream = cast("AudioStream", output.add_stream("aac", rate=SAMPLE_RATE))
        self._stream.codec_context.layout = "stereo"
        self._stream.bit_rate = SOUND_BITS_PER_SECOND

    def push(self, frame: AudioFrame) -> None:
        if frame.pts is None:
            return
        self._graph = self._graph or self._built(frame)
        _offer(self._graph, frame)
        self._encode_what_is_ready(self._graph)

    def finish(self) -> None:
        if self._graph is not None:
            _offer(self._graph, None)
            self._encode_what_is_ready(self._graph)
        self._output.write(self._stream.encode(None))

    def _built(self, frame: AudioFrame) -> Graph:
        origin = self._clip.origin if self._clip.audio else Fraction(0)
        filters = [
            Filter("asetpts", f"PTS-({origin})/TB"),
            # Fills and trims so that sample 0 is clip time 0 and gaps in the track stay gaps.
            Filter("aresample", f"{SAMPLE_RATE}:async=1:first_pts=0"),
            Filter("aformat", "sample_fmts=dblp:channel_layouts=stereo"),
            *self._filters,
            Filter("aformat", f"sample_fmts=fltp:channel_layouts=stereo:sample_rates={SAMPLE_RATE}"),
            Filter("asetnsamples", f"n={AAC_FRAME}:p=0"),
        ]
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format, layout=frame.layout, time_base=frame.time_base
        )
        nodes = [source, *(graph.add(part.name, part.arguments) for part in filters), graph.add("abuffersink")]
        graph.link_nodes(*nodes).configure()
        return graph

    def _encode_what_is_ready(self, graph: Graph) -> None:
        for frame in _pulled(graph):
            self._output.write(self._stream.encode(cast("AudioFrame", frame)))


def _offer(graph: Graph, frame: VideoFrame | AudioFrame | None) -> None:
    """Pushes a frame, or the end. A chain that has ended by itself (`trim`) wants no more, and that is all right."""
    with suppress(av.EOFError):
        graph.push(frame)


def _pulled(graph: Graph) -> Iterator[VideoFrame | AudioFrame]:
    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return


def _silence(duration: Fraction) -> Iterator[AudioFrame]:
    total = round(duration * SAMPLE_RATE)
    for begin in range(0, total, SAMPLE_RATE):
        count = min(SAMPLE_RATE, total - begin)
        frame = AudioFrame(format="s16", layout="stereo", samples=count)
        frame.planes[0].update(bytes(4 * count))
        frame.sample_rate = SAMPLE_RATE
        frame.pts, frame.time_base = begin, Fraction(1, SAMPLE_RATE)
        yield frame
