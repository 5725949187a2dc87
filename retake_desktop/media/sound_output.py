"""Where sound goes: whether there is a device for it, and which ones there are."""

from dataclasses import dataclass
from enum import Enum


class Output(Enum):
    """Whether there is a sound device that takes what is played."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    ABSENT = "absent"


NOBODY = frozenset({"auto_null"})
"""Devices that sound servers offer while there is none, so that programs go on (PulseAudio's module-always-sink)."""


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device as libVLC names it, and its name for people."""

    id: str
    name: str
