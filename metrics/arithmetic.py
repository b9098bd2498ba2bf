"""The arithmetic of formulas over arrays of measures: what SQL would do, on every date and scope, or every draw, at once.

Unknown is NaN; a condition is 1, 0 or NaN (SQL's three values).
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

Array: TypeAlias = NDArray[np.float64]
Column = Callable[[str, str], Array]  # (table, name) -> values
NAN = np.float64(np.nan)


class Unsupported(ValueError):
    """The formula has a part that stands only inside an aggregate."""


def _divide(over: Array, under: Array) -> Array:
    """Nothing is divided by zero: the result is unknown."""
    return np.divide(over, np.where(under == 0, NAN, under))


def _compared(compare: Callable[[Array, Array], NDArray[np.bool_]]) -> Callable[[Array, Array], Array]:
    return lambda a, b: np.where(np.isnan(a) | np.isnan(b), NAN, compare(a, b))


def _and(a: Array, b: Array) -> Array:
    return np.where((a == 0) | (b == 0), 0.0, a * b)


def _or(a: Array, b: Array) -> Array:
    return np.where((a == 1) | (b == 1), 1.0, a + b)


UNARY: dict[type, Callable[[Array], Array]] = {
    exp.Neg: np.negative,
    exp.Abs: np.abs,
    exp.Sqrt: np.sqrt,
    exp.Ln: np.log,
    exp.Exp: np.exp,
    exp.Not: lambda value: 1 - value,
}
BINARY: dict[type, Callable[[Array, Array], Array]] = {
    exp.Add: np.add,
    exp.Sub: np.subtract,
    exp.Mul: np.multiply,
    exp.Div: _divide,
    exp.Pow: np.power,
    exp.EQ: _compared(np.equal),
    exp.NEQ: _compared(np.not_equal),
    exp.GT: _compared(np.greater),
    exp.GTE: _compared(np.greater_equal),
    exp.LT: _compared(np.less),
    exp.LTE: _compared(np.less_equal),
    exp.And: _and,
    exp.Or: _or,
    exp.Nullif: lambda value, none: np.where(value == none, NAN, value),
}


def evaluate(tree: exp.Expr, column: Column) -> Array:
    """Return the values of a formula. Raises Unsupported."""
    with np.errstate(all="ignore"):
        found = np.asarray(_value(tree, column), dtype=np.float64)
    return np.where(np.isfinite(found), found, NAN)


def _value(node: exp.Expr, column: Column) -> Array:
    kind = type(node)
    if kind in BINARY:
        return BINARY[kind](_value(node.this, column), _value(node.expression, column))
    if kind in UNARY:
        return UNARY[kind](_value(node.this, column))
    if isinstance(node, exp.Column):
        return column(node.table, node.name)
    if isinstance(node, (exp.Paren, exp.Cast)):
        return _value(node.this, column)
    return _constant(node, column)


def _constant(node: exp.Expr, column: Column) -> Array:
    if isinstance(node, exp.Null):
        return np.asarray(NAN)
    if isinstance(node, exp.Literal) and node.is_number:
        return np.asarray(float(node.name))
    if isinstance(node, exp.Boolean):
        return np.asarray(float(node.this))
    return _choice(node, column)


def _choice(node: exp.Expr, column: Column) -> Array:
    if isinstance(node, exp.Case):
        return _case(node, column)
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return np.isnan(_value(node.this, column)).astype(np.float64)
    if isinstance(node, exp.Between):
        value = _value(node.this, column)
        low, high = _value(node.args["low"], column), _value(node.args["high"], column)
        return _and(BINARY[exp.GTE](value, low), BINARY[exp.LTE](value, high))
    if isinstance(node, exp.Round):
        digits = node.args.get("decimals")
        return np.round(_value(node.this, column), int(digits.name) if digits else 0)
    return _several(node, column)


def _case(node: exp.Case, column: Column) -> Array:
    if node.this is not None:
        raise Unsupported("CASE x WHEN")
    default = node.args.get("default")
    found = _value(default, column) if default else np.asarray(NAN)
    for branch in reversed(node.args["ifs"]):
        found = np.where(_value(branch.this, column) == 1, _value(branch.args["true"], column), found)
    return found


def _several(node: exp.Expr, column: Column) -> Array:
    if not isinstance(node, (exp.Coalesce, exp.Greatest, exp.Least)):
        raise Unsupported(type(node).__name__)
    parts = np.broadcast_arrays(*(_value(part, column) for part in (node.this, *node.expressions)))
    if isinstance(node, exp.Greatest):
        return np.asarray(np.fmax.reduce(parts))
    if isinstance(node, exp.Least):
        return np.asarray(np.fmin.reduce(parts))
    found = parts[-1]
    for part in reversed(parts[:-1]):
        found = np.where(np.isnan(part), found, part)
    return found
