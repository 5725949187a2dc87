"""How a take's row is drawn."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.mark import MAX_NAME
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.takes.model import Heading, TakeRole
from retake_desktop.ui.takes.moving import Moving
from retake_desktop.ui.takes.outlook import Outlook
from retake_desktop.ui.takes.thumbnails import Thumbnails, still_of

_ON_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading) | int(Qt.TextFlag.TextDontClip)
_ISOLATE, _END = "\u2068", "\u2069"
"""Around words that may run the other way than the window's: they keep their own order, and their own end."""
_THUMBNAIL = QSize(80, 45)
_QUIET_STAGES = frozenset({Stage.KEPT, Stage.DISCARDED, Stage.CANCELLED})
_BAD_STAGES = frozenset({Stage.FAILED, Stage.EXPIRED})
_ASKING_STAGES = frozenset({Stage.UNKNOWN, Stage.DOWNLOAD_FAILED})


class TakeDelegate(QStyledItemDelegate):
    """Draws headings and takes from the tokens."""

    def __init__(self, thumbnails: Thumbnails, moving: Moving, outlook: Outlook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._moving = moving
        self._outlook = outlook
        self.hides_pictures = False
        self._body = style.font()
        self._small = style.font(style.TextRole.SMALL)
        self._heading = style.font(style.TextRole.SMALL, strong=True)
        line = QFontMetrics(self._body).lineSpacing() + QFontMetrics(self._small).lineSpacing() * 2
        self._take_size = QSize(120, max(line, _THUMBNAIL.height()) + 2 * style.GAP_SMALL)
        self._heading_size = QSize(120, QFontMetrics(self._heading).lineSpacing() + style.GAP + style.GAP_SMALL)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._heading_size if isinstance(index.data(TakeRole.ROW), Heading) else self._take_size

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(TakeRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._paint_heading(painter, option.rect, row)
        elif isinstance(row, Job):
            self._paint_take(painter, option, row, index.data(TakeRole.TITLE))
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name of the take"))
        editor.setMaxLength(MAX_NAME)
        return editor

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        height = editor.sizeHint().height()
        inside = option.rect.adjusted(style.GAP_TINY, style.GAP_TINY, -style.GAP_TINY, 0)
        editor.setGeometry(QRect(inside.left(), inside.top(), inside.width(), height))

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        painter.setFont(self._heading)
        painter.setPen(style.colour("muted"))
        inside = rect.adjusted(style.GAP_SMALL, style.GAP_SMALL, -style.GAP_SMALL, 0)
        name = painter.fontMetrics().elidedText(heading.name, Qt.TextElideMode.ElideMiddle, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), name)

    def _paint_take(self, painter: QPainter, option: QStyleOptionViewItem, job: Job, title: str) -> None:
        rect = option.rect
        self._paint_ground(painter, option, rect)
        inside = rect.adjusted(style.GAP_SMALL, style.GAP_SMALL, -style.GAP_SMALL, -style.GAP_SMALL)
        right_to_left = option.direction == Qt.LayoutDirection.RightToLeft
        picture = QRect(inside.topLeft(), _THUMBNAIL)
        lines = inside.adjusted(_THUMBNAIL.width() + style.GAP_SMALL, 0, 0, 0)
        if right_to_left:
            picture.moveRight(inside.right())
            lines = inside.adjusted(0, 0, -_THUMBNAIL.width() - style.GAP_SMALL, 0)
        self._paint_thumbnail(painter, picture, job)
        self._paint_lines(painter, lines, job, title)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state
        ground = rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(style.colour("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(style.colour("hover"))
        else:
            return
        painter.drawRoundedRect(ground, style.RADIUS, style.RADIUS)

    def _paint_thumbnail(self, painter: QPainter, rect: QRect, job: Job) -> None:
        painter.fillRect(rect, style.colour("stage"))
        image = None if self.hides_pictures else self._moving.image(job) or self._thumbnails.image(still_of(job))
        if image is None:
            return
        fitted = QRect(rect.topLeft(), image.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio))
        fitted.moveCenter(rect.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(fitted, image)

    def _paint_lines(self, painter: QPainter, rect: QRect, job: Job, title: str) -> None:
        dim = job.stage in _QUIET_STAGES
        top = self._line(painter, rect, rect.top(), title, self._body, style.colour("muted" if dim else "text"))
        top = self._line(painter, rect, top, text.status(job), self._small, _status_colour(job))
        third = _note(job) or self._outlook.figures(job)
        self._line(painter, rect, top, third, self._small, style.colour("muted"))

    def _line(self, painter: QPainter, rect: QRect, top: int, words: str, font: QFont, colour: QColor) -> int:
        painter.setFont(font)
        painter.setPen(colour)
        height = painter.fontMetrics().lineSpacing()
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        where = QRect(rect.left(), top, rect.width(), height)
        painter.drawText(where, _ON_ONE_LINE, f"{_ISOLATE}{shown}{_END}")
        return top + height


def _status_colour(job: Job) -> QColor:
    if job.stage in _BAD_STAGES:
        return style.colour("danger")
    if job.stage in _ASKING_STAGES or job.wait is not None:
        return style.colour("warning")
    return style.colour("accent" if job.stage is Stage.READY else "muted")


def _note(job: Job) -> str:
    if job.problem is not None:
        return problems.sentence(job.problem)
    return text.wait(job.wait) if job.wait is not None else ""
