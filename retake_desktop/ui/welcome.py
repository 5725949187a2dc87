"""The centre of the window while no video is open."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.ui import style

_RECENT_SHOWN = 5
_WIDTH = 520


class Welcome(QWidget):
    """A drop zone, the recent videos, the sample, and on the first run the way to a token."""

    open_asked = Signal()
    recent_asked = Signal(str)
    sample_asked = Signal()
    token_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble = _label("warning")
        self._busy = _label("muted")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_caption = _label("muted", self.tr("Recent videos"))
        self._token_card = self._make_token_card()
        column = QVBoxLayout()
        column.setSpacing(style.GAP_LARGE)
        column.addStretch(1)
        column.addWidget(self._make_zone())
        column.addWidget(self._recent_caption)
        column.addLayout(self._recent)
        column.addWidget(self._token_card)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        self.show_recent(())
        self.show_trouble("")
        self.show_opening("")
        self._token_card.hide()

    def _make_zone(self) -> QFrame:
        zone = QFrame()
        zone.setProperty("surface", "drop-zone")
        zone.setMinimumWidth(_WIDTH)
        heading = QLabel(self.tr("Drop a video here"))
        heading.setFont(style.font(style.TextRole.TITLE))
        hint = _label("muted", self.tr("MP4, MOV, MKV or WebM, of any length. It stays on this computer until Retake."))
        for label in (heading, hint, self._trouble, self._busy):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open = QPushButton(self.tr("Open video"))
        self._open.setProperty("kind", "primary")
        style.put_icon(self._open, "folder-open", "on_accent")
        self._open.setMinimumHeight(style.CONTROL_HEIGHT + style.GAP_SMALL)
        self._sample = QPushButton(self.tr("Try it with the sample"))
        self._sample.setMinimumHeight(style.CONTROL_HEIGHT + style.GAP_SMALL)
        self._open.clicked.connect(self.open_asked)
        self._sample.clicked.connect(self.sample_asked)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._open)
        buttons.addWidget(self._sample)
        buttons.addStretch(1)
        column = QVBoxLayout(zone)
        column.setContentsMargins(style.GAP_HUGE, style.GAP_HUGE, style.GAP_HUGE, style.GAP_HUGE)
        column.setSpacing(style.GAP)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addSpacing(style.GAP_SMALL)
        column.addLayout(buttons)
        column.addWidget(self._trouble)
        column.addWidget(self._busy)
        return zone

    def _make_token_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        words = _label(
            "",
            self.tr(
                "Retakes are made by RunComfy and billed to your account there, so this app needs your API token. "
                "To try everything for nothing, start Retake Desktop with --demo."
            ),
        )
        enter = QPushButton(self.tr("Enter token"))
        style.put_icon(enter, "key-round")
        enter.clicked.connect(self.token_asked)
        row = QHBoxLayout()
        row.addWidget(enter)
        row.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(style.GAP, style.GAP, style.GAP, style.GAP)
        column.addWidget(words)
        column.addLayout(row)
        return card

    def focus_open(self) -> None:
        self._open.setFocus()

    def offer_token(self, is_offered: bool) -> None:
        self._token_card.setVisible(is_offered)

    def offer_sample(self, is_there: bool) -> None:
        self._sample.setVisible(is_there)

    def show_trouble(self, words: str) -> None:
        """Why the last thing dropped or chosen could not be opened."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def show_opening(self, name: str) -> None:
        """That `name` is being read; empty when nothing is."""
        self._busy.setText(self.tr("Reading {name}…").format(name=name) if name else "")
        self._busy.setVisible(bool(name))

    def show_recent(self, paths: tuple[str, ...]) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for path in paths[:_RECENT_SHOWN]:
            self._recent.addWidget(_RecentButton(path, self))
        self._recent_caption.setVisible(bool(paths))


class _RecentButton(QPushButton):
    def __init__(self, path: str, welcome: Welcome) -> None:
        super().__init__()
        self._path = path
        self._welcome = welcome
        self.setProperty("kind", "link")
        name = self.fontMetrics().elidedText(Path(path).name, Qt.TextElideMode.ElideMiddle, _WIDTH - style.GAP_HUGE)
        self.setText(name.replace("&", "&&"))
        self.setToolTip(path)
        self.setAccessibleDescription(path)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._welcome.recent_asked.emit(self._path)


def _label(tone: str, words: str = "") -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    label.setMaximumWidth(_WIDTH)
    return label
