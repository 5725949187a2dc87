"""What is known of a take: asked for, sent, answered, billed."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.job import Job
from retake_desktop.domain.retake import Mode
from retake_desktop.ui import style, text
from retake_desktop.ui.clipboard import copy
from retake_desktop.ui.from_below import said
from retake_desktop.ui.labels import Wrapped
from retake_desktop.ui.review import measured

Fact = tuple[str, str]


def facts_of(job: Job) -> list[Fact]:
    """Captions and values, in the order in which they are shown. The prompt and the request id stand apart."""
    found: list[tuple[str, str | None]] = [
        (_words("Made anew"), _made_anew(job.request.mode)),
        (_words("In"), timecode.to_text(job.request.span.start)),
        (_words("Out"), timecode.to_text(job.request.span.end)),
        (_words("Sent"), _sent(job)),
        *_measured(job),
        (_words("Cost"), _cost(job)),
        (_words("Made by"), job.request.model_id),
        (_words("Asked for"), text.moment(job.created_at)),
        (_words("Waited"), _between(job.submitted_at, job.started_at)),
        (_words("Ran"), _between(job.started_at, job.finished_at)),
        (_words("Took"), _between(job.submitted_at, job.finished_at)),
    ]
    return [(caption, value) for caption, value in found if value]


def _made_anew(mode: Mode) -> str:
    # Not the words of the radio buttons: each of those names belongs to its button alone.
    return {
        Mode.PICTURE: _words("the picture"),
        Mode.SOUND: _words("the sound"),
        Mode.PICTURE_AND_SOUND: _words("picture with sound"),
    }[mode]


def _sent(job: Job) -> str | None:
    """Length, size and rate of the window, and the way it took."""
    window = job.window
    if window is None:
        return None
    sent = _words("{seconds}, {width} × {height}, {rate} frames a second").format(
        seconds=text.seconds(window.duration), width=window.width, height=window.height, rate=window.rate
    )
    return f"{sent}; {said(job.hosting_note)}" if job.hosting_note else sent


def _measured(job: Job) -> list[tuple[str, str | None]]:
    """What came back, as it was measured; nothing for a take that is not here or could not be measured."""
    if job.alignment is None or job.window is None:
        return []
    return [
        (_words("Came back"), measured.picture(job.alignment)),
        (_words("Timing"), measured.timing(job.alignment, job.window)),
        (_words("Elsewhere"), measured.levels(job.alignment)),
        (_words("Sound elsewhere"), measured.sound(job.alignment)),
    ]


def _cost(job: Job) -> str:
    if job.service.is_demo:
        return _words("Demo service: free")
    guess = None if job.estimate_usd is None else text.money(job.estimate_usd)
    if job.cost_usd is None:
        return _words("not told yet, estimated {guess}").format(guess=guess) if guess else _words("unknown")
    cost = text.money(job.cost_usd)
    return _words("{cost}, estimated {guess}").format(cost=cost, guess=guess) if guess else cost


def _between(begin: datetime | None, end: datetime | None) -> str | None:
    return None if begin is None or end is None or end < begin else text.elapsed(end - begin)


def _words(sentence: str) -> str:
    return QCoreApplication.translate("Facts", sentence)


class Facts(QWidget):
    """The prompt, the facts in two columns, and the request id with a button that copies it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Take facts"))
        self._request_id = ""
        self._prompt = _value_label()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(style.GAP)
        self._grid.setVerticalSpacing(style.GAP_TINY)
        self._id_label = _value_label()
        self._id_label.setFont(style.font(style.TextRole.SMALL))
        self._copy = QToolButton()
        self._copy.setIcon(style.icon("copy"))
        self._copy.setAccessibleName(self.tr("Copy request id"))
        self._copy.setToolTip(self.tr("Copy the request id, for RunComfy's support or their generations page"))
        self._copy.clicked.connect(self._on_copy)
        self._id_row = QWidget()
        row = QHBoxLayout(self._id_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._id_label, 1)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        column.addLayout(self._grid)
        column.addWidget(self._id_row)
        column.addWidget(self._prompt)
        column.addStretch(1)

    def show_job(self, job: Job) -> None:
        self._prompt.setText(job.request.prompt)
        self._clear_grid()
        for row, (caption, value) in enumerate(facts_of(job)):
            name = QLabel(caption)
            name.setProperty("tone", "muted")
            shown = _value_label()
            shown.setText(value)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 1)
        self._request_id = job.request_id or ""
        self._id_label.setText(self.tr("Request {id}").format(id=_breakable(self._request_id)))
        self._id_row.setVisible(bool(self._request_id))

    def _clear_grid(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _on_copy(self) -> None:
        copy(self._request_id)


def _value_label() -> QLabel:
    label = Wrapped()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _breakable(word: str) -> str:
    """`word` with invisible places at which a long id may wrap."""
    return "\u200b".join(word[start : start + 8] for start in range(0, len(word), 8))
