"""The rows behind a number: those of its view that count at the date, with ``_id`` so that their origin can be told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from metrics import relations, storedvalues
from metrics.checks import references
from metrics.dates import calendar, literal
from metrics.definitions import Catalogue, Kpi, Period
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
) -> pd.DataFrame:
    """Return the rows a KPI is computed from at ``as_of``: the view's columns with ``_id``, the oldest first.

    Of a formula over other KPIs: the rows behind the first of them. ``scope`` {dimension: value} keeps that part.
    Raises KeyError for an unknown KPI or dimension. Survey answers are never shown: there are no rows behind a survey's mean.
    """
    found = catalogue.every[kpi]
    if storedvalues.is_stored(found):
        return _stored(engine, found, as_of)
    if found.is_survey:
        return pd.DataFrame({"_id": []})
    if found.source is None:
        return behind(engine, catalogue, references(found)[0], as_of, scope, relations)
    assert found.period is not None
    view = next((found.by_from[name] for name in scope or {} if name in found.by_from), found.source)
    return _rows(engine, catalogue, view, found.period, found.frequency, as_of, scope or {}, relations)


def _rows(
    engine: Engine,
    catalogue: Catalogue,
    view: str,
    period: Period,
    frequency: str,
    as_of: date,
    scope: Mapping[str, str | None],
    replaced: Mapping[str, str] | None,
) -> pd.DataFrame:
    views = {**engine.relations, **(replaced or {})}
    columns = relations.columns_of(view, views)
    terms, values = [within(period, frequency, as_of)], []
    for name, value in scope.items():
        if name not in columns:
            raise KeyError(name)
        terms.append(f"v.{name} IS NULL" if value is None else f"CAST(v.{name} AS VARCHAR) = ?")
        values += [] if value is None else [value]
    statement = Statement(views, catalogue.parameters)
    statement.put("calendar", calendar([as_of]))
    order = ", ".join(f"v.{name}" for name in (period.date, "_id") if name in columns)
    select = f"SELECT {', '.join(f'v.{name}' for name in columns)} FROM {view} AS v WHERE {' AND '.join(terms)} ORDER BY {order}"
    return engine.frame(statement.text(select, [view]), values)


def _stored(engine: Engine, kpi: Kpi, as_of: date) -> pd.DataFrame:
    ended = storedvalues.ended_on("period")
    sql = f"SELECT * FROM kpi_values WHERE kpi = ? AND {ended} <= {literal(as_of)} ORDER BY {ended} DESC, period DESC LIMIT 1"
    values: Sequence[Any] = [kpi.id]
    return engine.frame(sql, values)
