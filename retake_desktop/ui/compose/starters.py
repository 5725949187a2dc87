"""Beginnings of good retake prompts, to be filled in. What makes them good: LTX's advice on retakes, and its users'
reports: say what stays the same, change one thing a take, and put what is spoken into quotes, or the model may have
the instruction itself spoken."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP

GAP = "…"
"""Stands where the person is to write; it is selected, so that typing replaces it."""


@dataclass(frozen=True, slots=True)
class Starter:
    name: str
    prompt: str


_ALL = (
    (
        QT_TRANSLATE_NOOP("Starters", "Keep everything but one thing"),
        QT_TRANSLATE_NOOP("Starters", "Keep the same person, place, light and camera move. Only this is different: …"),
    ),
    (
        QT_TRANSLATE_NOOP("Starters", "Other clothes"),
        QT_TRANSLATE_NOOP("Starters", "The same person in the same place and light, now wearing …"),
    ),
    (
        QT_TRANSLATE_NOOP("Starters", "Take something away"),
        QT_TRANSLATE_NOOP("Starters", "The same shot with the same light and camera move, but without …"),
    ),
    (
        QT_TRANSLATE_NOOP("Starters", "Another expression"),
        QT_TRANSLATE_NOOP(
            "Starters", "The same person in the same framing and light. Their expression changes slowly to …"
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Starters", "Another line of dialogue"),
        QT_TRANSLATE_NOOP("Starters", "The same person in the same framing looks up and says calmly: “…”"),
    ),
    (
        QT_TRANSLATE_NOOP("Starters", "Only other sounds"),
        QT_TRANSLATE_NOOP("Starters", "Quiet sound of the place, nobody speaks, no music. In front, clearly heard: …"),
    ),
)


def starters() -> tuple[Starter, ...]:
    """All of them, in the person's language."""
    return tuple(Starter(_translated(name), _translated(prompt)) for name, prompt in _ALL)


def _translated(words: str) -> str:
    return QCoreApplication.translate("Starters", words)
