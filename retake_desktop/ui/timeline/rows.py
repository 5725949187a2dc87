"""Which rows of the timeline are worth their height."""

from PySide6.QtWidgets import QWidget


class Rows:
    """Advice is given while a selection is made only; in review figures cannot be changed, and go where room is scarce.

    Hiding and showing is all it does: what the rows say is their own affair.
    """

    def __init__(self, figures: QWidget, advice: QWidget) -> None:
        self._figures = figures
        self._advice = advice
        self._is_low = self._is_review = False

    def set_low(self, is_low: bool) -> None:
        """Whether the window is so low that the picture needs every line."""
        self._is_low = is_low
        self._show()

    def set_review(self, is_review: bool) -> None:
        self._is_review = is_review
        self._show()

    def _show(self) -> None:
        self._figures.setVisible(not (self._is_review and self._is_low))
        self._advice.setVisible(not self._is_review)
