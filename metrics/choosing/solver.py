"""The exact solver: a 0/1 program handed to HiGHS, its answer with the bound it proves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from metrics.choosing.needs import Array
from metrics.choosing.program import Row

SLACK = 1e-7  # of a row's largest coefficient: what a float sum may be over
IMPOSSIBLE = 2


@dataclass(frozen=True, eq=False)
class Solution:
    """``x`` is 0 or 1 by column, None where there is none; ``bound`` is what no choice can pass."""

    x: Array | None
    bound: float
    is_impossible: bool
    is_proven: bool


def solve(values: Array, rows: Sequence[Row], gap: float = 0.0, seconds: float | None = None) -> Solution:
    """Maximise values · x over 0/1 columns within rows, to a relative gap or for so many seconds."""
    largest = float(np.abs(values).max(initial=0.0)) or 1.0
    options: dict[str, float] = {"mip_rel_gap": gap}
    if seconds is not None:
        options["time_limit"] = max(seconds, 0.01)
    found = milp(
        -values / largest,
        integrality=np.ones(len(values)),
        bounds=Bounds(0, 1),
        constraints=_constraints(rows),
        options=options,
    )
    x = None if found.x is None else np.round(found.x)
    bound = found.mip_dual_bound
    reached = -np.inf if x is None else float(values @ x)
    told = -bound * largest if bound is not None and np.isfinite(bound) else float(values[values > 0].sum())
    return Solution(x, max(told, reached), found.status == IMPOSSIBLE, found.status == 0)


def _constraints(rows: Sequence[Row]) -> list[LinearConstraint]:
    """Return the rows, each over its largest coefficient: a tolerance then means the same for euros and posts."""
    if not rows:
        return []
    matrix = np.array([row.coefficients for row in rows])
    scale = np.abs(matrix).max(axis=1)
    scale[scale == 0] = 1.0
    low, high = (np.array([getattr(row, side) for row in rows]) / scale for side in ("low", "high"))
    return [LinearConstraint(csr_array(matrix / scale[:, None]), low, high)]


def holds(row: Row, x: Array) -> bool:
    """Say whether a row holds, but for the rounding of a sum."""
    sum_ = float(row.coefficients @ x)
    slack = SLACK * max(float(np.abs(row.coefficients).max(initial=0.0)), 1e-9)
    return row.low - slack <= sum_ <= row.high + slack
