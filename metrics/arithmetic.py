"""A formula over arrays: the arithmetic that SQL does on measures, done again on thousands of resampled measures."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

Array: TypeAlias = NDArray[np.float64]
Column = Callable[[str, str], Array]  # (table, name) -> values

UNARY: dict[type, Callable[[Array], Array]] = {
    exp.Neg: np.negative,
    exp.Abs: np.abs,
    exp.Sqrt: np.sqrt,
    exp.Ln: np.log,
    exp.Exp: np.exp,
}
BINARY: dict[type, Callable[[Array, Array], Array]] = {
    exp.Add: np.add,
    exp.Sub: np.subtract,
    exp.Mul: np.multiply,
    exp.Div: np.divide,
    exp.Pow: np.power,
    exp.EQ: np.equal,
    exp.NEQ: np.not_equal,
    exp.GT: np.greater,
    exp.GTE: np.greater_equal,
    exp.LT: np.less,
    exp.LTE: np.less_equal,
    exp.And: np.logical_and,
    exp.Or: np.logical_or,
}


class Unsupported(ValueError):
    """The formula has a part that only SQL computes."""


def evaluate(tree: exp.Expression, column: Column) -> Array:
    """Return the values of a formula; unknown is NaN. Raises Unsupported."""
    with np.errstate(all="ignore"):
        return np.asarray(_value(tree, column), dtype=np.float64)


def _value(node: exp.Expression, column: Column) -> Array:
    kind = type(node)
    if kind in BINARY:
        return BINARY[kind](_value(node.this, column), _value(node.expression, column))
    if kind in UNARY:
        return UNARY[kind](_value(node.this, column))
    if isinstance(node, exp.Column):
        return column(node.table, node.name)
    if isinstance(node, exp.Literal) and node.is_number:
        return np.float64(float(node.name))  # type: ignore[return-value]
    if isinstance(node, (exp.Paren, exp.Cast)):
        return _value(node.this, column)
    return _choice(node, column)


def _choice(node: exp.Expression, column: Column) -> Array:
    if isinstance(node, exp.Null):
        return np.float64(np.nan)  # type: ignore[return-value]
    if isinstance(node, exp.Nullif):
        value = _value(node.this, column)
        return np.where(value == _value(node.expression, column), np.nan, value)
    if isinstance(node, exp.Case):
        found = _value(node.args["default"], column) if node.args.get("default") else np.float64(np.nan)
        for branch in reversed(node.args["ifs"]):
            found = np.where(_value(branch.this, column), _value(branch.args["true"], column), found)
        return found  # type: ignore[return-value]
    several = [_value(part, column) for part in (node.this, *node.expressions) if isinstance(part, exp.Expression)]
    if isinstance(node, exp.Coalesce):
        found = several[-1]
        for value in reversed(several[:-1]):
            found = np.where(np.isnan(value), found, value)
        return found
    if isinstance(node, (exp.Greatest, exp.Least)):
        pick = np.fmax if isinstance(node, exp.Greatest) else np.fmin
        return pick.reduce(np.broadcast_arrays(*several))  # type: ignore[no-any-return]
    raise Unsupported(type(node).__name__)
