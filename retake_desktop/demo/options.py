"""How a demo service behaves."""

from dataclasses import dataclass
from datetime import timedelta

MAX_VIDEO_BYTES = 100 * 1024 * 1024
"""Source: the service's own page ("videos ≤ 100 MB"); the demo holds uploads and inline videos to it."""


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`token` is the only bearer token that is accepted; None accepts any well-formed one.

    A request waits at least `queue_seconds` and then takes at least `run_seconds`. `answer_size` is the landscape size
    of results, turned for portrait; None answers in the source's size. `bleed_frames` frames around the selection
    change too. `strict` applies the limits that LTX documents and RunComfy's schema does not mention (73 to 505
    frames, at least 2 s to retake, at most 3840x2160); without it, whatever the schema allows is retaken.
    """

    token: str | None = None
    queue_seconds: float = 2.0
    run_seconds: float = 3.0
    answer_size: tuple[int, int] | None = (1920, 1080)
    bleed_frames: int = 3
    strict: bool = False
    keep: timedelta = timedelta(days=7)
    max_video_bytes: int = MAX_VIDEO_BYTES


DEFAULT = DemoOptions()
AT_ONCE = DemoOptions(queue_seconds=0, run_seconds=0, answer_size=None)
"""For tests: no waiting, results in the source's size."""
