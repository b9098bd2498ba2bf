"""What the data say of each hypothesis of the strategy map: a lagged association of changes, never a proof.

An objective's series is made of its KPIs' progress, 0 at the floor and 1 at the target, not clipped, up meaning better;
the targets are those in force at the last date throughout, so that a new target is not taken for progress. Levels that
all grow go together whatever causes what, so changes are compared: the weighted mean of the KPIs' changes over a step,
from one stored reading to the next. The step is the slower objective's frequency (month, quarter or year); a KPI slower
than the step says nothing of it and is left out, for between two of its values its change is unknown, not zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import atanh, ceil, sqrt, tanh
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from metrics import stored
from metrics.dates import month_end, month_number
from metrics.definitions import Catalogue, Kpi, Link
from metrics.goals import read_goals
from metrics.judge import has_goal
from schemas.text import Text

Values: TypeAlias = NDArray[np.float64]
Kept: TypeAlias = Mapping[
    str, Sequence[tuple[date, float | None]]
]  # month-end values by KPI: metrics.stored.months
Verdict = Literal["expected", "contrary", "undecided", "not_testable"]

LEAST = 12  # effective pairs under which nothing is said
WIDTH = 1.959963984540054  # of a 95 % interval, in standard errors
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12, "wave": 12}


@dataclass(frozen=True)
class LinkReading:
    """What the data known by a date say of one link.

    ``lag`` in months; ``r`` is Pearson's correlation of changes, ``low`` and ``high`` its 95 % interval; ``n`` pairs,
    worth ``effective`` independent ones; each change spans ``step`` months. None: too few pairs, or nothing moves.
    ``cause_kpis`` and ``effect_kpis`` are the KPIs that took part. ``changes`` are the pairs: day of the cause's change,
    its change, the effect's change a lag later.
    """

    cause: str
    effect: str
    lag: int
    r: float | None
    low: float | None
    high: float | None
    n: int
    effective: float
    step: int
    verdict: Verdict
    cause_kpis: tuple[str, ...] = ()
    effect_kpis: tuple[str, ...] = ()
    changes: tuple[tuple[date, float, float], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object of ``metrics links --json``: everything but the pairs themselves."""
        names = [name for name in self.__dataclass_fields__ if name != "changes"]
        found = {name: getattr(self, name) for name in names}
        return found | {"cause_kpis": list(self.cause_kpis), "effect_kpis": list(self.effect_kpis)}


def read_links(catalogue: Catalogue, kept: Kept, as_of: date) -> tuple[LinkReading, ...]:
    """Return what values known by ``as_of`` say of each of the scorecard's links, in its order."""
    return tuple(_read(link, catalogue, kept, as_of) for link in catalogue.scorecard.links)


def of_store(engine: stored.Engine, catalogue: Catalogue, as_of: date) -> tuple[LinkReading, ...]:
    """Return the same from a store's kept readings of the whole town, with the targets in force at ``as_of``."""
    goals = read_goals(engine)
    return read_links(goals.in_force(catalogue, as_of, ""), stored.months(engine), as_of)


