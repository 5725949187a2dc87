"""The work on queued requests: one at a time, in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable

from retake_desktop.demo.files import FileStore
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.request_store import Order, RequestStore, State
from retake_desktop.demo.retaking import FailedError, Retaker, StoppedError
from retake_desktop.demo.wire import ResultWord

_log = logging.getLogger(__name__)
_PRUNING_PAUSE = 3600.0


class Processor(threading.Thread):
    """Takes requests off the shared queue whose lock is free, until stopped.

    `now` is seconds since the epoch. `look_again` is how often the folder is looked at for requests whose service died;
    own requests are begun at once (`wake`).
    """

    def __init__(
        self,
        store: RequestStore,
        files: FileStore,
        retaker: Retaker,
        options: DemoOptions,
        now: Callable[[], float] = time.time,
        look_again: float = 0.5,
    ) -> None:
        super().__init__(name="demo-processor", daemon=True)
        self._store = store
        self._files = files
        self._retaker = retaker
        self._options = options
        self._now = now
        self._look_again = look_again
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._pruned_at = float("-inf")

    def wake(self) -> None:
        """Says that a request was added."""
        self._woken.set()

    def stop(self) -> None:
        """Ends the thread; what it was working on goes back to the queue."""
        self._stopping.set()
        self._woken.set()
        self.join()

    def run(self) -> None:
        while not self._stopping.is_set():
            self._prune()
            if not self._work_on_next():
                self._woken.wait(self._pause())
                self._woken.clear()

    def _pause(self) -> float:
        due = [order.created_at + self._options.queue_seconds - self._now() for order in self._store.waiting()]
        return min([self._look_again, *(max(0.01, seconds) for seconds in due)])

    def _prune(self) -> None:
        if self._now() - self._pruned_at < _PRUNING_PAUSE:
            return
        self._pruned_at = self._now()
        before = self._now() - self._options.keep.total_seconds()
        self._store.prune(before)
        self._files.prune(before)

    def _work_on_next(self) -> bool:
        for order in self._store.waiting():
            if order.created_at + self._options.queue_seconds > self._now():
                continue
            with self._store.claim(order.request_id) as mine:
                if mine and not self._store.is_final(order.request_id):
                    self._work_on(order)
                    return True
        return False

    def _work_on(self, order: Order) -> None:
        """Takes one claimed request to its end. Always leaves a state that says the truth."""
        self._store.write(order.request_id, State(ResultWord.IN_PROGRESS))
        earliest = time.monotonic() + self._options.run_seconds
        try:
            state = self._outcome(order)
            if self._stopping.wait(max(0.0, earliest - time.monotonic())):
                raise StoppedError
        except StoppedError:
            state = State()
        self._store.write(order.request_id, state)

    def _outcome(self, order: Order) -> State:
        try:
            cost = self._retaker.retake(order, self._stopping.is_set)
            return State(ResultWord.SUCCEEDED, self._now(), cost=cost)
        except FailedError as failure:
            return State(ResultWord.FAILED, self._now(), error=str(failure), cost=0.0)
        except StoppedError:
            raise
        except Exception:  # noqa: BLE001 - a bug with one request must not end the work on all others
            _log.exception("The demo retake failed in a way that is a bug.")
            return State(ResultWord.FAILED, self._now(), error="Internal error of the demo service.", cost=0.0)
