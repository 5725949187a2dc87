"""What stands beside the pictures of a stream, and must not go missing where new pictures come in.

Levels of HDR10 hold for a whole sequence; captions, HDR10+ and Dolby Vision's curves belong to one picture each.
Sources: ITU-T H.264 7.3.2.3 and annex D, ITU-T H.265 7.3.2.4 and annex D (messages and their numbers), ITU-T T.35.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from retake_desktop.media.nal import Codec, Form, escaped, unescaped

_HEAD = {"h264": b"\x06", "hevc": b"\x4e\x01"}
"""The head of a NAL unit with messages that come before the picture."""
_LASTING = {137, 144, 147}
"""Mastering display, content light level, and the transfer that players should prefer (HLG)."""
_REGISTERED = 4
"""Registered by ITU-T T.35: captions, HDR10+."""
_DOLBY_VISION = 62

Messages = dict[int, bytes]


class Around(NamedTuple):
    """NAL units that belong before and behind a picture's own."""

    before: tuple[bytes, ...] = ()
    behind: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Beside:
    """What was met in a stream. `is_with_pictures`: some of it belongs to single pictures."""

    codec: Codec
    is_with_pictures: bool = False
    _lasting: list[tuple[int, Messages]] = field(default_factory=list)

    def note(self, packet: int, unit: bytes) -> None:
        """Takes note of a NAL unit of the stream's packet number `packet`. Raises ValueError."""
        if unit[0] >> 1 & 63 == _DOLBY_VISION and self.codec == "hevc":
            self.is_with_pictures = True
        if not _is_message(self.codec, unit):
            return
        found = dict(_messages(self.codec, unit))
        self.is_with_pictures |= _REGISTERED in found
        known = self._lasting[-1][1] if self._lasting else {}
        changed = known | {kind: payload for kind, payload in found.items() if kind in _LASTING}
        if changed != known:
            self._lasting.append((packet, changed))

    def lasting_at(self, packet: int) -> tuple[bytes, ...]:
        """What holds for pictures that come in before the stream's packet number `packet`."""
        earlier = [messages for number, messages in self._lasting if number < packet]
        messages = earlier[-1] if earlier else self._lasting[0][1] if self._lasting else {}
        return (_packed(self.codec, messages.items()),) if messages else ()

    def around(self, form: Form, payload: bytes) -> Around:
        """What belongs to the one picture in a packet. Raises ValueError."""
        units = list(form.units(payload))
        messages = [
            (kind, text)
            for unit in units
            if _is_message(self.codec, unit)
            for kind, text in _messages(self.codec, unit)
            if kind == _REGISTERED
        ]
        curves = [unit for unit in units if self.codec == "hevc" and unit[0] >> 1 & 63 == _DOLBY_VISION]
        return Around((_packed(self.codec, messages),) if messages else (), tuple(curves))


def _is_message(codec: Codec, unit: bytes) -> bool:
    return unit[0] & 31 == 6 if codec == "h264" else unit[0] >> 1 & 63 == 39


def _messages(codec: Codec, unit: bytes) -> Iterator[tuple[int, bytes]]:
    raw = unescaped(unit)
    place = len(_HEAD[codec])
    while place < len(raw) and raw[place:].rstrip(b"\x00") != b"\x80":
        kind, place = _number(raw, place)
        size, place = _number(raw, place)
        if place + size > len(raw):
            return  # Cut off: what comes after such a message cannot be told either.
        yield kind, raw[place : place + size]
        place += size


def _number(raw: bytes, place: int) -> tuple[int, int]:
    value = 0
    while place < len(raw) and raw[place] == 255:
        value, place = value + 255, place + 1
    return value + (raw[place] if place < len(raw) else 0), place + 1


def _packed(codec: Codec, messages: Iterable[tuple[int, bytes]]) -> bytes:
    body = b"".join(_coded(kind) + _coded(len(text)) + text for kind, text in messages)
    return escaped(_HEAD[codec] + body + b"\x80")


def _coded(value: int) -> bytes:
    return b"\xff" * (value // 255) + bytes((value % 255,))
