"""A before/after video, or still, that can be shown to somebody who does not have the app."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import paired_frame
from retake_desktop.media.comparison import SWEEP, Comparison, Layout, SideBySideReport, SoundFrom
from retake_desktop.media.composing import Canvas, Composer
from retake_desktop.media.conform import BT709, Conformer, scaled, upright
from retake_desktop.media.decoding import held_frames
from retake_desktop.media.encode import SAMPLE_RATE, Mp4Writer, Quality, writing_errors
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.kept_take import part_of
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.probe import probe

_MOST_RATE = 60
_QUALITY = Quality(crf=18, preset="veryfast")
_LEAST_FREE = 64 << 20


def side_by_side(
    comparison: Comparison,
    output: str,
    on_progress: Callable[[Progress], None],
    *,
    free_bytes: Callable[[str], int] = lambda folder: shutil.disk_usage(folder).free,
) -> SideBySideReport:
    """Writes an MP4 (H.264, AAC) at the whole rate nearest to that of `before`, verified before it gets its name.

    Every picture pair is the same instant. `on_progress` counts frames. Raises RetakeError: INVALID_REQUEST (an empty
    span, the name of a file that is compared), NO_SPACE, FILE_TROUBLE, MEDIA_FAILED.
    """
    _check(comparison, output, free_bytes)
    part = str(part_of(output))
    try:
        with writing_errors("making the comparison"):
            report = _write(comparison, output, part, on_progress)
        _verify(part, report)
        with writing_errors("making the comparison"):
            _settle(part, output)
    finally:
        Path(part).unlink(missing_ok=True)
    return report


def still(comparison: Comparison, time: Fraction) -> bytes:
    """A PNG of the pair on screen at `time` seconds of `before`. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE)."""
    with writing_errors("making the picture"):
        index = comparison.before.frames.index_at(time)
        pair = _pair(comparison, index)
        canvas = Canvas.of(comparison.before, _is_wide(comparison), comparison.most_height)
        composer = Composer(canvas, comparison.before_label, comparison.after_label)
        with closing(ExactFrames(comparison.before)) as before, closing(ExactFrames(comparison.after)) as after:
            one = before.frame(index)
            left = _conformer(comparison.before, canvas).convert(one)
            right = left if pair is None else _conformer(comparison.after, canvas).convert(after.frame(pair))
        return _png(composer.compose(left, right, Fraction(1, 2)))


def _check(comparison: Comparison, output: str, free_bytes: Callable[[str], int]) -> None:
    if not comparison.span.duration or comparison.span.start >= comparison.before.duration:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "There is nothing selected to compare.")
    for path in (comparison.before.path, comparison.after.path):
        if Path(output).exists() and Path(path).exists() and Path(output).samefile(path):
            raise RetakeError(ErrorKind.INVALID_REQUEST, "The new file cannot replace a file that it is made from.")
    try:
        free = free_bytes(str(Path(output).absolute().parent))
    except OSError as error:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the folder for the new file is not there") from error
    if free < _LEAST_FREE:
        raise RetakeError(ErrorKind.NO_SPACE, f"about {_LEAST_FREE >> 20} MB are needed, {free >> 20} MB are free")


def _write(comparison: Comparison, output: str, part: str, on_progress: Callable[[Progress], None]) -> SideBySideReport:
    before = comparison.before
    rate = min(_MOST_RATE, max(1, round(before.frame_rate)))
    span = Span(comparison.span.start, min(comparison.span.end, before.duration))
    count = max(1, round(span.duration * rate))
    indexes = [before.frames.index_at(span.start + Fraction(2 * step + 1, 2 * rate)) for step in range(count)]
    pairs = [_pair(comparison, index) for index in indexes]
    canvas = Canvas.of(before, _is_wide(comparison), comparison.most_height)
    composer = Composer(canvas, comparison.before_label, comparison.after_label)
    heard = _Sound(comparison, span, count, rate)
    size = (canvas.width, canvas.height)
    with Mp4Writer(part, rate, size, _QUALITY, sound=heard.is_there) as writer, closing(heard):
        shown = zip(_conformed(before, indexes, canvas), _taken(comparison.after, pairs, canvas), strict=True)
        for step, (left, right) in enumerate(shown):
            divider = _divider(comparison.layout, Fraction(step, rate))
            writer.write_picture(composer.compose(left, right or left, divider))
            writer.write_sound(heard.read(writer.samples, writer.sound_due))
            on_progress(Progress(writer.pictures, count))
    return SideBySideReport(output, count, sum(pair is not None for pair in pairs), *size)


def _is_wide(comparison: Comparison) -> bool:
    return comparison.layout is Layout.SIDE_BY_SIDE


def _pair(comparison: Comparison, index: int) -> int | None:
    return paired_frame(comparison.window, comparison.before.frames, comparison.after.frames, index)


def _divider(layout: Layout, time: Fraction) -> Fraction:
    """Where the divider stands, as a part of the picture's width from the left."""
    if layout is not Layout.MOVING_WIPE:
        return Fraction(1, 2)
    part = time % SWEEP / SWEEP
    return abs(1 - 2 * part)


