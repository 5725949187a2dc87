"""Who is on screen in a comparison: the source and takes of it, under which names."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

BEFORE, AFTER = 0, 1
"""Places in a shot: the source and the take. Further takes follow."""
MOST = 4
"""Pictures that are shown in step."""


@dataclass(frozen=True, slots=True)
class Cast:
    """`labels` name every place of the shots. `left` and `right` are the places compared; `grid` those shown together.

    Without a `grid` two are compared. `is_blind`: the labels are letters, and nothing else may tell them apart.
    """

    labels: tuple[str, ...]
    left: int = BEFORE
    right: int = AFTER
    grid: tuple[int, ...] = ()
    is_blind: bool = False


def before_and_after() -> Cast:
    """The source and the take under review."""
    before = QCoreApplication.translate("CompareView", "Before")
    return Cast((before, QCoreApplication.translate("CompareView", "After")))
