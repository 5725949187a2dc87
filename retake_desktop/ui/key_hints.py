"""Tooltips name the keys that really work: a person's own ones in place of the usual ones."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from retake_desktop.services.settings import Settings
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.shortcuts import SHORTCUTS, keys_of

_NAMED = re.compile(r"(?<=\()(?P<inside>[^()\s]+)(?=\))|^(?P<alone>\S+)$")
"""Keys at the end of a tooltip, in brackets, or a tooltip that is nothing else."""


class KeyHints(QObject):
    """Watches every tooltip of the application, as long as the person has keys of their own."""

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._own: Mapping[str, str] = {}
        preferences.changed.connect(self._on_settings)
        self._on_settings(preferences.settings)

    def _on_settings(self, settings: Settings) -> None:
        own, before = settings.shortcuts, self._own
        app = QApplication.instance()
        if own == before or app is None:
            return
        self._own = own
        # Every event of the app passes through the filter, so it is there only for who has changed keys.
        if own and not before:
            app.installEventFilter(self)
        elif not own:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and isinstance(watched, QWidget):
            before = watched.toolTip()
            words = hinted(before, self._own) if event.type() is QEvent.Type.ToolTip else before
            if words != before:
                QToolTip.showText(event.globalPos(), words, watched)
                return True
        return False


def hinted(words: str, own: Mapping[str, str]) -> str:
    """`words` with the keys in use in place of the usual ones."""
    usual = {_native(row.keys): _native(keys_of(row, own)) for row in SHORTCUTS}
    usual["Ctrl+Enter"] = usual.get(_native("Ctrl+Return"), "Ctrl+Enter")
    return _NAMED.sub(lambda found: usual.get(found.group(), found.group()), words)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
