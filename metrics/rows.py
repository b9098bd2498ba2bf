"""The rows behind a number: those of its view that count at the date, with ``_id`` so that their origin can be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics import relations, storedvalues
from metrics.checks import references
from metrics.dates import calendar, literal
from metrics.definitions import Catalogue, Kpi
from metrics.results import Engine
from metrics.spans import within
from metrics.statement import Statement


def behind(
    engine: Engine,
    catalogue: Catalogue,
    kpi: str,
    as_of: date,
    scope: Mapping[str, str | None] | None = None,
    relations: Mapping[str, str] | None = None,
    window: tuple[int, int] | None = None,
) -> pd.DataFrame:
    """Return the rows a KPI is computed from at ``as_of``: the view's columns with ``_id``, the oldest first.

    Of a formula over other KPIs: the rows behind the first of them. ``scope`` {dimension: value} keeps that part. ``window``
    (how many to skip, how many at most) returns these alone, each with ``_total``: how many there are in all.
    Raises KeyError for an unknown KPI or dimension. Survey answers are never shown: there are no rows behind a survey's mean.
    """
    return of_entry(engine, catalogue, catalogue.every[kpi], as_of, scope, relations, window)


def of_entry(
    engine: Engine,
    catalogue: Catalogue,
    found: Kpi,
    as_of: date,
    scope: Mapping[str, str | None] | None = None,
    relations: Mapping[str, str] | None = None,
    window: tuple[int, int] | None = None,
    counted: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the rows of an entry that need not be in the catalogue; see ``behind``.

    ``counted`` keeps the rows where one at least of these columns is known and not zero.
    """
    if storedvalues.is_stored(found):
        return _stored(engine, found, as_of)
    if found.is_survey:
        return pd.DataFrame({"_id": []})
    if found.source is None:
        return behind(engine, catalogue, references(found)[0], as_of, scope, relations, window)
    views = {**engine.relations, **(relations or {})}
    here = _Here(engine, catalogue, found, as_of, scope or {}, views, tuple(counted))
    names = ", ".join(
        [*(f"v.{name}" for name in here.columns), *(["COUNT(*) OVER () AS _total"] if window else [])]
    )
    assert found.period is not None
    order = ", ".join(f"v.{name}" for name in (found.period.date, "_id") if name in here.columns)
    part = f" LIMIT {window[1]} OFFSET {window[0]}" if window else ""
    return engine.frame(*here.select(names, f" ORDER BY {order}{part}"))


@dataclass(frozen=True)
class _Here:
    """The rows of a KPI's own view that count at a date and in a scope."""

    engine: Engine
    catalogue: Catalogue
    kpi: Kpi
    as_of: date
    scope: Mapping[str, str | None]
    views: Mapping[str, str]
    counted: tuple[str, ...] = ()

    @property
    def view(self) -> str:
        """The view that holds the rows, by what the scope breaks down."""
        assert self.kpi.source is not None
        return next(
            (self.kpi.by_from[name] for name in self.scope if name in self.kpi.by_from), self.kpi.source
        )

    @property
    def columns(self) -> list[str]:
        """The view's columns."""
        return relations.columns_of(self.view, self.views)

    def select(self, what: str, then: str = "") -> tuple[str, list[str]]:
        """Return the statement that selects ``what`` of these rows, and its values."""
        assert self.kpi.period is not None
        terms, values = [within(self.kpi.period, self.kpi.frequency, self.as_of)], []
        for name, value in self.scope.items():
            if name not in self.columns:
                raise KeyError(name)
            terms.append(f"v.{name} IS NULL" if value is None else f"CAST(v.{name} AS VARCHAR) = ?")
            values += [] if value is None else [value]
        if self.counted:
            terms.append(f"({' OR '.join(f'v.{name} <> 0' for name in self.counted)})")
        statement = Statement(self.views, self.catalogue.parameters)
        statement.put("calendar", calendar([self.as_of]))
        select = f"SELECT {what} FROM {self.view} AS v WHERE {' AND '.join(terms)}{then}"
        return statement.text(select, [self.view]), values


def total(
    engine: Engine,
    catalogue: Catalogue,
    found: Kpi,
    as_of: date,
    adds: str,
    scope: Mapping[str, str | None] | None = None,
) -> float | None:
    """Return what the rows of an entry add up to, 0 for none: ``adds`` is an expression of sums and counts; None for unknown."""
    here = _Here(engine, catalogue, found, as_of, scope or {}, engine.relations)
    made = engine.rows(*here.select(f"CASE WHEN COUNT(*) = 0 THEN 0 ELSE CAST({adds} AS DOUBLE) END"))[0][0]
    return None if made is None else float(made)


def _stored(engine: Engine, kpi: Kpi, as_of: date) -> pd.DataFrame:
    ended = storedvalues.ended_on("period")
    sql = f"SELECT * FROM kpi_values WHERE kpi = ? AND {ended} <= {literal(as_of)} ORDER BY {ended} DESC, period DESC LIMIT 1"
    values: Sequence[Any] = [kpi.id]
    return engine.frame(sql, values)
