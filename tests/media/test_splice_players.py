"""Spliced films in the players that people use: across both seams, every picture whole and in its place."""

import ctypes
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import vlc

from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, splice
from tests.fakes.footage import UnreadableError, make_clip, read_number_from_rgb
from tests.media.test_splice_matrix import FRAMES, MOMENT, NEW, OPEN, SIZE, hevc, ignored, take_of

WIDTH, HEIGHT = SIZE
EXPECTED = [index + NEW * (index in range(*MOMENT)) for index in range(FRAMES)]


def kept(folder: Path, name: str, **footage: Any) -> str:
    original = probe(str(make_clip(folder / name, frames=FRAMES, size=SIZE, gop=25, **footage)))
    report = splice(original, [take_of(folder, original)], str(folder / f"kept{Path(name).suffix}"), ignored)
    assert report.method is SpliceMethod.LOSSLESS
    return report.output


class Screen:
    """libVLC's pictures in memory: the number in each, None for one that cannot be read."""

    def __init__(self) -> None:
        self.seen: list[int | None] = []
        self._buffer = ctypes.create_string_buffer(WIDTH * HEIGHT * 4)
        self.ended = threading.Event()
        self.lock = vlc.CallbackDecorators.VideoLockCb(self._lock)
        self.display = vlc.CallbackDecorators.VideoDisplayCb(self._display)

    def _lock(self, _opaque: object, planes: Any) -> None:
        planes[0] = ctypes.addressof(self._buffer)

    def _display(self, _opaque: object, _picture: object) -> None:
        try:
            self.seen.append(read_number_from_rgb(self._buffer.raw, WIDTH, HEIGHT, WIDTH * 4, 4))
        except UnreadableError:
            self.seen.append(None)


def played(path: str) -> list[int | None]:
    """What libVLC shows of a file from its beginning to its end, at half its speed."""
    instance = vlc.Instance("--quiet", "--no-audio", "--no-drop-late-frames", "--no-skip-frames", "--avcodec-hw=none")
    assert instance is not None
    player, screen = instance.media_player_new(), Screen()
    player.video_set_callbacks(screen.lock, None, screen.display, None)
    player.video_set_format("RV32", WIDTH, HEIGHT, WIDTH * 4)
    player.event_manager().event_attach(vlc.EventType.MediaPlayerEndReached, lambda _event: screen.ended.set())
    player.event_manager().event_attach(vlc.EventType.MediaPlayerEncounteredError, lambda _event: screen.ended.set())
    player.set_media(instance.media_new_path(path))
    player.play()
    assert screen.ended.wait(60)
    player.stop()
    player.release()
    instance.release()
    return screen.seen


@pytest.mark.parametrize(("name", "footage"), [("closed.mp4", {}), ("hevc-open.mp4", hevc(OPEN))])
def test_libvlc_plays_across_both_seams(tmp_path: Path, name: str, footage: dict[str, Any]) -> None:
    seen = played(kept(tmp_path, name, **footage))
    assert None not in seen
    shown = [number for number in seen if number is not None]
    order = [EXPECTED.index(number) for number in shown]
    assert order == sorted(order)
    # A busy machine may leave out pictures, but not the same ones around the seams that a broken stream would.
    assert len(set(order)) > FRAMES * 0.8
    assert {27, 28, 29, 30, 31, 40, 41, 48, 49, 50, 51, 52} - set(order) == set()


PAGE = """<!doctype html><title>wait</title>
<video muted src="{name}" width="160" height="90"></video><script>
const video = document.querySelector("video"), canvas = document.createElement("canvas"), seen = [];
canvas.width = 160; canvas.height = 90;
const context = canvas.getContext("2d", {{willReadFrequently: true}});
const done = (text) => fetch("/told?" + encodeURIComponent(text));
function look() {{
  context.drawImage(video, 0, 0);
  const dots = context.getImageData(0, 0, 160, 90).data, levels = [];
  for (let block = 0; block < 24; block++) {{
    const x = Math.floor((2 * (block % 12) + 1) * 160 / 24), y = Math.floor((2 * Math.floor(block / 12) + 1) * 90 / 8);
    levels.push(dots[4 * (y * 160 + x)]);
  }}
  const middle = (levels[0] + levels[1]) / 2;
  seen.push(parseInt(levels.slice(2, 18).map((level) => level > middle ? "1" : "0").join(""), 2));
  video.requestVideoFrameCallback(look);
}}
video.onerror = () => done("ERROR " + video.error.code + " " + video.error.message);
video.onended = () => done("SEEN " + seen.join(" ") + " DROPPED " + video.getVideoPlaybackQuality().droppedVideoFrames);
video.playbackRate = 0.5;
video.requestVideoFrameCallback(look);
video.play();
</script>"""


class Listener(ThreadingHTTPServer):
    """Serves a folder and waits for what the page has to tell."""

    told = ""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self.has_been_told = threading.Event()


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if not self.path.startswith("/told?"):
            super().do_GET()
            return
        assert isinstance(self.server, Listener)
        self.server.told = unquote(self.path.removeprefix("/told?"))
        self.send_response(204)
        self.end_headers()
        self.server.has_been_told.set()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@contextmanager
def listening(folder: Path) -> Iterator[Listener]:
    server = Listener(folder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.full
def test_chromium_plays_across_both_seams(tmp_path: Path) -> None:
    """Debian's `chromium` package is needed for this one."""
    path = Path(kept(tmp_path, "closed.mp4"))
    (tmp_path / "page.html").write_text(PAGE.format(name=path.name))
    with listening(tmp_path) as server:
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
                   "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={tmp_path / 'profile'}",
                   f"http://127.0.0.1:{server.server_port}/page.html"]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            assert server.has_been_told.wait(90)
            browser.terminate()
        found = re.fullmatch(r"SEEN ([0-9 ]+) DROPPED ([0-9]+)", server.told)
    assert found is not None, server.told
    order = [EXPECTED.index(int(number)) for number in found[1].split()]
    assert order == sorted(order)
    assert len(set(order)) > FRAMES * 0.8
