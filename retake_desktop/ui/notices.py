"""What the presenters say to the person, and what the button of each notice does."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.ui import problems
from retake_desktop.ui.notice import NoticeBar


class Notices(QObject):
    """The one way to the notice bar: a sentence, how serious it is, and at most one deed."""

    def __init__(self, bar: NoticeBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._deed: Callable[[], object] | None = None
        self._told: ErrorKind | None = None
        bar.acted.connect(self._on_acted)

    def say(
        self, words: str, *, tone: str = "muted", action: str = "", deed: Callable[[], object] | None = None
    ) -> None:
        """Shows `words`; `deed` is done when the button `action` is pressed."""
        self._deed, self._told = deed, None
        self._bar.show_notice(words, tone=tone, action=action if deed else "")

    def renew(self, before: str, words: str) -> None:
        """`words` in place of `before`, where that is said still: how far something is."""
        self._bar.renew(before, words)

    def problem(self, problem: Problem, deed: Callable[[], object] | None = None) -> None:
        """Shows what went wrong and what to do; `deed` is what the problem's own button does."""
        action = problems.label(problems.remedy(problem))
        self.say(problems.message(problem), tone="danger", action=action, deed=deed if action else None)
        self._told = problem.kind

    def take_back(self, kind: ErrorKind) -> None:
        """The trouble is over: what was said of it goes, unless something else was said since."""
        if self._told is kind:
            self.clear()

    def clear(self) -> None:
        self._deed = self._told = None
        self._bar.hide()

    def _on_acted(self, _key: str) -> None:
        deed, self._deed = self._deed, None
        if deed is not None:
            deed()
