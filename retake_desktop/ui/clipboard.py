"""The system's clipboard."""

from PySide6.QtGui import QGuiApplication


def copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)


def pasted_text() -> str:
    """What is on the clipboard as text or, when files were copied, as the first one's path; empty otherwise."""
    data = QGuiApplication.clipboard().mimeData()
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return paths[0] if paths else data.text().strip()
