"""What the screens of directorates read: kept readings by directorate, staff, files. One query each, kept by store version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from metrics import cascade, compute, homogeneity, stored
from metrics.cascade import Check
from metrics.definitions import Kpi
from metrics.directorates import existing
from metrics.homogeneity import Comparison
from metrics.reading import Reading
from pages.parts import reads
from pages.parts.once import SHEETS, VIEWS, kept
from pages.parts.reads import DIMENSION, Reads
from pages.parts.source import Source

MOST_FILES = 200

Parts = Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True)
class Staff:
    """A directorate's people at the latest staff count: how many, full-time equivalents, when."""

    headcount: int
    fte: float | None
    as_of: date


@dataclass(frozen=True)
class File:
    """An open file that a directorate leads, with the stage it is in and since when it is open."""

    project_id: str
    title: str
    theme: str
    stage: str
    opened_on: date
    total_cost_amount: float | None


def within(source: Source, directorate: str) -> Source:
    """The same visit within one directorate."""
    return replace(source, scope=directorate)


def structure(source: Source) -> tuple[str, ...]:
    """The directorates at the date, in the order of the town's groups, the others by name after them."""
    known = set(_named(source.reads, source.as_of)) if source.as_of else set()
    grouped = [
        name
        for names in source.catalogue.scorecard.directorate_groups.values()
        for name in names
        if name in known
    ]
    return (*grouped, *sorted(known - set(grouped)))


@kept(maxsize=VIEWS)
def _named(kept: Reads, as_of: date) -> tuple[str, ...]:
    """Those of the staff count in force and those that lead an open project without being in it; without a count, all."""
    engine = kept.store.engine(kept.actor)
    counted = (
        "SELECT directorate FROM staff WHERE as_of = (SELECT MAX(as_of) FROM staff WHERE as_of <= ?) "
        "UNION SELECT lead_directorate FROM projects WHERE opened_on <= ? AND (closed_on IS NULL OR closed_on > ?)"
    )
    led = tuple(name for (name,) in engine.rows(counted, [as_of] * 3) if name)
    return led if existing(engine, as_of) is not None else (*led, *stored.scopes(engine))


def parts(source: Source) -> Parts:
    """Every identical KPI's readings by directorate at the source's date, by KPI."""
    return _parts(source.reads, source.as_of) if source.as_of else MappingProxyType({})


@kept(maxsize=VIEWS)
def _parts(kept: Reads, as_of: date) -> Parts:
    engine, seen = kept.store.engine(kept.actor), reads.view(kept)
    ids = [kpi.id for kpi in cascade.identical(seen.catalogue)]
    if as_of in seen.dates:
        made = stored.by_scope(engine, seen.catalogue, ids, as_of)
    else:
        made = compute.readings(engine, seen.catalogue, ids, [as_of], by=DIMENSION)
    careful = [cascade.careful(seen.catalogue.every[one.kpi], one) for one in made]
    return MappingProxyType({id: tuple(one for one in careful if one.kpi == id) for id in ids})


def of(source: Source, kpi: str) -> tuple[Reading, ...]:
    """A KPI's readings for the directorates there are, in the town's order; those without rows are left out."""
    found = {str(one.scope.get(DIMENSION)): one for one in parts(source).get(kpi, ())}
    return tuple(found[name] for name in structure(source) if name in found)


@kept(maxsize=SHEETS)
def comparison(source: Source, id: str) -> Comparison | None:
    """The directorates compared for a KPI, around the town's value; None without the town's reading."""
    kpi, whole = source.catalogue.kpis[id], source.whole_town().readings().get(id)
    return None if whole is None else homogeneity.compare(kpi, whole, of(source, id), DIMENSION)


@kept(maxsize=VIEWS)
def checks(source: Source) -> tuple[tuple[Kpi, tuple[Check, ...]], ...]:
    """The additive check of every identical KPI."""
    wholes, found = source.whole_town().readings(), parts(source)
    return tuple(
        (kpi, cascade.check(source.catalogue, kpi, wholes[kpi.id], found.get(kpi.id, ())))
        for kpi in cascade.identical(source.catalogue)
        if kpi.id in wholes
    )


@kept(maxsize=VIEWS)
def staff(source: Source, directorate: str) -> Staff | None:
    """A directorate's people; None where no staff count names it."""
    sql = (
        "SELECT SUM(headcount), SUM(fte), as_of FROM staff WHERE directorate = ? AND as_of = "
        "(SELECT MAX(as_of) FROM staff WHERE as_of <= ?) GROUP BY as_of"
    )
    rows = source.engine.rows(sql, [directorate, source.as_of]) if source.as_of else []
    return (
        Staff(int(rows[0][0] or 0), None if rows[0][1] is None else float(rows[0][1]), rows[0][2])
        if rows
        else None
    )


@kept(maxsize=VIEWS)
def files(source: Source, directorate: str) -> tuple[File, ...]:
    """The open files that a directorate leads, the oldest first, at most ``MOST_FILES``."""
    sql = (
        "SELECT p.project_id, p.title, COALESCE(p.theme, ''), COALESCE(MAX(s.stage), ''), p.opened_on, p.total_cost_amount "
        "FROM projects AS p LEFT JOIN stages AS s ON s.project_id = p.project_id AND s.entered_on <= ? "
        "AND (s.left_on IS NULL OR s.left_on > ?) "
        "WHERE p.lead_directorate = ? AND p.opened_on <= ? AND (p.closed_on IS NULL OR p.closed_on > ?) "
        f"GROUP BY ALL ORDER BY p.opened_on, p.project_id LIMIT {MOST_FILES}"
    )
    day = source.as_of
    rows = source.engine.rows(sql, [day, day, directorate, day, day]) if day else []
    return tuple(
        File(id, title, theme, stage, opened, None if cost is None else float(cost))
        for id, title, theme, stage, opened, cost in rows
    )
