"""How often the 80 % band held what came: the same forecast made at month ends of the last years, then compared."""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from metrics import increments, outlook, pipeline
from metrics.dates import month_end, month_number
from metrics.definitions import Kpi
from metrics.forecast import BAND
from metrics.forecast_words import Why
from metrics.outlook import Known

YEARS = 5
DRAWS = 300  # of each past forecast: the ends of the band waver by a chance of about 2 %
PROMISED = BAND[1] - BAND[0]  # the share of values that the band is to hold
Z = 1.959963984540054


@dataclass(frozen=True)
class Coverage:
    """``held`` of ``n`` past bands held the value that came, forecast over as many ``months``.

    The windows overlap: the 95 % interval ``low``..``high`` (Wilson) counts only as many as lie side by side (``apart``).
    ``refused`` counts the dates without a forecast.
    """

    months: int
    n: int
    held: int
    refused: int
    apart: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of the bands that held."""
        return self.held / self.n


def coverage(kpi: Kpi, known: Known, as_of: date, horizon: date) -> Coverage | None:
    """Return how often the band held over the last five years, forecasting as many months as from ``as_of`` to ``horizon``.

    At each date only what was known then is looked at. None where no past date allowed a forecast.
    """
    months = len(increments.steps(as_of, horizon)[0])
    values = {month_number(day): value for day, value in known.months if day <= as_of}
    held = refused = n = 0
    for origin in _origins(as_of, months):
        found = _held(kpi, known, values, origin, months)
        if isinstance(found, bool):
            n, held = n + 1, held + found
        elif found is not None:
            refused += 1
    if not n:
        return None
    apart = max(n * max(months // 3, 1) / months, 1.0)
    return Coverage(months, n, held, refused, apart, *wilson(held / n, apart))


def _origins(as_of: date, months: int) -> list[date]:
    """Return the month ends of the last five years from which ``months`` later is over at ``as_of``."""
    last = month_number(as_of) - months - (as_of != month_end(as_of))
    step = max(months // 3, 1)  # closer windows overlap so much that they tell nothing more
    return [_end(number) for number in range(last, last - 12 * YEARS, -step)][::-1]


def _end(number: int) -> date:
    return month_end(date((number - 1) // 12, (number - 1) % 12 + 1, 1))


def _held(
    kpi: Kpi, known: Known, values: dict[int, float | None], origin: date, months: int
) -> bool | Why | None:
    """Say whether the band made at ``origin`` held; why there was none; None where no value is known to compare with."""
    here = month_number(origin)
    now, horizon = values.get(here), _end(here + months)
    if now is None:
        return None
    found = outlook.ahead(kpi, known, origin, now, horizon, DRAWS, whole=False)
    if isinstance(found, Why):
        return found
    if found.method == "pipeline" and known.lines is not None:
        came: float | None = pipeline.came(known.lines, origin, horizon)
    else:
        came = increments.added(kpi, values, here, months) if found.is_added else values.get(here + months)
    if came is None:
        return None
    low, high = np.quantile(found.values[:, -1], BAND)
    near = 1e-9 * max(abs(low), abs(high), 1.0)  # a value that stays at a bound is held by it
    return bool(low - near <= came <= high + near)


def is_reliable(held: Coverage | None) -> bool | None:
    """Say whether the past allows the band, and hence the chance: not when it held clearly less than promised.

    None where no past forecast could be compared.
    """
    return None if held is None else held.high >= PROMISED


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(middle - reach, 0.0), min(middle + reach, 1.0)
