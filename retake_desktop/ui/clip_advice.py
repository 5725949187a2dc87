"""What a person should know about the file that was just opened."""

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.clip import Clip, Finding
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.domain.retake import MIN_SPAN
from retake_desktop.ui import text

FINDINGS: dict[Finding, str] = {
    Finding.INCOMPLETE: QT_TRANSLATE_NOOP(
        "ClipAdvice",
        "This file is still being written, or was cut off: what is there so far is open. Open it again for the rest.",
    ),
    Finding.DAMAGED: QT_TRANSLATE_NOOP(
        "ClipAdvice", "This file is damaged: what lies before the damaged place is open."
    ),
    Finding.CLOCK_JUMPS: QT_TRANSLATE_NOOP(
        "ClipAdvice",
        "The clock of this recording jumps. The picture is exact; convert it to MP4 to retake it with its sound.",
    ),
    Finding.TIMES_ASSUMED: QT_TRANSLATE_NOOP(
        "ClipAdvice", "This file does not say when its frames are shown. They were laid out at its usual rate."
    ),
    Finding.MIRRORED: QT_TRANSLATE_NOOP(
        "ClipAdvice", "This video asks players to mirror it. It is shown and sent here as it was recorded."
    ),
}
"""A sentence for every finding."""


_HD = 1080


def advice(clip: Clip) -> str:
    """The one thing to say about `clip`, the reason first; empty when there is nothing."""
    found = [FINDINGS[finding] for finding in clip.findings] or _makes(clip)[:1]
    return text.sentences(QCoreApplication.translate("ClipAdvice", sentence) for sentence in found)


def _makes(clip: Clip) -> list[str]:
    """What follows from how the video was made, the most important first."""
    said = [
        (clip.duration < MIN_SPAN, TOO_SHORT),
        (clip.colour.is_hdr, HDR),
        (clip.is_variable_rate, VARIABLE_RATE),
        (min(clip.width, clip.height) > _HD, LARGE),
        (clip.rotation != 0, ROTATED),
    ]
    return [sentence for is_so, sentence in said if is_so]


TOO_SHORT = QT_TRANSLATE_NOOP(
    "ClipAdvice", "This video is shorter than 2 seconds, the least that the model takes: it can only be looked at."
)
HDR = QT_TRANSLATE_NOOP(
    "ClipAdvice",
    "This video is HDR and the model works in standard range: look at the colours of a take before you keep it.",
)
VARIABLE_RATE = QT_TRANSLATE_NOOP(
    "ClipAdvice",
    "The frames of this video come at uneven times, so a moment is sent at a constant rate; frames are never lost.",
)
LARGE = QT_TRANSLATE_NOOP(
    "ClipAdvice", "This video is larger than 1080p, in which the model answers: a new moment will have 1080p detail."
)
ROTATED = QT_TRANSLATE_NOOP(
    "ClipAdvice", "This video was recorded turned, so it is shown and sent here as players show it: upright."
)
