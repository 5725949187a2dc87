"""Another program that files are dropped into: `python drop_target.py`, a window in the corner.

It prints `ready`. Of each drop it reads the files, as a file manager that copies them does, and prints a line of JSON:
what was done (`copy`, `move` or `link`), the paths, and the SHA-256 of each content.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_NAMES = {Qt.DropAction.CopyAction: "copy", Qt.DropAction.MoveAction: "move", Qt.DropAction.LinkAction: "link"}


class Target(QWidget):
    """Sixty pixels that take whatever file is let go over them."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
        self.setAcceptDrops(True)
        self.setGeometry(QRect(QPoint(0, 0), QPoint(59, 59)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        told = {
            "done": _NAMES.get(event.dropAction(), "other"),
            "paths": paths,
            "contents": [sha256(Path(path).read_bytes()).hexdigest() for path in paths],
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - read by the test


def main() -> None:
    """Shows the window until it is ended."""
    app = QApplication(sys.argv)
    target = Target()
    target.show()
    target.raise_()
    QTimer.singleShot(0, target, lambda: print("ready", flush=True))  # noqa: T201 - read by the test
    app.exec()


if __name__ == "__main__":
    main()
