"""How videos play, as it stands in the settings."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from retake_desktop.services.settings import Settings
from retake_desktop.ui.dialogs.section import Section, note, write


class PlaybackSection(Section):
    """What happens when a take is finished; the volume is beside the picture."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(QCoreApplication.translate("PlaybackSection", "Playback"))
        self._opens = QCheckBox(self.tr("Show a finished take by itself"))
        self._opens.setChecked(settings.opens_review)
        self._opens.toggled.connect(self._on_opens)
        self._loops = QCheckBox(self.tr("Play the moment over and over when a take is shown"))
        self._loops.setChecked(settings.loops_review)
        self._loops.toggled.connect(self._on_loops)
        self._card = QCheckBox(self.tr("Let the graphics card decode large videos"))
        self._card.setChecked(settings.uses_graphics_card and not settings.lost_cards)
        self._card.toggled.connect(self._on_card)
        self.add(self._opens)
        self.add(note(self.tr("Only if you have touched nothing since Retake; otherwise it waits in the list.")))
        self.add(self._loops)
        self.add(self._card)
        self._when = note()
        self._say_when(is_lost=bool(settings.lost_cards))
        self.add(self._when)
        self.add(note(self.tr("Volume and sound output stand below the picture. The volume is remembered.")))

    def _on_opens(self, is_wanted: bool) -> None:
        self.chosen.emit("opens_review", is_wanted)

    def _on_loops(self, is_wanted: bool) -> None:
        self.chosen.emit("loops_review", is_wanted)

    def _on_card(self, is_wanted: bool) -> None:
        self.chosen.emit("uses_graphics_card", is_wanted)
        self.chosen.emit("lost_cards", ())
        self._say_when(is_lost=False)

    def _say_when(self, *, is_lost: bool) -> None:
        words = self.tr("Only where a trial has shown that it gives the same pictures, and sooner.")
        if is_lost:
            words = self.tr("Left off since the app crashed while the card decoded. Tick the box to try it again.")
        write(self._when, words)
