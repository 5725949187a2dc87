"""What may be dropped on the window or pasted into it, and what is said about the rest."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel, QWidget

from retake_desktop.ui import style


class DropTrouble(Enum):
    WEB_ADDRESS = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Dropped:
    """`path` is to be opened; `others` counts further files that are not; without a path, `trouble` says why."""

    path: str | None
    others: int = 0
    trouble: DropTrouble | None = None


def read_drop(data: QMimeData) -> Dropped:
    """What `data` holds: files first, then a path or address as text."""
    urls = data.urls()
    paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
    if paths:
        return Dropped(paths[0], others=len(urls) - 1)
    if urls:
        return Dropped(None, trouble=DropTrouble.WEB_ADDRESS)
    return read_text(data.text())


def read_text(words: str) -> Dropped:
    """What pasted text names: a path, quoted or not, a file address, or something that cannot be opened."""
    lines = [line for line in words.strip().splitlines() if line.strip()]
    if not lines:
        return Dropped(None, trouble=DropTrouble.NOTHING)
    first = lines[0].strip().strip("\"'")
    address = QUrl(first)
    if address.isLocalFile():
        return Dropped(address.toLocalFile(), others=len(lines) - 1)
    if address.scheme() in {"http", "https", "ftp"}:
        return Dropped(None, trouble=DropTrouble.WEB_ADDRESS)
    path = Path(first).expanduser()
    if path.is_absolute():
        return Dropped(str(path), others=len(lines) - 1)
    return Dropped(None, trouble=DropTrouble.NOTHING)


def sentence(trouble: DropTrouble) -> str:
    if trouble is DropTrouble.WEB_ADDRESS:
        return _words("A web address cannot be shown here. Download the video, then drop the file.")
    return _words("That is not a video file. Drop an MP4, MOV, MKV or WebM file.")


def outlook(dropped: Dropped) -> str:
    """What letting go will do."""
    if dropped.path is None:
        return sentence(dropped.trouble or DropTrouble.NOTHING)
    name = Path(dropped.path).name
    if dropped.others:
        return _words("Drop to open {name}; the other files are left out").format(name=name)
    return _words("Drop to open {name}").format(name=name)


def left_out(dropped: Dropped) -> str:
    """What is said of further files; empty when there are none."""
    if not dropped.others:
        return ""
    return _words("Opened the first of {count} files. The others were left out: one video at a time.").format(
        count=dropped.others + 1
    )


def _words(text: str) -> str:
    return QCoreApplication.translate("Drop", text)


class DropOverlay(QLabel):
    """Covers the window while something is held over it, and says what letting go will do."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(style.font(style.TextRole.TITLE))
        self.setProperty("surface", "drop")
        self.setMargin(style.GAP_HUGE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, dropped: Dropped) -> None:
        self.setText(outlook(dropped))
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
