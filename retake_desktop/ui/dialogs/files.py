"""Where the app's files lie and how much room previews may take, as they stand in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QSpinBox

from retake_desktop.services.settings import CACHE_LIMITS, Settings
from retake_desktop.ui import text
from retake_desktop.ui.dialogs.section import Section, note, write

_GIGABYTE = 1 << 30


class FilesSection(Section):
    """The cache's size, place and clearing, and the folder of everything else."""

    clear_asked = Signal()
    folder_asked = Signal()
    """The folder of the data is to be shown."""
    privacy_asked = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__(QCoreApplication.translate("FilesSection", "Files and cache"))
        self._folder = settings.cache_folder
        self._limit = QSpinBox()
        self._limit.setAccessibleName(self.tr("Room for previews, in gigabytes"))
        self._limit.setRange(1, CACHE_LIMITS[-1] // _GIGABYTE)
        self._limit.setSuffix(self.tr(" GB"))
        self._limit.setValue(max(1, settings.cache_limit // _GIGABYTE))
        self._limit.valueChanged.connect(self._on_limit)
        self._size = note(self.tr("Measuring…"))
        self._place = note()
        self._clear = QPushButton(self.tr("Clear previews"))
        self._choose = QPushButton(self.tr("Choose folder…"))
        self._usual = QPushButton(self.tr("Usual folder"))
        show = QPushButton(self.tr("Show results and records"))
        privacy = QPushButton(self.tr("What of mine lies where?"))
        privacy.clicked.connect(self.privacy_asked)
        for button in (self._clear, self._choose, self._usual, show, privacy):
            button.setAutoDefault(False)
        self._clear.clicked.connect(self.clear_asked)
        self._choose.clicked.connect(self._on_choose)
        self._usual.clicked.connect(self._on_usual)
        show.clicked.connect(self.folder_asked)
        self.add_row(QLabel(self.tr("Previews may take")), self._limit, self._clear)
        self.add(self._size)
        self.add(self._place)
        self.add_row(self._choose, self._usual)
        self.add(
            note(
                self.tr(
                    "Previews are filmstrips, waveforms and frame times, and are made again when needed. Results, "
                    "finished films and the record of what was paid are kept elsewhere; clearing never touches them."
                )
            )
        )
        self.add_row(show, privacy)
        self._show_place()

    def show_size(self, size: int) -> None:
        """`size` in bytes, as it is on disk now."""
        write(self._size, self.tr("They take {size} now.").format(size=text.size(size)))
        self._clear.setEnabled(size > 0)
        reason = "" if size > 0 else self.tr("There are no previews.")
        self._clear.setToolTip(reason)
        self._clear.setAccessibleDescription(reason)

    def _show_place(self) -> None:
        if self._folder:
            write(self._place, self.tr("They lie in {folder}.").format(folder=self._folder))
        else:
            write(self._place, self.tr("They lie where the system keeps what may be lost."))
        self._usual.setEnabled(bool(self._folder))
        reason = "" if self._folder else self.tr("They lie there already.")
        self._usual.setToolTip(reason)
        self._usual.setAccessibleDescription(reason)

    def _on_limit(self, gigabytes: int) -> None:
        self.chosen.emit("cache_limit", gigabytes * _GIGABYTE)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for previews"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _on_usual(self) -> None:
        self._take("")

    def _take(self, folder: str) -> None:
        self._folder = folder
        self._show_place()
        self.chosen.emit("cache_folder", folder)
