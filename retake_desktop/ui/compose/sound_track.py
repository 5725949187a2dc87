"""Which of several sounds is sent; absent where there is no choice."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.ui import style


class SoundTrackChoice(QWidget):
    """A button with a menu, because a combo box hides its accessible name on Linux."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tracks: tuple[AudioTrack, ...] = ()
        self._chosen = 0
        caption = QLabel(self.tr("Sound sent"))
        caption.setProperty("tone", "muted")
        self._button = QPushButton()
        self._button.setMenu(QMenu(self._button))
        self._button.setToolTip(self.tr("The video has several sounds; only this one is sent and replaced."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP_SMALL)
        row.addWidget(caption)
        row.addStretch(1)
        row.addWidget(self._button)
        self.hide()

    @property
    def track(self) -> int:
        """The place in `Clip.audio`."""
        return self._chosen

    def show_clip(self, clip: Clip | None) -> None:
        """Begins with the first sound of `clip`, unless it has the same sounds as before."""
        tracks = () if clip is None else clip.audio
        if tracks == self._tracks:
            return
        self._tracks = tracks
        menu = self._button.menu()
        menu.clear()
        group = QActionGroup(menu)
        for place, track in enumerate(tracks):
            entry = menu.addAction(self._named(place, track))
            entry.setCheckable(True)
            entry.setData(place)
            group.addAction(entry)
        group.triggered.connect(lambda entry: self.choose(entry.data()))
        self.setVisible(len(tracks) > 1)
        self.choose(0)

    def choose(self, place: int) -> None:
        """Sends the sound at `place`; one that is not there leaves the choice as it is."""
        if not 0 <= place < len(self._tracks):
            if not self._tracks:
                self._chosen = 0
            return
        was, self._chosen = self._chosen, place
        self._button.setText(self._named(place, self._tracks[place]))
        self._button.menu().actions()[place].setChecked(True)
        if was != place:
            self.changed.emit()

    def _named(self, place: int, track: AudioTrack) -> str:
        parts = [self.tr("Track {number}").format(number=place + 1)]
        parts += [part for part in (_language(track.language), track.layout or track.codec) if part]
        return " · ".join(parts)


def _language(code: str) -> str:
    """The language's own name for an ISO 639 code; the code where Qt does not know it."""
    if code in {"", "und"}:
        return ""
    known = QLocale.codeToLanguage(code)
    return code if known is QLocale.Language.AnyLanguage else QLocale.languageToString(known)
