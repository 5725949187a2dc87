"""A take that goes back into its original."""

from dataclasses import dataclass

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window


@dataclass(frozen=True, slots=True)
class KeptTake:
    """`result` shows `window`; of it, `span` (time of the original) is used, picture or sound or both by `mode`."""

    result: Clip
    window: Window
    span: Span
    mode: Mode
