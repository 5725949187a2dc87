"""Where the take goes over into the original: found by itself, at the selection's ends, or moved by frames."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QRadioButton, QSpinBox, QWidget

from retake_desktop.domain.film import DEFAULT_SEAMS, MOST_CROSSFADE, SeamChoice, SeamRule
from retake_desktop.ui import style
from retake_desktop.ui.flow import Flow

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.keeping import KeepPlan


class SeamChooser(QWidget):
    """Three rules, the frames between the seams, and the crossfade. Emits only what the person does.

    `chosen(SeamChoice)`: these seams from now on; `visited(int)`: the frame at the seam that was just moved;
    `allowed(bool)`: whether seams can be moved just now.
    """

    chosen = Signal(object)
    visited = Signal(int)
    allowed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Seams"))
        self._choice = DEFAULT_SEAMS
        self._selection = (0, 1)
        self._rules = {
            SeamRule.AUTOMATIC: QRadioButton(self.tr("Automatic")),
            SeamRule.EXACT: QRadioButton(self.tr("Exact")),
            SeamRule.CHOSEN: QRadioButton(self.tr("By frame")),
        }
        self._rules[SeamRule.AUTOMATIC].setToolTip(
            self.tr("Where before and after differ least, at most half a second outside the selection")
        )
        self._rules[SeamRule.EXACT].setToolTip(self.tr("Exactly at the ends of the selection"))
        self._rules[SeamRule.CHOSEN].setToolTip(self.tr("At the frames given here"))
        self._first = _figure(self.tr("Seam in"), self.tr("The first new frame"))
        self._last = _figure(self.tr("Seam out"), self.tr("The last new frame"))
        self._crossfade = _figure(self.tr("Crossfade"), self.tr("Frames on each side that show a mix of both"))
        self._crossfade.setMaximum(MOST_CROSSFADE)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        rules = Flow(spacing=style.GAP_TINY)
        for button in self._rules.values():
            rules.addWidget(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(style.GAP_TINY)
        grid.addLayout(rules, 0, 0, 1, 3)
        captions = (self.tr("First new"), self.tr("Last new"), self.tr("Mixed"))
        for column, (words, field) in enumerate(zip(captions, (self._first, self._last, self._crossfade), strict=True)):
            caption = QLabel(words)
            caption.setProperty("tone", "muted")
            caption.setFont(style.font(style.TextRole.SMALL))
            grid.addWidget(caption, 1, column)
            grid.addWidget(field, 2, column)
            grid.setColumnStretch(column, 1)

    def _connect(self) -> None:
        for button in self._rules.values():
            button.clicked.connect(self._on_rule)
        self._first.valueChanged.connect(self._on_first)
        self._last.valueChanged.connect(self._on_last)
        self._crossfade.valueChanged.connect(self._on_crossfade)

    def show_choice(self, choice: SeamChoice) -> None:
        """What is on record for the take."""
        self._choice = choice
        self._rules[choice.rule].setChecked(True)
        with QSignalBlocker(self._crossfade):
            self._crossfade.setValue(choice.crossfade)

    def show_plan(self, plan: "KeepPlan") -> None:
        """Where the seams really lie, and how far they can be moved."""
        self._selection = plan.selection
        for field, value in ((self._first, plan.first), (self._last, plan.end - 1)):
            with QSignalBlocker(field):
                field.setRange(plan.reach[0], max(plan.reach[0], plan.reach[1] - 1))
                if not field.hasFocus():
                    field.setValue(value)

    def move_seam(self, is_out: bool, frame: int) -> None:
        """The person moves the out seam or the in seam elsewhere: `frame` is the last or the first new one."""
        (self._last if is_out else self._first).setValue(frame)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.allowed.emit(self.isEnabled())

    def _on_rule(self) -> None:
        rule = next(rule for rule, button in self._rules.items() if button.isChecked())
        self._choose(rule)

    def _on_first(self, frame: int) -> None:
        if frame > self._last.value():
            with QSignalBlocker(self._last):
                self._last.setValue(frame)
        self._choose(SeamRule.CHOSEN)
        self.visited.emit(frame)

    def _on_last(self, frame: int) -> None:
        if frame < self._first.value():
            with QSignalBlocker(self._first):
                self._first.setValue(frame)
        self._choose(SeamRule.CHOSEN)
        self.visited.emit(frame)

    def _on_crossfade(self, _frames: int) -> None:
        self._choose(self._choice.rule)

    def _choose(self, rule: SeamRule) -> None:
        frames = (self._first.value(), self._last.value() + 1) if rule is SeamRule.CHOSEN else (0, 0)
        self._choice = SeamChoice(rule, *frames, crossfade=self._crossfade.value())
        self._rules[rule].setChecked(True)
        self.chosen.emit(self._choice)


def _figure(name: str, what: str) -> QSpinBox:
    field = QSpinBox()
    field.setAccessibleName(name)
    field.setToolTip(what)
    field.setAccessibleDescription(what)
    field.setKeyboardTracking(False)
    field.setMaximum(0)
    field.setAlignment(Qt.AlignmentFlag.AlignTrailing)
    return field
