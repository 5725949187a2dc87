"""The log file: rotating, and free of tokens, prompts and signed URLs."""

import logging
import re
from pathlib import Path

_SECRETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(bearer\s+)[^\s'\"]+",
        r"(data:[^\s,'\"]{0,80},)[\w+/=%-]+",
        r"(https?://)[^\s/'\"@]+(?=@)",
        r"(https?://[^\s'\"?]+\?)[^\s'\"]+",
        r"((?:X-Amz-[A-Za-z]+|X-Goog-[A-Za-z]+|sig|signature|token)['\"]?\s*[=:]\s*['\"]?)[^&\s'\"]+",
        r"(--token\s+)\S+",
    )
)


def redacted(text: str) -> str:
    """`text` with bearer tokens, URL credentials and queries, signatures and inline clips replaced."""
    for secret in _SECRETS:
        text = secret.sub(r"\1[redacted]", text)
    return text


class _Redaction(logging.Formatter):
    """Redacts after formatting, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class _Rotating(logging.Handler):
    """Five files of 1 MB, begun with the first message: what turns them over takes long to load."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            # Opened by its own `emit`, which does not raise where that fails.
            self._file = RotatingFileHandler(
                self._path, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
            )
            self._file.setFormatter(_Redaction("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start(folder: Path) -> None:
    """Begins writing `retake-desktop.log` in `folder` (which exists)."""
    handler = _Rotating(folder / "retake-desktop.log")
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # httpx and httpcore log full URLs, signed queries included.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
