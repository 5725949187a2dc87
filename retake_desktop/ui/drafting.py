"""Selection, prompt and mode together: undone and redone as one, and there again for each video."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor, QUndoCommand, QUndoStack

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.services.drafts import Draft
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.retaking import Retaking

_TYPING_MS = 600
"""A pause in typing that ends a step to undo."""
_MOST_STEPS = 200


class Drafting(QObject):
    """Keeps a history of steps for each video of this session, and the last state of each on the `shelf`."""

    def __init__(self, window: MainWindow, retaking: Retaking, shelf: DraftShelf) -> None:
        super().__init__(window)
        self._window = window
        self._retaking = retaking
        self._shelf = shelf
        self._clip: Clip | None = None
        self._settled: Draft | None = None
        self._histories: dict[str, QUndoStack] = {}
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.settle)
        window.timeline.span_settled.connect(self.settle)
        window.compose.changed.connect(self._on_form_changed)
        retaking.shown.connect(self._on_shown)

    def take_up(self, clip: Clip, first: Span | None = None) -> None:
        """Puts `clip` on stage as the person left it; one that is new begins with `first` and an empty prompt."""
        self.settle()
        compose = self._window.compose
        had_clip, self._clip = self._clip is not None, None
        draft = self._shelf.of(clip)
        self._retaking.take_up(clip, (draft.span(clip) if draft else None) or first)
        if draft is not None:
            self._fill(draft)
        elif had_clip:
            compose.fill_from(replace(compose.request(), prompt=""))
        self._clip = clip
        self._settled = self._now()
        if clip.fingerprint not in self._histories:
            self._histories[clip.fingerprint] = QUndoStack(self)
            self._histories[clip.fingerprint].setUndoLimit(_MOST_STEPS)

    def undo(self) -> None:
        """Takes the last step back: the selection, or what was written, or the mode."""
        self.settle()
        if self._clip is not None:
            self._histories[self._clip.fingerprint].undo()

    def redo(self) -> None:
        self.settle()
        if self._clip is not None:
            self._histories[self._clip.fingerprint].redo()

    def settle(self, _span: object = None) -> None:
        """What has changed since the last step becomes one, unless the selection is being dragged or written."""
        if self._window.timeline.is_settled:
            self._settle()

    def _settle(self) -> None:
        self._typing.stop()
        now, before = self._now(), self._settled
        if self._clip is None or now is None or now == before:
            return
        self._settled = now
        self._shelf.put(self._clip, now)
        if before is not None:
            self._histories[self._clip.fingerprint].push(_Step(self, before, now))

    def show(self, draft: Draft) -> None:
        """Puts an earlier state back, without making that a step."""
        clip = self._clip
        if clip is None:
            return
        self._settled = draft
        self._retaking.touch()
        span = draft.span(clip)
        if span is not None:
            self._retaking.set_span(span)
        self._fill(draft)
        self._shelf.put(clip, draft)

    def close(self) -> None:
        """Nothing that was written or selected is lost."""
        self._settle()
        self._shelf.close()

    def _fill(self, draft: Draft) -> None:
        compose = self._window.compose
        compose.fill_from(replace(compose.request(), prompt=draft.prompt, mode=draft.mode))
        compose.prompt.moveCursor(QTextCursor.MoveOperation.End)

    def _now(self) -> Draft | None:
        span, compose = self._retaking.span, self._window.compose
        if span is None:
            return None
        return Draft.of(span, compose.prompt.toPlainText(), compose.request().mode)

    def _on_form_changed(self) -> None:
        """Typing gathers until it pauses; everything else is a step at once."""
        now = self._now()
        if now is not None and self._settled is not None and now.mode != self._settled.mode:
            self.settle()
        else:
            self._typing.start()

    def _on_shown(self, _span: Span) -> None:
        """Another take's request may have been put in place; while the mouse drags, the step comes with its end."""
        if not self._typing.isActive():
            self._typing.start()


class _Step(QUndoCommand):
    def __init__(self, drafting: Drafting, before: Draft, after: Draft) -> None:
        super().__init__()
        self._drafting = drafting
        self._before = before
        self._after = after
        self._is_done = True

    def undo(self) -> None:
        self._is_done = False
        self._drafting.show(self._before)

    def redo(self) -> None:
        if not self._is_done:
            self._drafting.show(self._after)
        self._is_done = True
