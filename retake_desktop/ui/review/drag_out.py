"""A file that can be taken hold of and dropped elsewhere: into a file manager, an editor, a mail."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from retake_desktop.ui import style


def file_data(path: str) -> QMimeData:
    """What a dragged or copied file is to other programs: its URL."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    return data


class DragOut(QWidget):
    """Shows a file's name; dragging it gives away a copy, Ctrl+C puts the file on the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._pressed: QPoint | None = None
        self.setAccessibleName(self.tr("File to drag"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFixedHeight(style.CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_file(self, path: str | None) -> None:
        """Offers the file at `path`; without one there is nothing to take hold of."""
        self._path = path or ""
        self.setVisible(bool(path))
        name = Path(self._path).name
        self.setAccessibleDescription(self.tr("{name}; Ctrl+C copies the file").format(name=name))
        self.setToolTip(self.tr("Drag it into a folder or an editor, or copy it with Ctrl+C\n{path}").format(path=path))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self._drag()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QGuiApplication.clipboard().setMimeData(file_data(self._path))
        else:
            super().keyPressEvent(event)

    def _drag(self) -> None:
        drag = QDrag(self)
        drag.setMimeData(file_data(self._path))
        drag.setPixmap(style.icon("film").pixmap(style.CONTROL_HEIGHT, style.CONTROL_HEIGHT))
        # Only copies: the film and the paid result stay where the app looks for them.
        drag.exec(Qt.DropAction.CopyAction)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a line of text
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("accent" if self.hasFocus() else "border"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), style.RADIUS, style.RADIUS)
        size = style.ICON_SIZE
        top = (self.height() - size) // 2
        style.icon("film").paint(painter, style.GAP_SMALL, top, size, size)
        painter.setPen(style.colour("text"))
        painter.setFont(style.font(style.TextRole.SMALL))
        left = 2 * style.GAP_SMALL + size
        place = self.rect().adjusted(left, 0, -style.GAP_SMALL, 0)
        name = painter.fontMetrics().elidedText(Path(self._path).name, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
