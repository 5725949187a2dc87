"""When nothing in the window moves by itself: the person's choice, and what the system asks of every program."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from retake_desktop.domain.errors import Problem
from retake_desktop.services.settings import Settings
from retake_desktop.services.stillness import system_asks_for_stillness
from retake_desktop.ui.background import Background
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.motion import keep_still
from retake_desktop.ui.preferences import Preferences

_PATIENCE_MS = 1500
"""Before the system is asked: the window's first moments have better things to do."""


class Stillness(QObject):
    """Keeps the window still while the settings or the system want that.

    The system is asked in the background, and again whenever the person comes back to the window.
    """

    def __init__(
        self, preferences: Preferences, window: MainWindow, asks: Callable[[], bool] = system_asks_for_stillness
    ) -> None:
        super().__init__(window)
        self._asks = asks
        self._is_chosen = not preferences.settings.moves
        self._is_systems = False
        self._background = Background(self)
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self.ask)
        self._soon.start()
        preferences.changed.connect(self._on_settings)
        window.closed.connect(self.close)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)
        self._keep()

    def ask(self) -> None:
        """Asks the system now."""
        self._background.run(self._asks, self._on_answer)

    def close(self) -> None:
        self._soon.stop()
        self._background.close()

    def _on_answer(self, is_still: bool | Problem) -> None:
        self._is_systems = is_still is True
        self._keep()

    def _on_settings(self, settings: Settings) -> None:
        self._is_chosen = not settings.moves
        self._keep()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._soon.start()

    def _keep(self) -> None:
        keep_still(self._is_chosen or self._is_systems)
