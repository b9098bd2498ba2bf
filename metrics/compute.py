"""Readings, live: any KPIs at any dates, for the town or by any breakdown. What stored readings are made with, too."""

import logging
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from metrics.dates import period_name
from metrics.definitions import Catalogue, Kpi
from metrics.directorates import without_ceased
from metrics.goals import NO_GOALS, Goals, read_goals
from metrics.perengine import per_engine
from metrics.reading import Reading

if TYPE_CHECKING:
    from metrics.compile import Compiled, Question
    from metrics.intervals import Ahead
    from metrics.results import Engine, Result

DIMENSION = "lead_directorate"  # the breakdown that is stored
log = logging.getLogger("levier.metrics")


def readings(
    engine: "Engine",
    catalogue: Catalogue,
    kpis: Sequence[str],
    dates: Sequence[date],
    by: str | None = None,
    relations: Mapping[str, str] | None = None,
    ceased: bool = False,
) -> list[Reading]:
    """Return the readings of ``kpis`` at ``dates``: of the whole town, or one per value of ``by``.

    A directorate that does not exist at a date and has no row there is left out, unless ``ceased``.

    A KPI that cannot be broken down by ``by`` gives one reading per date, unknown, that says so. ``relations`` replaces
    views of the engine (a what-if). Raises KeyError for an unknown KPI; a statement that fails gives readings that say so.
    """
    from metrics.compile import Question

    asked = [catalogue.every[id] for id in kpis]
    able = [kpi for kpi in asked if by is None or by in kpi.by]
    question = Question(sorted(set(dates)), by, town=by is None)
    with _fetching(engine, catalogue, able, question, relations) as begun:
        found = results(engine, catalogue, able, question, relations)
        _add_intervals(engine, catalogue, found, by, relations, begun)
    _mark_stale(engine, catalogue, found)
    goals = read_goals(engine)
    made = [reading for result in found for reading in to_readings(result, catalogue, by, goals)]
    if (
        by is not None and by != DIMENSION
    ):  # a group of another KPI asked for at the same time is none of this one's
        made = [reading for reading in made if reading.n or reading.value]
    if by == DIMENSION and not ceased:
        made = without_ceased(engine, made, DIMENSION)
    made += [_not_a_dimension(kpi, day) for kpi in asked if kpi not in able for day in dates]
    order = {kpi.id: place for place, kpi in enumerate(asked)}
    return sorted(
        made, key=lambda reading: (order[reading.kpi], reading.as_of, str(reading.scope.get(str(by)) or ""))
    )


def _mark_stale(engine: "Engine", catalogue: Catalogue, found: list["Result"]) -> None:
    from metrics.freshness import mark_stale
    from metrics.running import mark_running

    mark_stale(engine, catalogue, found)
    mark_running(found)


def _add_intervals(
    engine: "Engine",
    catalogue: Catalogue,
    found: list["Result"],
    by: str | None,
    relations: Mapping[str, str] | None,
    begun: "Ahead",
) -> None:
    from metrics.intervals import add_intervals

    add_intervals(engine, catalogue, found, by, relations, begun=begun)


@contextmanager
def _fetching(
    engine: "Engine",
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    question: "Question",
    relations: Mapping[str, str] | None,
) -> "Iterator[Ahead]":
    """Fetch what intervals need beside the values where somebody waits for a scenario; a refresh has better use of its cores."""
    if relations is None:
        yield {}
        return
    from metrics.intervals import ahead

    with ThreadPoolExecutor(max_workers=2) as pool:
        yield ahead(engine, catalogue, kpis, question.dates, question.by, relations, pool)


def results(
    engine: "Engine",
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    question: "Question",
    relations: Mapping[str, str] | None = None,
) -> list["Result"]:
    """Return the results of ``kpis``, in their order: one fused statement; one each for the rest should it fail."""
    from metrics import storedvalues

    kept = [kpi for kpi in kpis if storedvalues.is_stored(kpi)]
    asked = [kpi for kpi in kpis if kpi.is_survey]
    made = [kpi for kpi in kpis if not kpi.has_own_periods]
    found = {result.kpi.id: result for result in _computed(engine, catalogue, made, question, relations)}
    if question.by is None or question.town:  # the town's alone
        own = storedvalues.results(engine, kept, question.dates)
        own += _surveyed(engine, catalogue, asked, question, relations)
        found |= {result.kpi.id: result for result in own}
    return [found[kpi.id] for kpi in kpis if kpi.id in found]


def _computed(
    engine: "Engine",
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    question: "Question",
    relations: Mapping[str, str] | None,
) -> list["Result"]:
    if not kpis:
        return []
    from metrics.measures import TooWide

    try:
        return _run(engine, catalogue, kpis, question, relations)
    except TooWide:
        if len(kpis) == 1:
            return _computed(engine, catalogue, kpis, replace(question, monthly=False), relations)
        return [found for kpi in kpis for found in _computed(engine, catalogue, [kpi], question, relations)]
    except Exception as error:
        reference = uuid.uuid4().hex[:8]
        if len(kpis) == 1:
            log.exception("%s: %s", reference, kpis[0].id)
            return [_failed(kpis[0], question, reference)]
        log.warning("%s: %d KPIs one by one after %s", reference, len(kpis), type(error).__name__)
    return [result for kpi in kpis for result in _computed(engine, catalogue, [kpi], question, relations)]


