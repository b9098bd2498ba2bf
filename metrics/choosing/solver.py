"""The exact solver: a 0/1 program handed to HiGHS, its answer with the bound it proves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from metrics.choosing.needs import Array
from metrics.choosing.program import Row
from metrics.choosing.silence import quiet

SLACK = 1e-7  # of a row's largest coefficient: what a float sum may be over
IMPOSSIBLE = 2


@dataclass(frozen=True, eq=False)
class Solution:
    """``x`` is 0 or 1 by column, None where there is none; ``bound`` is what no choice can pass."""

    x: Array | None
    bound: float
    is_impossible: bool
    is_proven: bool


def solve(
    values: Array,
    rows: Sequence[Row],
    gap: float = 0.0,
    seconds: float | None = None,
    nodes: int | None = None,
) -> Solution:
    """Maximise values · x over 0/1 columns within rows, to a relative gap, for so many seconds or nodes of the search tree."""
    largest = float(np.abs(values).max(initial=0.0)) or 1.0
    options: dict[str, float | int] = {"mip_rel_gap": gap}
    if seconds is not None:
        options["time_limit"] = max(seconds, 0.01)
    if nodes is not None:
        options["node_limit"] = nodes
    groups = [row.coefficients for row in rows if row.rule.kind == "once"]
    worth, constraints = _lifted(values / largest, rows, groups)
    whole, bounds = np.ones(len(worth)), Bounds(0, 1)
    with quiet():  # where it repairs a solution, the solver prints a line that no option turns off
        found = milp(-worth, integrality=whole, bounds=bounds, constraints=constraints, options=options)
    x = None if found.x is None else np.round(found.x[: len(values)])
    bound = found.mip_dual_bound
    reached = -np.inf if x is None else float(values @ x)
    told = -bound * largest if bound is not None and np.isfinite(bound) else float(values[values > 0].sum())
    return Solution(x, max(told, reached), found.status == IMPOSSIBLE, found.status == 0)


def _lifted(values: Array, rows: Sequence[Row], groups: list[Array]) -> tuple[Array, list[LinearConstraint]]:
    """Return a program with one more column for each project of several start years: chosen, whenever it starts.

    The solver then decides on projects before years, which proves a large choice sooner; such a column bears what every start of its
    project is worth, and equals their sum.
    """
    shared = [float(values[group > 0].min()) for group in groups]
    rest = values.copy()
    for worth, group in zip(shared, groups, strict=True):
        rest[group > 0] -= worth
    others = [row for row in rows if row.rule.kind != "once"]
    matrix = np.array([row.coefficients for row in others]).reshape(len(others), len(values))
    scale = np.abs(matrix).max(axis=1, initial=0.0)
    scale[scale == 0] = 1.0
    low, high = (np.array([getattr(row, side) for row in others]) / scale for side in ("low", "high"))
    found = (
        [LinearConstraint(csr_array(_wide(matrix / scale[:, None], len(groups))), low, high)]
        if others
        else []
    )
    if groups:
        links = np.hstack([np.array(groups), -np.eye(len(groups))])
        found.append(LinearConstraint(csr_array(links), 0, 0))
    return np.concatenate([rest, shared]), found


def _wide(matrix: Array, more: int) -> Array:
    """Return rows with columns of zeros after their own; each was divided by its largest coefficient, so that a tolerance means the same
    for euros and posts."""
    return np.hstack([matrix, np.zeros((len(matrix), more))])


def holds(row: Row, x: Array) -> bool:
    """Say whether a row holds, but for the rounding of a sum."""
    sum_ = float(row.coefficients @ x)
    slack = SLACK * max(float(np.abs(row.coefficients).max(initial=0.0)), 1e-9)
    return row.low - slack <= sum_ <= row.high + slack
