"""What lies behind playhead and selection: ruler, waveform and filmstrip, painted once and kept as pixmaps."""

from bisect import bisect_left
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.ui import style
from retake_desktop.ui.playback.image import to_image
from retake_desktop.ui.timeline.peaks import Peaks
from retake_desktop.ui.timeline.ruler import ticks
from retake_desktop.ui.timeline.scale import Scale

RULER_HEIGHT = 26
STRIP_HEIGHT = 56
WAVE_HEIGHT = 40
_GAP = 8
"""Between filmstrip and waveform, where the bands of earlier takes lie."""
BANDS_TOP = RULER_HEIGHT + STRIP_HEIGHT + 2
HEIGHT = RULER_HEIGHT + STRIP_HEIGHT + _GAP + WAVE_HEIGHT
_MOST_PICTURES = 1500
"""At a height of 112 pixels they take 130 MB; of more, those furthest from the newest go."""

_WAVE, _STRIP = 1, 2
"""Places of the layers, each of which holds those before it."""


class Backdrop:
    """Keeps the pictures and peaks that have come so far for one clip, and draws them to a scale."""

    def __init__(self) -> None:
        self._clip: Clip | None = None
        self._times: list[Fraction] = []
        self._images: list[QImage] = []
        self._peaks = Peaks()
        self._layers: list[QPixmap] = []
        self._drawn_for: tuple[Scale, QSize, float, style.Tokens] | None = None

    def clear(self, clip: Clip | None) -> None:
        self._clip = clip
        self._peaks = Peaks()
        self._layers.clear()
        self.forget_pictures()

    def forget_pictures(self) -> None:
        self._times.clear()
        self._images.clear()
        del self._layers[_STRIP:]

    def add_picture(self, picture: Picture) -> None:
        place = bisect_left(self._times, picture.time)
        if place < len(self._times) and self._times[place] == picture.time:
            self._images[place] = to_image(picture)
        else:
            self._times.insert(place, picture.time)
            self._images.insert(place, to_image(picture))
            self._forget_furthest(picture.time)
        del self._layers[_STRIP:]

    def _forget_furthest(self, time: Fraction) -> None:
        if len(self._times) > _MOST_PICTURES:
            furthest = 0 if time - self._times[0] > self._times[-1] - time else -1
            del self._times[furthest], self._images[furthest]

    def add_peaks(self, block: WaveformBlock) -> None:
        self._peaks.add(block)
        del self._layers[_WAVE:]

    @property
    def cell_width(self) -> int:
        """Logical pixels that one picture of the filmstrip takes."""
        shape = Fraction(16, 9) if self._clip is None else Fraction(self._clip.width, self._clip.height)
        return max(24, min(180, round(STRIP_HEIGHT * shape)))

    def pixmap(self, scale: Scale, size: QSize, ratio: float) -> QPixmap:
        """The finished picture of `size` logical pixels."""
        wanted = (scale, size, ratio, style.tokens())
        if self._drawn_for != wanted:
            self._drawn_for = wanted
            self._layers.clear()
        # Pictures come one by one: ruler and waveform need not be drawn anew with each of them.
        for draw in (self._draw_ruler, self._draw_wave, self._draw_strip)[len(self._layers) :]:
            made = QPixmap(self._layers[-1]) if self._layers else _ground(size, ratio)
            painter = QPainter(made)
            draw(painter, scale)
            painter.end()
            self._layers.append(made)
        return self._layers[-1]

    def _draw_ruler(self, painter: QPainter, scale: Scale) -> None:
        """With the empty lanes under it."""
        for lane in (_strip(scale), _wave(scale)):
            painter.fillRect(lane, style.colour("window"))
        painter.setFont(style.font(style.TextRole.SMALL))
        for tick in ticks(scale, None if self._clip is None else self._clip.frames):
            painter.setPen(style.colour("border"))
            x = round(tick.x) + 0.5
            painter.drawLine(QPointF(x, RULER_HEIGHT - (8 if tick.label else 4)), QPointF(x, RULER_HEIGHT - 1))
            fits = x + style.GAP_TINY + painter.fontMetrics().horizontalAdvance(tick.label) <= scale.left + scale.width
            if tick.label and fits:
                painter.setPen(style.colour("muted"))
                painter.drawText(QPointF(x + style.GAP_TINY, RULER_HEIGHT - 9), tick.label)

    def _draw_strip(self, painter: QPainter, scale: Scale) -> None:
        """Pictures edge to edge from the left, each cell with the one nearest to its middle."""
        if not self._images:
            return
        lane = _strip(scale)
        painter.setClipRect(lane)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = self.cell_width
        if self._clip is not None and self._clip.frames.duration / len(self._clip.frames) >= (
            width * scale.seconds_per_pixel
        ):
            self._draw_frames(painter, scale, lane, self._clip.frames)
            return
        for left in range(int(lane.left()), int(lane.right()) + 1, width):
            image = self._nearest(scale.time_at(left + width / 2))
            shape = image.width() / max(1, image.height())
            height = width / shape if shape else lane.height()
            painter.drawImage(QRectF(left, lane.center().y() - height / 2, width, height), image)
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
        for left in range(int(lane.left()) + width, int(lane.right()) + 1, width):
            painter.drawLine(QPointF(left - 0.5, lane.top()), QPointF(left - 0.5, lane.bottom()))

    def _draw_frames(self, painter: QPainter, scale: Scale, lane: QRectF, frames: FrameTimes) -> None:
        """Single frames, each where it begins, as wide as it is shown; those that have not come yet stay empty."""
        first, last = frames.index_at(scale.view.start), frames.index_at(scale.view.end)
        for index in range(first, last + 1):
            left = scale.x_of(frames.start_of(index))
            image = self._at(frames.start_of(index))
            if image is not None:
                height = lane.height()
                width = height * image.width() / max(1, image.height())
                painter.drawImage(QRectF(left, lane.top(), width, height), image)
            painter.fillRect(QRectF(left, lane.top(), 1, lane.height()), style.colour("panel"))

    def _at(self, time: Fraction) -> QImage | None:
        place = bisect_left(self._times, time)
        return self._images[place] if place < len(self._times) and self._times[place] == time else None

    def _nearest(self, time: Fraction) -> QImage:
        place = bisect_left(self._times, time)
        if place == len(self._times) or (place and time - self._times[place - 1] < self._times[place] - time):
            place -= 1
        return self._images[place]

    def _draw_wave(self, painter: QPainter, scale: Scale) -> None:
        if self._clip is None:
            return
        lane = _wave(scale)
        middle = lane.center().y()
        if not self._clip.audio:
            painter.setPen(style.colour("muted"))
            painter.setFont(style.font(style.TextRole.SMALL))
            silent = QCoreApplication.translate("Timeline", "This video has no sound")
            painter.drawText(lane, Qt.AlignmentFlag.AlignCenter, silent)
            return
        painter.setPen(style.colour("border"))
        painter.drawLine(QPointF(lane.left(), middle), QPointF(lane.right(), middle))
        if self._peaks.is_empty:
            return
        half = lane.height() / 2 - 2
        columns = self._peaks.columns(float(scale.view.start), float(scale.seconds_per_pixel), scale.width)
        upper = [QPointF(scale.left + x, middle - max(0.5, high / 127 * half)) for x, (_, high) in enumerate(columns)]
        lower = [QPointF(scale.left + x, middle - min(-0.5, low / 127 * half)) for x, (low, _) in enumerate(columns)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("muted"))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))


def _ground(size: QSize, ratio: float) -> QPixmap:
    """Nothing yet, `size` logical pixels of it."""
    made = QPixmap(QSize(round(size.width() * ratio), round(size.height() * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(style.colour("panel"))
    return made


def _strip(scale: Scale) -> QRectF:
    return QRectF(scale.left, RULER_HEIGHT, scale.width, STRIP_HEIGHT)


def _wave(scale: Scale) -> QRectF:
    return QRectF(scale.left, RULER_HEIGHT + STRIP_HEIGHT + _GAP, scale.width, WAVE_HEIGHT)
