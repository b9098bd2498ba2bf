"""Pace, forecast and its backtest of a KPI, computed when first asked for and kept by store version, date and scope."""

from collections.abc import Mapping
from datetime import date

from metrics import backtest, expected, outlook, pipeline, stored
from metrics.backtest import Coverage
from metrics.definitions import Kpi
from metrics.forecast import Forecast, NoForecast, forecast
from metrics.outlook import Known
from metrics.pacing import Pace
from metrics.tendency import Tendency, tendency
from pages.parts.once import SHEETS, kept
from pages.parts.reads import DIMENSION, Reads, view
from pages.parts.source import Source

LATELY = 24  # points whose trend is told


@kept(maxsize=32)
def months(reads: Reads, scope: str) -> Mapping[str, tuple[tuple[date, float | None], ...]]:
    """Every KPI's values at month ends, in one read for all of a screen's cards."""
    return stored.months(reads.store.engine(reads.actor), DIMENSION if scope else "", scope)


@kept(maxsize=32)
def lines(reads: Reads, scope: str) -> pipeline.Lines | None:
    """The requests that a pipeline forecast plays out."""
    engine = reads.store.engine(reads.actor)
    return pipeline.read(engine, view(reads).catalogue.parameters, DIMENSION if scope else "", scope)


def known(source: Source, kpi: Kpi) -> Known:
    """All that a forecast of the KPI may look at."""
    here = source.reads, source.scope
    return Known(
        months(*here).get(kpi.id, ()),
        rebases(source, kpi.id),
        lines(*here) if outlook.method_of(kpi) == "pipeline" else None,
        source.catalogue.parameters,
    )


def rebases(source: Source, kpi: str) -> tuple[tuple[date, date], ...]:
    """The KPI's rebases: their day, and the day they were decided."""
    return tuple((row.rebased_on, row.decided_on or row.rebased_on) for row in source.rebases(kpi))


@kept(maxsize=SHEETS)
def pace_of(source: Source, kpi_id: str) -> Pace | None:
    """Where the KPI stands against its expected line; None without one."""
    kpi, as_of = source.kpi(kpi_id), source.as_of
    if kpi is None or as_of is None or not expected.is_paced(kpi):
        return None
    starts = [day for day, _ in rebases(source, kpi_id)] + valid_from(source, kpi_id)
    told = months(source.reads, source.scope).get(kpi_id, ())
    return expected.standing(kpi, told, source.readings().get(kpi_id), as_of, starts)


def valid_from(source: Source, kpi: str) -> list[date]:
    """The first day of the target in force, where a decision set it."""
    as_of = source.as_of
    goal = source.goals.at(kpi, as_of, source.scope) if as_of else None
    return [goal.valid_from] if goal else []


@kept(maxsize=SHEETS)
def forecast_of(source: Source, kpi_id: str) -> Forecast | NoForecast | None:
    """The forecast for the end of the year, or why there is none; None in an empty store."""
    kpi, as_of = source.kpi(kpi_id), source.as_of
    if kpi is None or as_of is None:
        return None
    return forecast(kpi, known(source, kpi), source.readings().get(kpi_id), as_of)


@kept(maxsize=SHEETS)
def coverage_of(source: Source, kpi_id: str) -> Coverage | None:
    """How often the band held on the last five years, over the same number of months."""
    found, kpi = forecast_of(source, kpi_id), source.kpi(kpi_id)
    if kpi is None or not isinstance(found, Forecast):
        return None
    return backtest.coverage(kpi, known(source, kpi), found.as_of, found.horizon)


@kept(maxsize=SHEETS)
def tendency_of(source: Source, kpi_id: str) -> Tendency | None:
    """The trend of the last points: of what each month added where months add up, else of the values themselves."""
    kpi, as_of = source.kpi(kpi_id), source.as_of
    if kpi is None or as_of is None or kpi.frequency not in outlook.PERIOD:
        return None
    return tendency(outlook.lately(kpi, known(source, kpi), as_of)[-LATELY:])
