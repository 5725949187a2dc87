"""Small pictures of takes, made in the background and kept for as long as they are of use."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job

BOX = (192, 108)
"""Pixels: twice the size in which they are drawn, for screens of double density."""
_KEPT = 300


@dataclass(frozen=True, slots=True)
class Still:
    """The frame on screen at clip time `time` of the file at `path`."""

    path: str
    time: Fraction


def still_of(job: Job) -> Still:
    """What a take is recognised by: the middle of the new moment, or of the selection while that is not here."""
    middle = (job.request.span.start + job.request.span.end) / 2
    if job.stage in REVIEWABLE_STAGES and job.result_path and job.window:
        return Still(job.result_path, job.window.to_result(middle))
    return Still(job.request.source, middle)


def read_still(still: Still, cancelled: Callable[[], bool] = lambda: False) -> QImage | None:
    """Decodes `still`; None when there is nothing to show, or it was `cancelled`. Called outside the GUI thread.

    Only files that were opened or verified before get here, so this reads them in this process.
    """
    # Not at the top: loading the decoder would hold up the window's first appearance.
    from retake_desktop.media.frames import FrameReader
    from retake_desktop.media.large import TURN
    from retake_desktop.media.probe import probe

    try:
        clip = probe(still.path)
        with TURN.of(clip, cancelled), FrameReader(clip, beside=True) as reader:
            picture = reader.picture(clip.frames.index_at(still.time), BOX)
    except RetakeError:
        return None
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return image.copy()


class Thumbnails(QObject):
    """Answers at once with what it has, and says `arrived` when more is there. One thread, newest wish first."""

    arrived = Signal()
    _read = Signal(object, object)

    def __init__(self, read: Callable[[Still], QImage | None] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closing = threading.Event()
        self._reader = read or partial(read_still, cancelled=self._closing.is_set)
        self._known: OrderedDict[Still, QImage | None] = OrderedDict()
        self._asked: set[Still] = set()
        self._priority = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self._on_read)

    def image(self, still: Still) -> QImage | None:
        """The picture, or None while it is being made and where there is none."""
        if still in self._known:
            self._known.move_to_end(still)
            return self._known[still]
        if still not in self._asked and still.path and "://" not in still.path:
            self._asked.add(still)
            self._priority += 1
            self._pool.start(_Reading(still, self._reader, self._read.emit), self._priority)
        return None

    def close(self) -> None:
        self._closing.set()
        self._pool.clear()
        self._pool.waitForDone(2000)

    def _on_read(self, still: Still, image: QImage | None) -> None:
        self._asked.discard(still)
        self._known[still] = image
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.arrived.emit()


class _Reading(QRunnable):
    def __init__(
        self,
        still: Still,
        read: Callable[[Still], QImage | None],
        tell: Callable[[Still, QImage | None], object],
    ) -> None:
        super().__init__()
        self._still = still
        self._read = read
        self._tell = tell

    def run(self) -> None:
        self._tell(self._still, self._read(self._still))
