"""The one path from the demo to the real service: token, test, way of the clips. Left and taken up again at will."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from retake_desktop.domain.hosting import HostingSettings
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.section import note, write
from retake_desktop.ui.dialogs.service import told_way
from retake_desktop.ui.dialogs.token import TokenSection

_PROFILE = "https://www.runcomfy.com/profile"
_WIDTH, _HEIGHT = 560, 560
_OF_THE_SCREEN = 0.92


class Guide(QDialog):
    """Three steps on one page, so that what is done already is in sight. `finished_up` says that nothing is missing."""

    storage_asked = Signal()
    finished_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Set up RunComfy"))
        self.token = TokenSection()
        self._way = note()
        self._storage = _button(self.tr("Choose another way…"))
        self._storage.clicked.connect(self.storage_asked)
        self._done = _button(self.tr("Done"))
        self._done.setProperty("kind", "primary")
        self._done.clicked.connect(self._on_done)
        later = _button(self.tr("Later"))
        later.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(note(self.tr("You find this again in the menu.")), 1)
        bottom.addWidget(later)
        bottom.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(self._page(), 1)
        column.addLayout(bottom)
        room = self.screen().availableSize() * _OF_THE_SCREEN
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self.token.clear()

    def _page(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, style.GAP, 0)
        column.setSpacing(style.GAP_SMALL)
        get = _button(self.tr("Open my RunComfy profile"))
        get.clicked.connect(_open_profile)
        column.addWidget(_heading(self.tr("1. Get a token")))
        column.addWidget(
            note(
                self.tr(
                    "RunComfy makes the retakes and bills them to your account there. Sign in, open your profile and "
                    "copy the API token."
                ),
                "",
            )
        )
        column.addWidget(get, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(style.GAP)
        column.addWidget(_heading(self.tr("2. Paste and test it")))
        column.addWidget(self.token)
        column.addSpacing(style.GAP)
        column.addWidget(_heading(self.tr("3. How clips travel")))
        column.addWidget(self._way)
        column.addWidget(self._storage, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def open_up(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
        self.token.focus_field()

    def show_hosting(self, hosting: HostingSettings) -> None:
        write(self._way, told_way(hosting), "")

    def show_ready(self, is_ready: bool) -> None:
        """Whether there is a token, without which nothing can be done."""
        self._done.setEnabled(is_ready)
        reason = "" if is_ready else self.tr("Paste a token first, or come back later.")
        self._done.setToolTip(reason)
        self._done.setAccessibleDescription(reason)

    def hideEvent(self, event: QHideEvent) -> None:
        self.token.settle()
        self.token.clear()
        super().hideEvent(event)

    def _on_done(self) -> None:
        self.finished_up.emit()
        self.close()


def _open_profile() -> None:
    QDesktopServices.openUrl(QUrl(_PROFILE))


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(style.font(style.TextRole.HEADING, strong=True))
    return label
