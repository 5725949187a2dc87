"""A report to read before it is sent: every file of it, as it will be."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.errors import Problem
from retake_desktop.ui import problems, style
from retake_desktop.ui.dialogs.section import note, write

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.report import Report

_WIDTH, _HEIGHT = 820, 600
_LIST_WIDTH = 190
_OF_THE_SCREEN = 0.92


class ReportDialog(QDialog):
    """Shows a `Report`; what is shown is what is saved. Nothing is sent by itself."""

    wanted = Signal(bool)
    """A report is to be gathered, with file names or without."""
    save_asked = Signal(str)
    reveal_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A report for whoever helps you"))
        self._report: Report | None = None
        self._path = ""
        self._intro = note("", "")
        self._names = QCheckBox(self.tr("With file names and folders"))
        self._names.setToolTip(self.tr("They may help where one particular file cannot be read."))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Files of the report"))
        self._list.setFixedWidth(_LIST_WIDTH)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("What stands in it"))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._save = QPushButton(self.tr("Save as a ZIP file…"))
        self._save.setProperty("kind", "primary")
        self._reveal = QPushButton(self.tr("Show in folder"))
        style.put_icon(self._reveal, "folder-open")
        self._said = note()
        self._lay_out()
        self._names.toggled.connect(self._on_names)
        self._list.currentRowChanged.connect(self._on_row)
        self._save.clicked.connect(self._on_save)
        self._reveal.clicked.connect(self._on_reveal)

    def _lay_out(self) -> None:
        heading = QLabel(self.windowTitle())
        heading.setFont(style.font(style.TextRole.HEADING, strong=True))
        write(
            self._intro,
            self.tr(
                "It holds versions, settings, the state of your takes and the log. Your token, prompts, addresses and "
                "home folder are taken out. Read it, save it, and send it yourself; the app sends nothing."
            ),
            "",
        )
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        for button in (self._save, self._reveal, close):
            button.setAutoDefault(False)
        middle = QHBoxLayout()
        middle.setSpacing(style.GAP)
        middle.addWidget(self._list)
        middle.addWidget(self._text, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._names)
        buttons.addStretch(1)
        buttons.addWidget(self._reveal)
        buttons.addWidget(self._save)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(heading)
        column.addWidget(self._intro)
        column.addLayout(middle, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)
        room = self.screen().availableSize() * _OF_THE_SCREEN
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))

    def ask(self) -> None:
        """Asks for a fresh report, and shows nothing older meanwhile."""
        self._report = None
        self._list.clear()
        self._text.clear()
        self._reveal.hide()
        self._allow_saving()
        write(self._said, self.tr("Looking…"))
        self.wanted.emit(self._names.isChecked())

    def show_report(self, found: "Report | Problem") -> None:
        """What was gathered, or why nothing could be."""
        if isinstance(found, Problem):
            write(self._said, problems.message(found), "danger")
            return
        self._report = found
        write(self._said, "")
        for document in found.documents:
            item = QListWidgetItem(document.name)
            item.setSizeHint(QSize(0, style.CONTROL_HEIGHT))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._allow_saving()

    def show_saved(self, path: str, problem: Problem | None) -> None:
        if problem is not None:
            write(self._said, problems.message(problem), "danger")
            return
        self._path = path
        self._reveal.show()
        write(self._said, self.tr("Saved as {path}.").format(path=path), "accent")

    @property
    def report(self) -> "Report | None":
        """The one that is shown."""
        return self._report

    def _allow_saving(self) -> None:
        is_there = self._report is not None
        self._save.setEnabled(is_there)
        self._names.setEnabled(is_there)
        for control in (self._save, self._names):
            control.setAccessibleDescription("" if is_there else self.tr("The report is still being put together."))

    def _on_names(self) -> None:
        self.ask()

    def _on_row(self, row: int) -> None:
        if self._report is not None and row >= 0:
            self._text.setPlainText(self._report.documents[row].text)

    def _on_save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.setNameFilter("ZIP (*.zip)")
        dialog.selectFile("retake-desktop-report.zip")
        dialog.fileSelected.connect(self.save_asked)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_reveal(self) -> None:
        self.reveal_asked.emit(self._path)
