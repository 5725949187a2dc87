"""The form in which a retake is put together."""

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.hosting import HostingSettings
from retake_desktop.domain.price import Price
from retake_desktop.domain.retake import MAX_TAKES, Obstacle, RetakeRequest, obstacles
from retake_desktop.domain.span import Span
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.compose.advanced import Advanced
from retake_desktop.ui.compose.mode import ModeChoice
from retake_desktop.ui.compose.money import Money
from retake_desktop.ui.compose.prompt import PromptEdit
from retake_desktop.ui.compose.prompt_tools import PromptTools
from retake_desktop.ui.compose.sound_track import SoundTrackChoice

_HD = 1080
_PROMPTS_OWN = frozenset({Obstacle.NO_PROMPT, Obstacle.PROMPT_TOO_LONG})


class ComposePanel(QWidget):
    """Prompt, mode, takes and price. Emits `retake_asked` once for each press that can be sent, then waits.

    Between the press and `set_busy(False)` nothing can be sent, however often it is pressed.
    """

    retake_asked = Signal(object)
    """The RetakeRequest."""
    look_asked = Signal(object)
    """The RetakeRequest whose window the person wants to see."""
    changed = Signal()
    """The person changed something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._span = Span(Fraction(0), Fraction(0))
        self._price: Price | None = None
        self._is_demo = False
        self._hosting = HostingSettings()
        self._is_busy = False
        self._is_looking = False
        self._is_filling = False
        self._make_controls()
        self._lay_out()
        self._connect()
        self.advanced.show_way(self._hosting, is_demo=self._is_demo)
        self._refresh()

    # -- what the workbench tells it

    def set_clip(self, clip: Clip | None, span: Span | None = None) -> None:
        self._clip = clip
        self._span = span or Span(Fraction(0), Fraction(0))
        self.money.withdraw()
        self._is_filling = True
        self.advanced.show_clip(clip)
        self._sound.show_clip(clip)
        self._is_filling = False
        self._refresh()

    def set_span(self, span: Span) -> None:
        if span == self._span:
            return
        self._span = span
        self.money.withdraw()
        self._refresh()

    def set_price(self, price: Price | None) -> None:
        self._price = price
        self._refresh()

    def set_balance(self, balance: Decimal | None) -> None:
        """US dollars; None where it is not known."""
        self.money.set_balance(balance)
        self._refresh()

    def set_service(self, *, is_demo: bool | None = None, hosting: HostingSettings | None = None) -> None:
        """Which service it goes to, and on which way; None leaves what is known."""
        before = self._is_demo, self._hosting
        self._is_demo = self._is_demo if is_demo is None else is_demo
        self._hosting = hosting or self._hosting
        if (self._is_demo, self._hosting) == before:
            return
        self.advanced.show_way(self._hosting, is_demo=self._is_demo)
        self._refresh()

    def set_model(self, model_id: str) -> None:
        self._is_filling = True
        self.advanced.show_model(model_id)
        self._is_filling = False

    def set_busy(self, is_busy: bool) -> None:
        """True from the press of Retake until its jobs are on record."""
        self._is_busy = is_busy
        self._refresh()

    def set_looking(self, is_looking: bool) -> None:
        """True while the window is cut for a look at it."""
        self._is_looking = is_looking
        self._refresh()

    def fill_from(self, request: RetakeRequest) -> None:
        """Puts an earlier take's prompt and choices back; that is not the person touching something."""
        self._is_filling = True
        self.prompt.setPlainText(request.prompt)
        self._mode.set_mode(request.mode)
        self._sound.choose(request.audio_track)
        self.advanced.fill_from(request.context, request.model_id, whole=request.whole)
        self._is_filling = False
        self.money.withdraw()
        self._refresh()

    def focus_prompt(self) -> None:
        self.prompt.setFocus()

    def request(self) -> RetakeRequest:
        """What would be sent now; it may still have obstacles."""
        return RetakeRequest(
            source=self._clip.path if self._clip else "",
            span=self._span,
            prompt=self.prompt.toPlainText().strip(),
            mode=self._mode.mode(),
            takes=self._takes.value(),
            whole=self.advanced.whole,
            context=self.advanced.context,
            model_id=self.advanced.model,
            audio_track=self._sound.track,
        )

    def ask(self) -> None:
        """Retake, if nothing stands in the way."""
        request = self.request()
        if self._is_busy or self.money.question.is_open or obstacles(request, self._clip):
            return
        self.set_busy(True)
        self.retake_asked.emit(request)

    # -- how it is built

    def _make_controls(self) -> None:
        self.prompt = PromptEdit()
        self.prompt_tools = PromptTools()
        self._mode = ModeChoice()
        self._sound = SoundTrackChoice()
        self._takes = QSpinBox()
        self._takes.setRange(1, MAX_TAKES)
        self._takes.setAccessibleName(self.tr("Takes"))
        self._takes.setMinimumHeight(style.CONTROL_HEIGHT)
        self._takes.setToolTip(self.tr("How many versions to ask for; each is billed."))
        self.advanced = Advanced()
        self._detail_note = muted_label(
            self.tr("The new moment will have 1080p detail: that is the size in which the model answers.")
        )
        self._span_note = muted_label()
        self._span_note.setProperty("tone", "warning")
        self.money = Money()
        self._price_text = self.money.line
        self._retake = QPushButton(self.tr("Retake"))
        style.put_icon(self._retake, "rotate-ccw", "on_accent")
        self._retake.setProperty("kind", "primary")
        self._retake.setMinimumHeight(style.CONTROL_HEIGHT + style.GAP_SMALL)
        self._reason = muted_label()
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
        choices = QWidget()
        column = QVBoxLayout(choices)
        # Its right edge is that of what stands below, beside the bar that is always there.
        column.setContentsMargins(style.GAP, style.GAP, style.GAP - style.SCROLL_BAR, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(heading)
        column.addWidget(self.prompt, 100)
        for widget in (self.prompt_tools, self._mode, self._sound):
            column.addWidget(widget)
        column.addLayout(takes)
        column.addWidget(self.advanced)
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(style.GAP, 0, style.GAP, style.GAP)
        foot.setSpacing(style.GAP_SMALL)
        for shown in (self._detail_note, self._span_note, self.money, self._retake, self._reason):
            foot.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(style.GAP_SMALL)
        self._area = _scrolled(choices)
        whole.addWidget(self._area, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.prompt.textChanged.connect(self._on_changed)
        self.prompt.retake_pressed.connect(self.ask)
        self.prompt_tools.starter_chosen.connect(self.prompt.begin_with)
        self.prompt_tools.recent_chosen.connect(self.prompt.replace_with)
        for changed in (self._mode.changed, self._sound.changed, self._takes.valueChanged, self.advanced.changed):
            changed.connect(self._on_changed)
        # Only when it has its place.
        self.advanced.opened.connect(self._show_advanced, Qt.ConnectionType.QueuedConnection)
        self._retake.clicked.connect(self.ask)
        self.money.settled.connect(self._refresh)
        self.money.look_asked.connect(lambda: self.look_asked.emit(self.request()))

    def _show_advanced(self) -> None:
        """All of it, where there is room for that."""
        self._area.verticalScrollBar().setValue(self.advanced.y())

    def _on_changed(self) -> None:
        if self._is_filling:
            return
        self.money.withdraw()
        self._refresh()
        self.changed.emit()

    # -- what it shows

    def _refresh(self) -> None:
        request = self.request()
        found = obstacles(request, self._clip)
        self.prompt_tools.show_length(len(request.prompt), found)
        # What is wrong with the selection is said where its length and price stand.
        others = text.sentences(problems.obstacle(one) for one in found if one not in _PROMPTS_OWN)
        self._span_note.setText(others)
        self._span_note.setVisible(bool(others) and self._clip is not None)
        reason = self._reason_text([problems.obstacle(one) for one in found])
        self._retake.setEnabled(not reason)
        self._retake.setAccessibleDescription(reason or self.tr("Sends the selection to the service."))
        self._retake.setToolTip(reason or self.tr("Ctrl+Enter"))
        self._reason.setText(reason)
        self._detail_note.setVisible(self._clip is not None and min(self._clip.width, self._clip.height) > _HD)
        # Another model's price would be no estimate of this one's.
        price = self._price if self.advanced.is_usual_model else None
        self.money.show_price(request, self._clip, price, is_demo=self._is_demo)
        self.money.show_look(is_looking=self._is_looking, why_not=others)

    def _reason_text(self, sentences: list[str]) -> str:
        if self._is_busy:
            return self.tr("Putting your retake on record…")
        if self.money.question.stops:
            return self.tr("This is above your limit for a day.")
        if self.money.question.is_open:
            return self.tr("Answer the question above first.")
        return sentences[0] if sentences else ""


def muted_label(words: str = "") -> QLabel:
    """Small secondary text that wraps."""
    label = QLabel(words)
    label.setProperty("tone", "muted")
    label.setFont(style.font(style.TextRole.SMALL))
    label.setWordWrap(True)
    return label


def _scrolled(inside: QWidget) -> QScrollArea:
    """Price and Retake stay in sight however long the form is."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # Always there: one that comes and goes changes the width, so the height of wrapped text, so whether it is needed.
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(lambda _least, most: bar.setEnabled(most > 0))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
