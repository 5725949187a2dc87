"""Other takes of the same moment, to be compared with the one under review."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.ui import style, text
from retake_desktop.ui.labels import ShorteningBox
from retake_desktop.ui.review.cast import MOST

MOST_OFFERED = 8
_LONGEST = 32
"""Characters of a prompt."""


class Arrangement(Enum):
    PAIR = auto()
    """The take under review against one other."""
    GRID = auto()
    """Original and takes in step, up to four pictures in all."""
    BLIND = auto()
    """The same, shuffled and without names."""


class Candidates(QWidget):
    """Signals: `asked(Arrangement, tuple of job ids)`; `ended()`: back to before and after."""

    asked = Signal(object, object)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        caption = QLabel(self.tr("Other takes of this moment"))
        caption.setProperty("tone", "muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(style.GAP_TINY)
        self._pair = self._button(self.tr("Against it"), self.tr("Compare take with take"), Arrangement.PAIR)
        self._grid = self._button(self.tr("Grid"), self.tr("Compare in a grid"), Arrangement.GRID)
        self._blind = self._button(self.tr("Blind"), self.tr("Choose blind"), Arrangement.BLIND)
        self._end = QPushButton(self.tr("Before and after again"))
        self._end.setProperty("kind", "quiet")
        self._end.clicked.connect(self.ended)
        self._end.hide()
        row = QHBoxLayout()
        row.setSpacing(style.GAP_TINY)
        for button in (self._pair, self._grid, self._blind):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addWidget(caption)
        column.addLayout(self._rows)
        column.addLayout(row)
        column.addWidget(self._end)
        self._refresh()

    def show_takes(self, jobs: Sequence[Job]) -> None:
        """Offers these, at most `MOST_OFFERED`; what was ticked and is still there stays ticked."""
        ticked = set(self._ticked())
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = {}
        for job in jobs[:MOST_OFFERED]:
            box = ShorteningBox(take_words(job))
            box.setToolTip(job.request.prompt)
            # A long prompt is cut off rather than making the panel wider than its place.
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setChecked(job.id in ticked)
            box.toggled.connect(self._refresh)
            self._boxes[job.id] = box
            self._rows.addWidget(box)
        self.setVisible(bool(self._boxes))
        self._refresh()

    def show_arrangement(self, arrangement: Arrangement | None) -> None:
        """What is on screen, None for before and after."""
        self._end.setVisible(arrangement is not None)

    def _button(self, words: str, name: str, arrangement: Arrangement) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.asked.emit(arrangement, self._ticked()))
        return button

    def _ticked(self) -> tuple[str, ...]:
        return tuple(job_id for job_id, box in self._boxes.items() if box.isChecked())

    def _refresh(self) -> None:
        count = len(self._ticked())
        some = self.tr("Tick one or two takes first.")
        _allow(self._pair, "" if count == 1 else self.tr("Tick one take first."))
        for button in (self._grid, self._blind):
            _allow(button, "" if 1 <= count <= MOST - 2 else some)


def take_words(job: Job) -> str:
    """`Take 2, 12:40: A red coat…`"""
    prompt = job.request.prompt if len(job.request.prompt) <= _LONGEST else job.request.prompt[:_LONGEST] + "…"
    return f"{take_name(job)}: {prompt}"


def take_name(job: Job) -> str:
    """How a take is called beside others of the same moment."""
    words = QCoreApplication.translate("Candidates", "Take {take}, {moment}")
    return words.format(take=text.number(job.take), moment=text.moment(job.created_at))


def _allow(button: QPushButton, obstacle: str) -> None:
    button.setEnabled(not obstacle)
    button.setToolTip(obstacle)
    button.setAccessibleDescription(obstacle)
