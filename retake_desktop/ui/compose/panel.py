"""The form in which a retake is put together."""

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.price import Price
from retake_desktop.domain.retake import (
    MAX_PROMPT,
    MAX_TAKES,
    MAX_WINDOW,
    MODEL_ID,
    RetakeRequest,
    obstacles,
)
from retake_desktop.domain.span import Span
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.compose.mode import ModeChoice
from retake_desktop.ui.compose.price_line import price_line
from retake_desktop.ui.compose.prompt import PromptEdit

_HD = 1080


class ComposePanel(QWidget):
    """Prompt, mode, takes and price. Emits `retake_asked` once for each press that can be sent, then waits.

    Between the press and `set_busy(False)` nothing can be sent, however often it is pressed.
    """

    retake_asked = Signal(object)
    """The RetakeRequest."""
    changed = Signal()
    """The person changed something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._span = Span(Fraction(0), Fraction(0))
        self._price: Price | None = None
        self._is_demo = False
        self._model_id = MODEL_ID
        self._is_busy = False
        self._is_filling = False
        self._make_controls()
        self._lay_out()
        self._connect()
        self._refresh()

    # -- what the workbench tells it

    def set_clip(self, clip: Clip | None, span: Span | None = None) -> None:
        self._clip = clip
        self._span = span or Span(Fraction(0), Fraction(0))
        fits = clip is not None and clip.duration <= MAX_WINDOW
        if not fits:
            self._whole.setChecked(False)
        self._whole.setVisible(fits)
        self._refresh()

    def set_span(self, span: Span) -> None:
        self._span = span
        self._refresh()

    def set_price(self, price: Price | None) -> None:
        self._price = price
        self._refresh()

    def set_demo(self, is_demo: bool) -> None:
        self._is_demo = is_demo
        self._refresh()

    def set_model(self, model_id: str) -> None:
        self._model_id = model_id

    def set_busy(self, is_busy: bool) -> None:
        """True from the press of Retake until its jobs are on record."""
        self._is_busy = is_busy
        self._refresh()

    def fill_from(self, request: RetakeRequest) -> None:
        """Puts an earlier take's prompt and choices back; that is not the person touching something."""
        self._is_filling = True
        self._prompt.setPlainText(request.prompt)
        self._mode.set_mode(request.mode)
        self._whole.setChecked(request.whole and self._whole.isVisibleTo(self))
        self._is_filling = False
        self._refresh()

    def focus_prompt(self) -> None:
        self._prompt.setFocus()

    def request(self) -> RetakeRequest:
        """What would be sent now; it may still have obstacles."""
        return RetakeRequest(
            source=self._clip.path if self._clip else "",
            span=self._span,
            prompt=self._prompt.toPlainText().strip(),
            mode=self._mode.mode(),
            takes=self._takes.value(),
            whole=self._whole.isChecked(),
            model_id=self._model_id,
        )

    def ask(self) -> None:
        """Retake, if nothing stands in the way."""
        request = self.request()
        if self._is_busy or obstacles(request, self._clip):
            return
        self.set_busy(True)
        self.retake_asked.emit(request)

    # -- how it is built

    def _make_controls(self) -> None:
        self._prompt = PromptEdit()
        self._counter = _muted_label()
        self._mode = ModeChoice()
        self._takes = QSpinBox()
        self._takes.setRange(1, MAX_TAKES)
        self._takes.setAccessibleName(self.tr("Takes"))
        self._takes.setToolTip(self.tr("How many versions to ask for; each is billed."))
        self._whole = QCheckBox(self.tr("Send the whole clip"))
        self._whole.setToolTip(self.tr("Sends all of the video instead of the selection and its surroundings."))
        self._whole.hide()
        self._detail_note = _muted_label(
            self.tr("The new moment will have 1080p detail: that is the size in which the model answers.")
        )
        self._price_text = _price_field(self)
        self._retake = QPushButton(self.tr("Retake"))
        style.put_icon(self._retake, "rotate-ccw", "on_accent")
        self._retake.setProperty("kind", "primary")
        self._retake.setMinimumHeight(style.CONTROL_HEIGHT + style.GAP_SMALL)
        self._reason = _muted_label()
        self._reason.setMinimumHeight(2 * self._reason.fontMetrics().lineSpacing())

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("What should happen instead?"))
        heading.setFont(style.font(style.TextRole.HEADING, strong=True))
        heading.setWordWrap(True)
        takes = QHBoxLayout()
        caption = QLabel(self.tr("Number of takes"))
        caption.setProperty("tone", "muted")
        takes.addWidget(caption)
        takes.addStretch(1)
        takes.addWidget(self._takes)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP, style.GAP, style.GAP, style.GAP)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(heading)
        column.addWidget(self._prompt, 100)
        column.addWidget(self._counter)
        column.addWidget(self._mode)
        column.addLayout(takes)
        column.addWidget(self._whole)
        column.addWidget(self._detail_note)
        column.addSpacing(style.GAP_SMALL)
        column.addWidget(self._price_text)
        column.addWidget(self._retake)
        column.addWidget(self._reason)
        column.addStretch(1)

    def _connect(self) -> None:
        self._prompt.textChanged.connect(self._on_changed)
        self._prompt.retake_pressed.connect(self.ask)
        self._mode.changed.connect(self._on_changed)
        self._takes.valueChanged.connect(self._on_changed)
        self._whole.toggled.connect(self._on_changed)
        self._retake.clicked.connect(self.ask)

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        self._refresh()
        self.changed.emit()

    # -- what it shows

    def _refresh(self) -> None:
        request = self.request()
        found = obstacles(request, self._clip)
        self._counter.setText(
            self.tr("{count} of {limit} characters").format(
                count=text.number(len(request.prompt)), limit=text.number(MAX_PROMPT)
            )
        )
        reason = self._reason_text([problems.obstacle(one) for one in found])
        self._retake.setEnabled(not found and not self._is_busy)
        self._retake.setAccessibleDescription(reason or self.tr("Sends the selection to the service."))
        self._retake.setToolTip(reason or self.tr("Ctrl+Enter"))
        self._reason.setText(reason)
        self._detail_note.setVisible(self._clip is not None and min(self._clip.width, self._clip.height) > _HD)
        self._show_price(request)

    def _reason_text(self, sentences: list[str]) -> str:
        if self._is_busy:
            return self.tr("Putting your retake on record…")
        return sentences[0] if sentences else ""

    def _show_price(self, request: RetakeRequest) -> None:
        line = "" if self._clip is None else price_line(request, self._clip, self._price, is_demo=self._is_demo)
        if line != self._price_text.toPlainText():
            self._price_text.setPlainText(line)
            self._price_text.setAccessibleDescription(line)


def _muted_label(words: str = "") -> QLabel:
    label = QLabel(words)
    label.setProperty("tone", "muted")
    label.setFont(style.font(style.TextRole.SMALL))
    label.setWordWrap(True)
    return label


def _price_field(panel: ComposePanel) -> QPlainTextEdit:
    """A read-only text field rather than a label: a label with a name of its own hides its text from screen readers."""
    field = QPlainTextEdit()
    field.setAccessibleName(panel.tr("Price"))
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setProperty("kind", "readout")
    field.setFixedHeight(2 * field.fontMetrics().lineSpacing() + style.GAP_SMALL)
    field.document().setDocumentMargin(0)
    return field
