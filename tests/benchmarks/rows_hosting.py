"""100 MB on their way to a bucket, on a line of 200 Mbit/s."""

from functools import cache

from tests.benchmarks.hosting import Figures, measure
from tests.benchmarks.measuring import Samples, Unit, row
from tests.benchmarks.peers import program


@cache
def _figures() -> Figures:
    """All three rows are about the same upload."""
    program("curl")
    return measure()


@row("hosting", reach=1 / 0.98, peer="curl")
def hosting(_runs: int) -> Samples:
    """Hosting 100 MB on a server throttled to 200 Mbit/s."""
    return Samples([_figures().seconds], [_figures().curl_seconds])


@row("hosting-core", reach=10, unit=Unit.PERCENT)
def hosting_core(_runs: int) -> Samples:
    """Share of one core that hosting takes."""
    return Samples([_figures().core * 100])


@row("hosting-memory", reach=20, unit=Unit.MEGABYTES)
def hosting_memory(_runs: int) -> Samples:
    """Memory that hosting adds."""
    return Samples([_figures().more_memory / 1e6])
