"""A second launch hands its file to the window that is there; hostile callers get nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.ui.callers import Call, read_call
from retake_desktop.ui.drop import Dropped
from retake_desktop.ui.single_window import SingleWindow

LONG = 60_000
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from retake_desktop.ui.single_window import SingleWindow
app = QCoreApplication([])
entry = SingleWindow(Path(sys.argv[1]), sys.argv[2])
if entry.open():
    entry.listen()
    print("first")
else:
    print(entry.hand_over(sys.argv[3] or None))
"""


@pytest.fixture
def first(tmp_path: Path, qtbot: QtBot) -> Iterator[SingleWindow]:
    entry = SingleWindow(tmp_path, "live")
    assert entry.open()
    entry.listen()
    yield entry
    entry.close()


def launch(folder: Path, kind: str, video: str, cwd: Path | None = None) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", SECOND, str(folder), kind, video]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=cwd)


def answer(qtbot: QtBot, process: "subprocess.Popen[str]") -> str:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=LONG)
    assert process.stdout is not None
    with process.stdout:
        return process.stdout.read().strip()


def test_a_second_launch_hands_its_file_over_and_ends(first: SingleWindow, tmp_path: Path, qtbot: QtBot) -> None:
    called: list[Dropped] = []
    first.called.connect(called.append)
    assert answer(qtbot, launch(tmp_path, "live", "clip ä.mp4", cwd=tmp_path)) == "True"
    assert answer(qtbot, launch(tmp_path, "live", "")) == "True"
    assert [one.path for one in called] == [str(tmp_path / "clip ä.mp4"), None]


def test_a_launch_is_heard_that_comes_before_the_window_listens(tmp_path: Path, qtbot: QtBot) -> None:
    entry, called = SingleWindow(tmp_path, "live"), list[Dropped]()
    entry.called.connect(called.append)
    assert entry.open()
    second = launch(tmp_path, "live", "/clip.mp4")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(1)
    entry.listen()
    assert answer(qtbot, second) == "True"
    assert [one.path for one in called] == ["/clip.mp4"]
    entry.close()


def test_what_a_mac_s_desktop_opens_comes_as_an_event(first: SingleWindow, tmp_path: Path, qapp: QApplication) -> None:
    called: list[Dropped] = []
    first.called.connect(called.append)
    qapp.installEventFilter(first)
    QApplication.sendEvent(qapp, QFileOpenEvent(str(tmp_path / "clip ä.mp4")))
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/clip.mp4")))
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("mailto:nobody@example.org")))
    assert [(one.path, one.url) for one in called] == [
        (str(tmp_path / "clip ä.mp4"), None),
        (None, "https://example.org/clip.mp4"),
    ]


def test_windows_of_another_service_or_folder_do_not_meet(first: SingleWindow, tmp_path: Path, qtbot: QtBot) -> None:
    called: list[Dropped] = []
    first.called.connect(called.append)
    other = tmp_path / "other"
    other.mkdir()
    assert answer(qtbot, launch(tmp_path, "demo", "/clip.mp4")) == "first"
    assert answer(qtbot, launch(other, "live", "/clip.mp4")) == "first"
    assert called == []


def test_after_the_window_has_closed_the_next_launch_is_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    entry = SingleWindow(tmp_path, "live")
    assert entry.open()
    entry.close()
    assert answer(qtbot, launch(tmp_path, "live", "/clip.mp4")) == "first"


def test_what_a_killed_window_left_behind_stands_in_nobody_s_way(tmp_path: Path, qtbot: QtBot) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", SECOND + "\nimport os, signal; sys.stdout.flush(); os.kill(os.getpid(), signal.SIGKILL)",
         str(tmp_path), "live", ""],
        stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    assert killed.stdout.strip() == b"first"
    assert any(tmp_path.iterdir())
    entry = SingleWindow(tmp_path, "live")
    assert entry.open()
    entry.listen()
    assert answer(qtbot, launch(tmp_path, "live", "")) == "True"
    entry.close()


def test_a_long_folder_still_has_its_window(tmp_path: Path, qtbot: QtBot) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    entry = SingleWindow(deep, "live")
    assert entry.open()
    entry.listen()
    called: list[Dropped] = []
    entry.called.connect(called.append)
    assert answer(qtbot, launch(deep, "live", "/clip.mp4")) == "True"
    assert called == [Dropped("/clip.mp4")]
    entry.close()


@pytest.mark.parametrize(
    "bytes_",
    [
        b"GET / HTTP/1.1\n", b"\xff\xfe\x00\n", b"[" * 30_000 + b"\n", b'{"open": 5}\n', b'{"open": "relative.mp4"}\n',
        b'{"open": "http://example.org/a.mp4"}\n', b'{"open": "/a\\u0000b"}\n', b'{"open": "/' + b"a" * 9000 + b'"}\n',
        b"x" * 60_000,
    ],
)  # fmt: skip
def test_hostile_bytes_open_nothing_and_the_window_goes_on_listening(
    bytes_: bytes, first: SingleWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    called: list[Dropped] = []
    first.called.connect(called.append)
    socket = QLocalSocket()
    with qtbot.waitSignal(socket.connected, timeout=LONG):
        socket.connectToServer(first._name)
    with qtbot.waitSignal(socket.disconnected, timeout=LONG):
        socket.write(bytes_)
    assert called == []
    assert answer(qtbot, launch(tmp_path, "live", "/clip.mp4")) == "True"
    assert called == [Dropped("/clip.mp4")]


def test_the_socket_is_for_this_person_alone(first: SingleWindow) -> None:
    assert Path(first._name).stat().st_mode & 0o077 == 0


def test_an_https_address_is_a_call_too() -> None:
    found = read_call(msgspec.json.encode(Call("https://example.org/a.mp4")))
    assert found is not None
    assert found.url == "https://example.org/a.mp4"
