"""One instant of the sample's picture: its time, its sheets of paper, and where the camera stands."""

from paper import Paper, smooth
from PySide6.QtGui import QPainter

DURATION = 12
HORIZON = 448.0
SUN_X = 800.0


class Frame:
    """What everything that draws is given. `t` is in seconds."""

    def __init__(self, paper: Paper, seconds: float) -> None:
        self.paper, self.t = paper, seconds
        self._pan = 110 * (smooth(seconds, -2, DURATION + 2) - 0.5)

    @property
    def painter(self) -> QPainter:
        return self.paper.painter

    def at_depth(self, depth: float) -> None:
        """Starts a layer; the nearer it is (1 is the boat's distance), the more the camera's move shifts it."""
        self.painter.restore()
        self.painter.save()
        self.painter.translate(-self._pan * depth, 0)
