"""The SQL of a driver: relations changed where a condition holds, rows added, and the values in a tiny relation of their own.

The values of a use stand in ``moved_<n>`` (one row, one column a parameter), never in the SELECTs: the texts of a scenario, and
what was parsed and planned of them, stay the same whatever a slider says. A value is never read as SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlglot
from sqlglot import exp

from metrics.expressions import DIALECT
from metrics.relations import columns_of, shipped

Value = float | int | str | date
BUILT_IN = frozenset({"place"})  # the use's own number in its scenario: what it adds needs names of its own
ROW = "r"  # what a driver's SQL calls the row that it changes, inside a subquery
TYPES: Mapping[str, str] = {
    **dict.fromkeys(("share", "change", "eur", "number"), "DOUBLE"),
    **dict.fromkeys(("months", "days", "year"), "INTEGER"),
    "date": "DATE",
}


@dataclass(frozen=True)
class Rows:
    """Rows added: one for each row of ``source`` where ``where`` holds, or one. Columns left out are the source's, or null."""

    source: str
    where: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Replacement:
    """One relation: on the rows where ``when`` holds, ``columns`` take another value; ``rows`` come on top. SQL names parameters ``:name``."""

    relation: str
    when: str
    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[Rows, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every expression of it."""
        own = (self.when, *(sql for _, sql in self.columns))
        return own + tuple(sql for one in self.rows for sql in (one.where, *(sql for _, sql in one.columns)))


@lru_cache(maxsize=1024)
def parsed(sql: str) -> exp.Expr:
    """Return an expression's tree, shared: copy it before any change."""
    return sqlglot.parse_one(sql, read=DIALECT)


def named(sql: str) -> list[str]:
    """Return the parameters that an expression names."""
    return [str(found.this) for found in parsed(sql).find_all(exp.Placeholder)]


def tables_in(sql: str) -> list[str]:
    """Return the tables that an expression reads in its subqueries."""
    return [table.name for table in parsed(sql).find_all(exp.Table)]


@lru_cache(maxsize=1024)
def select(one: Replacement, sources: tuple[tuple[str, str], ...], moved: str) -> str:
    """Return the SELECT that stands for a relation: the same columns, some changed where ``when`` holds, and the rows it adds.

    ``sources`` says what each relation is before this driver (name -> what to read; others: the stored table); ``moved`` is the
    relation of the values.
    """
    known, columns = dict(sources), columns_of(one.relation, shipped())
    changes = dict(one.columns)
    cells = [
        f"CASE WHEN {ROW}.is_moved THEN {bound(changes[name], known, moved)} ELSE {ROW}.{name} END AS {name}"
        if name in changes
        else f"{ROW}.{name} AS {name}"
        for name in columns
    ]
    told = ", ".join([*(f"{ROW}.{name}" for name in columns), f"{bound(one.when, known, moved)} AS is_moved"])
    before = f"{known.get(one.relation, f'main.{one.relation}')} AS {ROW}"
    marked = f"(SELECT {told} FROM {before} CROSS JOIN {moved}) AS {ROW}" if changes else before
    own = f"SELECT {', '.join(cells)} FROM {marked} CROSS JOIN {moved}"
    added = [_added(rows, place, columns, known, moved) for place, rows in enumerate(one.rows)]
    return "\nUNION ALL ".join([own, *added])


def _added(rows: Rows, place: int, columns: list[str], known: Mapping[str, str], moved: str) -> str:
    """Return the SELECT of added rows; their ``_id`` is negative: no stored row has it."""
    changes = dict(rows.columns)
    there = columns_of(rows.source, {}) if rows.source else []
    number = f"{moved}.p_place * 10 + {place}"
    changes.setdefault("_id", f"-({ROW}._id * 1000 + {number})" if there else f"-({number})")
    cells = [
        f"{bound(changes[name], known, moved)} AS {name}"
        if name in changes
        else f"{ROW}.{name} AS {name}"
        if name in there
        else f"NULL AS {name}"
        for name in columns
    ]
    where = bound(rows.where, known, moved)
    if not rows.source:
        return f"SELECT {', '.join(cells)} FROM {moved} WHERE {where}"
    before = known.get(rows.source, f"main.{rows.source}")
    return f"SELECT {', '.join(cells)} FROM {before} AS {ROW} CROSS JOIN {moved} WHERE {where}"


def bound(sql: str, sources: Mapping[str, str], moved: str) -> str:
    """Return an expression over the values' relation: ``:name`` is a column of it, ``FROM table`` the table before the driver."""

    def put(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Placeholder):
            column = exp.column(f"p_{node.this}", table=moved)
            return exp.select(column).from_(moved).subquery() if node.find_ancestor(exp.Select) else column
        if isinstance(node, exp.Table) and not node.db:
            name = sources.get(node.name, f"main.{node.name}")
            return exp.to_table(name, alias=node.alias or node.name)
        return node

    return str(parsed(sql).copy().transform(put).sql(DIALECT))


class Told(str):
    """The relation of a use's values; ``blank`` is the same one without any value."""

    blank: str


def values(asked: tuple[tuple[str, str], ...], given: Mapping[str, Value], place: int) -> Told:
    """Return the one-row relation of a use's values, from (name, kind) of its parameters: what is left out is null."""
    found = Told(_row(asked, given, place))
    found.blank = _blank(asked, place)
    return found


@lru_cache(maxsize=256)
def _blank(asked: tuple[tuple[str, str], ...], place: int) -> str:
    return _row(asked, {}, place)


def _row(asked: tuple[tuple[str, str], ...], given: Mapping[str, Value], place: int) -> str:
    cells = [
        f"{exp.cast(literal(given.get(name)), TYPES.get(kind, 'VARCHAR')).sql(DIALECT)} AS p_{name}"
        for name, kind in asked
    ]
    return f"SELECT {', '.join([*cells, f'{place} AS p_place'])}"


def literal(value: Value | None) -> exp.Expr:
    """Return a value as a literal."""
    if value is None:
        return exp.Null()
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        found = exp.Literal.number(repr(abs(value)))
        return exp.paren(exp.Neg(this=found)) if value < 0 else found
    return exp.Literal.string(str(value))
