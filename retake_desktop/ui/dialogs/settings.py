"""The settings. Nothing in here blocks the window, and every change counts at once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.retake import MODEL_ID
from retake_desktop.services.settings import Settings
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.token import TokenSection
from retake_desktop.ui.style import Theme


class SettingsDialog(QDialog):
    """Account, look and model."""

    theme_chosen = Signal(object)
    model_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Retake Desktop settings"))
        self.setMinimumWidth(480)
        self.token = TokenSection()
        self._themes = {
            Theme.DARK: QRadioButton(self.tr("Dark")),
            Theme.LIGHT: QRadioButton(self.tr("Light")),
            Theme.SYSTEM: QRadioButton(self.tr("As the system")),
        }
        self._model = QLineEdit(settings.model_id)
        self._model.setAccessibleName(self.tr("Model"))
        self._model.setPlaceholderText(MODEL_ID)
        self._model.textChanged.connect(self._on_model_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(self.token)
        column.addWidget(_line())
        column.addWidget(_heading(self.tr("Look")))
        column.addWidget(self._theme_group(settings))
        column.addWidget(_line())
        column.addWidget(_heading(self.tr("RunComfy model")))
        column.addWidget(self._model)
        column.addStretch(1)
        column.addWidget(self._close_box())

    def _theme_group(self, settings: Settings) -> QGroupBox:
        box = QGroupBox()
        box.setFlat(True)
        box.setAccessibleName(self.tr("Theme"))
        self._theme_buttons = QButtonGroup(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        for theme, button in self._themes.items():
            button.setChecked(theme.value == settings.theme)
            self._theme_buttons.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._theme_buttons.buttonToggled.connect(self._on_theme_toggled)
        return box

    def _close_box(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        close = box.addButton(self.tr("Close settings"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        return box

    def open_at_token(self) -> None:
        self.open_up()
        self.token.focus_field()

    def open_up(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()

    def hideEvent(self, event: QHideEvent) -> None:
        self.token.clear()
        super().hideEvent(event)

    def _on_theme_toggled(self, button: QRadioButton, checked: bool) -> None:
        if checked:
            self.theme_chosen.emit(next(theme for theme, shown in self._themes.items() if shown is button))

    def _on_model_changed(self, words: str) -> None:
        self.model_chosen.emit(words.strip() or MODEL_ID)


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(style.font(strong=True))
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("surface", "line")
    return line
