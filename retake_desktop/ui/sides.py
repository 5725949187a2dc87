"""The panels beside the picture: as wide as they were left, and closed when the person wants more of the picture."""

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from retake_desktop.ui import style

_WIDTHS = (300, 660, 320)
_LEAST = (240, 400, 290)


class Sides(QObject):
    """Takes on the left, the picture in the middle, form or review on the right."""

    def __init__(self, takes: QWidget, centre: QWidget, form: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._takes = takes
        self._form = form
        self._is_alone = False
        self._closed = {takes: False, form: False}
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(style.GAP_TINY)
        self.splitter.setChildrenCollapsible(False)
        for widget, width in zip((takes, centre, form), _LEAST, strict=True):
            widget.setMinimumWidth(width)
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(list(_WIDTHS))

    def toggle_takes(self) -> None:
        self._toggle(self._takes)

    def toggle_form(self) -> None:
        """The form, or in review the take's facts and decisions."""
        self._toggle(self._form)

    def leave_alone(self, on: bool) -> None:
        """The picture alone; afterwards as it was."""
        self._is_alone = on
        self._show()

    def save(self, place: QSettings) -> None:
        place.setValue("splitter", self.splitter.saveState())
        place.setValue("closed", "".join("01"[closed] for closed in self._closed.values()))

    def restore(self, place: QSettings) -> None:
        state = place.value("splitter")
        if isinstance(state, QByteArray):
            self.splitter.restoreState(state)
        for widget, closed in zip(self._closed, str(place.value("closed", "00")), strict=False):
            self._closed[widget] = closed == "1"
        self._show()

    def _toggle(self, side: QWidget) -> None:
        self._closed[side] = not self._closed[side]
        self._show()

    def _show(self) -> None:
        for side, closed in self._closed.items():
            side.setVisible(not closed and not self._is_alone)
