"""One line under the track about the selection: what is risky about it, and one click that mends it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.media.overview import Here, Reader
from retake_desktop.ui import style
from retake_desktop.ui.asking import Asking
from retake_desktop.ui.labels import Sign, Words
from retake_desktop.ui.timeline.advice import Advice, Risk, advise, words_of
from retake_desktop.ui.timeline.listening import Facts, facts_question

_REST_MS = 350
"""After the last change of the selection."""


class Coach(QWidget):
    """Listens and looks around the selection in the background, and says one thing at a time, the most important first.

    What was dismissed is not said again of this clip. Signal `moved(Span)`: the person took the advice.
    """

    moved = Signal(object)

    def __init__(self, reader: Callable[[], Reader] = Here, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._clip: Clip | None = None
        self._span: Span | None = None
        self._mode: Mode | None = None
        self._facts: Facts | None = None
        self._found: list[Advice] = []
        self._place = 0
        self._dismissed: set[Risk] = set()
        self._is_searching = False
        self._asking = Asking("coach", self)
        self._asking.answered.connect(self._on_facts)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self._icon = Sign(parent=self)
        self._words = Words(self)
        self._deed = QPushButton(self)
        self._deed.setProperty("kind", "quiet")
        self._deed.clicked.connect(self._take)
        self._next = QPushButton(self)
        self._next.setProperty("kind", "quiet")
        self._next.setAccessibleName(self.tr("Next advice"))
        self._next.setToolTip(self.tr("There is more to say about this selection"))
        self._next.clicked.connect(self._go_on)
        self._close = QToolButton(self)
        self._close.setIcon(style.icon("x", "muted"))
        self._close.setAccessibleName(self.tr("Dismiss advice"))
        self._close.setToolTip(self.tr("Do not say this of this video again"))
        self._close.clicked.connect(self._dismiss)
        self._lay_out()
        # Its place is kept, so that the picture above does not jump when there is something to say.
        self.setFixedHeight(style.CONTROL_HEIGHT + style.GAP_TINY)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, 0, style.GAP_SMALL, 0)
        row.setSpacing(style.GAP_SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._deed)
        row.addWidget(self._next)
        row.addWidget(self._close)

    @property
    def advice(self) -> Advice | None:
        """What is said now."""
        return self._found[self._place] if self._found else None

    def attend(self, clip: Clip | None, span: Span | None, mode: Mode | None) -> None:
        """The selection that rests now; None while it is being changed."""
        if clip is not self._clip:
            self._dismissed.clear()
            self._facts = None
        has_changed = (clip, span) != (self._clip, self._span)
        self._clip, self._span, self._mode = clip, span, mode
        if has_changed:
            self._asking.stop()
            self._rest.start()
        self._advise()

    def show_busy(self, is_searching: bool) -> None:
        """While a shot is looked for."""
        self._is_searching = is_searching
        self._show()

    def close_files(self) -> None:
        self._rest.stop()
        self._asking.close()

    def _ask(self) -> None:
        if self._clip is not None and self._span is not None:
            self._asking.ask(facts_question(self._clip, self._span, self._reader))

    def _on_facts(self, facts: Facts | None) -> None:
        self._facts = facts
        self._advise()

    def _advise(self) -> None:
        found: list[Advice] = []
        facts, span = self._facts, self._span
        if self._clip is not None and span is not None and facts is not None and facts.span == span:
            found = [one for one in advise(facts, self._mode, self._clip) if one.risk not in self._dismissed]
        if found != self._found:
            self._found, self._place = found, 0
            self._show()

    def _go_on(self) -> None:
        """To the next thing, and after the last to the first."""
        if self._found:
            self._place = (self._place + 1) % len(self._found)
            self._show()

    def _show(self) -> None:
        advice = None if self._is_searching else self.advice
        words = self.tr("Looking for the shot…") if self._is_searching else ""
        action = ""
        if advice is not None:
            words, action = words_of(advice)
        self._icon.setVisible(bool(words))
        if words:
            name = "info" if advice is None or advice.risk is Risk.SPEECH else "triangle-alert"
            tone = "muted" if name == "info" else "warning"
            self._icon.put(name, tone)
        self._words.say(words)
        self._words.setAccessibleName(words)
        self._deed.setText(action)
        self._deed.setVisible(bool(action))
        many = len(self._found)
        self._next.setText(self.tr("{number} of {count}").format(number=self._place + 1, count=many))
        self._next.setVisible(advice is not None and many > 1)
        self._close.setVisible(advice is not None)
        if advice is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(self._words, QAccessible.Event.Alert))

    def _take(self) -> None:
        if self.advice is not None and self.advice.better is not None:
            self.moved.emit(self.advice.better)

    def _dismiss(self) -> None:
        if self.advice is not None:
            self._dismissed.add(self.advice.risk)
            self._advise()
