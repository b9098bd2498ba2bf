"""The requests behind a pipeline forecast: read once, looked at as they stood on any date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from metrics import forecast_pipeline as played
from metrics.definitions import Parameter
from metrics.increments import Array
from metrics.pacing import MONTH
from metrics.results import Engine
from metrics.statement import Statement

VIEW = "city_lines"
FEWEST_DECIDED = 8
DEFAULTS = {
    "forecast_prior_applications": 4.0,
    "forecast_least_awarded": 0.6,
    "forecast_usual_awarded": 0.9,
    "forecast_most_awarded": 1.0,
    "forecast_window_months": 36.0,
    "forecast_new_requests": 1.0,
}
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Lines:
    """Every request with its dates (NaT: not yet) and the place of its programme."""

    amount: Array
    won: Array
    programme: NDArray[np.int64]
    requested: Days
    awarded: Days
    refused: Days
    cancelled: Days
    id: NDArray[np.object_]
    project: NDArray[np.object_]
    programme_name: NDArray[np.object_]

    @property
    def decided_on(self) -> Days:
        """The day of each line's answer, NaT without one."""
        return np.where(np.isnat(self.awarded), self.refused, self.awarded)

    def waits(self, day: np.datetime64) -> NDArray[np.bool_]:
        """Say which requests, made by a day, had no answer by then and still stood."""
        known = ~np.isnat(self.requested) & (self.requested <= day)
        return known & ~(self.decided_on <= day) & ~(self.cancelled <= day) & (self.amount > 0)


@dataclass(frozen=True)
class Pipeline:
    """What is known on a date: the requests that wait, what to expect of them, and what this was learnt from."""

    requests: played.Requests
    chances: played.Chances
    arrivals: played.Arrivals
    decided: int
    won: int


def parameter(parameters: Mapping[str, Parameter], name: str) -> float:
    """Return a number of the scorecard's parameters, or the shipped one where it has none."""
    value = parameters.get(name)
    return float(value) if isinstance(value, (int, float)) else DEFAULTS[name]


def read(
    engine: Engine, parameters: Mapping[str, Parameter], dimension: str = "", scope: str = ""
) -> Lines | None:
    """Return the town's requests (or a directorate's), None where the store has no such relation."""
    if VIEW not in engine.relations:
        return None
    names = ("requested_amount", "requested_on", "awarded_on", "refused_on", "cancelled_on")
    where = f"WHERE CAST(v.{dimension} AS VARCHAR) = ?" if dimension else ""
    told = ("programme", "financing_id", "project_id", "awarded_amount", *names)
    select = f"SELECT {', '.join(f'v.{name}' for name in told)} FROM {VIEW} AS v {where} ORDER BY v._id"
    found = engine.columns(
        Statement(engine.relations, parameters).text(select, [VIEW]), [scope] if dimension else []
    )
    programmes, ids, projects = (
        np.array([str(name) for name in found[one]], dtype=object)
        for one in ("programme", "financing_id", "project_id")
    )
    place = np.unique(programmes, return_inverse=True)[1] if len(programmes) else np.zeros(0, dtype=np.int64)
    days = [np.asarray(found[name], dtype="datetime64[D]") for name in names[1:]]
    amounts = [np.asarray(found[name], dtype=np.float64) for name in ("requested_amount", "awarded_amount")]
    requested, awarded, refused, cancelled = days
    return Lines(
        amounts[0],
        amounts[1],
        place,
        requested,
        awarded,
        refused,
        cancelled,
        ids,
        projects,
        programmes,
    )


def came(lines: Lines, as_of: date, horizon: date) -> float:
    """Return the euros awarded after ``as_of`` up to ``horizon``, less those cancelled in that time."""
    start, end = np.datetime64(as_of, "D"), np.datetime64(horizon, "D")
    awarded = (lines.awarded <= end) & ~(lines.cancelled <= np.fmax(lines.awarded, start))
    there = [(lines.awarded > start), -((lines.cancelled > start) & (lines.cancelled <= end)).astype(int)]
    return float(np.nansum(lines.won * awarded * (there[0].astype(int) + there[1])))


def at(lines: Lines, as_of: date, since: date | None, parameters: Mapping[str, Parameter]) -> Pipeline | None:
    """Return the pipeline as it stood on a date, from what was known then; None when too little had been decided.

    Successes and refusals are those decided since ``since``, before that date (or without it) those of the last
    ``forecast_window_months``; delays are those of the requests made in these months, unanswered ones censored.
    """
    day = np.datetime64(as_of, "D")
    decided_on = lines.decided_on
    known = ~np.isnat(lines.requested) & (lines.requested <= day)
    recently = day - np.timedelta64(round(MONTH * parameter(parameters, "forecast_window_months")), "D")
    start = np.datetime64(since, "D") if since and since <= as_of else recently
    is_decided, waits = known & (decided_on <= day), lines.waits(day)
    learnt = is_decided & (decided_on >= start)
    law = _delays(lines, decided_on, day, known & (lines.requested > recently))
    if int(learnt.sum()) < FEWEST_DECIDED or law is None:
        return None
    is_won = ~np.isnat(lines.awarded[learnt])
    programmes = int(lines.programme.max()) + 1
    betas = played.beta_by_programme(
        is_won, lines.programme[learnt], programmes, parameter(parameters, "forecast_prior_applications")
    )
    least, usual, most = (
        parameter(parameters, f"forecast_{name}_awarded") for name in ("least", "usual", "most")
    )
    waited = (day - lines.requested[waits]).astype(np.float64)
    return Pipeline(
        played.Requests(lines.amount[waits], waited, lines.programme[waits]),
        played.Chances(*betas, (least, usual, most), *law),
        _arrivals(lines, known & (lines.requested > recently), is_won, parameters),
        int(learnt.sum()),
        int(is_won.sum()),
    )


def _arrivals(
    lines: Lines, recent: NDArray[np.bool_], is_won: NDArray[np.bool_], parameters: Mapping[str, Parameter]
) -> played.Arrivals:
    """Return the requests to come: as many a day, and of the same amounts, as the ``recent`` ones.

    ``forecast_new_requests`` 0 leaves them out.
    """
    days = MONTH * parameter(parameters, "forecast_window_months")
    amounts = lines.amount[recent & (lines.amount > 0)]
    per_day = parameter(parameters, "forecast_new_requests") * len(amounts) / days
    success = (1.0 + float(is_won.sum()), 1.0 + float((~is_won).sum()))
    return played.Arrivals(per_day, amounts, success)


def _delays(
    lines: Lines, decided_on: Days, day: np.datetime64, recent: NDArray[np.bool_]
) -> tuple[float, float] | None:
    """Return the lognormal of the days to an answer, of the ``recent`` requests."""
    out = np.fmin(lines.cancelled[recent], day)
    end = np.fmin(decided_on[recent], out)
    days = (end - lines.requested[recent]).astype(np.float64)
    return played.lognormal(days, decided_on[recent] <= out)
