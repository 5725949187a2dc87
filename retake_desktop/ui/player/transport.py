"""The transport: play, steps, loop, where the playhead is, and how loud."""

from fractions import Fraction

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.from_below import said
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.wording import readings, speed
from retake_desktop.ui.player.volume import VolumeControl


class Transport(QWidget):
    """Drives `playback`. The window wires its shortcuts to the same verbs:

    Space `playback.toggle()`; J, K, L `playback.shuttle(-1 | 0 | 1)`; left and right `playback.step(-1 | 1)`;
    with Shift `playback.skip(-1 | 1)`; loop `transport.toggle_loop()`.
    """

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._loop_span: Span | None = None
        self._build()
        playback.moved.connect(self._show_place)
        playback.state_changed.connect(self._show_state)
        playback.sound.unusable.connect(self.set_sound_trouble, Qt.ConnectionType.QueuedConnection)
        self._show_state()

    def set_loop_span(self, span: Span | None) -> None:
        """What the loop repeats: the selection, or in review the take's stretch."""
        self._loop_span = span
        if self._playback.loop is not None:
            self._playback.set_loop(span)
        self._show_state()

    def toggle_loop(self) -> None:
        if self._playback.material is not None and self._loop_span is not None:
            self._playback.set_loop(None if self._playback.loop is not None else self._loop_span)

    def set_sound_trouble(self, reason: str) -> None:
        """Says why nothing is heard, in a sentence; an empty text says that sound works."""
        self.volume.set_trouble(said(reason))

    def _build(self) -> None:
        self._back = self._button("step-back", self.tr("Previous frame"), self.tr("Previous frame (Left)"))
        self._play = self._button("play", self.tr("Play"), self.tr("Play (Space)"))
        self._forward = self._button("step-forward", self.tr("Next frame"), self.tr("Next frame (Right)"))
        self._loop = self._button("repeat", self.tr("Loop"), "")
        self._loop.setCheckable(True)
        self._play.setIconSize(QSize(style.ICON_SIZE + 4, style.ICON_SIZE + 4))
        self._back.clicked.connect(self._step_back)
        self._play.clicked.connect(self._playback.toggle)
        self._forward.clicked.connect(self._step_forward)
        self._loop.clicked.connect(self.toggle_loop)
        self._time = self._figures("00:00:00.000", style.TextRole.HEADING, strong=True)
        self._duration = self._figures("/ 00:00:00.000", style.TextRole.BODY, tone="muted")
        self._frame = self._figures(self.tr("frame {index}").format(index="000000"), style.TextRole.BODY, tone="muted")
        self._speed = self._figures("−2×", style.TextRole.BODY, tone="accent")
        self.volume = VolumeControl(self._playback.sound)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, style.GAP_TINY, style.GAP, style.GAP_TINY)
        row.setSpacing(style.GAP_TINY)
        for widget in (self._back, self._play, self._forward, self._loop):
            row.addWidget(widget)
        row.addSpacing(style.GAP)
        for label in (self._time, self._duration, self._frame, self._speed):
            row.addWidget(label)
            row.addSpacing(style.GAP_TINY)
        row.addStretch(1)
        row.addWidget(self.volume)

    def _button(self, icon: str, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(style.icon(icon))
        button.setIconSize(QSize(style.ICON_SIZE, style.ICON_SIZE))
        button.setFixedSize(style.CONTROL_HEIGHT + 4, style.CONTROL_HEIGHT)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    def _figures(self, widest: str, role: style.TextRole, *, strong: bool = False, tone: str = "") -> QLabel:
        """A label as wide as `widest` for good, so that nothing beside it moves."""
        label = QLabel(self)
        label.setFont(style.font(role, strong=strong))
        label.setProperty("tone", tone)
        label.setFixedWidth(label.fontMetrics().horizontalAdvance(widest) + style.GAP_TINY)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the width does not suffice, the speed gives way first, then the frame, then the duration."""
        wanted = self._fixed_width()
        for label in (self._duration, self._frame, self._speed):
            wanted += label.width() + 2 * style.GAP_TINY
            label.setVisible(wanted <= self.width())

    def _fixed_width(self) -> int:
        buttons = 4 * (self._back.width() + style.GAP_TINY)
        return 3 * style.GAP + buttons + self._time.width() + 2 * style.GAP_TINY + self.volume.minimumSizeHint().width()

    def _step_back(self) -> None:
        self._playback.step(-1)

    def _step_forward(self) -> None:
        self._playback.step(1)

    def _show_place(self, time: Fraction) -> None:
        material = self._playback.material
        loaded = material is not None
        if not self._playback.is_playing:
            words = readings(material.before, self._playback.index) if material else ""
            self._time.setToolTip(words)
            self._time.setAccessibleDescription(words)
        self._time.setText(timecode.to_text(time) if loaded else "")
        self._frame.setText(self.tr("frame {index}").format(index=self._playback.index) if loaded else "")

    def _show_state(self) -> None:
        playback = self._playback
        material = playback.material
        playing = playback.is_playing
        self._play.setIcon(style.icon("pause" if playing else "play"))
        self._play.setToolTip(self.tr("Pause (Space)") if playing else self.tr("Play (Space)"))
        self._speed.setText(speed(playback.rate))
        self._duration.setText("/ " + timecode.to_text(material.before.duration) if material else "")
        self._show_place(playback.time)
        for button in (self._back, self._play, self._forward):
            self._allow(button, "" if material else self.tr("Open a video first."))
        if material:
            self._play.setAccessibleDescription(self.tr("Playing") if playing else self.tr("Paused"))
        self._loop.setToolTip(self.tr("Loop the selection (Shift+L)"))
        self._allow(self._loop, self._loop_obstacle())
        self._loop.setChecked(playback.loop is not None)
        self.volume.show_clip(material.before if material else None)

    def _loop_obstacle(self) -> str:
        if self._playback.material is None:
            return self.tr("Open a video first.")
        return "" if self._loop_span is not None else self.tr("Select the moment to repeat first.")

    def _allow(self, button: QToolButton, obstacle: str) -> None:
        """Disables `button` while there is an obstacle, and says it."""
        button.setEnabled(not obstacle)
        button.setAccessibleDescription(obstacle)
        if obstacle:
            button.setToolTip(obstacle)
        elif button is self._back:
            button.setToolTip(self.tr("Previous frame (Left)"))
        elif button is self._forward:
            button.setToolTip(self.tr("Next frame (Right)"))
