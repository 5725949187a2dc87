"""How a demo retake looks and sounds: chosen from the prompt and the take, the same every time for the same two."""

import colorsys
import hashlib
from dataclasses import dataclass
from fractions import Fraction

_LETTERS = {
    "D": ((0, 0, 1, 5), (1, 0, 1, 1), (1, 4, 1, 1), (2, 1, 1, 3)),
    "E": ((0, 0, 1, 5), (1, 0, 2, 1), (1, 2, 1, 1), (1, 4, 2, 1)),
    "M": ((0, 0, 1, 5), (1, 1, 1, 1), (2, 2, 1, 1), (3, 1, 1, 1), (4, 0, 1, 5)),
    "O": ((0, 0, 3, 1), (0, 4, 3, 1), (0, 1, 1, 3), (2, 1, 1, 3)),
}
"""Letters as rectangles (left, top, width, height) on a grid five cells high."""
_WIDTHS = {"D": 3, "E": 3, "M": 5, "O": 3}
_EMBLEM = 4
"""The take's emblem is a square of this many cells a side."""
_SCALE_CENTS = (0, 200, 400, 700, 900)
"""A major pentatonic scale: any of its notes sound well together."""
_LOWEST_HERTZ = 174.6


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle in pixels; colour as `0xRRGGBB`."""

    left: int
    top: int
    width: int
    height: int
    colour: str


@dataclass(frozen=True, slots=True)
class Look:
    """`tint` is the chroma (U, V: 0 to 255, 128 is none) that the picture is drawn to; `contrast` stretches its luma
    around the middle; `accent` is the border's colour; `emblem` tells takes apart; `chord` is in hertz."""

    tint: tuple[int, int]
    contrast: Fraction
    accent: str
    emblem: tuple[bool, ...]
    chord: tuple[float, float, float]


def look_of(prompt: str, take: str) -> Look:
    """The look of one take: the prompt picks its family, the take turns its hue and picks the rest."""
    theme = hashlib.sha256(prompt.strip().encode()).digest()
    turn = hashlib.sha256(take.encode()).digest()
    hue = (theme[0] / 256 + turn[0] / 256) % 1
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.55, 0.9))
    root = _LOWEST_HERTZ * 2 ** (_SCALE_CENTS[theme[1] % 5] / 1200)
    third, fifth = _SCALE_CENTS[1 + turn[1] % 2], _SCALE_CENTS[3 + turn[2] % 2]
    bits = int.from_bytes(turn[3:5], "big")
    return Look(
        tint=_chroma(red, green, blue),
        contrast=Fraction(85 + theme[2] % 31, 100),
        accent=f"0x{red:02x}{green:02x}{blue:02x}",
        emblem=tuple(bool(bits >> cell & 1) for cell in range(_EMBLEM * _EMBLEM)),
        chord=(root, root * 2 ** (third / 1200), root * 2 ** (fifth / 1200)),
    )


def _chroma(red: int, green: int, blue: int) -> tuple[int, int]:
    """U and V of a colour by BT.709, in the limited range."""
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return round(128 + 112 * (blue - luma) / (0.9278 * 255)), round(128 + 112 * (red - luma) / (0.7874 * 255))


def badge(look: Look, width: int, height: int) -> list[Box]:
    """The boxes that say DEMO and show the take's emblem, at the upper left of a picture of this many pixels.

    Below, the review writes which side a picture is."""
    cell = max(1, min(width, height) // 120)
    columns = sum(_WIDTHS[letter] + 1 for letter in "DEMO") + 1 + _EMBLEM
    left, top = 4 * cell, 4 * cell
    boxes = [Box(left, top, (columns + 2) * cell, 7 * cell, "0x101014")]
    column = 1
    for letter in "DEMO":
        boxes += [
            Box(left + (column + x) * cell, top + (1 + y) * cell, w * cell, h * cell, "0xf4f4f6")
            for x, y, w, h in _LETTERS[letter]
        ]
        column += _WIDTHS[letter] + 1
    boxes += [
        Box(left + (column + 1 + at % _EMBLEM) * cell, top + (1 + at // _EMBLEM) * cell, cell, cell, look.accent)
        for at, lit in enumerate(look.emblem)
        if lit
    ]
    return boxes
