"""How the window looks: design tokens, and the palette, style sheet, fonts and icons made from them.

Widgets that paint themselves ask `tokens()` at paint time; a change of theme repaints them.
"""

import string
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from retake_desktop.assets import asset


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #rrggbb. `accent` is the only colour that asks for attention when nothing is wrong."""

    window: str
    """Behind everything, and around the picture."""
    panel: str
    raised: str
    """Fields and buttons."""
    hover: str
    border: str
    text: str
    muted: str
    """Secondary text; still readable on every surface (4.5 to 1)."""
    disabled: str
    accent: str
    on_accent: str
    selected: str
    """Behind a chosen row."""
    warning: str
    danger: str
    stage: str
    """The surround of the picture: neutral, so that it does not tint what is judged."""


DARK = Tokens(
    window="#131518",
    panel="#1a1d21",
    raised="#24282e",
    hover="#2c3138",
    border="#343a43",
    text="#e6e8eb",
    muted="#9ba4af",
    disabled="#69727d",
    accent="#4db8a6",
    on_accent="#06211c",
    selected="#1f3835",
    warning="#e0b15c",
    danger="#f0857b",
    stage="#0d0d0d",
)

LIGHT = Tokens(
    window="#e9ebee",
    panel="#f6f7f8",
    raised="#ffffff",
    hover="#eceef1",
    border="#c5cad1",
    text="#1a1d21",
    muted="#535c67",
    disabled="#8b939d",
    accent="#0a7062",
    on_accent="#ffffff",
    selected="#d3ebe6",
    warning="#8a5a00",
    danger="#b3261e",
    stage="#2a2a2a",
)

GAP_TINY, GAP_SMALL, GAP, GAP_LARGE, GAP_HUGE = 4, 8, 12, 20, 32
RADIUS = 6
SCROLL_BAR = 10
_VEIL = 0xEB
"""How much of what lies under a veil the panel's colour covers, of 255; text on it keeps its contrast."""
ICON_SIZE = 18
CONTROL_HEIGHT = 32
MOTION_SHORT, MOTION_LONG = 140, 600
"""Milliseconds: for what appears, and for a wash of colour that fades. Their curve is that of `ui.motion`."""


class Theme(StrEnum):
    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class TextRole(StrEnum):
    """The type scale, as multiples of the system's size; all figures have one width, so that numbers do not jump."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    SMALL = "small"


_SCALE = {TextRole.TITLE: 1.7, TextRole.HEADING: 1.15, TextRole.BODY: 1.05, TextRole.SMALL: 0.95}


def tokens() -> Tokens:
    """The tokens of the theme in use, told by the application's palette."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def colour(name: str) -> QColor:
    """The colour of the token `name`."""
    return QColor(getattr(tokens(), name))


def font(role: TextRole = TextRole.BODY, *, strong: bool = False) -> QFont:
    """The system's font in one of four sizes, with tabular figures."""
    made = QFont(_system_font())
    made.setPointSizeF(made.pointSizeF() * _SCALE[role])
    made.setFeature(QFont.Tag("tnum"), 1)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


class Style(QObject):
    """Keeps the application in the chosen theme, and in the system's when that is asked for."""

    def __init__(
        self, app: QApplication, scheme: Callable[[], Qt.ColorScheme] | None = None, *, is_dressed: bool = True
    ) -> None:
        """`scheme` tells what the system wants, when `colorSchemeChanged` says that this has changed.

        Not `is_dressed`, the style sheet comes with `dress`: while a window is built, each widget would be polished
        anew whenever one that holds it finds its place.
        """
        super().__init__(app)
        self._is_dressed = is_dressed
        self._app = app
        self._scheme = scheme or app.styleHints().colorScheme
        self._theme = Theme.DARK
        self._shown: Tokens | None = None
        _system_font()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        chosen = LIGHT if self._wants_light() else DARK
        if chosen is self._shown and chosen is tokens():
            return  # polishing every widget anew takes half a second
        self._shown = chosen
        self._app.setPalette(palette(chosen))
        self._app.setFont(font())
        if self._is_dressed:
            self._app.setStyleSheet(style_sheet(chosen))

    def dress(self) -> None:
        """Puts the style sheet on, now that the window is built."""
        self._is_dressed = True
        if self._shown is not None:
            self._app.setStyleSheet(style_sheet(self._shown))

    def _wants_light(self) -> bool:
        if self._theme is Theme.SYSTEM:
            return self._scheme() is Qt.ColorScheme.Light
        return self._theme is Theme.LIGHT

    def _follow_system(self) -> None:
        if self._theme is Theme.SYSTEM:
            self.set_theme(Theme.SYSTEM)


def palette(chosen: Tokens) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for target, value in {
        role.Window: chosen.panel,
        role.WindowText: chosen.text,
        role.Base: chosen.raised,
        role.AlternateBase: chosen.panel,
        role.ToolTipBase: chosen.raised,
        role.ToolTipText: chosen.text,
        role.PlaceholderText: chosen.muted,
        role.Text: chosen.text,
        role.Button: chosen.raised,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.danger,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Accent: chosen.accent,
        role.Mid: chosen.border,
        role.Midlight: chosen.border,
        role.Dark: chosen.border,
        role.Light: chosen.hover,
        role.Shadow: chosen.window,
    }.items():
        made.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, target, QColor(chosen.disabled))
    return made


def style_sheet(chosen: Tokens) -> str:
    """The style sheet of `resources/style/retake.qss` with this theme's colours in place of its $names."""
    template = string.Template(asset("style/retake.qss").read_text(encoding="utf-8"))
    return template.substitute(asdict(chosen), radius=RADIUS, bar=SCROLL_BAR, veil=f"#{_VEIL:02x}{chosen.panel[1:]}")


def icon(name: str, token: str | None = None) -> QIcon:
    """The icon `icons/<name>.svg`, sharp at any scale, in the colour of text or of `token`."""
    return QIcon(_SvgEngine(name, token))


def put_icon(button: QAbstractButton, name: str, token: str | None = None) -> None:
    """Puts an icon before the text of `button`, with some air between them, which Fusion leaves out."""
    button.setIcon(icon(name, token))
    button.setIconSize(QSize(ICON_SIZE - 2 + GAP_TINY, ICON_SIZE - 2))


class _SvgEngine(QIconEngine):
    """Draws one SVG with `currentColor` replaced when it is painted, so that icons follow theme and state."""

    def __init__(self, name: str, token: str | None) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002 - Qt's signature
        shade = "disabled" if mode is QIcon.Mode.Disabled else self._token or "text"
        side = min(rect.width(), rect.height())
        square = QRectF(rect.left(), rect.top(), side, side)
        square.moveTop(QRectF(rect).center().y() - side / 2)
        _renderer(self._name, getattr(tokens(), shade)).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802 - Qt's name
        made = QPixmap(size * scale)
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made


@cache
def _renderer(name: str, shade: str) -> QSvgRenderer:
    drawing = asset(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", shade)
    return QSvgRenderer(QByteArray(drawing.encode()))


@cache
def _system_font() -> QFont:
    """The font before the app changed it: what the type scale multiplies."""
    return QFont(QGuiApplication.font())
