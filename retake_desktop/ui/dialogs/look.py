"""How the window looks, as it stands in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
)

from retake_desktop.services.settings import LANGUAGES, SCALES, Settings
from retake_desktop.ui.dialogs.section import Section, note
from retake_desktop.ui.language import NAMES
from retake_desktop.ui.style import Theme


class LookSection(Section):
    """Theme and movement, at once; size and language, which need a new start."""

    restart_asked = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__(QCoreApplication.translate("LookSection", "Appearance"))
        self.themes = {
            Theme.DARK: QRadioButton(self.tr("Dark")),
            Theme.LIGHT: QRadioButton(self.tr("Light")),
            Theme.SYSTEM: QRadioButton(self.tr("As the system")),
        }
        self._scale = QComboBox()
        self._scale.setAccessibleName(self.tr("Size of the window's text and controls"))
        for percent in SCALES:
            self._scale.addItem(f"{percent} %" if percent else self.tr("As the system"), percent)
        self._scale.setCurrentIndex(SCALES.index(settings.scale))
        self._scale.currentIndexChanged.connect(self._on_scale)
        self.add(self._theme_group(settings))
        caption = QLabel(self.tr("Size"))
        caption.setBuddy(self._scale)
        self.add_row(caption, self._scale)
        self._language = QComboBox()
        self._language.setAccessibleName(self.tr("Language"))
        for language in LANGUAGES:
            self._language.addItem(NAMES.get(language) or self.tr("As the system"), language)
        self._language.setCurrentIndex(max(0, self._language.findData(settings.language)))
        self._language.currentIndexChanged.connect(self._on_language)
        words = QLabel(self.tr("Language"))
        words.setBuddy(self._language)
        self._again = QPushButton(self.tr("Start again now"))
        self._again.setAutoDefault(False)
        self._again.clicked.connect(self.restart_asked)
        self._in_use = self._wanted
        self.add_row(words, self._language, self._again)
        self.add(self._moves_box(settings))
        self.add(note(self.tr("The theme changes at once, size and language with a new start. Open takes go on.")))
        self._refresh()

    def _theme_group(self, settings: Settings) -> QGroupBox:
        box = QGroupBox()
        box.setFlat(True)
        box.setAccessibleName(self.tr("Theme"))
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        for theme, button in self.themes.items():
            button.setChecked(theme.value == settings.theme)
            self._buttons.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._buttons.buttonToggled.connect(self._on_theme)
        return box

    def _moves_box(self, settings: Settings) -> QCheckBox:
        box = QCheckBox(self.tr("Small movements when something appears"))
        box.setToolTip(self.tr("None are made while the system asks programs for less motion."))
        box.setAccessibleDescription(box.toolTip())
        box.setChecked(settings.moves)
        box.toggled.connect(self._on_moves)
        return box

    def _on_moves(self, moves: bool) -> None:
        self.chosen.emit("moves", moves)

    def _on_theme(self, button: QRadioButton, checked: bool) -> None:
        if checked:
            self.chosen.emit("theme", next(theme.value for theme, shown in self.themes.items() if shown is button))

    def _on_scale(self, row: int) -> None:
        self.chosen.emit("scale", SCALES[row])
        self._refresh()

    def _on_language(self, row: int) -> None:
        self.chosen.emit("language", LANGUAGES[row])
        self._refresh()

    @property
    def _wanted(self) -> tuple[object, object]:
        return self._scale.currentData(), self._language.currentData()

    def _refresh(self) -> None:
        is_new = self._wanted != self._in_use
        self._again.setEnabled(is_new)
        self._again.setToolTip("" if is_new else self.tr("Size and language are in use as they stand."))
        self._again.setAccessibleDescription(self._again.toolTip())
