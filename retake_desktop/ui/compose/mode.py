"""What is made anew: picture, sound, or both."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QGroupBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from retake_desktop.domain.retake import Mode
from retake_desktop.ui import style, text

_ORDER = (Mode.PICTURE, Mode.SOUND, Mode.PICTURE_AND_SOUND)


class ModeChoice(QGroupBox):
    """A group of radio buttons, because a combo box hides its accessible name on Linux."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Mode"))
        self.setFlat(True)
        self._buttons = {mode: self._button(mode) for mode in _ORDER}
        self._group = QButtonGroup(self)
        caption = QLabel(self.tr("Make anew"))
        caption.setProperty("tone", "muted")
        grid = QGridLayout()
        grid.setSpacing(style.GAP_TINY)
        for place, mode in enumerate(_ORDER):
            self._group.addButton(self._buttons[mode])
            grid.addWidget(self._buttons[mode], place // 2, place % 2, 1, 1 + place // 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addWidget(caption)
        column.addLayout(grid)
        self._buttons[Mode.PICTURE_AND_SOUND].setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)

    def _button(self, mode: Mode) -> QRadioButton:
        button = QRadioButton(text.mode(mode), self)
        button.setToolTip(self.tr("The service calls this {word}.").format(word=mode.value))
        return button

    def mode(self) -> Mode:
        return next(mode for mode, button in self._buttons.items() if button.isChecked())

    def set_mode(self, mode: Mode) -> None:
        self._buttons[mode].setChecked(True)

    def _on_toggled(self, _button: object, checked: bool) -> None:
        if checked:
            self.changed.emit()
