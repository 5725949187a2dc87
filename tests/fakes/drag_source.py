"""Another program that something is dragged out of: `python drag_source.py ADDRESS...`, a window in the corner.

Press in it and move, as with a file manager or a browser. It prints `ready`, and after each drag what the drop did:
`copy`, `move` or `ignore`. With `--vanish` the files are gone by the time they are dropped; with `--browser` the first
address comes as a browser offers a link.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

_NAMES = {
    Qt.DropAction.CopyAction: "copy",
    Qt.DropAction.MoveAction: "move",
    Qt.DropAction.IgnoreAction: "ignore",
}


class Source(QWidget):
    """Sixty pixels that everything given can be dragged out of."""

    def __init__(self, addresses: list[str], *, vanish: bool, is_browser: bool) -> None:
        super().__init__(None, Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
        self._addresses = addresses
        self._vanish = vanish
        self._is_browser = is_browser
        self.setGeometry(QRect(QPoint(0, 0), QPoint(59, 59)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - wherever it moves
        data = QMimeData()
        data.setUrls([QUrl(each) for each in self._addresses])
        if self._is_browser:
            link = self._addresses[0]
            data.setText(link)
            data.setHtml(f'<a href="{link}">A clip of the sea</a>')
            data.setData("text/x-moz-url", f"{link}\nA clip of the sea".encode("utf-16-le"))
        drag = QDrag(self)
        drag.setMimeData(data)
        if self._vanish:
            for each in self._addresses:
                Path(QUrl(each).toLocalFile()).unlink()
        both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        done = drag.exec(both, Qt.DropAction.MoveAction)
        print(_NAMES.get(done, "other"), flush=True)  # noqa: T201 - read by the test


def main() -> None:
    """Shows the window until it is ended."""
    app = QApplication(sys.argv)
    addresses = [each for each in sys.argv[1:] if not each.startswith("--")]
    source = Source(addresses, vanish="--vanish" in sys.argv, is_browser="--browser" in sys.argv)
    source.show()
    source.raise_()
    QTimer.singleShot(0, source, lambda: print("ready", flush=True))  # noqa: T201 - read by the test
    app.exec()


if __name__ == "__main__":
    main()
