"""The sample's sound: slow chords over a calm sea, a ship's bell, and two squeaks that do not belong there."""

import math
import random
from array import array
from itertools import islice

from actors import SQUEAKS
from frame import DURATION

RATE = 48_000
TOTAL = DURATION * RATE
_CHORDS = (
    # start, end, notes in Hz: D major 9, B minor 7, G major 7 and back to D, as open fifths with colour on top
    (-1.0, 4.4, (73.42, 146.83, 220.00, 277.18, 369.99)),
    (3.2, 7.6, (61.74, 123.47, 185.00, 293.66, 440.00)),
    (6.4, 10.6, (49.00, 98.00, 196.00, 293.66, 369.99)),
    (9.2, 14.0, (73.42, 146.83, 220.00, 329.63, 369.99)),
)
_BELLS = (1.4, 9.9)


def sound() -> "array[int]":
    """The whole track: interleaved 16-bit stereo at 48 kHz."""
    left, right = [0.0] * TOTAL, [0.0] * TOTAL
    _sea(left, right)
    for start, end, notes in _CHORDS:
        for number, note in enumerate(notes):
            _pad(left, right, start, end, note, number)
    for bell in _BELLS:
        _bell(left, right, bell)
    for number, squeak in enumerate(SQUEAKS):
        _squeak(left, right, squeak, 1 + 0.06 * number)
    return _interleaved(left, right)


def _pad(left: list[float], right: list[float], start: float, end: float, note: float, number: int) -> None:
    """One note of a chord: two sines a hair apart, one a side, swelling and fading over the whole length."""
    first, last = max(0, int(start * RATE)), min(TOTAL, int(end * RATE))
    level = 0.05 / (1 + 0.16 * number)
    for channel, detune in ((left, 0.9985), (right, 1.0015)):
        step = 2 * math.pi * note * detune / RATE
        for index in range(first, last):
            swell = max(0.0, math.sin(math.pi * (index / RATE - start) / (end - start))) ** 1.4
            angle = step * index
            tremble = 1 + 0.12 * math.sin(2.1 * index / RATE + number)
            channel[index] += level * swell * tremble * (math.sin(angle) + 0.18 * math.sin(2 * angle))


def _sea(left: list[float], right: list[float]) -> None:
    """Filtered noise that breathes like small waves on a beach; the two sides breathe apart."""
    for seed, channel in enumerate((left, right)):
        dice = random.Random(40 + seed)  # noqa: S311 - a sound, not a secret
        low = lower = 0.0
        for index in range(TOTAL):
            seconds = index / RATE
            breath = 0.35 + 0.65 * (0.5 + 0.5 * math.sin(1.25 * seconds + 1.1 * seed)) ** 2.2
            low += (0.03 + 0.10 * breath) * (dice.uniform(-1, 1) - low)
            lower += 0.004 * (low - lower)
            channel[index] += 0.17 * breath * (low - lower)


def _bell(left: list[float], right: list[float], start: float) -> None:
    """A far ship's bell: partials that are not in tune with each other, and an echo from the hills."""
    for delay, level, pan in ((0.0, 0.075, 0.35), (0.43, 0.026, 0.75), (0.91, 0.011, 0.5)):
        first = int((start + delay) * RATE)
        for ratio, share, decay in ((1, 1.0, 1.5), (2.02, 0.6, 1.0), (2.74, 0.4, 0.7), (4.11, 0.22, 0.35)):
            step = 2 * math.pi * 587.3 * ratio / RATE
            for index in range(min(TOTAL - first, 2 * RATE)):
                value = (
                    level * share * min(1.0, index / 90) * math.exp(-index / (decay * RATE)) * math.sin(step * index)
                )
                left[first + index] += value * (1 - pan)
                right[first + index] += value * pan


def _squeak(left: list[float], right: list[float], start: float, pitch: float) -> None:
    """A rubber toy being pressed: in with a rising whistle, out with a falling one."""
    first, angle = int(start * RATE), 0.0
    for index in range(int(0.34 * RATE)):
        seconds = index / RATE
        press = math.exp(-(((seconds - 0.09) / 0.055) ** 2)) + 0.75 * math.exp(-(((seconds - 0.235) / 0.05) ** 2))
        glide = (
            980 + 900 * math.sin(math.pi * min(1.0, seconds / 0.19)) + 420 * max(0.0, math.sin(9.5 * (seconds - 0.17)))
        )
        angle += 2 * math.pi * pitch * (glide + 38 * math.sin(2 * math.pi * 47 * seconds)) / RATE
        value = 0.13 * press * (math.sin(angle) + 0.5 * math.sin(2 * angle) + 0.32 * math.sin(3 * angle))
        left[first + index] += value * 1.05
        right[first + index] += value * 0.85


def _interleaved(left: list[float], right: list[float]) -> "array[int]":
    """Both sides as 16-bit numbers, with a short fade at either end and a soft ceiling."""
    fade = int(0.25 * RATE)
    mixed = array("h")
    for index, (one, other) in enumerate(islice(zip(left, right, strict=True), TOTAL)):
        edge = min(1.0, index / fade, (TOTAL - index) / (4 * fade))
        mixed.append(round(32_000 * math.tanh(1.6 * edge * one)))
        mixed.append(round(32_000 * math.tanh(1.6 * edge * other)))
    return mixed
