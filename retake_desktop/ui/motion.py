"""Small movements that say where something has come; none where the person or the system asks for none.

They are drawn over what is already in its place: nothing waits for them, and nothing beside them moves.
"""

from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

from retake_desktop.ui import style

_STILL = "retakeStill"
"""The application's property that keeps everything still; the widgets ask for it when they would begin to move."""
_STRONGEST = 0.22
"""Opacity with which a wash begins."""


def is_still() -> bool:
    """Whether nothing is to move by itself."""
    app = QApplication.instance()
    return app is not None and bool(app.property(_STILL))


def keep_still(is_wanted: bool) -> None:
    """From now on nothing moves by itself, or it does again."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_STILL, is_wanted)


def appear(widget: QWidget) -> None:
    """Fades `widget` in, which is shown and in its place already."""
    if is_still() or not widget.isVisible():
        return
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(0)
    widget.setGraphicsEffect(effect)
    fading = _Running(widget, style.MOTION_SHORT)
    fading.setStartValue(0.0)
    fading.setEndValue(1.0)
    fading.valueChanged.connect(effect.setOpacity)
    # Drawing through an effect costs a copy of the widget each time: it goes when it has done its work.
    fading.finished.connect(effect.deleteLater)
    fading.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)


class Arrival(QWidget):
    """A wash of colour over `target` that goes by itself, for what has just come without being asked for."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._tone = "accent"
        self._strength = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._going = _Running(self, style.MOTION_LONG)
        self._going.setStartValue(_STRONGEST)
        self._going.setEndValue(0.0)
        self._going.valueChanged.connect(self._on_value)
        self._going.finished.connect(self.hide)
        self.hide()

    def begin(self, tone: str) -> None:
        """`tone` is the token of the colour."""
        self._going.stop()
        if is_still():
            self.hide()
            return
        self._tone = tone
        self.show()
        self.raise_()
        self._going.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the wash is all there is
        colour = style.colour(self._tone)
        colour.setAlphaF(self._strength)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour)
        painter.end()

    def _on_value(self, strength: float) -> None:
        self._strength = strength
        self.setGeometry(self._target.rect())
        self.update()


class _Running(QVariantAnimation):
    """Fast at first, then slower."""

    def __init__(self, parent: QObject, milliseconds: int) -> None:
        super().__init__(parent)
        self.setDuration(milliseconds)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