def _read(link: Link, catalogue: Catalogue, kept: Kept, as_of: date) -> LinkReading:
    step = max(step_of(catalogue.of_objective(code)) for code in (link.cause, link.effect))
    causes, effects = (_taking_part(catalogue, code, kept, step) for code in (link.cause, link.effect))
    cause, effect = changes(causes, kept, step, as_of), changes(effects, kept, step, as_of)
    pairs = _paired(cause, effect, ceil(link.lag_months / step) * step)
    x, y = (np.array([pair[place] for pair in pairs]) for place in (1, 2))
    places = np.array([month_number(day) // step for day, _, _ in pairs], dtype=np.int64)
    found = associated(x, y, places)
    ids = (tuple(kpi.id for kpi in causes), tuple(kpi.id for kpi in effects))
    return LinkReading(link.cause, link.effect, link.lag_months, *found, step, _verdict(found), *ids, pairs)


def step_of(kpis: Sequence[Kpi]) -> int:
    """Return the months between two values of an objective: a quarter if some are quarterly, a year if all are slower."""
    known = [MONTHS[kpi.frequency] for kpi in kpis if has_goal(kpi)]
    return max((months for months in known if months <= 3), default=12)


def _taking_part(catalogue: Catalogue, code: str, kept: Kept, step: int) -> list[Kpi]:
    of_use = [kpi for kpi in catalogue.of_objective(code) if has_goal(kpi) and kpi.weight > 0]
    return [kpi for kpi in of_use if MONTHS[kpi.frequency] <= step and kpi.id in kept]


def progress(kpi: Kpi, value: float) -> float:
    """Return how far a value is on the way from the floor (0) to the target (1), not clipped; in a band it is 1."""
    if kpi.direction == "band":
        return _in_band(kpi, value)
    target = kpi.target or 0.0
    floor = kpi.red_flag if kpi.floor is None else kpi.floor
    if floor is None or floor == target:  # no scale of its own: the target is, in the wanted direction
        way = -1.0 if kpi.direction == "down" else 1.0
        return 1.0 + way * (value - target) / (abs(target) or 1.0)
    return (value - floor) / (target - floor)


def _in_band(kpi: Kpi, value: float) -> float:
    low, high = kpi.band or (0.0, 0.0)
    least, most = kpi.limits or (low, high)
    if value < low:
        return 1.0 - (low - value) / ((low - least) or 1.0)
    return 1.0 - max(0.0, value - high) / ((most - high) or 1.0)


def changes(kpis: Sequence[Kpi], kept: Kept, step: int, as_of: date) -> dict[date, float]:
    """Return an objective's change over each step that ends by ``as_of``: the weighted mean over the KPIs known at both ends."""
    sums: dict[date, list[float]] = {}
    for kpi in kpis:
        known = {
            month_number(day): progress(kpi, value)
            for day, value in kept[kpi.id]
            if value is not None and day <= as_of and month_number(day) % step == 0
        }
        for month, here in known.items():
            if month - step in known:
                day = month_end(date((month - 1) // 12, (month - 1) % 12 + 1, 1))
                total = sums.setdefault(day, [0.0, 0.0])
                total[0] += kpi.weight * (here - known[month - step])
                total[1] += kpi.weight
    return {day: moved / weight for day, (moved, weight) in sorted(sums.items())}


def _paired(
    cause: Mapping[date, float], effect: Mapping[date, float], lag: int
) -> tuple[tuple[date, float, float], ...]:
    """Return the day and the two changes wherever the effect's is known ``lag`` months after the cause's.

    What precedes the first movement of either side is left out: nothing was recorded yet, and calm is no evidence.
    """
    later = {month_number(day): change for day, change in effect.items()}
    found = [
        (day, change, later[month_number(day) + lag])
        for day, change in cause.items()
        if month_number(day) + lag in later
    ]
    starts = [next((i for i, pair in enumerate(found) if pair[side]), len(found)) for side in (1, 2)]
    return tuple(found[max(starts) :])


def associated(
    x: Values, y: Values, places: NDArray[np.int64] | None = None
) -> tuple[float | None, float | None, float | None, int, float]:
    """Return Pearson's r, its 95 % limits by Fisher's z, the number of pairs, and of effective ones; None where undefined.

    ``places`` number the pairs in time, so that a gap is not taken for a neighbour.
    """
    n = len(x)
    if n < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None, None, None, n, 0.0
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1.0, 1.0))
    effective = effective_n(x, y, np.arange(n) if places is None else places)
    if effective < LEAST:
        return r, None, None, n, effective
    if abs(r) > 1 - 1e-12:
        return r, r, r, n, effective
    half = WIDTH / sqrt(effective - 3)
    return r, tanh(atanh(r) - half), tanh(atanh(r) + half), n, effective


def effective_n(x: Values, y: Values, places: NDArray[np.int64]) -> float:
    """Return how many independent pairs the series are worth, at most their number.

    1/N* = 1/N + 2/N sum over j <= N/5 of (N-j)/N r_xx(j) r_yy(j), with the autocorrelations of Pyper and Peterman (1998),
    "Comparison of methods to account for autocorrelation in correlation analyses of fish data", eq. 1 and 7.
    """
    n = len(x)
    shared = sum((n - j) / n * _auto(x, places, j) * _auto(y, places, j) for j in range(1, n // 5 + 1))
    return float(n / max(1.0, 1.0 + 2.0 * shared))


def _auto(x: Values, places: NDArray[np.int64], j: int) -> float:
    """Return the autocorrelation ``j`` steps apart, over the pairs of neighbours there are, N/(N-j) corrected."""
    centred = x - x.mean()
    _, here, there = np.intersect1d(places, places - j, return_indices=True)
    if not len(here):
        return 0.0
    return float(np.mean(centred[here] * centred[there]) / np.mean(centred**2))


def _verdict(found: tuple[float | None, float | None, float | None, int, float]) -> Verdict:
    _, low, high, _, _ = found
    if low is None or high is None:
        return "not_testable"
    return "expected" if low > 0 else "contrary" if high < 0 else "undecided"


VERDICTS = {
    "expected": Text("association dans le sens attendu", "association in the expected direction"),
    "contrary": Text("association contraire", "association in the contrary direction"),
    "undecided": Text("indécise (l'intervalle contient 0)", "undecided (the interval contains 0)"),
    "not_testable": Text("pas encore testable", "not testable yet"),
}


def document(as_of: date | None, found: Sequence[LinkReading]) -> dict[str, Any]:
    """Return the document of ``metrics links --json``."""
    return {"as_of": as_of.isoformat() if as_of else None, "links": [link.as_json() for link in found]}


def lines(found: Sequence[LinkReading], lang: str) -> list[str]:
    """Return a line per link, for a terminal: cause, effect, lag, verdict, r with its interval, pairs."""
    return [_line(link, lang) for link in found] or [NO_LINK.get(lang)]


def _line(link: LinkReading, lang: str) -> str:
    head = f"{link.cause} -> {link.effect} ({link.lag} {MONTH_WORD.get(lang)})  {VERDICTS[link.verdict].get(lang)}"
    size = f"n = {link.n} ({EFFECTIVE.get(lang)} : {link.effective:.1f})"
    if link.low is None or link.r is None:
        return f"{head}, {size}"
    return f"{head}, r = {link.r:+.2f} [{link.low:+.2f} ; {link.high:+.2f}], {size}"


MONTH_WORD = Text("mois", "months")
EFFECTIVE = Text("effectif", "effective")
NO_LINK = Text(
    "Le tableau de bord n'a pas de lien de cause à effet.", "The scorecard has no cause and effect link."
)
