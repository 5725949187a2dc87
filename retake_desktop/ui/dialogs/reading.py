"""A page of help, and what was found when everything was looked at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.errors import Problem
from retake_desktop.ui import problems, style
from retake_desktop.ui.clipboard import copy
from retake_desktop.ui.dialogs.section import note, write
from retake_desktop.ui.findings import words_of
from retake_desktop.ui.labels import Sign

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.checkup import Finding

_WIDTH, _HEIGHT = 560, 480
_OF_THE_SCREEN = 0.92


class _Reading(QDialog):
    """A heading, a page that scrolls where the screen is small, and Close."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        heading = QLabel(title)
        heading.setWordWrap(True)
        heading.setFont(style.font(style.TextRole.HEADING, strong=True))
        page = QWidget()
        self.page = QVBoxLayout(page)
        self.page.setContentsMargins(0, 0, style.GAP, 0)
        self.page.setSpacing(style.GAP)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(title)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        self.buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(heading)
        column.addWidget(area, 1)
        column.addLayout(self.buttons)
        room = self.screen().availableSize() * _OF_THE_SCREEN
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))


class HelpPage(_Reading):
    """A few paragraphs."""

    def __init__(self, title: str, paragraphs: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        for words in paragraphs:
            self.page.addWidget(note(words, ""))
        self.page.addStretch(1)


class CheckDialog(_Reading):
    """Each finding with what to do about it, as it comes; can be copied for whoever helps."""

    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Is everything all right?"), parent)
        self._findings: tuple[Finding, ...] = ()
        self._summary = note(self.tr("Looking…"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(style.GAP_SMALL)
        self._grid.setVerticalSpacing(style.GAP_SMALL)
        self._grid.setColumnStretch(1, 1)
        self.page.addWidget(self._summary)
        self.page.addLayout(self._grid)
        self.page.addStretch(1)
        self._again = QPushButton(self.tr("Look again"))
        self._copy = QPushButton(self.tr("Copy"))
        for place, button in enumerate((self._again, self._copy)):
            button.setAutoDefault(False)
            self.buttons.insertWidget(place, button)
        self._again.clicked.connect(self._on_again)
        self._copy.clicked.connect(self._on_copy)
        self._show_busy(is_busy=True)

    def show_findings(self, findings: "tuple[Finding, ...] | Problem") -> None:
        """What was found, or why nothing could be."""
        self._show_busy(is_busy=False)
        if isinstance(findings, Problem):
            write(self._summary, problems.message(findings), "danger")
            return
        self._findings = findings
        missing = [finding for finding in findings if finding.is_needed and not finding.is_fine]
        if missing:
            write(self._summary, self.tr("A retake cannot run on RunComfy yet; what is missing is marked."), "warning")
        else:
            write(self._summary, self.tr("A retake can run."), "accent")
        for row, finding in enumerate(findings):
            for column, widget in enumerate(_shown(finding)):
                self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)

    def _on_again(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        write(self._summary, self.tr("Looking…"))
        self._show_busy(is_busy=True)
        self.again_asked.emit()

    def _show_busy(self, *, is_busy: bool) -> None:
        for button in (self._again, self._copy):
            button.setEnabled(not is_busy)
            button.setToolTip(self.tr("It is still being looked.") if is_busy else "")
            button.setAccessibleDescription(button.toolTip())

    def _on_copy(self) -> None:
        copy("\n".join(f"{one.name}: {one.text} {one.remedy}".rstrip() for one in self._findings))


def _shown(finding: "Finding") -> tuple[QWidget, QWidget]:
    tone = "accent" if finding.is_fine else "danger" if finding.is_needed else "warning"
    name = {"accent": "check", "danger": "circle-alert", "warning": "triangle-alert"}[tone]
    icon = Sign(name, tone)
    words = note(words_of(finding), "")
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return icon, words
