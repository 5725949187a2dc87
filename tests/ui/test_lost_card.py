"""A graphics card with which the app crashed is left off until it is chosen again, or is another one."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.media import card_use
from retake_desktop.media.card_use import signature
from retake_desktop.media.hardware import PERMITS, Verdict
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services import crashes
from retake_desktop.services.settings import Settings, load, save
from retake_desktop.session import _lost_cards
from retake_desktop.ui.hardware_desk import HardwareDesk
from tests.fakes.footage import make_clip

_WINDOW = """
import ctypes, os, signal, sys
from pathlib import Path
from retake_desktop.media.card_use import CARD_USE
from retake_desktop.media.hardware import PERMITS
from retake_desktop.media.probe import probe
from retake_desktop.media.screen_frames import ScreenFrames
from retake_desktop.media.source import open_quickly
from retake_desktop.services import runs

class Card:
    name = "cuda"

    def opened(self, path):
        {at_opening}
        return open_quickly(path)

    def plain(self, frame, pixel_format):
        {at_decoding}
        return frame

with runs.on_record(Path(sys.argv[1])) as run:
    CARD_USE.report_to(run.note_cards)
    clip = probe(sys.argv[2])
    PERMITS.allow(clip, Card())
    frames = ScreenFrames(clip, lambda: False, beside=False)
    frames.frame(3)
    {afterwards}
    frames.close()
    {at_last}
"""
_CRASH, _KILL, _ERROR = "ctypes.string_at(0)", "os.kill(os.getpid(), signal.SIGKILL)", "raise RuntimeError"
_HAS_CRASHED = -signal.SIGSEGV


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    path = make_clip(tmp_path_factory.mktemp("card") / "a.mp4", frames=5, size=(2048, 1232), audio=False)
    return probe(str(path))


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder


def _left_off(logs: Path, clip: Clip, code: int, **deeds: str) -> tuple[str, ...]:
    """The cards that the start after such a run leaves off."""
    places = ("at_opening", "at_decoding", "afterwards", "at_last")
    script = _WINDOW.format(**{place: deeds.get(place, "pass") for place in places})
    command = [sys.executable, "-c", script, str(logs), clip.path]
    done = subprocess.run(command, env=os.environ, capture_output=True, check=False, text=True)
    assert done.returncode == code, done.stderr
    return _lost_cards(Settings(), crashes.collect(logs))


@pytest.mark.parametrize("moment", ["at_opening", "at_decoding"])
def test_a_driver_that_crashes_the_window_is_known_at_the_next_start(moment: str, logs: Path, clip: Clip) -> None:
    assert _left_off(logs, clip, _HAS_CRASHED, **{moment: _CRASH}) == (signature("cuda"),)
    assert "while a graphics card decoded: cuda, Retake Desktop" in (logs / crashes.CRASHES).read_text(encoding="utf-8")
    assert [path.name for path in logs.iterdir()] == [crashes.CRASHES]


@pytest.mark.parametrize(
    ("code", "deed"),
    [
        pytest.param(-signal.SIGKILL, {"afterwards": _KILL}, id="killed, or without power"),
        pytest.param(1, {"afterwards": _ERROR}, id="an error of our own"),
        pytest.param(_HAS_CRASHED, {"at_last": _CRASH}, id="crashed when the card had been let go"),
    ],
)
def test_no_other_end_speaks_against_the_card(code: int, deed: dict[str, str], logs: Path, clip: Clip) -> None:
    assert _left_off(logs, clip, code, **deed) == ()
    assert [path.name for path in logs.iterdir()] == [crashes.CRASHES]


def test_a_run_that_ends_well_leaves_nothing(logs: Path, clip: Clip) -> None:
    assert _left_off(logs, clip, 0, afterwards="assert len(list(Path(sys.argv[1]).glob('*.cards'))) == 1") == ()
    assert list(logs.iterdir()) == []


def test_what_somebody_on_windows_has_handled_was_no_crash() -> None:
    for trace, suspects in (("access violation", ("card",)), ("code 0x800706ba", ())):
        run = crashes.Unfinished("2026-11-22", f"Windows fatal exception: {trace}", ("card",))
        assert run.suspects == suspects


def test_it_is_left_off_at_every_start_until_its_driver_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed = crashes.Unfinished("2026-11-22", "Fatal Python error: Segmentation fault", (signature("cuda"),))
    save(tmp_path / "settings.json", Settings(lost_cards=_lost_cards(Settings(), (crashed,))))
    chosen, _ = load(tmp_path / "settings.json")
    assert _lost_cards(chosen, ()) == (signature("cuda"),)
    assert _lost_cards(chosen, (crashed,)) == (signature("cuda"),)
    monkeypatch.setattr(card_use, "drivers", lambda: "a newer one")
    assert _lost_cards(chosen, (crashed,)) == ()


class _Approving(MediaWorker):
    async def try_hardware(self, clip: Clip) -> Verdict:  # noqa: ARG002 - of whatever clip
        return Verdict("cuda", "the same frames, sooner")


def test_it_decodes_nothing_until_it_is_chosen_again(clip: Clip, tmp_path: Path) -> None:
    desk = HardwareDesk(_Approving(), tmp_path)
    try:
        for lost, may in (((signature("cuda"),), False), ((signature("d3d11va"),), True), ((), True)):
            PERMITS.clear()
            asyncio.run(desk.look(clip, Settings(lost_cards=lost)))
            assert (PERMITS.device_for(clip) is not None) is may
        PERMITS.clear()
        for lost in ((signature("cuda"),), ()):
            asyncio.run(desk.look(clip, Settings(lost_cards=lost)))
        assert PERMITS.device_for(clip) is not None, "the next video opened decides anew"
    finally:
        PERMITS.clear()
