"""The child that reads for the timeline: a process that answers several questions at once until its input ends."""

import os
import sys
import threading
import traceback
from typing import BinaryIO

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.aside_protocol import (
    Answer,
    Block,
    Cuts,
    Ended,
    Failed,
    GiveUp,
    Listen,
    Outline,
    Pictures,
    Piece,
    Question,
    Show,
    decoded_message,
)
from retake_desktop.media.overview import Here
from retake_desktop.media.worker_child import private_output
from retake_desktop.media.worker_protocol import encoded, framed, read_framed


def run() -> int:
    """Serves questions from standard input until it ends, which it does when the app ends, however it ends."""
    _Desk(private_output()).serve(sys.stdin.buffer)
    # Whatever is still being read, nobody waits for it.
    os._exit(0)


class _Desk:
    """Answers each question on a thread of its own."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._writing = threading.Lock()
        self._given_up: dict[int, threading.Event] = {}

    def serve(self, questions: BinaryIO) -> None:
        clip: Clip | None = None
        while (payload := read_framed(questions)) is not None:
            message = decoded_message(payload)
            if isinstance(message, Show):
                clip = message.clip
            elif isinstance(message, GiveUp):
                # Asked for once: the thread that answers it may be done between two looks.
                given_up = self._given_up.get(message.number)
                if given_up is not None:
                    given_up.set()
            elif clip is not None:
                self._given_up[message.number] = threading.Event()
                threading.Thread(target=self._answer, args=(clip, message), daemon=True).start()

    def _answer(self, clip: Clip, question: Question) -> None:
        number = question.number
        try:
            self._read(clip, question, self._given_up[number])
            self._send(Ended(number))
        except RetakeError as error:
            self._send(Failed(number, error.kind, error.detail))
        except Exception as error:  # noqa: BLE001 - a bug must end its question, not the others
            traceback.print_exc()
            self._send(Failed(number, ErrorKind.MEDIA_FAILED, f"internal error: {type(error).__name__}"))
        finally:
            del self._given_up[number]

    def _read(self, clip: Clip, question: Question, given_up: threading.Event) -> None:
        here, number, cancelled = Here(), question.number, given_up.is_set
        match question:
            case Pictures(_, times, width, height):
                for picture in here.pictures_near(clip, times, width, height, cancelled):
                    self._give(number, picture)
            case Outline():
                for block in here.waveform(clip, cancelled):
                    self._give(number, Block.of(block))
            case Listen(_, within, pause):
                self._give(number, here.sounds(clip, within, pause, cancelled))
            case Cuts(_, first, end):
                self._give(number, here.cuts(clip, first, end, cancelled))

    def _give(self, number: int, value: object) -> None:
        self._send(Piece(number, msgspec.Raw(encoded(value))))

    def _send(self, answer: Answer) -> None:
        message = framed(answer)
        with self._writing:
            self._answers.write(message)
            self._answers.flush()


if __name__ == "__main__":
    sys.exit(run())
