"""What every KPI is worth at a date and in a scope, and how it came there: kept readings where they hold, else computed now.

Screens, exports and commands ask here, so that they say the same. A kept reading holds when its date has readings and its
definition is the one in force; scope "" is the whole town, else the name of a directorate.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from metrics import cascade, compute, stored
from metrics.compute import DIMENSION
from metrics.definitions import Catalogue, Kpi
from metrics.goals import Goals, read_goals
from metrics.perengine import per_engine
from metrics.reading import Reading
from metrics.results import Engine


@per_engine
def dates(engine: Engine) -> tuple[date, ...]:
    """Return the dates with kept readings, the last first."""
    return tuple(sorted(stored.dates(engine), reverse=True))


@per_engine
def _definitions(engine: Engine) -> Mapping[str, str]:
    return stored.definitions(engine)


def is_kept(engine: Engine, catalogue: Catalogue, kpi: str) -> bool:
    """Say whether the kept readings of a KPI were computed with the definition that is in force.

    A catalogue with goals in force (``Goals.in_force``) defines nothing else: kept readings are judged by the goals already.
    Those of a sealed week stand as they were, whatever a later release would compute.
    """
    if getattr(engine, "is_sealed", False):
        return True
    own = catalogue.every[kpi]
    if _definitions(engine).get(kpi) == own.fingerprint:
        return True
    aimed = any(
        variant == own
        for scope in _aimed(engine).get(kpi, ())
        for _, variant in _variants(engine, own, scope)
    )
    return aimed and _versions(engine).get(kpi) == own.version


@per_engine
def _goals(engine: Engine) -> Goals:
    return read_goals(engine)


@per_engine
def _aimed(engine: Engine) -> Mapping[str, set[str]]:
    """Return the scopes in which something was decided on each KPI's target."""
    found: dict[str, set[str]] = {}
    for kpi, scope in _goals(engine).decided:
        found.setdefault(kpi, set()).add(scope)
    return found


def _variants(engine: Engine, kpi: Kpi, scope: str) -> list[tuple[date, Kpi]]:
    return _goals(engine).variants(kpi, scope)


@per_engine
def _versions(engine: Engine) -> Mapping[str, int]:
    return dict(engine.rows("SELECT kpi, MAX(version) FROM readings GROUP BY kpi"))


def before(engine: Engine, as_of: date) -> date | None:
    """Return the last date with kept readings before a date; None when there is none."""
    return next((day for day in dates(engine) if day < as_of), None)


def readings(engine: Engine, catalogue: Catalogue, as_of: date, scope: str = "") -> dict[str, Reading]:
    """Return every KPI's reading at a date in a scope, without judgement where it rests on too few."""
    if as_of in dates(engine):
        found = stored.at(engine, catalogue, as_of, DIMENSION if scope else "", scope)
        late = [kpi for kpi in catalogue.every if not is_kept(engine, catalogue, kpi)]
        left = [reading for kpi, reading in found.items() if kpi not in late]
        made = [*left, *_live(engine, catalogue, late, [as_of], scope)]
    else:
        made = _live(engine, catalogue, list(catalogue.every), [as_of], scope)
    return {reading.kpi: cascade.careful(catalogue.every[reading.kpi], reading) for reading in made}


def series(
    engine: Engine, catalogue: Catalogue, kpi: str, scope: str = "", until: date | None = None
) -> tuple[Reading, ...]:
    """Return a KPI's readings at month ends up to a date, the oldest first; () for a KPI that nobody knows."""
    if kpi in catalogue.every and not is_kept(engine, catalogue, kpi):
        fresh = {r.period: r for r in _live(engine, catalogue, [kpi], sorted(dates(engine)), scope)}
        found = list(fresh.values())
    else:
        found = stored.series(engine, catalogue, kpi, DIMENSION if scope else "", scope)
    found.sort(key=lambda reading: reading.as_of)
    return tuple(reading for reading in found if until is None or reading.as_of <= until)


def _live(
    engine: Engine, catalogue: Catalogue, kpis: Sequence[str], days: Sequence[date], scope: str
) -> list[Reading]:
    """Return readings computed now: at dates that have none, and of entries edited since readings were kept."""
    by = DIMENSION if scope else None
    able = [id for id in kpis if by is None or by in catalogue.every[id].by]
    if not able:
        return []
    found = compute.readings(engine, catalogue, able, days, by=by, ceased=True)
    return [reading for reading in found if reading.scope.get(DIMENSION, "") == scope]
