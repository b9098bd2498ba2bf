"""How fresh each table is: its rows, its last event up to a date, and the last import that brought some."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from metrics.compute import tables_behind
from metrics.definitions import Catalogue
from metrics.perengine import per_engine
from schemas.tables import FILLED, TABLES
from schemas.text import Text

SURVEYS = frozenset({"survey_answers", "survey_items"})  # answers are not counted outside their own gate


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


class Views(Engine, Protocol):
    """An engine that also tells its views."""

    @property
    def relations(self) -> Mapping[str, str]:
        """View name -> SELECT text."""


@dataclass(frozen=True)
class Age:
    """One table that holds something: ``rows`` None where they are not told, ``event`` None where nothing is dated."""

    table: str
    title: Text
    rows: int | None
    event: date | None
    import_id: int | None
    imported_at: datetime | None


@per_engine
def ages(engine: Engine, as_of: date) -> tuple[Age, ...]:
    """Return the age of each table of facts that holds rows, in the tables' order; events after ``as_of`` do not count."""
    last = _imports(engine)
    facts = [name for name in FILLED if name not in SURVEYS and not TABLES[name].is_journal]
    found = []
    for name in facts:
        count, event = engine.rows(_of(name), [as_of] if "?" in _of(name) else [])[0]
        if count:
            number = last.get(name)
            found.append(Age(name, TABLES[name].title, count, event, *(number or (None, None))))
    return tuple(found)


def _of(name: str) -> str:
    events = [column.name for column in TABLES[name].columns if column.is_event and column.kind == "date"]
    if not events:
        return f"SELECT COUNT(*), NULL FROM {name}"
    days = " UNION ALL ".join(f"SELECT CAST({column} AS DATE) AS d FROM {name}" for column in events)
    return f"SELECT (SELECT COUNT(*) FROM {name}), (SELECT MAX(d) FROM ({days}) AS e WHERE d <= ?)"


@per_engine
def _imports(engine: Engine) -> dict[str, tuple[int, datetime]]:
    """Return the number and moment (UTC) of the last import that stored rows of each table and still stands."""
    sql = """SELECT i.import, i.at, i.counts FROM imports i WHERE i.kind = 'import' AND i.undone_by IS NULL ORDER BY i.import"""
    found: dict[str, tuple[int, datetime]] = {}
    for number, at, counts in engine.rows(sql):
        stored = json.loads(counts or "{}").get("stored", {})
        found |= {table: (number, at) for table, count in stored.items() if count}
    return found


@per_engine
def last_import(engine: Engine) -> int | None:
    """Return the number of the last import of facts that still stands, None for none: a review of the brief is typed too, and
    must not change what it is a review of."""
    found = _imports(engine)
    return max((number for table, (number, _) in found.items() if not TABLES[table].is_journal), default=None)


@dataclass(frozen=True)
class Import:
    """One import that still stands: its number, its moment (UTC), and how many rows it stored."""

    number: int
    at: datetime
    rows: int


@per_engine
def imports(engine: Engine) -> tuple[Import, ...]:
    """Return the imports that still stand, the last first."""
    sql = "SELECT i.import, i.at, i.counts FROM imports i WHERE i.kind = 'import' AND i.undone_by IS NULL ORDER BY i.import DESC"
    return tuple(
        Import(number, at, sum(one or 0 for one in json.loads(counts or "{}").get("stored", {}).values()))
        for number, at, counts in engine.rows(sql)
    )


def behind(engine: Views, catalogue: Catalogue, kpi: str, as_of: date) -> tuple[Age, ...]:
    """Return the ages of the tables that a KPI's value depends on."""
    names = tables_behind(catalogue, catalogue.every[kpi], engine.relations)
    return tuple(age for age in ages(engine, as_of) if age.table in names)
