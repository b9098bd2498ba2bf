"""What a choice maximises, by column: total investment, scorecard points, or a blend of both."""

from collections.abc import Callable

import numpy as np

from metrics.choosing.needs import Array
from metrics.choosing.portfolio import discounted
from metrics.choosing.program import Program
from metrics.choosing.solver import Solution
from metrics.refusing import BadEntry
from schemas.text import Text

Solve = Callable[[Array], Solution]
UNKNOWN = Text("Points inconnus pour {ids}.", "Points unknown for {ids}.")
GIVE = Text(
    "Donnez `points` à ces projets, ou prenez l'objectif `total`.",
    "Give these projects `points`, or take the objective `total`.",
)
NONE_GAINED = Text(
    "Aucun projet n'apporte de point : il n'y a rien à mêler.",
    "No project adds a point: there is nothing to blend.",
)
TAKE_TOTAL = Text("Prenez l'objectif `total`.", "Take the objective `total`.")


def worth(program: Program, solved: Solve) -> Array:
    """Return what each column is worth. A blend is θ·total/T + (1−θ)·points/P, T and P each the best reachable alone.

    Raises BadEntry where points are asked for and some are unknown.
    """
    choice = program.choice
    total = discounted(program, np.array([one.cost for one in choice.candidates]))
    if choice.objective == "total":
        return total
    points = discounted(program, _points(program))
    if choice.objective == "points":
        return points
    best = [_best(values, solved) for values in (total, points)]
    if min(best) <= 0:
        raise BadEntry(NONE_GAINED, TAKE_TOTAL)
    return choice.theta * total / best[0] + (1 - choice.theta) * points / best[1]


def _best(values: Array, solved: Solve) -> float:
    found = solved(values)
    return 1.0 if found.x is None else float(values @ found.x)


def _points(program: Program) -> Array:
    missing = [one.id for one in program.choice.candidates if one.points is None]
    if missing:
        shown = ", ".join(missing[:8]) + ("…" if len(missing) > 8 else "")
        raise BadEntry(UNKNOWN.format(ids=shown), GIVE)
    return np.array([one.points or 0.0 for one in program.choice.candidates])
