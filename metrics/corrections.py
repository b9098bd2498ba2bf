"""Rows about the past that were changed, added or taken out afterwards: in which table, by which import, how many.

What was known at the earlier moment ends with an import: the last that both engines hold (a sealed week against the live
data), the one a visit had seen, or, between two dates of the same data, the last one made by the first date. Each table's
current rows are compared with those that were current then, by key. A row of a date after that moment is no correction, nor
is one that only learnt what happened since: only a known value that is another, or an event of the past that was not known.
The first rows of a table are its beginning, and undoing an import is a correction of its own.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from metrics.change import Change
from metrics.changing_weight import weigh
from metrics.dates import literal
from metrics.perengine import per_engine
from metrics.states import State
from schemas.tables import TABLES, Table

UNTRACED = frozenset({"survey_answers", "survey_items"})  # published copies hold no row of them


@dataclass
class Correction:
    """What one import did to the past of one table. ``columns``: how many known values it changed in each."""

    table: str
    number: int
    changed: int = 0
    added: int = 0
    removed: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None

    @property
    def rows(self) -> int:
        """All rows of the past that are not what they were."""
        return self.changed + self.added + self.removed


def correction_changes(since: State, until: State) -> list[Change]:
    """Return the corrections made between two moments, those of the most rows first; none of one directorate."""
    base = None if until.scope else known_at(since, until)
    if base is None:
        return []
    books = _books(until.engine, base)
    touched = [table for table in TABLES.values() if table.name in _touched(until.engine, base)]
    found = [one for table in touched for one in corrections(until.engine, table, base, since.as_of)]
    found += [one for record in books.values() for one in _undone(record, base)]
    return [_change(one, books[one.number], until.engine) for one in found if one.number in books]


def known_at(since: State, until: State) -> int | None:
    """Return the number of the last import that was known at the earlier moment; None when nothing came after it."""
    same = since.engine is until.engine
    if same and (since.as_of, since.known) == (until.as_of, until.known):
        return None
    now = _imports(until.engine)
    if since.known is not None:
        base = since.known
    elif not same:
        before = _imports(since.engine)
        base = max((number for number, at in before.items() if now.get(number) == at), default=0)
    else:
        base = max(
            (number for number, at in now.items() if at.date() <= since.as_of), default=min(now, default=0)
        )
    return base if any(number > base for number in now) else None


def last_import(engine: Any) -> int:
    """Return the number of the last import or undo that an engine knows, 0 for none."""
    return max(_imports(engine), default=0)


@per_engine
def _imports(engine: Any) -> dict[int, Any]:
    return dict(engine.rows('SELECT i."import", i.at FROM main.imports AS i ORDER BY 1'))


def _touched(engine: Any, base: int) -> set[str]:
    """Return the tables with a version that began or ended after import ``base``."""
    selects = [
        f"SELECT '{name}' AS t FROM kept.{name} WHERE _import > {base} OR _until > {base}"
        for name, table in TABLES.items()
        if name not in UNTRACED and not table.is_journal
    ]
    return {
        name for (name,) in engine.rows(f"SELECT DISTINCT t FROM ({' UNION ALL '.join(selects)}) AS touched")
    }


def corrections(engine: Any, table: Table, base: int, past: date) -> list[Correction]:
    """Return what imports after ``base`` did to a table's rows dated up to ``past``, by import."""
    day = _row_date(table)
    if day is None or not engine.rows(f"SELECT 1 FROM kept.{table.name} WHERE _import <= {base} LIMIT 1"):
        return []
    found: dict[int, Correction] = {}
    for number, *counts in engine.rows(_changed_rows(table, day, base, past)):
        added, changed, first, last, *columns = counts
        one = found.setdefault(number, Correction(table.name, number))
        one.added, one.changed, one.first_on, one.last_on = int(added), int(changed), first, last
        names = [column.name for column in table.columns]
        one.columns = {name: int(n) for name, n in zip(names, columns, strict=True) if n}
    for number, removed in engine.rows(_removed_rows(table, day, base, past)):
        found.setdefault(number, Correction(table.name, number)).removed = int(removed)
    return [one for one in found.values() if one.rows]


def _row_date(table: Table) -> str | None:
    """Return the SQL of the first day that a row tells of, its alias ``x``; None for a table without dates."""
    events = [column.name for column in table.columns if column.kind == "date" and column.is_event]
    dates = events or [column.name for column in table.columns if column.kind == "date"][:1]
    if dates:
        return f"LEAST({', '.join(f'x.{name}' for name in dates)})" if len(dates) > 1 else f"x.{dates[0]}"
    if any(column.name == "year" for column in table.columns):
        return "MAKE_DATE(CAST(x.year AS INTEGER), 1, 1)"
    if any(column.kind == "period" for column in table.columns):
        return "MAKE_DATE(CAST(SUBSTRING(x.period, 1, 4) AS INTEGER), 1, 1)"
    return None


