"""What a proof reads: the two sides of a value with their rows, its baseline, the checks made again, kept by (role, store, version)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.access import require
from metrics import rechecks, rows, sides
from metrics.compute import tables_behind
from metrics.definitions import Kpi
from metrics.reading import Reading
from metrics.rechecks import Checked, Fact, Same
from metrics.sides import Baseline, Side
from pages.parts.once import SHEETS, kept
from pages.parts.reads import DIMENSION
from pages.parts.source import Source


@dataclass(frozen=True)
class Checks:
    """Everything that was computed again for one value."""

    value: Same | None
    sums: tuple[tuple[Side, Same], ...]
    rules: tuple[Checked, ...]
    facts: tuple[Fact, ...]


def tables_of(source: Source, kpi: Kpi) -> tuple[str, ...]:
    """The stored tables that a value rests on, in the store's order."""
    from schemas.tables import TABLES

    found = tables_behind(source.catalogue, kpi, source.engine.relations)
    return tuple(name for name in TABLES if name in found)


def parts(source: Source, kpi: Kpi) -> tuple[Side, ...]:
    """The sides of a value."""
    return sides.sides(source.catalogue, kpi)


def amount(side: Side, reading: Reading) -> float | None:
    """What a reading says of one of its sides."""
    told = {"whole": reading.value, "numerator": reading.numerator, "denominator": reading.denominator}
    return told[side.role]


def side_rows(source: Source, kpi: Kpi, role: str, most: int | None = None) -> tuple[pd.DataFrame, int]:
    """The rows of a side (the first ``most``) and how many there are in all. Raises Forbidden without ``read_rows``."""
    require(source.actor, "read_rows")
    return _side_rows(source, kpi.id, role, most)


@kept(maxsize=SHEETS)
def _side_rows(source: Source, kpi_id: str, role: str, most: int | None) -> tuple[pd.DataFrame, int]:
    side = next((side for side in parts(source, source.catalogue.every[kpi_id]) if side.role == role), None)
    at = (side.at if side else None) or source.as_of
    if side is None or at is None:
        return pd.DataFrame({"_id": []}), 0
    window = None if most is None else (0, most)
    found = rows.of_entry(
        source.engine, source.catalogue, side.kpi, at, scope_of(source), window=window, counted=side.counted
    )
    total = found.pop("_total") if "_total" in found else [len(found)]
    return found, int(total[0]) if len(found) else 0


def scope_of(source: Source) -> Mapping[str, str | None]:
    """The source's scope as a part of a view."""
    return {DIMENSION: source.scope} if source.scope else {}


@kept(maxsize=SHEETS)
def baseline(source: Source, kpi_id: str) -> Baseline | None:
    """What the value is measured against; None without a value."""
    reading, kpi = source.readings().get(kpi_id), source.catalogue.every[kpi_id]
    if reading is None or reading.value is None or kpi.has_own_periods:
        return _own(source, kpi, reading)
    series = {past.as_of: (past.value, past.n) for past in source.series(kpi_id)}
    return sides.baseline(source.engine, source.catalogue, kpi, reading, series, scope_of(source))


def _own(source: Source, kpi: Kpi, reading: Reading | None) -> Baseline | None:
    """Of a value that came with its own period: the first one known."""
    known = [past for past in source.series(kpi.id) if past.value is not None]
    if reading is None or len(known) < 2:
        return None
    return Baseline("first", known[0].as_of, known[0].value, kpi.unit, known[0].n)


@kept(maxsize=SHEETS)
def checks(source: Source, kpi_id: str) -> Checks:
    """The value, its sums, the rules on its tables and the catalogue's own facts, computed again now."""
    engine, catalogue = source.engine, source.catalogue
    kpi, reading = catalogue.every[kpi_id], source.readings().get(kpi_id)
    found = tuple(rechecks.rules(engine, catalogue, tables_of(source, kpi)))
    if reading is None or kpi.has_own_periods:
        return Checks(None, (), found, ())
    sums = [
        (
            side,
            rechecks.added_up(
                engine, catalogue, side, reading.as_of, amount(side, reading), scope_of(source)
            ),
        )
        for side in parts(source, kpi)
    ]
    value = rechecks.recomputed(engine, catalogue, kpi, reading, source.scope)
    facts = () if source.scope else rechecks.facts(engine, catalogue, kpi, source.latest or date.max)
    return Checks(value, tuple((side, same) for side, same in sums if same), found, tuple(facts))
