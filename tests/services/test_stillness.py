"""The system's wish for less motion, asked of a portal on a real session bus."""

import sys
from typing import Any

import pytest

from retake_desktop.services import stillness
from tests.fakes.desktop import PORTAL, Desktop

Settings = dict[str, dict[str, tuple[str, Any]]]
pytestmark = pytest.mark.usefixtures("_on_linux")


@pytest.fixture
def _on_linux() -> None:
    assert sys.platform.startswith("linux"), "these tests speak to the portal"


@pytest.mark.parametrize(
    ("settings", "is_still"),
    [
        ({"org.freedesktop.appearance": {"reduced-motion": ("u", 1)}}, True),
        ({"org.gnome.desktop.interface": {"enable-animations": ("b", False)}}, True),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": ("s", "0")}}, True),
        ({"org.freedesktop.appearance": {"reduced-motion": ("u", 0), "color-scheme": ("u", 1)}}, False),
        ({"org.gnome.desktop.interface": {"enable-animations": ("b", True)}}, False),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": ("s", "0.5")}}, False),
        ({"org.example": {"reduced-motion": ("u", 1)}}, False),
        ({}, False),
    ],
)
def test_what_the_desktop_says_is_heard(settings: Settings, is_still: bool) -> None:
    with Desktop(PORTAL) as desktop:
        desktop.settings = settings
        assert stillness.system_asks_for_stillness() is is_still


def test_without_portal_or_bus_things_may_move(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not stillness.system_asks_for_stillness()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert not stillness.system_asks_for_stillness()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert not stillness.system_asks_for_stillness()
