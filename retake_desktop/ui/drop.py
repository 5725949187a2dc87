"""What may be dropped on the window or pasted into it, and what is said about the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.motion import appear

SUFFIXES = (
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ts", ".mts"),
    *(".m2ts", ".mpg", ".mpeg", ".wmv", ".3gp", ".flv", ".mxf", ".gif"),
)
"""How names of videos usually end."""
_LONGEST = 8192
"""Characters of a path or address."""
_MOST = 10_000
"""Files of one drop that are looked at."""


class DropTrouble(Enum):
    PLAIN_HTTP = auto()
    EMPTY_FOLDER = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Dropped:
    """`path` is to be opened, or `url`, an https address, to be fetched; without either, `trouble` says why.

    `others` counts further files that are not opened; `is_checked` tells that `path` is known to be no folder.
    """

    path: str | None
    others: int = 0
    trouble: DropTrouble | None = None
    url: str | None = None
    is_checked: bool = False


def read_drop(data: QMimeData) -> Dropped:
    """What `data` holds: files first, of those the first that is named like a video; then a path or address as text."""
    urls = data.urls()[:_MOST]
    paths = [url.toLocalFile() for url in urls if url.isLocalFile() and _is_clean(url.toLocalFile())]
    if paths:
        return Dropped(first_video(paths) or paths[0], others=len(urls) - 1)
    if urls:
        return _read_address(urls[0])
    return read_text(data.text())


def read_text(words: str) -> Dropped:
    """What pasted text names: a path, quoted or not, a file address, or something that cannot be opened."""
    lines = [line for line in words[: _LONGEST * 4].strip().splitlines() if line.strip()]
    first = lines[0].strip().strip("\"'") if lines else ""
    if not first or not _is_clean(first):
        return Dropped(None, trouble=DropTrouble.NOTHING)
    address = QUrl(first)
    if address.isLocalFile():
        return Dropped(address.toLocalFile(), others=len(lines) - 1)
    if address.scheme() in {"http", "https", "ftp"}:
        return _read_address(address)
    try:
        path = Path(first).expanduser()
    except RuntimeError:  # "~somebody" who is not there
        return Dropped(None, trouble=DropTrouble.NOTHING)
    if path.is_absolute():
        return Dropped(str(path), others=len(lines) - 1)
    return Dropped(None, trouble=DropTrouble.NOTHING)


def checked(dropped: Dropped) -> Dropped:
    """`dropped` with the first video of a folder in the folder's place. Reads the disk: not for the GUI thread."""
    if dropped.path is None or dropped.is_checked:
        return dropped
    path = Path(dropped.path)
    try:
        if not path.is_dir():
            return Dropped(dropped.path, dropped.others, is_checked=True)
        names = sorted(entry.name for entry in path.iterdir() if entry.suffix.lower() in SUFFIXES)[:_MOST]
    except OSError:
        return Dropped(dropped.path, dropped.others, is_checked=True)
    if not names:
        return Dropped(None, trouble=DropTrouble.EMPTY_FOLDER)
    return Dropped(str(path / names[0]), others=dropped.others + len(names) - 1, is_checked=True)


def first_video(paths: Iterable[str]) -> str | None:
    return next((path for path in paths if path.lower().endswith(SUFFIXES)), None)


def sentence(trouble: DropTrouble) -> str:
    if trouble is DropTrouble.PLAIN_HTTP:
        return _words("Only https addresses are fetched. Download the video, then drop the file.")
    if trouble is DropTrouble.EMPTY_FOLDER:
        return _words("There is no video in that folder. Drop an MP4, MOV, MKV or WebM file.")
    return _words("That is not a video file. Drop an MP4, MOV, MKV or WebM file.")


def outlook(dropped: Dropped, *, has_clip: bool = False) -> str:
    """What letting go will do."""
    if dropped.url is not None:
        # Only the server: the rest of an address may be a signature, and somebody may look on.
        words = _words("Drop to fetch the video from {host} and open it").format(host=QUrl(dropped.url).host())
    elif dropped.path is None:
        return sentence(dropped.trouble or DropTrouble.NOTHING)
    elif dropped.others:
        words = _words("Drop to open {name}; the other files are left out").format(name=Path(dropped.path).name)
    else:
        words = _words("Drop to open {name}").format(name=Path(dropped.path).name)
    if has_clip:
        words += "\n\n" + _words("Takes go on. This video keeps its selection and prompt.")
    return words


def left_out(dropped: Dropped) -> str:
    """What is said of further files; empty when there are none."""
    if not dropped.others:
        return ""
    return _words("Opened the first of {count} files. The others were left out: one video at a time.").format(
        count=dropped.others + 1
    )


def _read_address(address: QUrl) -> Dropped:
    written = address.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    if address.scheme() != "https":
        return Dropped(None, trouble=DropTrouble.PLAIN_HTTP)
    if not address.host() or len(written) > _LONGEST:
        return Dropped(None, trouble=DropTrouble.NOTHING)
    return Dropped(None, url=written)


def _is_clean(words: str) -> bool:
    return 0 < len(words) <= _LONGEST and not any(ord(character) < 32 for character in words)


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

    def show_for(self, dropped: Dropped, *, has_clip: bool = False) -> None:
        self.setText(outlook(dropped, has_clip=has_clip))
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        appear(self)
