"""Calls into the system that may never come back: nobody waits for them in vain.

A Secret Service that dies while its question is on screen leaves its client waiting for ever, and a question that is
simply left open would keep the app from quitting.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

_SERVICE = "org.freedesktop.secrets"
_TURN = 0.5
"""Seconds between two looks whether there is still somebody to wait for."""
_PATIENCE = 2.0
"""Seconds for the message bus to answer."""
_Result = TypeVar("_Result")


class Given(Exception):  # noqa: N818 - not an error: whoever asked has left
    """The wait was given up from outside, because the app closes."""


class Asking:
    """Makes such calls, each on a thread of its own that nothing waits for at the end of the process."""

    def __init__(self) -> None:
        self._ended = threading.Event()

    def end(self) -> None:
        """Ends every wait, now and from now on."""
        self._ended.set()

    def __call__(self, call: Callable[[], _Result]) -> _Result:
        """What `call` returns or raises. Raises ConnectionResetError when the Secret Service went away meanwhile, and
        Given after `end`."""
        answer: Future[_Result] = Future()
        watch = _Watch()
        threading.Thread(target=_give, args=(call, answer), name="keyring", daemon=True).start()
        while True:
            if wait([answer], timeout=_TURN).done:
                return answer.result()
            if self._ended.is_set():
                raise Given
            if watch.is_gone() and not answer.done():
                raise ConnectionResetError("the Secret Service went away")


def _give(call: Callable[[], _Result], answer: Future[_Result]) -> None:
    try:
        answer.set_result(call())
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to whoever asked
        answer.set_exception(error)


class _Watch:
    """Notices when the Secret Service that was there has gone; where there is none, it never says so."""

    def __init__(self) -> None:
        self._seen = _owner()

    def is_gone(self) -> bool:
        owner = _owner()
        if self._seen is None:
            self._seen = owner
        return owner != self._seen


def _owner() -> str | None:
    """The bus name of the process that is the Secret Service now; None without one, or without a bus to ask."""
    if not sys.platform.startswith("linux") or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    # Only here: other systems have neither the bus nor this library.
    from jeepney import MessageType
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    try:
        with contextlib.closing(open_dbus_connection()) as connection:
            reply = connection.send_and_get_reply(message_bus.GetNameOwner(_SERVICE), timeout=_PATIENCE)
    except (OSError, ValueError, KeyError):
        return None
    is_owned = reply.header.message_type is MessageType.method_return
    return str(reply.body[0]) if is_owned else None