def _surveyed(
    engine: "Engine",
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    question: "Question",
    relations: Mapping[str, str] | None,
) -> list["Result"]:
    from metrics import surveys

    try:
        return surveys.results(engine, catalogue, kpis, question.dates, relations)
    except Exception:
        reference = uuid.uuid4().hex[:8]
        log.exception("%s: %s", reference, ", ".join(kpi.id for kpi in kpis))
        return [_failed(kpi, question, reference) for kpi in kpis]


def _run(
    engine: "Engine",
    catalogue: Catalogue,
    kpis: Sequence[Kpi],
    question: "Question",
    relations: Mapping[str, str] | None,
) -> list["Result"]:
    from metrics.compile import compile_kpis, empty_views
    from metrics.keptplans import filled, kept
    from metrics.results import split

    views = {**engine.relations, **(relations or {})}
    ids = [kpi.id for kpi in kpis]
    empty = empty_views(views, _views(catalogue, kpis), empty_tables(engine, _tables(catalogue, kpis, views)))
    asked = ("kpis", tuple(ids), tuple(question.dates), question.by, question.town, question.monthly, empty)

    def make(over: Mapping[str, str]) -> "Compiled":
        return compile_kpis(catalogue.every, ids, over, catalogue.parameters, question, empty)

    compiled = kept(catalogue, views, (*asked, question.bounds), make)
    return split(engine.columns(filled(compiled.sql, views)), compiled, kpis)


def _views(catalogue: Catalogue, kpis: Iterable[Kpi]) -> set[str]:
    """Return every view that KPIs and those they name may read."""
    from metrics.checks import reached

    found: set[str] = set()
    for kpi in (catalogue.every[id] for id in reached([kpi.id for kpi in kpis], catalogue.every)):
        parts = [part for part in (kpi.denominator, kpi.coverage) if part]
        second = [view for part in parts for view in (part.view, *part.by_from.values())]
        found |= {view for view in (kpi.source, *second, *kpi.by_from.values()) if view}
    return found


def _tables(catalogue: Catalogue, kpis: Iterable[Kpi], views: Mapping[str, str]) -> set[str]:
    from metrics.relations import tables_of

    return set().union(*(tables_of(view, views) for view in _views(catalogue, kpis)))


def tables_behind(catalogue: Catalogue, kpi: Kpi, views: Mapping[str, str]) -> set[str]:
    """Return the stored tables that a KPI's value depends on."""
    return _tables(catalogue, [kpi], views)


def views_of(catalogue: Catalogue, kpis: Iterable[Kpi]) -> set[str]:
    """Return the relations that the formulas of KPIs name."""
    return _views(catalogue, kpis)


def empty_tables(engine: "Engine", tables: Iterable[str]) -> set[str]:
    """Return those of ``tables`` that hold no row: sums over them are unknown, not 0."""
    return set(_empty(engine, frozenset(tables)))


@per_engine
def _empty(engine: "Engine", tables: frozenset[str]) -> frozenset[str]:
    tests = " UNION ALL ".join(
        f"SELECT '{name}' AS t, EXISTS (SELECT 1 FROM {name}) AS filled" for name in sorted(tables)
    )
    return frozenset(name for name, filled in engine.rows(tests) if not filled) if tables else tables


def _failed(kpi: Kpi, question: "Question", reference: str) -> "Result":
    from metrics.results import Result
    from metrics.statement import TOWN

    days = np.array(list(question.dates), dtype="datetime64[D]")
    scope = np.full(len(days), TOWN, dtype=object)
    parts = {"value": np.full(len(days), np.nan)}
    return Result(kpi, days, scope, parts, [f"failed {reference}"] * len(days))


def to_readings(
    result: "Result", catalogue: Catalogue, by: str | None, goals: Goals = NO_GOALS
) -> list[Reading]:
    """Return a result as readings, judged by the goals in force."""
    from metrics.results import day, judged
    from metrics.statement import TOWN, decoded

    judgement = judged(result, catalogue.scorecard.thresholds, goals, by == DIMENSION)
    periods = result.names()
    kpi, parts = (
        result.kpi,
        {
            name: result.part(name)
            for name in ("value", "numerator", "denominator", "n", "coverage", "low", "high")
        },
    )
    made = []
    for place, scope in enumerate(result.scope):
        as_of = day(result.as_of[place])
        numbers: dict[str, Any] = {name: known(array[place]) for name, array in parts.items()}
        n = numbers.pop("n")
        made.append(
            Reading(
                kpi=kpi.id,
                code=kpi.code,
                as_of=as_of,
                period=periods[place],
                scope={} if scope == TOWN or by is None else {by: decoded(scope)},
                unit=kpi.unit,
                n=None if n is None else round(n),
                score=known(judgement.scores[place]),
                status=judgement.statuses[place],
                reason=judgement.reasons[place],
                target=known(judgement.targets[place]),
                version=kpi.version,
                **numbers,
            )
        )
    return made


def known(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(value) else float(value)


def _not_a_dimension(kpi: Kpi, day: date) -> Reading:
    period = period_name(day, kpi.frequency)
    return Reading(
        kpi.id,
        kpi.code,
        day,
        period,
        {},  # of no group, nor of the town: nothing is told of anything
        None,
        kpi.unit,
        reason="not_a_dimension",
        version=kpi.version,
    )
