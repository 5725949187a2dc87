"""A real Secret Service (gnome-keyring) on a message bus of its own, away from the person's keyring and screen."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import secretstorage

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""Without service folders: nothing starts by itself, so no prompter can open a dialog and no keyring come back."""
_PATIENCE = 10.0


class SecretService:
    """`address` is the bus; the keyring is unlocked, with the password "test"."""

    def __init__(self) -> None:
        # Not under the test's own folder: the path of a socket must be short.
        self._folder = Path(tempfile.mkdtemp(prefix="bus-"))
        self.address = f"unix:path={self._folder}/bus"
        self._connect = secretstorage.dbus_init
        self._connections: list[Any] = []
        self._bus: subprocess.Popen[bytes] | None = None
        self._keyring: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        config = self._folder / "bus.conf"
        config.write_text(_BUS.format(folder=self._folder))
        home = self._folder / "home"
        home.mkdir(mode=0o700)
        environment = {
            "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "DBUS_SESSION_BUS_ADDRESS": self.address,
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
        }  # fmt: skip
        quiet = subprocess.DEVNULL
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork"], env=environment, stderr=quiet, stdin=quiet
        )
        _wait_for((self._folder / "bus").exists)
        self._keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=environment, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet,
        )  # fmt: skip
        assert self._keyring.stdin is not None
        self._keyring.stdin.write(b"test")
        self._keyring.stdin.close()
        _wait_for(self._is_there)
        # keyring leaves its connection open when a collection is locked or gone.
        secretstorage.dbus_init = self._remembered_connection
        return self

    def _remembered_connection(self) -> Any:
        connection = self._connect()
        self._connections.append(connection)
        return connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        secretstorage.dbus_init = self._connect
        for connection in self._connections:
            connection.close()
        self.vanish()
        if self._bus is not None:
            self._bus.kill()
            self._bus.wait()
        shutil.rmtree(self._folder)

    def lock(self) -> None:
        connection = secretstorage.dbus_init()
        secretstorage.get_default_collection(connection).lock()
        connection.close()

    def vanish(self) -> None:
        """Ends the keyring for good; the bus stays."""
        if self._keyring is not None:
            self._keyring.kill()
            self._keyring.wait()
            self._keyring = None

    def _is_there(self) -> bool:
        before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self.address
        try:
            connection = secretstorage.dbus_init()
            there = secretstorage.check_service_availability(connection)
            connection.close()
        except (OSError, secretstorage.SecretStorageException):
            return False
        finally:
            if before is None:
                del os.environ["DBUS_SESSION_BUS_ADDRESS"]
            else:
                os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
        return bool(there)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the Secret Service did not start"
        time.sleep(0.02)
