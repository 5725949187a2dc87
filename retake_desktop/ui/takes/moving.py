"""The thumbnail under the pointer moves: a few frames of the take, one after the other."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Job
from retake_desktop.ui.motion import is_still
from retake_desktop.ui.takes.thumbnails import BOX, Still, still_of

_FRAMES = 10
_STEP = 200
"""Milliseconds that each is shown; the first step passes before anything is decoded, so that a pointer that only
crosses the list costs nothing."""
_KEPT = 16
_Key = tuple[str, str]
"""A take and the file that its frames are from: once it is ready, that is another one."""
Read = Callable[[list[Still], threading.Event], Iterator[QImage]]


def stills_of(job: Job) -> list[Still]:
    """Times spread over the selection, in the file that the thumbnail is taken from."""
    middle = still_of(job)
    span = job.request.span
    half = span.duration / 2
    return [
        replace(middle, time=max(Fraction(0), middle.time - half + span.duration * (2 * place + 1) / (2 * _FRAMES)))
        for place in range(_FRAMES)
    ]


def read_stills(stills: list[Still], given_up: threading.Event) -> Iterator[QImage]:
    """Decodes `stills`, all of one file, in order. Called outside the GUI thread; ends early when there is trouble."""
    # Not at the top: loading the decoder would hold up the window's first appearance.
    from retake_desktop.media.frames import FrameReader
    from retake_desktop.media.large import TURN
    from retake_desktop.media.probe import probe

    try:
        clip = probe(stills[0].path)
        with TURN.of(clip, given_up.is_set), FrameReader(clip, beside=True) as reader:
            for still in stills:
                if given_up.is_set():
                    return
                picture = reader.picture(clip.frames.index_at(still.time), BOX)
                shape = (picture.width, picture.height, picture.stride)
                yield QImage(picture.pixels, *shape, QImage.Format.Format_RGB32).copy()
    except RetakeError:
        return


class Moving(QObject):
    """Knows which take the pointer is on and which of its frames is to be shown now."""

    moved = Signal(str)
    """The take with this id shows another frame."""
    _read = Signal(object, object)

    def __init__(self, read: Read = read_stills, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = read
        self._job: Job | None = None
        self._known: OrderedDict[_Key, list[QImage]] = OrderedDict()
        self._given_up = threading.Event()
        self._place = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP)
        self._timer.timeout.connect(self._on_step)
        self._read.connect(self._on_read)

    def point_at(self, job: Job | None) -> None:
        """The pointer is on `job` now, or on none."""
        if (job and job.id) == (self._job and self._job.id):
            return
        before, self._job = self._job, job
        self._given_up.set()
        self._place = 0
        self._timer.stop()
        if before is not None:
            self.moved.emit(before.id)
        if job is not None and job.request.source and "://" not in still_of(job).path and not is_still():
            self._timer.start()

    def image(self, job: Job) -> QImage | None:
        """The frame to show for a take; None where the thumbnail stands still."""
        if self._job is None or self._job.id != job.id or not self._place:
            return None
        frames = self._known.get(_key(job), [])
        if len(frames) < 2:
            return None
        return frames[self._place % len(frames)]

    def close(self) -> None:
        self._timer.stop()
        self._given_up.set()
        self._pool.clear()
        self._pool.waitForDone(2000)

    def _on_step(self) -> None:
        if self._job is None:
            return
        if _key(self._job) not in self._known:
            self._known[_key(self._job)] = []
            self._given_up = threading.Event()
            self._pool.start(_Reading(self._job, self._reader, self._given_up, self._read.emit))
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        self._place += 1
        self.moved.emit(self._job.id)

    def _on_read(self, key: _Key, image: QImage | None) -> None:
        """A frame, or None at the end; what was given up half way is read anew the next time."""
        if image is None:
            if 0 < len(self._known.get(key, [])) < _FRAMES:
                self._known.pop(key)
        elif key in self._known:
            self._known[key].append(image)


def _key(job: Job) -> _Key:
    return job.id, still_of(job).path


class _Reading(QRunnable):
    def __init__(
        self, job: Job, read: Read, given_up: threading.Event, tell: Callable[[object, object], object]
    ) -> None:
        super().__init__()
        self._job = job
        self._read = read
        self._given_up = given_up
        self._tell = tell

    def run(self) -> None:
        for image in self._read(stills_of(self._job), self._given_up):
            self._tell(_key(self._job), image)
        self._tell(_key(self._job), None)
