"""KPIs of staff surveys: the weighted mean of the last wave held, at each date. Whole waves only, and never of a few people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from metrics import expressions
from metrics.definitions import Catalogue, Kpi, Wave
from metrics.poststratified import Stratum, Sums, is_closed, mean
from metrics.results import Engine, Result
from metrics.statement import TOWN, Statement

VIEW = "survey_scores"
LOWEST_K, USUAL_K = 5, 11
Parts = tuple[float, float, float, float, float]  # value, low, high, n, coverage
UNKNOWN: Parts = (np.nan,) * 5
NAMES = ("value", "low", "high", "n", "coverage")


def column_of(kpi: Kpi) -> str:
    """Return the score that a KPI is the mean of: AVG(who5) -> who5."""
    return sorted(expressions.columns(expressions.parse(str(kpi.sql))))[0]


def least_answers(catalogue: Catalogue) -> int:
    """Return k: under so many answers nothing is told (parameter disclosure_k, never below 5)."""
    given = catalogue.parameters.get("disclosure_k", USUAL_K)
    return max(LOWEST_K, int(given)) if isinstance(given, (int, float)) else USUAL_K


def results(
    engine: Engine,
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    dates: Sequence[date],
    relations: Mapping[str, str] | None = None,
) -> list[Result]:
    """Return the results of survey KPIs for the town at each date: the last wave held by then, named as the period."""
    if not kpis:
        return []
    views = {**engine.relations, **(relations or {})}
    waves = held(engine, catalogue, views)
    staff = _Staff(engine, catalogue, views)
    return [_one(engine, catalogue, views, kpi, waves, staff, sorted(set(dates))) for kpi in kpis]


def held(engine: Engine, catalogue: Catalogue, views: Mapping[str, str]) -> list[Wave]:
    """Return the waves that have answers, the oldest first; one that the scorecard does not date is its year's last day."""
    known = {wave.name: wave for wave in catalogue.scorecard.waves}
    statement = Statement(views, catalogue.parameters)
    rows = engine.rows(statement.text(f"SELECT DISTINCT wave FROM {VIEW}", [VIEW]))
    found = [known.get(name) or _undated(name) for (name,) in rows]
    return sorted((wave for wave in found if wave), key=lambda wave: (wave.held_on, wave.name))


def _undated(name: str) -> Wave | None:
    year = name[:4]
    return Wave(name, date(int(year), 12, 31)) if year.isdecimal() and int(year) > 0 else None


@dataclass
class _Staff:
    """The staff by stratum at a date."""

    engine: Engine
    catalogue: Catalogue
    views: Mapping[str, str]

    def at(self, day: date) -> dict[Stratum, float]:
        """Return the heads by stratum at the latest count by a day, else at the first one there is."""
        groups = {
            name: group
            for group, names in self.catalogue.scorecard.directorate_groups.items()
            for name in names
        }
        found: dict[Stratum, float] = {}
        for directorate, category, sex, heads in self._rows(day):
            stratum = Stratum(groups.get(directorate, "" if not groups else directorate), category, sex)
            found[stratum] = found.get(stratum, 0.0) + float(heads)
        return found

    def _rows(self, day: date) -> list[tuple[Any, ...]]:
        latest = f"COALESCE((SELECT MAX(counted_on) FROM headcounts WHERE counted_on <= DATE '{day}'), (SELECT MIN(counted_on) FROM headcounts))"
        select = f"SELECT directorate, category, sex, headcount FROM headcounts WHERE counted_on = {latest}"
        statement = Statement(self.views, self.catalogue.parameters)
        return self.engine.rows(statement.text(select, ["headcounts"]))


def sums_sql(catalogue: Catalogue, views: Mapping[str, str], column: str) -> str:
    """Return the only statement that reads a survey's scores: by stratum of the wave given as its parameter."""
    group = "directorate_group" if catalogue.scorecard.directorate_groups else "''"
    select = (
        f"SELECT {group} AS directorate_group, category, sex, COUNT(*) AS n, CAST(SUM({column}) AS DOUBLE) AS total, "
        f"CAST(SUM(CAST({column} AS DOUBLE) * {column}) AS DOUBLE) AS squares "
        f"FROM {VIEW} WHERE wave = ? AND {column} IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    return Statement(views, catalogue.parameters).text(select, [VIEW])


def _sums(
    engine: Engine, catalogue: Catalogue, views: Mapping[str, str], column: str, wave: str
) -> dict[Stratum | None, Sums]:
    """Return the sums of a wave's scores by stratum; under None those of whoever left out group, category or sex."""
    found: dict[Stratum | None, Sums] = {}
    for *who, n, total, squares in engine.rows(sums_sql(catalogue, views, column), [wave]):
        stratum = None if None in who else Stratum(*who)
        sums = found.get(stratum, Sums(0, 0.0, 0.0))
        found[stratum] = Sums(sums.n + n, sums.total + total, sums.squares + squares)
    return found


def _one(
    engine: Engine,
    catalogue: Catalogue,
    views: Mapping[str, str],
    kpi: Kpi,
    waves: Sequence[Wave],
    staff: _Staff,
    days: Sequence[date],
) -> Result:
    """Compute each wave that stands at one of the days, once, and give it to all of them."""
    column = column_of(kpi)
    told: dict[str, tuple[Parts, str | None]] = {}
    rows, reasons, periods, dated = [], [], [], []
    for day in days:
        wave = next((wave for wave in reversed(waves) if wave.held_on <= day), None)
        if wave and wave.name not in told:
            sums = _sums(engine, catalogue, views, column, wave.name)
            told[wave.name] = _told(staff.at(wave.held_on), sums, wave.headcount, least_answers(catalogue))
        parts, reason = told[wave.name] if wave else (UNKNOWN, "no_data")
        rows.append(parts)
        reasons.append(reason)
        periods.append(wave.name if wave else f"{day.year:04d}")
        dated.append(wave.held_on if wave else day)
    table = np.array(rows, dtype=np.float64)
    as_of = np.array(days, dtype="datetime64[D]")
    scope = np.full(len(days), TOWN, dtype=object)
    parts_by_name = {name: table[:, place].copy() for place, name in enumerate(NAMES)}
    return Result(
        kpi,
        as_of,
        scope,
        parts_by_name,
        reasons,
        periods=periods,
        dated=np.array(dated, dtype="datetime64[D]"),
    )


def _told(
    heads: Mapping[Stratum, float], sums: Mapping[Stratum | None, Sums], headcount: float | None, k: int
) -> tuple[Parts, str | None]:
    """Return what a wave may say: mean, limits within 0 and 100, valid answers, response rate; or why nothing."""
    staff = headcount or sum(heads.values()) or None
    if not sums:
        return UNKNOWN, "no_data"
    if is_closed(sums, k, staff):
        return UNKNOWN, "suppressed"
    found = mean(heads, sums, staff)
    assert found is not None
    low, high = max(0.0, found.low), min(100.0, found.high)
    return (found.value, low, high, found.n, found.n / staff if staff else np.nan), None
