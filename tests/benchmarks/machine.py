"""What the figures were taken on, and how calm it was meanwhile."""

import os
import platform
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_ROUNDS = 40
_WORK = 60_000


@dataclass(frozen=True)
class Machine:
    """`memory` in GB (10^9 bytes). `noise`: the quartile range of a fixed piece of work, as a share of its median."""

    processor: str
    cores: int
    memory: float
    system: str
    noise: float

    def as_record(self) -> dict[str, Any]:
        return asdict(self)

    def sentence(self) -> str:
        return f"{self.cores} cores ({self.processor}), {self.memory:.0f} GB, {self.system}, noise {self.noise:.0%}"


def this_machine(noise: float) -> Machine:
    return Machine(_processor(), len(os.sched_getaffinity(0)), _memory(), _system(), noise)


def noise() -> float:
    """Does the same small work again and again, and says how much its time varied."""
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        sum(number * number for number in range(_WORK))
        times.append(time.perf_counter() - begun)
    first, middle, third = statistics.quantiles(times, n=4)
    return (third - first) / middle


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.platform())
