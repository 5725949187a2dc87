"""What most retakes leave as it is: surroundings, the whole clip, the model, the way to the service."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.hosting import HostingSettings, Route, choose
from retake_desktop.domain.retake import DEFAULT_CONTEXT, MAX_WINDOW, MODEL_ID
from retake_desktop.ui import style
from retake_desktop.ui.motion import appear

_MOST_CONTEXT = 9.0
_STEPS = 10
"""Steps of a second in which the surroundings are set."""


class Advanced(QWidget):
    """Folded away until it is asked for. `whole`, `context` and `model` say what is chosen."""

    changed = Signal()
    opened = Signal()
    """It was unfolded."""
    way_asked = Signal()
    """The person wants another way for the clip to get to the service."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default_model = MODEL_ID
        self._fold = QToolButton()
        self._fold.setText(self.tr("Advanced"))
        self._fold.setCheckable(True)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._inside = QWidget()
        self._inside.hide()
        self._make_fields()
        self._lay_out()
        self._fold.toggled.connect(self._on_folded)
        self._context.valueChanged.connect(self._on_changed)
        self.whole_box.toggled.connect(self._on_changed)
        self._model.textChanged.connect(self._on_changed)
        self._change_way.clicked.connect(self.way_asked)

    def _make_fields(self) -> None:
        self._context = QDoubleSpinBox()
        self._context.setRange(0, _MOST_CONTEXT)
        self._context.setDecimals(1)
        self._context.setSingleStep(0.5)
        self._context.setSuffix(self.tr(" s"))
        self._context.setValue(float(DEFAULT_CONTEXT))
        self._context.setMinimumHeight(style.CONTROL_HEIGHT)
        self._context.setAccessibleName(self.tr("Surroundings sent on each side"))
        self._context.setToolTip(
            self.tr("Seconds before and after the selection that the model sees, so that new and old fit together.")
        )
        self.whole_box = QCheckBox(self.tr("Send the whole clip"))
        self._model = QLineEdit(MODEL_ID)
        self._model.setAccessibleName(self.tr("Model id for this retake"))
        self._model.setToolTip(self.tr("Which of the service's models makes it. Settings hold the one to begin with."))
        self._model.setMaxLength(200)
        self._way = QLabel()
        self._way.setWordWrap(True)
        self._way.setFont(style.font(style.TextRole.SMALL))
        self._way.setProperty("tone", "muted")
        self._change_way = QPushButton(self.tr("Another way"))
        self._change_way.setProperty("kind", "link")

    def _lay_out(self) -> None:
        form = QFormLayout(self._inside)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(style.GAP_SMALL)
        form.addRow(self.tr("Surroundings"), self._context)
        form.addRow(self.whole_box)
        form.addRow(self.tr("Model"), self._model)
        way = QHBoxLayout()
        way.addWidget(self._way, 1)
        way.addWidget(self._change_way, 0, Qt.AlignmentFlag.AlignTop)
        form.addRow(way)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._inside)

    @property
    def context(self) -> Fraction:
        """Seconds on each side."""
        return Fraction(round(self._context.value() * _STEPS), _STEPS)

    @property
    def whole(self) -> bool:
        return self.whole_box.isChecked()

    @property
    def model(self) -> str:
        """What is written, or what Settings say where nothing is."""
        return self._model.text().strip() or self._default_model

    @property
    def is_usual_model(self) -> bool:
        """Whether it is the one in Settings, whose price is known."""
        return self.model == self._default_model

    def show_clip(self, clip: Clip | None) -> None:
        """Whether all of `clip` can be sent, and why not."""
        fits = clip is not None and clip.duration <= MAX_WINDOW
        reason = self.tr("The model takes at most 20 seconds.") if clip is not None else self.tr("Open a video first.")
        if not fits:
            self.whole_box.setChecked(False)
        self.whole_box.setEnabled(fits)
        tip = self.tr("Sends all of the video instead of the selection and its surroundings.") if fits else reason
        self.whole_box.setToolTip(tip)
        self.whole_box.setAccessibleDescription(tip)

    def show_model(self, model_id: str) -> None:
        """What Settings say; a model that was written here for this retake stays."""
        if self._model.text().strip() in {"", self._default_model}:
            self._model.setText(model_id)
        self._default_model = model_id

    def show_way(self, hosting: HostingSettings, *, is_demo: bool) -> None:
        """How the clip will get to the service."""
        route = choose(hosting, is_demo=is_demo, inline_refused=False).route
        words = {
            Route.DEMO: self.tr("The clip stays on this computer: the demo service fetches it here."),
            Route.STORAGE: self.tr("The clip travels through your storage and is deleted there afterwards."),
        }
        self._way.setText(words.get(route, self.tr("The clip travels inside the request.")))
        self._change_way.setVisible(route is not Route.DEMO)

    def fill_from(self, context: Fraction, model_id: str, *, whole: bool) -> None:
        """What an earlier take was made with."""
        self._context.setValue(float(context))
        self._model.setText(model_id)
        self.whole_box.setChecked(whole and self.whole_box.isEnabled())

    def _on_folded(self, is_open: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._inside.setVisible(is_open)
        if is_open:
            appear(self._inside)
            self.opened.emit()

    def _on_changed(self) -> None:
        self._context.setEnabled(not self.whole)
        self._context.setAccessibleDescription(self.tr("The whole clip is sent.") if self.whole else "")
        self.changed.emit()
