"""The log file: rotating, and free of tokens, prompts and signed URLs."""

import logging
import re
from logging.handlers import RotatingFileHandler
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


def start(folder: Path) -> None:
    """Begins writing `retake-desktop.log` in `folder` (which exists), five files of 1 MB."""
    handler = RotatingFileHandler(
        folder / "retake-desktop.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Redaction("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # httpx and httpcore log full URLs, signed queries included.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
