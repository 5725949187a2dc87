"""The frame under the pointer, small, above the track."""

import threading
from fractions import Fraction

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.picture import Picture
from retake_desktop.ui import style
from retake_desktop.ui.playback.image import draw_fitted, fitted, to_image

_WIDTH, _PICTURE_HEIGHT = 176, 99
_CAPTION_HEIGHT = 20


class HoverReader(QObject):
    """Decodes the frame asked for last, on one thread; those asked for in between are never begun.

    Signal `ready(Clip, Picture)`.
    """

    ready = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Clip, int, tuple[int, int]] | None = None
        self._news = threading.Condition()
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def ask(self, clip: Clip, index: int, box: tuple[int, int]) -> None:
        with self._news:
            self._wanted = clip, index, box
            self._news.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="hover", daemon=True)
            self._thread.start()

    def close(self) -> None:
        with self._news:
            self._is_closed = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        # Not at the top: loading the decoder would hold up the window's first appearance.
        from retake_desktop.media.frames import FrameReader

        reader: FrameReader | None = None
        reads: Clip | None = None
        while (wanted := self._next()) is not None:
            clip, index, box = wanted
            try:
                if reader is None or reads is not clip:
                    if reader is not None:
                        reader.close()
                    reader, reads = None, None
                    reader, reads = FrameReader(clip, lambda: self._is_closed, beside=True), clip
                picture = reader.picture(index, box)
            except RetakeError:
                continue
            if not self._is_closed:
                self.ready.emit(clip, picture)
        if reader is not None:
            reader.close()

    def _next(self) -> tuple[Clip, int, tuple[int, int]] | None:
        with self._news:
            self._news.wait_for(lambda: self._wanted is not None or self._is_closed)
            wanted, self._wanted = self._wanted, None
            return None if self._is_closed else wanted


class HoverCard(QWidget):
    """A small picture with its time, over whatever lies above the track. Belongs to `track`'s window."""

    def __init__(self, track: QWidget, reader: HoverReader | None = None) -> None:
        super().__init__(track)
        self._track = track
        self._reader = reader or HoverReader(self)
        self._reader.ready.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._clip: Clip | None = None
        self._index = -1
        self._image: QImage | None = None
        self._shown_index = -1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(_WIDTH, _PICTURE_HEIGHT + _CAPTION_HEIGHT)
        self.hide()

    @property
    def shown_index(self) -> int:
        """The frame whose picture is shown; -1 while there is none."""
        return self._shown_index if self._image is not None and self.isVisible() else -1

    def point_at(self, clip: Clip, time: Fraction, x: float) -> None:
        """The pointer is at `x` of the track, over clip time `time`."""
        index = clip.frames.index_at(time)
        if clip is not self._clip:
            self._image = None
        if (clip, index) != (self._clip, self._index):
            self._clip, self._index = clip, index
            ratio = self.devicePixelRatioF()
            self._reader.ask(clip, index, (round(_WIDTH * ratio), round(_PICTURE_HEIGHT * ratio)))
        self._place(x)
        self.show()
        self.raise_()
        self.update()

    def close_files(self) -> None:
        self._reader.close()

    def _place(self, x: float) -> None:
        window = self._track.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = self._track.mapTo(window, QPoint(round(x) - _WIDTH // 2, -self.height() - style.GAP_TINY))
        left = max(0, min(window.width() - self.width(), corner.x()))
        self.move(left, max(0, corner.y()))

    def _receive(self, clip: Clip, picture: Picture) -> None:
        if clip is self._clip:
            self._image = to_image(picture)
            self._shown_index = picture.index
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole card is small
        if self._clip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("border"))
        painter.setBrush(style.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), style.RADIUS, style.RADIUS)
        area = QRectF(2, 2, _WIDTH - 4, _PICTURE_HEIGHT - 2)
        if self._image is not None:
            ratio = self.devicePixelRatioF()
            draw_fitted(painter, self._image, fitted(self._image.size().toSizeF(), area, ratio))
        painter.setPen(style.colour("text"))
        painter.setFont(style.font(style.TextRole.SMALL))
        caption = QRectF(0, _PICTURE_HEIGHT, _WIDTH, _CAPTION_HEIGHT - 1)
        written = timecode.to_text(self._clip.frames.start_of(self._index))
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, written)
