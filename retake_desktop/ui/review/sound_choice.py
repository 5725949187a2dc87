"""Which sound is heard in a comparison, and how loud the two are against each other."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGroupBox, QLabel, QRadioButton, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.flow import Flow
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Side


class Listening(Enum):
    BEFORE = "before"
    AFTER = "after"
    WITH_PICTURE = "with_picture"
    """Whichever fills the screen: it switches with A/B."""


class SoundChoice(QGroupBox):
    """Which sound is heard: the source's, the take's, or that of the picture shown; level-matched on request.

    Whoever owns it tells what is seen (`face`) and how loud both are (`show_loudness`).
    Signal `matching_changed(bool)`: the person wants both equally loud, or not.
    """

    matching_changed = Signal(bool)

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._listening = Listening.BEFORE
        self._facing_after = False
        self.setAccessibleName(self.tr("Sound from"))
        self.setFlat(True)
        self.setStyleSheet("QGroupBox { border: 0; margin: 0; padding: 0; }")
        row = Flow(self, style.GAP_TINY)
        caption = QLabel(self.tr("Listen to"), self)
        caption.setProperty("tone", "muted")
        row.addWidget(caption)
        self._buttons: dict[Listening, QRadioButton] = {}
        for listening, text, name in (
            (Listening.BEFORE, self.tr("before"), self.tr("Sound before")),
            (Listening.AFTER, self.tr("after"), self.tr("Sound after")),
            (Listening.WITH_PICTURE, self.tr("as shown"), self.tr("Sound of what is shown")),
        ):
            button = self._buttons[listening] = QRadioButton(text, self)
            button.setAccessibleName(name)
            button.clicked.connect(self._choose)
            row.addWidget(button)
        self.match = QCheckBox(self.tr("equally loud"), self)
        self.match.setAccessibleName(self.tr("Match loudness"))
        self.match.toggled.connect(self.matching_changed)
        row.addWidget(self.match)
        playback.state_changed.connect(self.refresh)
        self._buttons[Listening.BEFORE].setChecked(True)
        self.show_loudness(self.tr("Choose a take to review first."))
        self.refresh()

    @property
    def listening(self) -> Listening:
        return self._listening

    def choose(self, listening: Listening) -> None:
        """Listens to that, as far as it has a sound."""
        if self._buttons[listening].isEnabled():
            self._buttons[listening].setChecked(True)
            self._choose()

    def name_sides(self, left: str, right: str) -> None:
        """Other words for the two, where they are not before and after."""
        for listening, words in ((Listening.BEFORE, left), (Listening.AFTER, right)):
            self._buttons[listening].setText(words.lower())

    def face(self, after: bool) -> None:
        """The take fills the screen, or does not."""
        self._facing_after = after
        if self._listening is Listening.WITH_PICTURE:
            self._use(Side.AFTER if after else Side.BEFORE)

    def show_loudness(self, obstacle: str, found: str = "") -> None:
        """Whether they can be matched (no `obstacle`), and how far they are apart, as `found` says it."""
        self.match.setEnabled(not obstacle)
        self.match.setToolTip(obstacle or found)
        self.match.setAccessibleDescription(obstacle or found)

    def refresh(self) -> None:
        material = self._playback.material
        for listening, button in self._buttons.items():
            obstacle = self._obstacle(listening, material)
            button.setEnabled(not obstacle)
            button.setAccessibleDescription(obstacle)
            button.setToolTip(obstacle)
        if not self._buttons[self._listening].isEnabled():
            self._listening = Listening.BEFORE
        if self._listening is not Listening.WITH_PICTURE:
            self._listening = Listening.AFTER if self._playback.side is Side.AFTER else Listening.BEFORE
        self._buttons[self._listening].setChecked(True)

    def _choose(self) -> None:
        self._listening = next(what for what, button in self._buttons.items() if button.isChecked())
        sides = {Listening.BEFORE: Side.BEFORE, Listening.AFTER: Side.AFTER}
        self._use(sides.get(self._listening, Side.AFTER if self._facing_after else Side.BEFORE))

    def _use(self, side: Side) -> None:
        material = self._playback.material
        if side is Side.AFTER and (material is None or material.after is None or not material.audible[1].audio):
            side = Side.BEFORE
        if side is not self._playback.side:
            self._playback.choose_sound(side)

    def _obstacle(self, listening: Listening, material: Material | None) -> str:
        if material is None or material.after is None:
            return self.tr("Choose a take to review first.")
        one, other = material.audible
        clips = {
            Listening.BEFORE: (one,),
            Listening.AFTER: (other,),
            Listening.WITH_PICTURE: (one, other),
        }[listening]
        if all(clip.audio for clip in clips):
            return ""
        return self.tr("It has no sound.") if len(clips) == 1 else self.tr("One of the two has no sound.")
