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
GIVEN = frozenset(
    {"parameters", "calendar"}
)  # prepended by compile: from the scorecard, and the dates asked for
SURVEY = "survey_scores"
CLOSED = frozenset(
    {"survey_answers", "survey_items", "survey_waves", "survey_wordings", SURVEY}
)  # told as frozen lists only
STORED_VALUES = "kpi_values"


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, str]:
    """Return the shipped views, name -> SELECT text."""
    return {path.stem: path.read_text("utf-8").strip().rstrip(";") for path in sorted(VIEWS.glob("*.sql"))}


@lru_cache(maxsize=256)
def parsed(sql: str) -> exp.Query:
    """Parse a view's SELECT. Cached: never change what it returns. Raises ValueError for anything else."""
    tree = sqlglot.parse_one(sql, read=DIALECT)
    if not isinstance(tree, exp.Query):
        raise ValueError(f"a view is one SELECT: {sql[:60]}")
    return tree


def _tables() -> Mapping[str, "Table"]:
    from schemas.tables import TABLES  # here: it brings pandera along, which most calls never need

    return TABLES


def readable(relations: Mapping[str, str]) -> list[str]:
    """Return the names an entry's ``from`` may bear: the views and the tables, but not those that are closed."""
    return [name for name in [*relations, *_tables()] if name not in CLOSED]


@lru_cache(maxsize=512)
def _outputs(sql: str) -> tuple[str, ...]:
    return tuple(parsed(sql).named_selects)


def outputs(sql: str) -> frozenset[str]:
    """Return the columns that a view gives."""
    return frozenset(_outputs(sql))


def columns_of(name: str, relations: Mapping[str, str]) -> list[str]:
    """Return the columns of a view or a table, in order; KeyError for neither."""
    if name in relations:
        return list(_outputs(relations[name]))
    return ["_id", *(column.name for column in _tables()[name].columns)]


def reads(name: str, relations: Mapping[str, str], *, optional: bool = True) -> frozenset[str]:
    """Return the relations and tables that a view names, without those it defines itself.

    Without ``optional``, those only named on the right side of a LEFT JOIN are left out: the view has rows without them.
    """
    return _reads(relations[name], optional) if name in relations else frozenset()


@lru_cache(maxsize=512)
def _reads(sql: str, optional: bool) -> frozenset[str]:
    return _named(sql, optional) - GIVEN


def _named(sql: str, optional: bool) -> frozenset[str]:
    tree = parsed(sql)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    tables = (table for table in tree.find_all(exp.Table) if optional or not _is_optional(table))
    # "main.projects" is the stored table, whatever relation stands for "projects"
    return frozenset(f"{table.db}.{table.name}" if table.db else table.name for table in tables) - own


def _is_optional(table: exp.Table) -> bool:
    join = table.find_ancestor(exp.Join, exp.Select)
    return isinstance(join, exp.Join) and join.side == "LEFT"


def looks_at_dates(name: str, relations: Mapping[str, str]) -> bool:
    """Say whether a view reads the calendar, itself or through another: it then has rows for each date asked for."""
    views = needed([name], relations)
    return any("calendar" in _named(relations[view], True) for view in views)


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
    return set().union(
        *(
            tables_of(other, relations, optional=optional)
            for other in reads(name, relations, optional=optional)
        )
    )


@lru_cache(maxsize=512)
def names_in(sql: str) -> frozenset[str]:
    """Return every column name that a SELECT mentions, ``*`` when it takes all there are."""
    tree = parsed(sql)
    stars = (
        {"*"} if any(not isinstance(star.parent, exp.Count) for star in tree.find_all(exp.Star)) else set()
    )
    return frozenset({column.name for column in tree.find_all(exp.Column)} | stars)


@lru_cache(maxsize=1024)
def pruned(sql: str, wanted: frozenset[str]) -> str:
    """Return a view that gives the ``wanted`` columns only (some others may stay): less to plan, to parse and to keep.

    A view whose rows depend on all its columns (DISTINCT, UNION) stays as it is.
    """
    tree = parsed(sql).copy()
    branches = _branches(tree)
    if branches is None:
        return sql
    places = [place for place, name in enumerate(tree.named_selects) if name in wanted] or [0]
    for branch in branches:
        branch.set("expressions", [branch.expressions[place] for place in places])
    return str(tree.sql(DIALECT, comments=False))


def _branches(tree: exp.Expr) -> list[exp.Select] | None:
    """Return the SELECTs of a view, several under UNION ALL; None where a column cannot be taken away."""
    if isinstance(tree, exp.Union):
        left, right = _branches(tree.this), _branches(tree.expression)
        return (
            left + right if left is not None and right is not None and not tree.args.get("distinct") else None
        )
    if not isinstance(tree, exp.Select) or tree.args.get("distinct") or tree.args.get("group"):
        return None
    return None if any(isinstance(item, exp.Star) for item in tree.expressions) else [tree]
