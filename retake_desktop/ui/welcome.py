"""The centre of the window while no video is open."""

from pathlib import Path

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import elevation, style
from retake_desktop.ui.flow import Flow
from retake_desktop.ui.labels import Wrapped

_RECENT_SHOWN = 5
_WIDTH = 520
_GLIMPSE_HEIGHT = 200

_REFUSED = QT_TRANSLATE_NOOP(
    "Welcome",
    "Windows keeps files from being dropped on an app that runs as administrator. "
    "Start Retake Desktop without administrator rights, or use the button.",
)


class Welcome(QWidget):
    """A drop zone, the recent videos, the sample, and on the first run the way to a token."""

    open_asked = Signal()
    recent_asked = Signal(str)
    sample_asked = Signal()
    token_asked = Signal()
    demo_asked = Signal()
    later_asked = Signal()
    """The first run's offer is not wanted, now or later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble = _label("warning")
        self._busy = _label("muted")
        self._glimpse = QLabel()
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
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        row.addStretch(1)
        row.addLayout(column, 100)
        row.addStretch(1)
        self._scroll_over(inner)
        self.show_recent(())
        self.show_trouble("")
        self.show_opening("")
        self._token_card.hide()

    def _scroll_over(self, inner: QWidget) -> None:
        """In a low window nothing is squeezed."""
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (area.viewport(), inner):
            widget.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _make_zone(self) -> QFrame:
        zone = QFrame()
        zone.setProperty("surface", "drop-zone")
        zone.setMaximumWidth(_WIDTH)
        self._heading = QLabel(self.tr("Drop a video here"))
        self._heading.setFont(style.font(style.TextRole.TITLE))
        hint = _label("muted", self.tr("MP4, MOV, MKV or WebM, of any length. It stays on this computer until Retake."))
        self._refused = _label("warning", self.tr(_REFUSED))
        self._refused.hide()
        for label in (self._heading, hint, self._refused, self._trouble, self._glimpse, self._busy):
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
        column.addWidget(self._heading)
        column.addWidget(hint)
        column.addWidget(self._refused)
        column.addSpacing(style.GAP_SMALL)
        column.addLayout(buttons)
        column.addWidget(self._trouble)
        column.addWidget(self._glimpse)
        column.addWidget(self._busy)
        return zone

    def _make_token_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        words = _label(
            "",
            self.tr(
                "New here? Try everything on the demo service: the sample clip, a plain effect, no account, no cost. "
                "Real retakes are made by RunComfy and billed to your account there."
            ),
        )
        demo = QPushButton(self.tr("Try the demo"))
        style.put_icon(demo, "clapperboard")
        demo.clicked.connect(self.demo_asked)
        enter = QPushButton(self.tr("Set up RunComfy…"))
        style.put_icon(enter, "key-round")
        enter.clicked.connect(self.token_asked)
        later = QPushButton(self.tr("Not now"))
        later.setProperty("kind", "quiet")
        later.setToolTip(self.tr("Both stay in the menu."))
        later.clicked.connect(self.later_asked)
        row = Flow(spacing=style.GAP_SMALL)
        for button in (demo, enter, later):
            row.addWidget(button)
        column = QVBoxLayout(card)
        column.setContentsMargins(style.GAP, style.GAP, style.GAP, style.GAP)
        column.addWidget(words)
        column.addLayout(row)
        return card

    def begin(self, recent: tuple[str, ...], *, has_sample: bool) -> None:
        """Shows what is known before anything behind the window is."""
        self.explain_drops(refused=elevation.refuses_drops(elevation.elevation_type()))
        self.offer_sample(has_sample)
        self.show_recent(recent)

    def focus_open(self) -> None:
        self._open.setFocus()

    def offer_token(self, is_offered: bool) -> None:
        self._token_card.setVisible(is_offered)

    def offer_sample(self, is_there: bool) -> None:
        self._sample.setVisible(is_there)

    def explain_drops(self, *, refused: bool) -> None:
        """Says why nothing can be dropped here, where the system refuses it."""
        self._heading.setText(self.tr("Open a video") if refused else self.tr("Drop a video here"))
        self._refused.setVisible(refused)

    def show_trouble(self, words: str) -> None:
        """Why the last thing dropped or chosen could not be opened."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def show_opening(self, words: str) -> None:
        """What is being read, and how far; empty when nothing is."""
        self._busy.setText(words)
        self._busy.setVisible(bool(words))
        if not words:
            self.show_glimpse(None)

    def show_glimpse(self, image: QImage | None) -> None:
        """The first picture of what is being read."""
        self._glimpse.setVisible(image is not None)
        if image is None:
            self._glimpse.clear()
            return
        ratio = self.devicePixelRatioF()
        size = (QSizeF(_WIDTH - 2 * style.GAP_HUGE, _GLIMPSE_HEIGHT) * ratio).toSize()
        scaled = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        self._glimpse.setPixmap(QPixmap.fromImage(scaled))

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
    label = Wrapped(tone)
    label.setText(words)
    label.setMaximumWidth(_WIDTH)
    return label
