"""What the two ways of computing a group share: the scopes and the SQL of its aggregates over a row's columns."""

from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp, parse_one

from metrics.expressions import DIALECT
from metrics.plan import Measure
from metrics.statement import TOWN, encoded


@dataclass(frozen=True)
class Scopes:
    """Which scopes a statement asks for: the whole town, the values of dimension ``by``, or both."""

    by: str | None = None
    town: bool = True


def qualified(tree: exp.Expr, table: str = "v") -> str:
    """Return the SQL of an expression with its columns read from ``table``."""
    return _qualified(tree.sql(DIALECT, comments=False), table)


@lru_cache(maxsize=4096)
def _qualified(sql: str, table: str) -> str:
    def named(node: exp.Expr) -> exp.Expr:
        return exp.column(node.name, table) if isinstance(node, exp.Column) else node

    return str(parse_one(sql, read=DIALECT).transform(named, copy=False).sql(DIALECT))


def aggregate(measure: Measure, table: str = "v") -> str:
    """Return an aggregate over the rows of ``table``, its condition as a CASE (many FILTERs cost more than their sum)."""
    if measure.when is None:
        return qualified(measure.node, table)
    node, when = measure.node, qualified(measure.when, table)
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Star):
        return f"COUNT(CASE WHEN {when} THEN 1 END)"
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        return f"COUNT(DISTINCT CASE WHEN {when} THEN {qualified(node.this.expressions[0], table)} END)"
    return f"{node.key.upper()}(CASE WHEN {when} THEN {qualified(node.this, table)} END)"


def counted(measure: Measure, table: str = "v") -> str | None:
    """Return the aggregate that counts the rows a measure's condition keeps, None without one."""
    return None if measure.when is None else f"COUNT(CASE WHEN {qualified(measure.when, table)} THEN 1 END)"


def scope_and_sets(scopes: Scopes, keys: list[str], column: str) -> tuple[str, str]:
    """Return the SQL of a scope's key, and the GROUP BY over ``keys`` for the town, each value of ``column``, or both."""
    plain = ", ".join(keys)
    if scopes.by is None:
        return f"'{TOWN}'", plain
    if not scopes.town:
        return encoded(column), f"{plain}, {column}"
    key = f"CASE WHEN GROUPING({column}) = 1 THEN '{TOWN}' ELSE {encoded(column)} END"
    return key, f"GROUPING SETS (({plain}), ({plain}, {column}))"
