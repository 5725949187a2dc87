"""Numbered footage in the players that people use: what libVLC and Chromium show of a file, from end to end."""

import ctypes
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import vlc

from tests.fakes.footage import UnreadableError, read_number_from_rgb

_PLAYING_SECONDS = 90


def shown_by_libvlc(path: str, width: int, height: int) -> list[int | None]:
    """The number in each picture; None for one that cannot be read. The file may have black bars."""
    instance = vlc.Instance("--quiet", "--no-audio", "--no-drop-late-frames", "--no-skip-frames", "--avcodec-hw=none")
    assert instance is not None
    player, screen = instance.media_player_new(), _Screen(width, height)
    player.video_set_callbacks(screen.lock, None, screen.display, None)
    player.video_set_format("RV32", width, height, width * 4)
    player.event_manager().event_attach(vlc.EventType.MediaPlayerEndReached, lambda _event: screen.ended.set())
    player.event_manager().event_attach(vlc.EventType.MediaPlayerEncounteredError, lambda _event: screen.ended.set())
    player.set_media(instance.media_new_path(path))
    player.play()
    assert screen.ended.wait(_PLAYING_SECONDS)
    player.stop()
    player.release()
    instance.release()
    return screen.seen


def shown_by_chromium(path: Path) -> list[int]:
    """The numbers in the pictures of a file without bars, played slowly. Debian's `chromium` package is needed."""
    with TemporaryDirectory() as folder, _listening(path) as server:
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
                   "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={folder}",
                   f"http://127.0.0.1:{server.server_port}/"]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            has_told = server.has_been_told.wait(_PLAYING_SECONDS)
            browser.terminate()
        assert has_told
    found = re.fullmatch(r"SEEN ([0-9 ]+) DROPPED [0-9]+", server.told)
    assert found is not None, server.told
    return [int(number) for number in found[1].split()]


class _Screen:
    """libVLC's pictures in memory: the number in each, None for one that cannot be read."""

    def __init__(self, width: int, height: int) -> None:
        self.seen: list[int | None] = []
        self._size = width, height
        self._buffer = ctypes.create_string_buffer(width * height * 4)
        self.ended = threading.Event()
        self.lock = vlc.CallbackDecorators.VideoLockCb(self._lock)
        self.display = vlc.CallbackDecorators.VideoDisplayCb(self._display)

    def _lock(self, _opaque: object, planes: Any) -> None:
        planes[0] = ctypes.addressof(self._buffer)

    def _display(self, _opaque: object, _picture: object) -> None:
        try:
            width, height = self._size
            self.seen.append(read_number_from_rgb(self._buffer.raw, width, height, width * 4))
        except UnreadableError:
            self.seen.append(None)


_PAGE = """<!doctype html><title>wait</title>
<video muted src="/video"></video><script>
const video = document.querySelector("video"), canvas = document.createElement("canvas"), seen = [];
const context = canvas.getContext("2d", {willReadFrequently: true});
const done = (text) => fetch("/told?" + encodeURIComponent(text));
function look() {
  const width = canvas.width = video.videoWidth, height = canvas.height = video.videoHeight;
  context.drawImage(video, 0, 0);
  const dots = context.getImageData(0, 0, width, height).data, levels = [];
  for (let block = 0; block < 24; block++) {
    const x = Math.floor((2 * (block % 12) + 1) * width / 24);
    const y = Math.floor((2 * Math.floor(block / 12) + 1) * height / 8);
    levels.push(dots[4 * (y * width + x)]);
  }
  const middle = (levels[0] + levels[1]) / 2;
  seen.push(parseInt(levels.slice(2, 18).map((level) => level > middle ? "1" : "0").join(""), 2));
  video.requestVideoFrameCallback(look);
}
video.onerror = () => done("ERROR " + video.error.code + " " + video.error.message);
video.onended = () => done("SEEN " + seen.join(" ") + " DROPPED " + video.getVideoPlaybackQuality().droppedVideoFrames);
video.playbackRate = 0.25;
video.requestVideoFrameCallback(look);
video.play();
</script>"""


class _Listener(ThreadingHTTPServer):
    """Serves a page with one video and waits for what the page has to tell."""

    told = ""

    def __init__(self, video: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.video = video
        self.has_been_told = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Listener)
        if self.path == "/":
            self._answer("text/html", _PAGE.encode())
        elif self.path == "/video":
            self._answer("video/mp4", self.server.video.read_bytes())
        elif self.path.startswith("/told?"):
            self.server.told = unquote(self.path.removeprefix("/told?"))
            self._answer("text/plain", b"")
            self.server.has_been_told.set()
        else:
            self.send_error(404)

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@contextmanager
def _listening(video: Path) -> Iterator[_Listener]:
    server = _Listener(video)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
