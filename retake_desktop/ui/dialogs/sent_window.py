"""What would be sent for a retake: the very file, its facts and some of its frames."""

import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, QThreadPool, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.window import Window
from retake_desktop.ui import style, text

if TYPE_CHECKING:
    from retake_desktop.media.prepare import Prepared

_COLUMNS = 4
_FRAME = QSize(176, 99)
_LINE = 3
"""Pixels."""
Read = Callable[[str, list[int], threading.Event], Iterator[QImage]]


def shown_frames(window: Window) -> list[tuple[int, bool]]:
    """Eight frames of the file, from its first to its last, and whether each is one that will be made anew."""
    last = max(0, window.frame_count - 1)
    places = sorted({round(last * step / (2 * _COLUMNS - 1)) for step in range(2 * _COLUMNS)})
    # A frame counts by its middle, in the file's own time, as the selection is sent.
    middles = {place: (place + Fraction(1, 2)) / window.rate for place in places}
    return [(place, window.span.start <= middles[place] < window.span.end) for place in places]


def read_frames(path: str, places: list[int], given_up: threading.Event) -> Iterator[QImage]:
    """Called outside the GUI thread; ends early when there is trouble or `given_up` is set."""
    # Not at the top: loading the decoder would hold up the window's first appearance.
    from retake_desktop.media.frames import FrameReader
    from retake_desktop.media.probe import probe

    try:
        clip = probe(path)
        with FrameReader(clip) as reader:
            for place in places:
                if given_up.is_set():
                    return
                picture = reader.picture(min(place, len(clip.frames) - 1), (_FRAME.width() * 2, _FRAME.height() * 2))
                shape = (picture.width, picture.height, picture.stride)
                yield QImage(picture.pixels, *shape, QImage.Format.Format_RGB32).copy()
    except RetakeError:
        return


class SentWindow(QDialog):
    """Stands beside the window and can stay open."""

    _read = Signal(int, int, QImage)
    _read_all = Signal(int, int)
    """The turn, and how many frames came."""

    def __init__(self, read: Read = read_frames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What will be sent"))
        self._reader = read
        self._path = ""
        self._turn = 0
        self._given_up = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._frames = [_Frame() for _ in range(2 * _COLUMNS)]
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setProperty("tone", "muted")
        grid = QGridLayout()
        grid.setSpacing(style.GAP_TINY)
        for place, label in enumerate(self._frames):
            grid.addWidget(label, place // _COLUMNS, place % _COLUMNS)
        buttons = QDialogButtonBox()
        play = QPushButton(self.tr("Play it"))
        play.setToolTip(self.tr("Opens the file in your video player"))
        play.clicked.connect(self._on_play)
        buttons.addButton(play, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QPushButton(self.tr("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(style.GAP)
        column.addWidget(self._facts)
        column.addLayout(grid)
        column.addWidget(self._note)
        column.addWidget(buttons)
        self._read.connect(self._on_read)
        self._read_all.connect(self._on_read_all)

    def show_window(self, request: RetakeRequest, prepared: "Prepared") -> None:
        """The file at `prepared.path`, which nobody has been sent."""
        self._given_up.set()
        self._given_up = threading.Event()
        self._turn += 1
        self._path = prepared.path
        self._facts.setText(facts(request, prepared))
        self._note.setText(
            self.tr("Frames with a line under them will be made anew; the others are sent as surroundings.")
        )
        shown = shown_frames(prepared.window)
        for place, label in enumerate(self._frames):
            label.clear_for(is_new=place < len(shown) and shown[place][1])
            label.setVisible(place < len(shown))
        places = [place for place, _is_new in shown]
        self._pool.start(partial(self._work, self._turn, prepared.path, places, self._given_up))

    def close_down(self) -> None:
        """Ends the background work."""
        self._given_up.set()
        self._pool.waitForDone(2000)

    def _work(self, turn: int, path: str, places: list[int], given_up: threading.Event) -> None:
        """On the pool's thread."""
        count = 0
        for image in self._reader(path, places, given_up):
            self._read.emit(turn, count, image)
            count += 1
        if not given_up.is_set():
            self._read_all.emit(turn, count)

    def _on_read(self, turn: int, place: int, image: QImage) -> None:
        if turn == self._turn and place < len(self._frames):
            scale = self.devicePixelRatioF()
            fitted = image.scaled(
                _FRAME * scale, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            fitted.setDevicePixelRatio(scale)
            self._frames[place].setPixmap(QPixmap.fromImage(fitted))

    def _on_read_all(self, turn: int, count: int) -> None:
        if turn == self._turn and not count:
            self._note.setText(self.tr("Its frames cannot be shown here. Play it to see what would be sent."))

    def _on_play(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._path))


def facts(request: RetakeRequest, prepared: "Prepared") -> str:
    """Length, size and shape of the file, and what is not in it."""
    window = prepared.window
    words = QCoreApplication.translate(
        "SentWindow",
        "{length} at {rate} frames a second, {width} × {height}, {size}. Of these, {new} are made anew. "
        "Nothing else goes with them: no place, camera or other description of your file. The prompt goes beside it.",
    )
    return words.format(
        length=text.seconds(Fraction(window.frame_count, window.rate), 2),
        rate=text.number(window.rate),
        width=window.width,
        height=window.height,
        size=text.size(prepared.size_bytes),
        new=text.seconds(request.span.duration, 2),
    )


class _Frame(QLabel):
    """One frame of the file; a line under it says that it will be made anew."""

    def __init__(self) -> None:
        super().__init__()
        self._is_new = False
        self.setFixedSize(_FRAME + QSize(0, style.GAP_TINY))
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)

    def clear_for(self, *, is_new: bool) -> None:
        self._is_new = is_new
        self.setPixmap(QPixmap())
        self.setAccessibleName(self.tr("Made anew") if is_new else self.tr("Surroundings"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_new:
            line = self.rect()
            line.setTop(line.bottom() - _LINE + 1)
            QPainter(self).fillRect(line, style.colour("accent"))
