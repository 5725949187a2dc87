"""What the screens show: the sample clip, two takes of it by the demo's effect, and what is measured of the first."""

import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from retake_desktop.assets import asset
from retake_desktop.demo.effect import Retake, apply
from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.changes import changes
from retake_desktop.media.plan import plan_window
from retake_desktop.media.prepare import Prepared, prepare
from retake_desktop.media.probe import probe

SPAN = Span(Fraction(5), Fraction(8))
"""The sample's bad moment."""
PROMPTS = (
    "Calm water in the bay, no bath duck, same evening light",
    "A small sailing boat instead of the duck, far out",
    "Only waves and gulls to be heard",
)
_MOST_BYTES = 11 << 20
_WINDOW, _CHANGES = "window.mp4", "changes.json"


@dataclass(frozen=True)
class Material:
    sample: Clip
    takes: tuple[Clip, ...]
    prepared: Prepared
    changes: Changes


def make(folder: Path) -> Material:
    """Makes the files in `folder`, about ten seconds of work."""
    sample = probe(str(asset("sample/sample.mp4")))
    request = RetakeRequest(sample.path, SPAN, PROMPTS[0])
    prepared = prepare(sample, request, str(folder / _WINDOW), _MOST_BYTES, lambda _progress: None)
    sent = probe(prepared.path)
    for number, prompt in enumerate(PROMPTS[:2]):
        apply(Retake(prompt, str(number), prepared.window.span, Mode.PICTURE_AND_SOUND), sent, _take(folder, number))
    found = changes(sample, probe(_take(folder, 0)), prepared.window, SPAN, Mode.PICTURE_AND_SOUND)
    (folder / _CHANGES).write_text(json.dumps(asdict(found)), encoding="utf-8")
    return load(folder)


def load(folder: Path) -> Material:
    """What `make` made in `folder`."""
    sample = probe(str(asset("sample/sample.mp4")))
    request = RetakeRequest(sample.path, SPAN, PROMPTS[0])
    written = json.loads((folder / _CHANGES).read_text(encoding="utf-8"))
    pairs = {name: tuple(written[name]) for name in ("levels", "selection", "seams")}
    return Material(
        sample,
        tuple(probe(_take(folder, number)) for number in range(2)),
        _prepared(folder, sample, request),
        Changes(written["first"], noise=written["noise"], **pairs),
    )


def _prepared(folder: Path, sample: Clip, request: RetakeRequest) -> Prepared:
    path = folder / _WINDOW
    return Prepared(plan_window(sample, request).window, str(path), path.stat().st_size)


def _take(folder: Path, number: int) -> str:
    return str(folder / f"take-{number}.mp4")
