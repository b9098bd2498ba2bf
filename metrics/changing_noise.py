"""Whether a movement is noise: what the chart calls stable now, and already held within the same limits then.

A chart that was given a new base since, or whose earlier value lies outside today's limits, moved from one level to another:
that the new level is stable does not make the way there noise.
"""

from dataclasses import dataclass
from datetime import date

from metrics import moment
from metrics.definitions import Kpi
from metrics.reading import Reading
from metrics.rebases import read_rebases
from metrics.signals import control_chart, method_of
from metrics.states import State


@dataclass(frozen=True)
class Noise:
    """``is_noise``: the value moved no more than usual. ``broke_on``: the new base that lies between the two moments."""

    is_noise: bool
    broke_on: date | None = None


def noise(since: State, until: State, kpi: Kpi, now: Reading, then: Reading) -> Noise:
    """Return whether a KPI that shows no signal moved within its usual range.

    Of a total that is charted by what each period adds, "stable" speaks of the additions: the total itself is no noise.
    """
    if (
        now.variation != "stable"
        or method_of(kpi)[0] == "increment"
        or now.value is None
        or then.value is None
    ):
        return Noise(False)
    bases = read_rebases(until.engine).get((kpi.id, until.scope), ())
    breaks = [base.rebased_on for base in bases if base.rebased_on <= until.as_of]
    limits = _limits(until, kpi, breaks)
    held = limits is None or limits[0] <= then.value <= limits[1]
    broke = next((day for day in reversed(breaks) if day > since.as_of), None)
    return Noise(held and broke is None, broke if not held else None)


def _limits(state: State, kpi: Kpi, breaks: list[date]) -> tuple[float, float] | None:
    """Return the limits in force; None where the charted values are not the readings' own."""
    series = moment.series(state.engine, state.catalogue, kpi.id, state.scope, state.as_of)
    found = control_chart(kpi, series, breaks)
    if found.chart is None or found.is_deseasonalised or not found.chart.limits.is_drawn:
        return None
    return found.chart.limits.lower, found.chart.limits.upper
