"""The outline of a clip's sound."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TypeAlias

from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.stream import Discard

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.even_sound import SLACK, Placed, UnevenError, even_sound
from retake_desktop.media.peak_finder import PeakFinder, samples_a_part
from retake_desktop.media.peaks import PARTS, SILENCE, WaveformBlock
from retake_desktop.media.source import audio_stream, media_errors, open_quickly

_RATES = (8_000, 192_000)
"""Sound of a lower or higher rate than these is resampled: a file may state any rate."""
_FIRST_GATHERED = 1 << 14
_GATHERED = 1 << 16
"""Samples that are converted at once: for each decoded frame alone it would take twice as long."""

_Part: TypeAlias = "tuple[_Run, AudioFrame | None]"


def waveform(clip: Clip, cancelled: Callable[[], bool]) -> Iterator[WaveformBlock]:
    """The outline of the clip's first sound track, mixed to one channel, in order and block by block.

    Sound outside the picture's time is left out, silent blocks in gaps too; a clip without sound yields nothing. Ends
    early when `cancelled` says so. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    if not clip.audio:
        return
    track = clip.audio[0]
    rate = min(max(track.sample_rate, _RATES[0]), _RATES[1])
    found = 0
    with media_errors(ErrorKind.MEDIA_FAILED, "the sound cannot be decoded"):
        with suppress(UnevenError):
            for block in _outlined(clip, rate, even_sound(clip, track, rate, cancelled), cancelled):
                yield block
                found = block.index + 1
            return
        for block in _outlined(clip, rate, _by_frames(clip, track, rate, cancelled), cancelled):
            if block.index >= found:
                yield block


def _outlined(clip: Clip, rate: int, sound: Iterator[Placed], cancelled: Callable[[], bool]) -> Iterator[WaveformBlock]:
    outline = _Outline(rate)
    end = round(clip.duration * rate)
    for position, samples in sound:
        if position < end:
            yield from outline.add(position, samples[: end - position])
        if cancelled():
            return
    if not cancelled():
        yield from outline.rest()


def _by_frames(clip: Clip, track: AudioTrack, rate: int, cancelled: Callable[[], bool]) -> Iterator[Placed]:
    for run, part in _parts(clip, track, rate, cancelled):
        yield from run.converted(part)


def _parts(clip: Clip, track: AudioTrack, rate: int, cancelled: Callable[[], bool]) -> Iterator[_Part]:
    """The track, many of its frames joined to one, with the run that converts them; None at a run's end.

    In few steps for each frame: for a million of them Python would otherwise take as long as decoding them.
    """
    with open_quickly(clip.path) as container:
        sound = audio_stream(container, track)
        for stream in container.streams:
            if stream is not sound:
                stream.discard = Discard.all
        clock = _Clock(sound.time_base or Fraction(1, track.sample_rate), clip.origin)
        run = _Run(0, track.sample_rate, rate, clock)
        enough = _FIRST_GATHERED
        for packet in container.demux(sound):
            try:
                frames = packet.decode()
            except FFmpegError:
                frames = []
            if not frames and cancelled():
                return
            for frame in frames:
                pts, frame.pts = frame.pts, None
                if not run.takes(pts, frame):
                    yield from run.rest()
                    own_rate = frame.sample_rate
                    start = run.end_at(own_rate) if pts is None else clock.samples(pts, own_rate)
                    run = _Run(start, own_rate, rate, clock)
                    run.takes(None, frame)
                if run.queued >= enough:
                    enough, run.queued = _GATHERED, 0
                    yield run, run.queue.read()
        yield from run.rest()


class _Clock:
    """A stream's times as samples in clip time. In whole numbers, which take a tenth of a Fraction's time."""

    def __init__(self, tick: Fraction, origin: Fraction) -> None:
        self.origin = round(origin / tick)
        self.tick = tick.numerator
        self.ticks_a_second = tick.denominator

    def samples(self, pts: int, rate: int) -> int:
        return (pts - self.origin) * rate * self.tick // self.ticks_a_second


class _Run:
    """Sound without a gap or a change in it: from `start` on, in samples of `own_rate`, to be converted to `rate`."""

    def __init__(self, start: int, own_rate: int, rate: int, clock: _Clock) -> None:
        self.queue = AudioFifo()
        self.queued = 0
        self._start = start
        self._held = 0
        self._own_rate = own_rate
        self._rate = rate
        self._slack = int(own_rate * SLACK)
        self._channels = 0
        self._due: int | None = None
        # What `clock.samples` does, for each frame.
        self._origin, self._per_tick, self._second = clock.origin, own_rate * clock.tick, clock.ticks_a_second
        self._resampler = AudioResampler("u8", "mono", rate)
        self._given = 0

    def takes(self, pts: int | None, frame: AudioFrame) -> bool:
        """Queues `frame` unless it does not follow the frames before, or has not their rate, format or layout.

        Without `pts` it follows.
        """
        if pts != self._due and pts is not None:
            gap = (pts - self._origin) * self._per_tick // self._second - self._start - self._held
            if gap > self._slack or -gap > self._slack:
                return False
        channels = frame.layout.nb_channels
        if channels != self._channels or not self._held:
            # The queue does not look at this itself: it would read samples that are not there.
            if self._held or frame.sample_rate != self._own_rate:
                return False
            self._channels = channels
        try:
            self.queue.write(frame)
        except ValueError:
            return False
        samples = frame.samples
        self._held += samples
        self.queued += samples
        # Most files count in samples: a frame that begins where one ended that was no more than that beside is, too.
        self._due = pts + samples if pts is not None and self._per_tick == self._second else None
        return True

    def end_at(self, rate: int) -> int:
        """Where what it holds ends, in samples of `rate`."""
        return (self._start + self._held) * rate // self._own_rate

    def rest(self) -> Iterator[_Part]:
        """What is still queued, and the end."""
        if self._held:
            yield self, self.queue.read(partial=True)
            yield self, None

    def converted(self, frame: AudioFrame | None) -> Iterator[tuple[int, memoryview]]:
        """Clip time in samples of `rate`, and samples of `frame`; None gives what is left."""
        for plain in self._resampler.resample(frame):
            yield self._start * self._rate // self._own_rate + self._given, memoryview(plain.planes[0])[: plain.samples]
            self._given += plain.samples


class _Outline:
    """Puts samples into the blocks that their time belongs to and finds the peaks of each full block."""

    def __init__(self, rate: int) -> None:
        width = samples_a_part(rate)
        self._part = Fraction(width, rate)
        self._finder = PeakFinder(width)
        self._block = 0
        self._waiting = bytearray()

    def add(self, position: int, samples: memoryview) -> Iterator[WaveformBlock]:
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
            with memoryview(self._waiting) as waiting, waiting[:size] as block:
                found = self._found(block)
            del self._waiting[:size]
            yield found
            self._block += 1

    def rest(self) -> Iterator[WaveformBlock]:
        """The block that sound fills only partly."""
        if self._waiting:
            yield self._found(self._waiting.ljust(self._finder.block, bytes([SILENCE])))
            self._waiting.clear()

    def _found(self, samples: bytearray | memoryview) -> WaveformBlock:
        low, high = self._finder.find(samples)
        assert len(low) == len(high) == PARTS  # noqa: S101 - what the finder promises
        return WaveformBlock(self._block, self._part, low, high)
