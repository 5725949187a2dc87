"""Reading for the timeline in a child process, so that Python here is free for the window's thread.

Measured while two hours of film are zoomed to single frames: with the same readers on threads of this process the
window stood still for 100 to 250 ms, since each call into Qt had to wait its turn for Python.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import count
from queue import Empty, SimpleQueue
from typing import IO

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.media import aside_protocol as protocol
from retake_desktop.media.large import TURN
from retake_desktop.media.overview import Cancelled, Sounds
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.worker_link import child_environment, creation_flags, own_command
from retake_desktop.media.worker_protocol import decoded, framed, read_framed

_LOOK_AGAIN = 0.02
"""Seconds between two questions whether somebody still waits."""
_PATIENCE = 2.0
"""Seconds for which a child that is told to end may take."""

_NICENESS = 10
"""nice(2): what is on screen comes first."""

_Asking = Callable[[int], protocol.Question]


class Aside:
    """An `overview.Reader` with a child process, which is started when it is first asked.

    A child that dies raises RetakeError(MEDIA_FAILED) from what it was asked; the next question starts another.
    `command` starts a child; the default is this app's own.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = tuple(command or own_command("retake_desktop.media.aside_child", "--media-reader"))
        self._starting = threading.Lock()
        self._child: _Child | None = None

    def pictures_near(
        self, clip: Clip, times: Sequence[Fraction], width: Fraction, height: int, cancelled: Cancelled
    ) -> Iterator[Picture]:
        with TURN.of(clip, cancelled):
            asking: _Asking = lambda number: protocol.Pictures(number, tuple(times), width, height)  # noqa: E731
            for piece in self._pieces(clip, asking, cancelled):
                yield decoded(piece, Picture)

    def waveform(self, clip: Clip, cancelled: Cancelled) -> Iterator[WaveformBlock]:
        for piece in self._pieces(clip, protocol.Outline, cancelled):
            yield decoded(piece, protocol.Block).whole()

    def sounds(self, clip: Clip, within: Span, pause: Fraction, cancelled: Cancelled) -> Sounds:
        pieces = self._pieces(clip, lambda number: protocol.Listen(number, within, pause), cancelled)
        return next((decoded(piece, Sounds) for piece in pieces), Sounds())

    def cuts(self, clip: Clip, first: int, end: int, cancelled: Cancelled) -> tuple[int, ...]:
        with TURN.of(clip, cancelled):
            pieces = self._pieces(clip, lambda number: protocol.Cuts(number, first, end), cancelled)
            return next((decoded(piece, tuple[int, ...]) for piece in pieces), ())

    def close(self) -> None:
        """Ends the child."""
        with self._starting:
            child, self._child = self._child, None
        if child is not None:
            child.close()

    def _pieces(self, clip: Clip, asking: _Asking, cancelled: Cancelled) -> Iterator[msgspec.Raw]:
        with self._starting:
            if self._child is None or self._child.has_ended:
                self._child = _Child(self._command)
            child = self._child
        number, answers = child.ask(clip, asking)
        try:
            while not cancelled():
                with suppress(Empty):
                    answer = answers.get(timeout=_LOOK_AGAIN)
                    if not isinstance(answer, protocol.Piece):
                        return _finish(answer)
                    yield answer.value
        finally:
            child.forget(number)
        return None


def _finish(answer: protocol.Ended | protocol.Failed | None) -> None:
    if answer is None:
        raise RetakeError(ErrorKind.MEDIA_FAILED, "the program that reads it broke down")
    if isinstance(answer, protocol.Failed):
        raise RetakeError(answer.kind, answer.detail)


class _Child:
    """One running child, and who waits for which answers of it."""

    def __init__(self, command: Sequence[str]) -> None:
        self.has_ended = False
        self._numbers = count(1)
        self._waiting: dict[int, SimpleQueue[protocol.Answer | None]] = {}
        self._shown: Clip | None = None
        self._talking = threading.Lock()
        self._process = subprocess.Popen(  # noqa: S603 - this program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(),
            creationflags=creation_flags(),
        )
        if sys.platform != "win32":
            # From without: by itself it could do so only after it has loaded, which takes most of the processor's time.
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)
        self._listener = threading.Thread(target=self._listen, name="aside", daemon=True)
        self._listener.start()

    def ask(self, clip: Clip, asking: _Asking) -> tuple[int, "SimpleQueue[protocol.Answer | None]"]:
        """The number of a question about `clip`, and where its answers will be; None when there will be no more."""
        with self._talking:
            number, answers = next(self._numbers), SimpleQueue[protocol.Answer | None]()
            self._waiting[number] = answers
            if self._shown is not clip:
                self._shown = clip
                self._send(protocol.Show(clip))
            self._send(asking(number))
            if self.has_ended:
                answers.put(None)
        return number, answers

    def forget(self, number: int) -> None:
        """Nobody waits for these answers any more; `ask` gave the number."""
        with self._talking:
            if self._waiting.pop(number, None) is not None:
                self._send(protocol.GiveUp(number))

    def close(self) -> None:
        with self._talking, suppress(OSError):
            self._stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._listener.join()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - started with a pipe
        return self._process.stdin

    def _send(self, message: protocol.Message) -> None:
        # Of a child that is gone the listener hears.
        with suppress(OSError, ValueError):
            self._stdin.write(framed(message))
            self._stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - started with a pipe
        with self._process.stdout as answers:
            while (payload := read_framed(answers)) is not None:
                answer = protocol.decoded_answer(payload)
                waiting = self._waiting.get(answer.number)
                if waiting is not None:
                    waiting.put(answer)
        with self._talking:
            self.has_ended = True
            for waiting in self._waiting.values():
                waiting.put(None)
            with suppress(OSError):
                self._stdin.close()
        self._process.wait()
