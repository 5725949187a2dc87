"""Whether the system asks programs to keep still: what it calls reduced motion, or animations turned off."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

_PORTAL = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_STILL: dict[str, tuple[str, object]] = {
    "org.freedesktop.appearance": ("reduced-motion", 1),
    "org.gnome.desktop.interface": ("enable-animations", False),
    "org.kde.kdeglobals.KDE": ("AnimationDurationFactor", "0"),
}
"""Name space of the portal's settings: the key that tells, and its value where stillness is wanted."""
_PATIENCE = 3.0
"""Seconds for an answer."""
_ANIMATION_IN_WINDOWS = 0x1042
"""SPI_GETCLIENTAREAANIMATION."""


def system_asks_for_stillness() -> bool:
    """False too where the system cannot tell. May wait for seconds: not for the GUI thread."""
    try:
        if sys.platform == "win32":
            return _on_windows()
        if sys.platform == "darwin":
            return _on_macos()
        return _on_linux()
    except Exception:  # noqa: BLE001 - whatever a bus, a portal or a system does wrong, the window may move
        return False


if sys.platform == "win32":

    def _on_windows() -> bool:
        import ctypes

        animates = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_ANIMATION_IN_WINDOWS, 0, ctypes.byref(animates), 0)
        return not animates.value


def _on_macos() -> bool:
    command = ["/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion"]
    told = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 - the system's own
    return told.stdout.strip() == b"1"


def _on_linux() -> bool:
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return False  # looking for a bus any other way would start one
    return is_asked_for(_portals_settings())


def is_asked_for(settings: Mapping[str, Mapping[str, tuple[str, Any]]]) -> bool:
    """What the portal's settings (name space, key, signature and value) say of it."""
    return any(settings.get(space, {}).get(key, ("", None))[1] == still for space, (key, still) in _STILL.items())


def _portals_settings() -> Mapping[str, Mapping[str, tuple[str, Any]]]:
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    portal = DBusAddress(_PATH, bus_name=_PORTAL, interface=_INTERFACE)
    with open_dbus_connection("SESSION") as bus:
        call = new_method_call(portal, "ReadAll", "as", (list(_STILL),))
        reply = bus.send_and_get_reply(call, timeout=_PATIENCE)
    if reply.header.message_type is MessageType.error:
        return {}
    found: Mapping[str, Mapping[str, tuple[str, Any]]] = reply.body[0]
    return found