def _changed_rows(table: Table, day: str, base: int, past: date) -> str:
    """Return the SELECT of what later versions changed: import, rows added and changed, their days, and a count a column."""
    of_new, of_old = day.replace("x.", "n."), day.replace("x.", "o.")
    is_past = f"(COALESCE(LEAST({of_new}, {of_old}), {of_new}) <= {literal(past)})"
    differs = {column.name: _rewritten(column, past) for column in table.columns}
    any_differs = " OR ".join(differs.values())
    counted = ", ".join(
        f"COUNT(*) FILTER (WHERE o._id IS NOT NULL AND {is_past} AND {test})" for test in differs.values()
    )
    return f"""
        SELECT n._import, COUNT(*) FILTER (WHERE o._id IS NULL AND {is_past}),
            COUNT(*) FILTER (WHERE o._id IS NOT NULL AND {is_past} AND ({any_differs})),
            MIN({of_new}) FILTER (WHERE {is_past}), MAX({of_new}) FILTER (WHERE {is_past}), {counted}
        FROM (SELECT * FROM kept.{table.name} WHERE _until IS NULL AND _import > {base}) AS n
        LEFT JOIN (SELECT * FROM kept.{table.name}
            WHERE _import <= {base} AND (_until IS NULL OR _until > {base})) AS o ON o._key = n._key
        GROUP BY n._import ORDER BY n._import
    """


def _rewritten(column: Any, past: date) -> str:
    """Return the test that a known value is another, or that an event of the past was not known."""
    new, old = f"n.{column.name}", f"o.{column.name}"
    another = f"({old} IS NOT NULL AND {new} IS DISTINCT FROM {old})"
    if column.kind == "date" and column.is_event:
        return f"({another} OR ({old} IS NULL AND {new} <= {literal(past)}))"
    return another


def _removed_rows(table: Table, day: str, base: int, past: date) -> str:
    """Return the SELECT of rows that were current then and have no current version: the import that closed them, how many."""
    of_old = day.replace("x.", "o.")
    return f"""
        SELECT o._until, COUNT(*) FROM kept.{table.name} AS o
        WHERE o._import <= {base} AND o._until > {base} AND {of_old} <= {literal(past)}
            AND NOT EXISTS (SELECT 1 FROM kept.{table.name} AS n WHERE n._key = o._key AND n._until IS NULL)
        GROUP BY o._until ORDER BY o._until
    """


def _books(engine: Any, base: int) -> Mapping[int, Mapping[str, Any]]:
    """Return what the history says of the imports after ``base``, by number."""
    sql = f"""
        SELECT i."import", i.kind, i.at, i.actor, i.counts, i.undoes,
            (SELECT LIST(DISTINCT s.file ORDER BY s.file) FROM main.sources AS s WHERE s."import" = i."import")
        FROM main.imports AS i WHERE i."import" > {base} ORDER BY 1
    """
    names = ("number", "what", "at", "actor", "counts", "undoes", "files")
    return {row[0]: dict(zip(names, row, strict=True)) for row in engine.rows(sql)}


def _files(engine: Any, one: Correction, record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files of an import that brought rows of this table; all of them where it only took rows out."""
    sql = f"""SELECT DISTINCT s.file FROM kept.{one.table} AS k JOIN main.sources AS s ON s.source = k._source
              WHERE k._import = ? ORDER BY 1"""
    brought = tuple(file for (file,) in engine.rows(sql, [one.number]) if file)
    return brought or tuple(record["files"] or ())


def _undone(record: Mapping[str, Any], base: int) -> Sequence[Correction]:
    """Return what an undo took back of an import that was known at the earlier moment."""
    if record["what"] != "undo" or not record["undoes"] or record["undoes"] > base:
        return ()
    told = json.loads(record["counts"] or "{}").get("taken_back", {})
    return [
        Correction(name, record["number"], removed=int(n))
        for name, n in told.items()
        if n and name in TABLES and name not in UNTRACED and not TABLES[name].is_journal
    ]


def _change(one: Correction, record: Mapping[str, Any], engine: Any) -> Change:
    columns = dict(sorted(one.columns.items(), key=lambda item: (-item[1], item[0])))
    facts = {
        "number": one.number,
        "at": record["at"],
        "actor": record["actor"],
        "files": _files(engine, one, record),
        "undoes": record["undoes"],
        "changed": one.changed,
        "added": one.added,
        "removed": one.removed,
        "rows": one.rows,
        "columns": columns,
        "first_on": one.first_on,
        "last_on": one.last_on,
    }
    weight = weigh("correction", is_new=True, shade=min(1.0, one.rows / 100))
    key = f"correction:{one.table}:{one.number}"
    return Change(key, "correction", "neutral", weight, True, table=one.table, facts=facts)
