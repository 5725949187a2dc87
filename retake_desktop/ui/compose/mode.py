"""What is made anew: picture, sound, or both."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QGroupBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.domain.retake import Mode
from retake_desktop.ui import style, text

_ORDER = (Mode.PICTURE, Mode.SOUND, Mode.PICTURE_AND_SOUND)
_ICONS = {Mode.PICTURE: "film", Mode.SOUND: "volume-2", Mode.PICTURE_AND_SOUND: "clapperboard"}
_MEANING = {
    Mode.PICTURE: QT_TRANSLATE_NOOP("Mode", "A new picture; the sound stays yours. Lips may not fit what is said."),
    Mode.SOUND: QT_TRANSLATE_NOOP("Mode", "A new sound; every frame of the picture stays yours."),
    Mode.PICTURE_AND_SOUND: QT_TRANSLATE_NOOP("Mode", "Both are made anew, together: right where somebody speaks."),
}


class ModeChoice(QGroupBox):
    """A group of radio buttons drawn as cards, because a combo box hides its accessible name on Linux."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Mode"))
        self.setFlat(True)
        self._buttons = {mode: self._button(mode) for mode in _ORDER}
        self._group = QButtonGroup(self)
        caption = QLabel(self.tr("Make anew"))
        caption.setProperty("tone", "muted")
        self._meaning = QLabel()
        self._meaning.setWordWrap(True)
        self._meaning.setProperty("tone", "muted")
        self._meaning.setFont(style.font(style.TextRole.SMALL))
        # Room for the longest of the three, so that nothing below jumps.
        self._meaning.setMinimumHeight(2 * self._meaning.fontMetrics().lineSpacing())
        grid = QGridLayout()
        grid.setSpacing(style.GAP_TINY)
        for place, mode in enumerate(_ORDER):
            self._group.addButton(self._buttons[mode])
            grid.addWidget(self._buttons[mode], place // 2, place % 2, 1, 1 + place // 2)
        for column_number in (0, 1):
            grid.setColumnStretch(column_number, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addWidget(caption)
        column.addLayout(grid)
        column.addWidget(self._meaning)
        self._buttons[Mode.PICTURE_AND_SOUND].setChecked(True)
        self._meaning.setText(meaning(self.mode()))
        self._group.buttonToggled.connect(self._on_toggled)

    def _button(self, mode: Mode) -> QRadioButton:
        button = QRadioButton(text.mode(mode), self)
        button.setProperty("kind", "card")
        style.put_icon(button, _ICONS[mode])
        button.setAccessibleDescription(meaning(mode))
        words = self.tr("The service calls this {word}.").format(word=mode.value)
        button.setToolTip(f"{meaning(mode)}\n{words}")
        return button

    def mode(self) -> Mode:
        return next(mode for mode, button in self._buttons.items() if button.isChecked())

    def set_mode(self, mode: Mode) -> None:
        self._buttons[mode].setChecked(True)

    def _on_toggled(self, _button: object, checked: bool) -> None:
        if checked:
            self._meaning.setText(meaning(self.mode()))
            self.changed.emit()


def meaning(mode: Mode) -> str:
    """What happens to picture and sound, as a sentence."""
    return QCoreApplication.translate("Mode", _MEANING[mode])
