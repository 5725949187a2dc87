"""Small movements: they say where something has come, change nothing beside them, and can be had without."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.services.settings import Settings
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.look import LookSection
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.motion import Arrival, appear, is_still, keep_still
from retake_desktop.ui.notice import NoticeBar
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.stillness import Stillness
from retake_desktop.ui.style import Style


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    keep_still(False)
    yield
    keep_still(False)


@pytest.fixture
def page(qtbot: QtBot, styled: Style) -> QWidget:
    """A notice above a picture."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(NoticeBar())
    column.addWidget(QLabel("The picture"), 1)
    page.resize(600, 300)
    page.show()
    qtbot.waitExposed(page)
    return page


def notice_of(page: QWidget) -> tuple[NoticeBar, Arrival]:
    notice = page.findChild(NoticeBar)
    assert isinstance(notice, NoticeBar)
    return notice, notice._arrival


def test_a_notice_comes_with_a_wash_of_its_colour_that_goes_by_itself(qtbot: QtBot, page: QWidget) -> None:
    notice, wash = notice_of(page)
    notice.show_notice("Something happened.", tone="warning")
    qtbot.waitUntil(lambda: wash.isVisible() and wash.size() == notice.size())
    tinted = notice.grab().toImage().pixelColor(notice.width() // 2, 2)
    qtbot.waitUntil(lambda: not wash.isVisible())
    assert notice.isVisible()
    assert notice.grab().toImage().pixelColor(notice.width() // 2, 2) == style.colour("raised") != tinted


def test_a_movement_moves_nothing_beside_it(qtbot: QtBot, page: QWidget) -> None:
    notice, wash = notice_of(page)
    picture = page.findChildren(QLabel)[-1]
    notice.show_notice("Something happened.")
    qtbot.waitUntil(wash.isVisible)
    places = {(picture.y(), picture.height(), notice.height())}
    while wash.isVisible():
        qtbot.wait(10)
        places.add((picture.y(), picture.height(), notice.height()))
    assert len(places) == 1


def test_what_appears_is_drawn_plainly_in_the_end(qtbot: QtBot, page: QWidget) -> None:
    picture = page.findChildren(QLabel)[-1]
    appear(picture)
    assert picture.graphicsEffect() is not None
    appear(picture)
    qtbot.waitUntil(lambda: picture.graphicsEffect() is None)


def test_nothing_moves_while_stillness_is_wanted(qtbot: QtBot, page: QWidget) -> None:
    keep_still(True)
    notice, wash = notice_of(page)
    notice.show_notice("Something happened.")
    assert notice.isVisible()
    assert not wash.isVisible()
    appear(page)
    assert page.graphicsEffect() is None


def test_the_setting_and_the_system_are_obeyed_at_once(qtbot: QtBot, playback: Playback) -> None:
    window, preferences = MainWindow(playback), Preferences(Settings(), lambda _settings: None)
    qtbot.addWidget(window)
    answers = [True, False]
    stillness = Stillness(preferences, window, lambda: answers.pop(0))
    assert not is_still()
    stillness.ask()
    qtbot.waitUntil(is_still)
    # The person changed it in the system's settings, and comes back to the window.
    stillness._soon.setInterval(0)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: not is_still())
    preferences.change(moves=False)
    assert is_still()
    preferences.change(moves=True)
    assert not is_still()
    stillness.close()
    preferences.close()


def test_the_settings_offer_it(qtbot: QtBot, styled: Style) -> None:
    section = LookSection(Settings())
    qtbot.addWidget(section)
    (box,) = section.findChildren(QCheckBox)
    assert box.isChecked()
    with qtbot.waitSignal(section.chosen) as chosen:
        box.click()
    assert chosen.args == ["moves", False]
    assert "system" in section.words()
