"""The relations that KPIs read: their SQL, their columns, and the tables they come from."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from metrics.expressions import DIALECT

if TYPE_CHECKING:
    from schemas.tables import Table

VIEWS = Path(__file__).parent.parent / "data" / "views"
GIVEN = frozenset({"parameters"})  # prepended by compile, from the scorecard
CLOSED = frozenset({"survey_answers"})  # leaves the store through audited tables only
STORED_VALUES = "kpi_values"


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, str]:
    """Return the shipped views, name -> SELECT text."""
    return {path.stem: path.read_text("utf-8").strip().rstrip(";") for path in sorted(VIEWS.glob("*.sql"))}


@lru_cache(maxsize=256)
def parsed(sql: str) -> exp.Expression:
    """Parse a view's SELECT. Cached: never change what it returns."""
    return sqlglot.parse_one(sql, read=DIALECT)


def _tables() -> Mapping[str, "Table"]:
    from schemas.tables import TABLES  # here: it brings pandera along, which most calls never need

    return TABLES


def readable(relations: Mapping[str, str]) -> list[str]:
    """Return the names an entry's ``from`` may bear: the views and the tables, but not those that are closed."""
    return [*relations, *(name for name in _tables() if name not in CLOSED)]


def columns_of(name: str, relations: Mapping[str, str]) -> list[str]:
    """Return the columns of a view or a table, in order; KeyError for neither."""
    if name in relations:
        return list(parsed(relations[name]).named_selects)
    return ["_id", *(column.name for column in _tables()[name].columns)]


def reads(name: str, relations: Mapping[str, str], *, optional: bool = True) -> set[str]:
    """Return the relations and tables that a view names, without those it defines itself.

    Without ``optional``, those only named on the right side of a LEFT JOIN are left out: the view has rows without them.
    """
    if name not in relations:
        return set()
    tree = parsed(relations[name])
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    tables = (table for table in tree.find_all(exp.Table) if optional or not _is_optional(table))
    return {table.name for table in tables} - own - GIVEN


def _is_optional(table: exp.Table) -> bool:
    join = table.find_ancestor(exp.Join, exp.Select)
    return isinstance(join, exp.Join) and join.side == "LEFT"


def needed(names: Iterable[str], relations: Mapping[str, str]) -> list[str]:
    """Return the views that ``names`` need, themselves included, each after those it reads."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in relations and name not in found:
            for other in sorted(reads(name, relations)):
                visit(other)
            found[name] = None

    for name in names:
        visit(name)
    return list(found)


def tables_of(name: str, relations: Mapping[str, str], *, optional: bool = True) -> set[str]:
    """Return the stored tables behind a view or a table's name (see ``reads`` for ``optional``)."""
    if name not in relations:
        return {name}
    return set().union(*(tables_of(other, relations, optional=optional) for other in reads(name, relations, optional=optional)))
