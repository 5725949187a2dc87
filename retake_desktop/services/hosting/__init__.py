"""How a prepared window becomes something that the service can fetch: one file a target, one protocol."""

from retake_desktop.services.hosting.demo import DemoTarget
from retake_desktop.services.hosting.inline import InlineTarget
from retake_desktop.services.hosting.target import Hosted, Storage, Target

__all__ = ["DemoTarget", "Hosted", "InlineTarget", "Storage", "Target"]
