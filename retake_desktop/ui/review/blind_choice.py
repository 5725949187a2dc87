"""Choosing among original and takes without knowing which is which."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.ui import style


class BlindChoice(QWidget):
    """One button for each picture, by its letter; after the choice, the names.

    Signals: `picked(int)`: the place in the order shown; `review_asked()`: open the take that was picked; `ended()`.
    """

    picked = Signal(int)
    review_asked = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Blind choice"))
        title = QLabel(self.tr("Which is the best?"))
        title.setFont(style.font(style.TextRole.HEADING, strong=True))
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(style.GAP_TINY)
        self._answer = QLabel()
        self._answer.setWordWrap(True)
        self._review = QPushButton(self.tr("Review the picked take"))
        self._review.setProperty("kind", "primary")
        self._review.clicked.connect(self.review_asked)
        end = QPushButton(self.tr("End the blind choice"))
        end.clicked.connect(self.ended)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        column.addWidget(title)
        column.addLayout(self._buttons)
        column.addWidget(self._answer)
        column.addWidget(self._review)
        column.addWidget(end)
        column.addStretch(1)

    def ask(self, letters: Sequence[str]) -> None:
        """Offers one button for each letter."""
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, letter in enumerate(letters):
            button = QPushButton(self.tr("Pick {letter}").format(letter=letter))
            button.clicked.connect(lambda _checked, place=number: self.picked.emit(place))
            self._buttons.addWidget(button)
        self._answer.clear()
        self._review.hide()

    def reveal(self, picked: int, names: Sequence[str], letters: Sequence[str], *, is_take: bool) -> None:
        """Says what was what; a picked take can be reviewed."""
        chosen = self.tr("You picked {letter}: {name}.").format(letter=letters[picked], name=names[picked])
        all_of_them = "\n".join(f"{letter}: {name}" for letter, name in zip(letters, names, strict=True))
        self._answer.setText(f"{chosen}\n\n{all_of_them}")
        self._review.setVisible(is_take)
        for number in range(self._buttons.count()):
            item = self._buttons.itemAt(number)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.setEnabled(False)
                widget.setToolTip(self.tr("The choice is made."))
