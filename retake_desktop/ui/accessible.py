"""What a screen reader is handed for the widgets whose own answer Qt gets wrong."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_MENDED = {"QScrollArea": QAccessible.Role.Client, "QMainWindow": QAccessible.Role.Window}
"""The role that Qt gives to each."""


def install() -> None:
    """For the whole application, once it is there.

    WORKAROUND: Qt (6.11) reads past the end of a list when a screen reader asks a scroll area or a main window for a
    child that is gone since it counted them, as a scroll bar is when its page is hidden, and the program dies
    (QAccessibleAbstractScrollArea::child and QAccessibleMainWindow::child in
    https://code.qt.io/cgit/qt/qtbase.git/tree/src/widgets/accessible). The general answer of QAccessibleWidget looks
    first. To be removed when those two do.
    """
    QAccessible.installFactory(_mended)


def _mended(kind: str, thing: QObject) -> QAccessibleInterface | None:
    role = _MENDED.get(kind)
    return None if role is None or not isinstance(thing, QWidget) else QAccessibleWidget(thing, role)
