"""Finds what a person cannot read: text that is cut off, controls that lie over each other or stick out."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from retake_desktop.ui.labels import Shortening, ShorteningBox

_CONTROLS = (QLabel, QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox)
_SLACK = 2
"""Pixels that rounding may take."""


def troubles(window: QWidget) -> list[str]:
    """One line for each control that cannot be read whole; empty when all can."""
    shown: list[QWidget] = [
        one for one in window.findChildren(QWidget) if isinstance(one, _CONTROLS) and one.isVisible()
    ]
    shown = [one for one in shown if not isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit)]
    found = [f"{told(one)} is cut off: {why}" for one in shown for why in _cut(one)]
    found += [f"{told(one)} sticks out of {type(one.parentWidget()).__name__}" for one in shown if _sticks_out(one)]
    found += [f"{told(one)} lies over {told(other)}" for one, other in _overlapping(shown)]
    return found


def told(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {words[:50]!r} in {type(widget.parentWidget()).__name__}"


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, Shortening | ShorteningBox):
        return
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + _SLACK:
                yield f"it needs a height of {needed} and has {widget.height()}"
        else:
            yield from _too_narrow(_text_width(widget, widget.text()), widget.contentsRect().width())
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield from _too_narrow(_button_width(widget), widget.width())


def _too_narrow(needed: int, width: int) -> Iterator[str]:
    if needed > width + _SLACK:
        yield f"it needs a width of {needed} and has {width}"


def _text_width(widget: QWidget, words: str) -> int:
    lines = words.replace("&&", "\0").replace("&", "").replace("\0", "&").split("\n")
    return max(widget.fontMetrics().horizontalAdvance(line) for line in lines)


def _button_width(button: QAbstractButton) -> int:
    """What its text and icon take, without the air around them."""
    has_icon = not button.icon().isNull()
    if isinstance(button, QToolButton) and has_icon:
        return 0
    beside = button.iconSize().width() if has_icon else 0
    if isinstance(button, QCheckBox | QRadioButton) and button.property("kind") != "card":
        beside = 22
    return _text_width(button, button.text()) + beside + (4 if isinstance(button, QPushButton) else 0)


def _sticks_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or parent.parentWidget() is None or isinstance(parent, QAbstractScrollArea):
        return False
    area = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    return not area.contains(widget.geometry())


def _overlapping(shown: Sequence[QWidget]) -> Iterator[tuple[QWidget, QWidget]]:
    by_parent: dict[QWidget, list[QWidget]] = {}
    for one in shown:
        parent = one.parentWidget()
        if parent is not None:
            by_parent.setdefault(parent, []).append(one)
    for siblings in by_parent.values():
        for number, one in enumerate(siblings):
            for other in siblings[number + 1 :]:
                common = _rect(one).intersected(_rect(other))
                if common.width() > _SLACK and common.height() > _SLACK:
                    yield one, other


def _rect(widget: QWidget) -> QRect:
    return widget.geometry()
