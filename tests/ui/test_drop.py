"""What is dropped or pasted, and what is said of it before and after."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from retake_desktop.ui.drop import Dropped, DropTrouble, checked, outlook, read_drop, read_text
from retake_desktop.ui.elevation import ElevationType, elevation_type, refuses_drops
from retake_desktop.ui.style import Style
from retake_desktop.ui.welcome import Welcome


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def test_of_thirty_files_the_first_video_is_opened() -> None:
    names = [f"/card/{number}.jpg" for number in range(29)] + ["/card/CLIP.MOV"]
    found = read_drop(files(*names))
    assert found == Dropped("/card/CLIP.MOV", others=29)
    assert outlook(found) == "Drop to open CLIP.MOV; the other files are left out"


def test_with_a_video_on_stage_it_is_said_what_becomes_of_it() -> None:
    assert outlook(Dropped("/a.mp4"), has_clip=True).endswith("Takes go on. This video keeps its selection and prompt.")


def test_an_address_is_fetched_and_only_its_server_is_named() -> None:
    found = read_text("https://example.org/a.mp4?signature=secret")
    assert found == Dropped(None, url="https://example.org/a.mp4?signature=secret")
    assert outlook(found) == "Drop to fetch the video from example.org and open it"
    assert outlook(found, has_clip=True).endswith("Takes go on. This video keeps its selection and prompt.")


def test_of_a_folder_the_first_video_is_opened(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.MOV", "notes.txt"):
        (tmp_path / name).touch()
    assert checked(read_drop(files(str(tmp_path)))) == Dropped(str(tmp_path / "a.MOV"), others=1, is_checked=True)


def test_a_folder_without_a_video_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert checked(read_drop(files(str(tmp_path)))).trouble is DropTrouble.EMPTY_FOLDER


def test_a_file_that_is_gone_is_left_to_the_opening(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.mp4")
    assert checked(Dropped(gone)) == Dropped(gone, is_checked=True)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("/videos/a.mp4", "/videos/a.mp4"),
        ('"/videos/a b.mp4"\n', "/videos/a b.mp4"),
        ("file:///videos/%C3%A4.mp4", "/videos/ä.mp4"),
        ("  /videos/a.mp4\n/videos/b.mp4", "/videos/a.mp4"),
    ],
)
def test_pasted_text_names_a_file(words: str, path: str) -> None:
    assert read_text(words).path == path


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("http://example.org/a.mp4", DropTrouble.PLAIN_HTTP),
        ("ftp://example.org/a.mp4", DropTrouble.PLAIN_HTTP),
        ("", DropTrouble.NOTHING),
        ("hello", DropTrouble.NOTHING),
        ("/a\x00b.mp4", DropTrouble.NOTHING),
        ("~nobody-of-this-name/a.mp4", DropTrouble.NOTHING),
        ("https://", DropTrouble.NOTHING),
    ],
)
def test_what_cannot_be_opened_is_told_apart(words: str, trouble: DropTrouble) -> None:
    assert read_text(words).trouble is trouble


@given(st.text(max_size=200) | st.text("/:.~htps\x00\n \"'%", max_size=60))
def test_whatever_is_pasted_is_read_or_refused(words: str) -> None:
    found = read_text(words)
    assert sum(each is not None for each in (found.path, found.url, found.trouble)) == 1
    assert found.path is None or "\x00" not in found.path


@pytest.mark.parametrize(
    ("kind", "refuses"),
    [(ElevationType.DEFAULT, False), (ElevationType.FULL, True), (ElevationType.LIMITED, False), (None, False)],
)
def test_only_where_windows_raised_the_app_nothing_can_be_dropped_and_that_is_said(
    qtbot: QtBot, styled: Style, kind: ElevationType | None, *, refuses: bool
) -> None:
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.explain_drops(refused=refuses_drops(kind))
    assert welcome._refused.isVisible() is refuses
    assert "without administrator rights" in welcome._refused.text()
    assert (welcome._heading.text() == "Drop a video here") is not refuses


def test_other_systems_know_no_raised_programs() -> None:
    assert sys.platform == "win32" or elevation_type() is None
