"""Which KPIs can be split into contributions, how, and why the others cannot: read off the entry's expression."""

from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from metrics import expressions
from metrics.definitions import Catalogue, Kpi

Way = Literal["sum", "ratio"]
REASONS = (
    "stored",  # values come as they are, without rows behind
    "survival",  # a survival curve's quantile or share
    "median",  # the middle of values
    "distinct",  # different things, counted once though several groups share them
    "extreme",  # a largest or a smallest value
    "mean",  # a mean of values
    "product",  # anything else than sums and counts added
    "weighted",  # weights of a survey
    "no_start",  # nothing to divide by at the first date: it comes from nothing
    "no_end",  # nothing to divide by at the second
    "unknown",  # a value is unknown at one of the dates
)


@dataclass(frozen=True)
class Splitting:
    """How a KPI's change is split; ``way`` None: it is not, for ``reason`` (one of REASONS)."""

    way: Way | None
    reason: str | None = None


def splitting(catalogue: Catalogue, kpi: Kpi) -> Splitting:
    """Say how a KPI's change between two dates can be split into contributions."""
    if kpi.sql is None:
        return Splitting(None, "stored")
    if kpi.interval is not None and str(kpi.interval.kind) == "weighted":
        return Splitting(None, "weighted")
    tree = expressions.parse(kpi.sql)
    parts, is_ratio = _parts(kpi, tree)
    reason = next((found for part in parts if (found := _why_not(catalogue, kpi, part))), None)
    return Splitting(None, reason) if reason else Splitting("ratio" if is_ratio else "sum")


def _parts(kpi: Kpi, tree: exp.Expr) -> tuple[list[exp.Expr], bool]:
    """Return what is added up, and whether one is divided by the other."""
    if kpi.denominator:
        return [tree, expressions.parse(kpi.denominator.sql)], True
    top = tree.unnest()
    if isinstance(top, exp.Div) and not top.expression.is_number:
        under = top.expression.unnest()
        return [top.this, under.this if isinstance(under, exp.Nullif) else under], True
    return [tree], bool(kpi.base)


def _why_not(catalogue: Catalogue, kpi: Kpi, tree: exp.Expr) -> str | None:
    """Return why an expression is no sum over the rows; None for one that is."""
    for node in expressions.aggregates(tree):
        reason = _of_aggregate(node.this if isinstance(node, exp.Filter) else node)
        if reason:
            return reason
    for id in expressions.references(tree):
        other = splitting(catalogue, catalogue.every[id])
        if other.way != "sum":
            return other.reason or "product"
    return None if _adds(tree) else "product"


def _of_aggregate(node: exp.Expr) -> str | None:
    kinds: dict[type, str] = {exp.Median: "median", exp.Avg: "mean", exp.Min: "extreme", exp.Max: "extreme"}
    if isinstance(node, exp.Anonymous):
        return "survival"
    if isinstance(node.this, exp.Distinct):
        return "distinct"
    return kinds.get(type(node))


def _adds(node: exp.Expr) -> bool:
    """Say whether a tree only adds, subtracts and scales aggregates and other KPIs."""
    if expressions.is_aggregate(node):
        return True
    if isinstance(node, exp.Anonymous):
        return node.name.upper() == expressions.REFERENCE
    if isinstance(node, (exp.Add, exp.Sub)):
        return _adds(node.this) and _adds(node.expression)
    if isinstance(node, (exp.Paren, exp.Neg)):
        return _adds(node.this)
    if isinstance(node, exp.Coalesce):
        return _adds(node.this) and all(
            other.is_number and float(other.name) == 0 for other in node.expressions
        )
    if isinstance(node, exp.Mul):
        return (_adds(node.this) and node.expression.is_number) or (
            node.this.is_number and _adds(node.expression)
        )
    return isinstance(node, exp.Div) and node.expression.is_number and _adds(node.this)
