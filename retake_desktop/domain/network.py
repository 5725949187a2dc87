"""How the app reaches the network, as the person chose it."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit


class ProxyUse(StrEnum):
    SYSTEM = "system"
    """As the environment says: HTTPS_PROXY, NO_PROXY, and what the system's settings hold."""
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Network:
    """`proxy` is an address where it is used by hand.

    `certificates` is a PEM file whose authorities are trusted besides the system's; "" for none.
    """

    use: ProxyUse = ProxyUse.SYSTEM
    proxy: str = ""
    certificates: str = ""


def is_loopback(url: str) -> bool:
    """Whether `url` stays on this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
