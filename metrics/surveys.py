"""KPIs of staff surveys: what the last published wave tells of the whole town, at each date. Frozen lists only, never answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics import expressions
from metrics.definitions import Catalogue, Kpi
from metrics.disclosure.tables import Published
from metrics.results import Engine, Result
from metrics.statement import TOWN, Statement

VIEW = "survey_scores"
Parts = tuple[float, float, float, float, float]  # value, low, high, n, coverage
UNKNOWN: Parts = (np.nan,) * 5
NAMES = ("value", "low", "high", "n", "coverage")


@dataclass(frozen=True)
class Told:
    """A published wave: the day it was held, and its list."""

    held_on: date
    published: Published


def measure_of(kpi: Kpi) -> str:
    """Return the measure that a KPI is the mean of: AVG(who5) -> who5."""
    return sorted(expressions.columns(expressions.parse(str(kpi.sql))))[0]


def lists_sql(catalogue: Catalogue, views: Mapping[str, str]) -> str:
    """Return the only statement that reads surveys: the frozen lists, the oldest wave first."""
    select = f"SELECT held_on, results FROM {VIEW} ORDER BY held_on, wave"
    return Statement(views, catalogue.parameters).text(select, [VIEW])


def told(engine: Engine, catalogue: Catalogue, views: Mapping[str, str]) -> list[Told]:
    """Return the published waves, the oldest first."""
    rows = engine.rows(lists_sql(catalogue, views))
    return [Told(held_on, Published.from_json(json.loads(text))) for held_on, text in rows]


def results(
    engine: Engine,
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    dates: Sequence[date],
    relations: Mapping[str, str] | None = None,
) -> list[Result]:
    """Return the results of survey KPIs for the town at each date: the last published wave held by then, named as the period."""
    if not kpis:
        return []
    waves = told(engine, catalogue, {**engine.relations, **(relations or {})})
    return [_one(kpi, waves, sorted(set(dates))) for kpi in kpis]


def _one(kpi: Kpi, waves: Sequence[Told], days: Sequence[date]) -> Result:
    measure = measure_of(kpi)
    standing = [next((one for one in reversed(waves) if one.held_on <= day), None) for day in days]
    found = [_parts(one.published, measure) if one else (UNKNOWN, "no_data") for one in standing]
    table = np.array([parts for parts, _ in found], dtype=np.float64)
    return Result(
        kpi,
        np.array(days, dtype="datetime64[D]"),
        np.full(len(days), TOWN, dtype=object),
        {name: table[:, place].copy() for place, name in enumerate(NAMES)},
        [reason for _, reason in found],
        periods=[
            one.published.wave if one else f"{day.year:04d}" for one, day in zip(standing, days, strict=True)
        ],
        dated=np.array(
            [one.held_on if one else day for one, day in zip(standing, days, strict=True)],
            dtype="datetime64[D]",
        ),
    )


def _parts(published: Published, measure: str) -> tuple[Parts, str | None]:
    """Return what a list tells of a measure: weighted mean (the mean where none is told), limits, answers, response rate; or why nothing."""
    summary = published.summary(measure)
    value = None if summary is None else summary.mean if summary.weighted is None else summary.weighted
    if summary is None or value is None:
        return UNKNOWN, "suppressed" if _is_asked(published, measure) else "no_data"
    low, high = (np.nan if one is None else one for one in (summary.low, summary.high))
    return (value, low, high, float(summary.n), _rate(published)), None


def _is_asked(published: Published, measure: str) -> bool:
    return any(table.measure == measure for table in published.tables)


def _rate(published: Published) -> float:
    response = published.response
    if response is None or not response.headcount:
        return np.nan
    return round(min(1.0, response.answers / response.headcount), 2)
