"""The pictures of a spliced film as the original would hold them: its own frames with the takes' in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from av.filter import Graph
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.window import Rectangle, Window, paired_frame, picture_in_result
from retake_desktop.media.conform import Conformer, cropped, scaled, upright
from retake_desktop.media.decoding import held_frames
from retake_desktop.media.kept_take import KeptTake


class NewPictures:
    """Frames of `original` in the original's coded size, turn and colours; those of takes come from the takes.

    Later takes win where two overlap. `pixel_format` is what an encoder shall get.
    """

    def __init__(self, original: Clip, takes: Sequence[KeptTake], pixel_format: str) -> None:
        self._original = original
        self._takes = takes
        self._pixel_format = pixel_format

    def between(self, first: int, end: int) -> Iterator[VideoFrame]:
        """Frames `first` to `end` (not included). Raises RetakeError(MEDIA_FAILED) and what PyAV raises."""
        own = Conformer(self._own_filters(), self._pixel_format)
        playing: dict[int, _TakeFrames] = {}
        for index, frame in zip(range(first, end), held_frames(self._original, range(first, end)), strict=True):
            number, share = self._shown_at(index)
            if number is None:
                yield own.convert(frame)
                continue
            if number not in playing:
                playing[number] = _TakeFrames(self._original, self._takes[number], self._pixel_format)
            picture = playing[number].picture(index)
            yield picture if share == 1 else mixed(picture, own.convert(frame), share)

    def _own_filters(self) -> tuple[tuple[str, str], ...]:
        width, height = self._original.coded_width, self._original.coded_height
        if width % 2 == 0 and height % 2 == 0:
            return ()
        return cropped(Rectangle(0, 0, width & ~1, height & ~1))

    def _shown_at(self, index: int) -> tuple[int | None, float]:
        """Which take shows frame `index` and how much of it: a whole picture before a mix, later before earlier."""
        best: int | None = None
        most = 0.0
        for number in range(len(self._takes) - 1, -1, -1):
            share = self._takes[number].share_at(self._original.frames, index)
            if share > most:
                best, most = number, share
        return best, most


class _TakeFrames:
    """A take's pictures as the original would hold them. Asked for in rising order."""

    def __init__(self, original: Clip, take: KeptTake, pixel_format: str) -> None:
        self._original = original
        self._take = take
        self._wanted = 0
        self._frames = held_frames(take.result, self._pairs())
        self._conformer = Conformer(_result_filters(original, take.result, take.window), pixel_format)

    def picture(self, index: int) -> VideoFrame:
        self._wanted = index
        frame = next(self._frames, None)
        if frame is None:
            raise RetakeError(ErrorKind.MEDIA_FAILED, "the take cannot be decoded to its end")
        return self._conformer.convert(frame)

    def _pairs(self) -> Iterator[int]:
        """The result's frame for the original's `_wanted`, whatever that is when the next one is asked for."""
        before, after = self._original.frames, self._take.result.frames
        while True:
            pair = paired_frame(self._take.window, before, after, self._wanted)
            if pair is None:
                early = self._take.window.to_result(before.midpoint_of(self._wanted)) < 0
                pair = 0 if early else len(after) - 1
            yield pair


def mixed(new: VideoFrame, old: VideoFrame, share: float) -> VideoFrame:
    """A picture that is `share` (0 to 1) of `new` and the rest of `old`; both of one size and format."""
    graph = Graph()
    source = (
        f"video_size={new.width}x{new.height}:pix_fmt={new.format.name}:time_base=1/1000000:pixel_aspect=1/1"
        f":colorspace={int(new.colorspace)}:range={int(new.color_range)}"
    )
    above, below = graph.add("buffer", source), graph.add("buffer", source)
    blend = graph.add("blend", f"all_mode=normal:all_opacity={share:.6f}")
    sink = graph.add("buffersink")
    above.link_to(blend, 0, 0)
    below.link_to(blend, 0, 1)
    blend.link_to(sink)
    graph.configure()
    new.pts = old.pts = 0
    below_frame = old
    if (old.colorspace, old.color_range) != (new.colorspace, new.color_range):
        below_frame.colorspace, below_frame.color_range = new.colorspace, new.color_range
    above.push(new)
    below.push(below_frame)
    above.push(None)
    below.push(None)
    return graph.vpull()


def _result_filters(original: Clip, result: Clip, window: Window) -> tuple[tuple[str, str], ...]:
    """From a result's decoded frame to the original's coded one: cut off the bars, scale, turn back."""
    turned = original.rotation in (90, 270)
    width, height = original.coded_width & ~1, original.coded_height & ~1
    size = (height, width) if turned else (width, height)
    picture = picture_in_result(window, *_upright_size(result))
    whole = (picture.width, picture.height) == _upright_size(result)
    return (
        *upright(result.rotation),
        *(() if whole else cropped(picture)),
        *scaled(*size, result.colour, result.coded_height, original.colour),
        *upright(-original.rotation % 360),
    )


def _upright_size(clip: Clip) -> tuple[int, int]:
    size = (clip.coded_width, clip.coded_height)
    return size[::-1] if clip.rotation in (90, 270) else size
