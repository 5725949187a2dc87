"""The tokens: contrast, one family of icons at every scale, figures of one width, and following the system's theme."""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.assets import asset
from retake_desktop.ui import style
from retake_desktop.ui.labels import Sign, Words
from retake_desktop.ui.style import DARK, LIGHT, Style, Theme, Tokens

SURFACES = ("window", "panel", "raised", "hover", "selected")
WRITTEN_ON_ANY = ("text", "muted", "accent", "warning", "danger")
ENOUGH = 4.5
LARGE_ENOUGH = 3.0
"""For what is no text: the edge of what has the focus."""


def luminance(colour: str) -> float:
    """As WCAG 2 defines it, 0 for black to 1 for white."""
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_text_stands_out_from_everything_that_it_is_written_on(tokens: Tokens) -> None:
    pairs = [(ink, on) for ink, on in itertools.product(WRITTEN_ON_ANY, SURFACES)] + [("on_accent", "accent")]
    found = {
        f"{ink} on {on}": round(contrast(getattr(tokens, ink), getattr(tokens, on)), 2)
        for ink, on in pairs
        if contrast(getattr(tokens, ink), getattr(tokens, on)) < ENOUGH
    }
    assert not found


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_the_edge_of_what_has_the_focus_is_seen(tokens: Tokens) -> None:
    for on in SURFACES:
        assert contrast(tokens.accent, getattr(tokens, on)) >= LARGE_ENOUGH
        assert contrast(tokens.accent, tokens.border) >= 2, "the edge changes visibly when the focus comes"


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_every_icon_is_of_one_family() -> None:
    """A 24 pixel grid, lines of one width, no colours of their own."""
    for path in sorted(asset("icons").glob("*.svg")):
        if path.name == "app.svg":
            continue
        root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
        drawn = (root.get("viewBox"), root.get("stroke"), root.get("stroke-width"), root.get("fill"))
        assert drawn == ("0 0 24 24", "currentColor", "2", "none"), path.name
        assert not re.search(r"#[0-9a-fA-F]{3,6}", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_for_the_scale_of_the_screen(styled: Style, scale: float) -> None:
    drawn = style.icon("settings").pixmap(QSize(18, 18), scale, QIcon.Mode.Normal)
    assert drawn.width() == pytest.approx(18 * scale, abs=1)
    assert drawn.toImage().pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize("role", list(style.TextRole))
def test_figures_have_one_width_so_that_nothing_beside_them_moves(styled: Style, role: style.TextRole) -> None:
    metrics = QFontMetrics(style.font(role))
    assert len({metrics.horizontalAdvance(figure * 8) for figure in "0123456789"}) == 1


def test_the_theme_follows_the_system_while_the_window_stands(qtbot: QtBot, qapp: QApplication, styled: Style) -> None:
    wanted = Qt.ColorScheme.Dark
    following = Style(qapp, lambda: wanted)
    label = QLabel("Words")
    sign = Sign()
    for widget in (label, sign):
        qtbot.addWidget(widget)
        widget.show()
    following.set_theme(Theme.SYSTEM)
    for scheme, tokens in ((Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        wanted = scheme
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        assert style.tokens() is tokens
        assert label.palette().windowText().color() == QColor(tokens.text)
        assert QColor(tokens.muted).rgb() in colours(sign)
    following.set_theme(Theme.DARK)
    following.setParent(None)


def colours(widget: Sign) -> set[int]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).rgb() for x in range(image.width()) for y in range(image.height())}


def test_a_chosen_theme_stays_whatever_the_system_does(qapp: QApplication, styled: Style) -> None:
    styled.set_theme(Theme.LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert style.tokens() is LIGHT
    styled.set_theme(Theme.DARK)


def test_choosing_the_same_theme_again_polishes_nothing(qtbot: QtBot, styled: Style) -> None:
    """Every change of any setting comes by here, and to polish the window anew takes half a second."""
    heard = _Polished()
    qtbot.addWidget(heard)
    heard.show()
    heard.count = 0
    styled.set_theme(Theme.DARK)
    assert heard.count == 0
    styled.set_theme(Theme.LIGHT)
    assert heard.count > 0
    styled.set_theme(Theme.DARK)


class _Polished(QLabel):
    count = 0

    def changeEvent(self, event: QEvent) -> None:
        self.count += event.type() is QEvent.Type.StyleChange
        super().changeEvent(event)


def test_words_that_shrank_to_fit_stay_small_in_another_theme(qtbot: QtBot, styled: Style) -> None:
    beside = QWidget()
    qtbot.addWidget(beside)
    words = Words(beside)
    words.resize(120, 36)
    words.say("What is said here is too long for one line.")
    beside.show()
    small = style.font(style.TextRole.SMALL).pointSizeF()
    for theme in (Theme.LIGHT, Theme.DARK):
        styled.set_theme(theme)
        assert words.font().pointSizeF() == small