def _conformer(clip: Clip, canvas: Canvas) -> Conformer:
    filters = (
        *upright(clip.rotation),
        *scaled(canvas.part_width, canvas.height, clip.colour, clip.coded_height, BT709),
    )
    return Conformer(filters, "yuv420p")


def _conformed(clip: Clip, indexes: list[int], canvas: Canvas) -> Iterator[VideoFrame]:
    conformer = _conformer(clip, canvas)
    for frame in held_frames(clip, indexes):
        yield conformer.convert(frame)


def _taken(after: Clip, pairs: list[int | None], canvas: Canvas) -> Iterator[VideoFrame | None]:
    """The take's picture for each pair, None where it has none."""
    pictures = _conformed(after, [pair for pair in pairs if pair is not None], canvas)
    for pair in pairs:
        yield None if pair is None else next(pictures)


class _Sound:
    """The comparison's sound, 48 kHz stereo, a piece at a time."""

    def __init__(self, comparison: Comparison, span: Span, count: int, rate: int) -> None:
        wanted = comparison.sound is not SoundFrom.NONE
        self.is_there = wanted and bool(comparison.before.audio or comparison.after.audio)
        self._window = comparison.window
        self._start = round(span.start * SAMPLE_RATE)
        total = round(Fraction(count * SAMPLE_RATE, rate))
        turns = {SoundFrom.BEFORE: total, SoundFrom.AFTER: 0, SoundFrom.IN_TURN: total // 2, SoundFrom.NONE: total}
        self._turn = turns[comparison.sound]
        self._before = PcmReader(comparison.before)
        self._after = PcmReader(comparison.after)

    def read(self, begin: int, end: int) -> bytes:
        turn = min(max(self._turn, begin), end)
        return self._of_before(begin, turn) + self._of_after(turn, end)

    def close(self) -> None:
        self._before.close()
        self._after.close()

    def _of_before(self, begin: int, end: int) -> bytes:
        return self._before.read(self._start + begin, end - begin) if self.is_there and end > begin else b""

    def _of_after(self, begin: int, end: int) -> bytes:
        """In the take's time; the stretch of a restamped rate, a thousandth, is less than anybody hears in a frame."""
        if not self.is_there or end <= begin:
            return b""
        place = self._window.to_result(Fraction(self._start + begin, SAMPLE_RATE))
        return self._after.read(round(place * SAMPLE_RATE), end - begin)


def _verify(part: str, report: SideBySideReport) -> None:
    """Raises RetakeError(MEDIA_FAILED) unless the file has every frame and its last one decodes."""
    clip = probe(part)
    with closing(ExactFrames(clip)) as frames:
        frames.frame(len(clip.frames) - 1)
    if (len(clip.frames), clip.width, clip.height) != (report.frames, report.width, report.height):
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"the new file has {len(clip.frames)} of {report.frames} frames")


def _settle(part: str, output: str) -> None:
    with Path(part).open("rb") as file:
        os.fsync(file.fileno())
    Path(part).replace(output)


def _png(frame: VideoFrame) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="image2pipe") as container:
        stream = container.add_stream("png")
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, "rgb24"
        rgb = frame.reformat(format="rgb24")
        rgb.pict_type = 0
        container.mux(stream.encode(rgb))
        container.mux(stream.encode(None))
    return target.getvalue()
