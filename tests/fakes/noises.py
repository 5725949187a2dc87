"""Sounds that are no speech, made by arithmetic: floats around 0, at `RATE` samples a second."""

from collections.abc import Callable
from math import exp, pi, sin
from random import Random

RATE = 8000


def tone(length: int) -> list[float]:
    return [sin(2 * pi * 440 * at / RATE) for at in range(length)]


def hum(length: int) -> list[float]:
    return [sum(sin(2 * pi * 50 * part * at / RATE) / part for part in (1, 2, 3, 5, 7)) for at in range(length)]


def melody(length: int) -> list[float]:
    """Plucked notes, two to four a second."""
    random = Random(2)  # noqa: S311 - noise needs no secrecy
    return _notes(length, random, lambda any_of: [220 * 2 ** (any_of.randrange(24) / 12)], (0.25, 0.25, 0.5), 3)


def chords(length: int) -> list[float]:
    """Major chords, one or two a second."""

    def chord(random: Random) -> list[float]:
        root = 110 * 2 ** (random.randrange(12) / 12)
        return [root * 2 ** (step / 12) for step in (0, 4, 7, 12)]

    return _notes(length, Random(3), chord, (0.5, 1.0, 1.0), 1.5)  # noqa: S311 - noise needs no secrecy


def _notes(
    length: int, random: Random, pitches: Callable[[Random], list[float]], lengths: tuple[float, ...], decay: float
) -> list[float]:
    made: list[float] = []
    while len(made) < length:
        waves = [(pitch * part, 1 / part) for pitch in pitches(random) for part in (1, 2, 3)]
        for at in range(int(RATE * random.choice(lengths))):
            shape = exp(-decay * at / RATE) * min(1, at / 80)
            made.append(shape * sum(height * sin(2 * pi * pitch * at / RATE) for pitch, height in waves))
    return made[:length]


def tune(length: int) -> list[float]:
    """Notes of a low string, bowed without a pause, as many a second as speech has syllables."""
    random = Random(6)  # noqa: S311 - noise needs no secrecy
    made: list[float] = []
    while len(made) < length:
        pitch = 100 * 2 ** (random.randrange(12) / 12)
        count = int(RATE * random.choice((0.12, 0.16, 0.2, 0.25)))
        for at in range(count):
            shape = min(1, at / 160, (count - at) / 160)
            made.append(shape * sum(sin(2 * pi * pitch * part * at / RATE) / part for part in range(1, 12)))
    return made[:length]


def drums(length: int) -> list[float]:
    """Kicks and snares, two to four a second."""
    random = Random(4)  # noqa: S311 - noise needs no secrecy
    made = [0.0] * length
    begin = 0
    while begin < length:
        kick = random.random() < 0.5
        for at in range(min(int(RATE * 0.18), length - begin)):
            low = 1.5 * sin(2 * pi * 60 * at / RATE) * exp(-15 * at / RATE)
            made[begin + at] += low if kick else random.uniform(-1, 1) * exp(-25 * at / RATE)
        begin += int(RATE * random.choice((0.25, 0.25, 0.5)))
    return made


def pink(length: int) -> list[float]:
    """After Paul Kellet's economy filter, https://www.firstpr.com.au/dsp/pink-noise/."""
    random = Random(5)  # noqa: S311 - noise needs no secrecy
    slow = middle = quick = 0.0
    made = []
    for _ in range(length):
        white = random.uniform(-1, 1)
        slow = 0.99765 * slow + white * 0.0990460
        middle = 0.96300 * middle + white * 0.2965164
        quick = 0.57000 * quick + white * 1.0526913
        made.append(slow + middle + quick + white * 0.1848)
    return made
