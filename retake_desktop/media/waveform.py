"""The outline of a clip's sound."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.stream import Discard

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.peak_finder import PeakFinder, samples_a_part
from retake_desktop.media.peaks import PARTS, SILENCE, WaveformBlock
from retake_desktop.media.source import media_errors, open_source

_RATES = (8_000, 192_000)
"""Sound of a lower or higher rate than these is resampled: a file may state any rate."""
_FIRST_GATHERED = 1 << 14
_GATHERED = 1 << 15
"""Samples that are converted at once: for each decoded frame alone it would take twice as long."""
_SLACK = 20
"""Parts of a second: one such part may a frame's time differ from the running count before it is believed."""


def waveform(clip: Clip, cancelled: Callable[[], bool]) -> Iterator[WaveformBlock]:
    """The outline of the clip's first sound track, mixed to one channel, in order and block by block.

    Sound outside the picture's time is left out, silent blocks in gaps too; a clip without sound yields nothing. Ends
    early when `cancelled` says so. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    if not clip.audio:
        return
    track = clip.audio[0]
    rate = min(max(track.sample_rate, _RATES[0]), _RATES[1])
    end = round(clip.duration * rate)
    with media_errors(ErrorKind.MEDIA_FAILED, "the sound cannot be decoded"):
        outline = _Outline(rate)
        for position, samples in _Gathering(rate).gathered(_decoded(clip, track, cancelled)):
            if cancelled() or position >= end:
                break
            yield from outline.add(position, samples)
        if not cancelled():
            yield from outline.rest()


def _decoded(clip: Clip, track: AudioTrack, cancelled: Callable[[], bool]) -> Iterator[tuple[int | None, AudioFrame]]:
    """Frames with their clip time in samples, None for a frame without a time, which follows the one before.

    In whole numbers: a Fraction for each of a million frames would take as long as decoding them.
    """
    with open_source(clip.path) as container:
        sound = container.streams[track.index]
        for stream in container.streams:
            if stream is not sound:
                stream.discard = Discard.all
        tick = sound.time_base or Fraction(1, track.sample_rate)
        origin = round(clip.origin / tick)
        for packet in container.demux(sound):
            if cancelled():
                return
            try:
                frames = packet.decode()
            except FFmpegError:
                continue
            for frame in frames:
                if isinstance(frame, AudioFrame) and frame.samples:
                    time = None if frame.pts is None else (frame.pts - origin) * frame.sample_rate * tick.numerator
                    yield None if time is None else time // tick.denominator, frame


class _Gathering:
    """Joins decoded frames and converts them together to unsigned 8-bit samples of one channel."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._start = 0
        self._held = 0
        self._own_rate = rate
        self._enough = _FIRST_GATHERED
        self._begin_run()

    def gathered(self, frames: Iterator[tuple[int | None, AudioFrame]]) -> Iterator[tuple[int, bytes]]:
        """Clip time in samples of the rate that was asked for, and samples. Frames' times are in their own rate's."""
        for time, frame in frames:
            rate = self._own_rate
            frame.pts = None
            gap = 0 if time is None else time - self._start - self._held
            if gap * _SLACK > rate or -gap * _SLACK > rate or rate != frame.sample_rate or not self._takes(frame):
                yield from self._finish_run()
                follows = (self._start + self._held) * frame.sample_rate // rate
                self._start, self._own_rate = follows if time is None else time, frame.sample_rate
                self._begin_run()
                self._queue.write(frame)
            self._held += frame.samples
            if self._queue.samples >= self._enough:
                self._enough = _GATHERED
                yield from self._converted(self._queue.read())
        yield from self._finish_run()

    def _takes(self, frame: AudioFrame) -> bool:
        """Queues `frame` unless its format or layout is not that of the frames before."""
        try:
            self._queue.write(frame)
        except ValueError:
            return False
        return True

    def _begin_run(self) -> None:
        self._queue = AudioFifo()
        self._resampler = AudioResampler("u8", "mono", self._rate)
        self._held = 0
        self._given = 0

    def _finish_run(self) -> Iterator[tuple[int, bytes]]:
        if self._held:
            yield from self._converted(self._queue.read(partial=True))
            yield from self._converted(None)

    def _converted(self, frame: AudioFrame | None) -> Iterator[tuple[int, bytes]]:
        for plain in self._resampler.resample(frame):
            yield self._start * self._rate // self._own_rate + self._given, bytes(plain.planes[0])[: plain.samples]
            self._given += plain.samples


class _Outline:
    """Puts samples into the blocks that their time belongs to and finds the peaks of each full block."""

    def __init__(self, rate: int) -> None:
        width = samples_a_part(rate)
        self._part = Fraction(width, rate)
        self._finder = PeakFinder(width)
        self._block = 0
        self._waiting = bytearray()

    def add(self, position: int, samples: bytes) -> Iterator[WaveformBlock]:
        size = self._finder.block
        gap = position - (self._block * size + len(self._waiting))
        if gap < 0:
            samples = samples[-gap:]
        elif gap and position // size > self._block:
            yield from self.rest()
            self._block = position // size
            self._waiting += bytes([SILENCE]) * (position % size)
        else:
            self._waiting += bytes([SILENCE]) * gap
        self._waiting += samples
        while len(self._waiting) >= size:
            yield self._found(bytes(self._waiting[:size]))
            del self._waiting[:size]
            self._block += 1

    def rest(self) -> Iterator[WaveformBlock]:
        """The block that sound fills only partly."""
        if self._waiting:
            yield self._found(bytes(self._waiting.ljust(self._finder.block, bytes([SILENCE]))))
            self._waiting.clear()

    def _found(self, samples: bytes) -> WaveformBlock:
        low, high = self._finder.find(samples)
        assert len(low) == len(high) == PARTS  # noqa: S101 - what the finder promises
        return WaveformBlock(self._block, self._part, low, high)
