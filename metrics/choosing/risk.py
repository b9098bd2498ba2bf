"""The best set whose own need keeps within the budgets in most draws.

Sets are found by bounding the mean of the worst draws (a linear rule, added where a set breaks it), the tail as long as it takes for
the asked share to hold. What no set can pass is found the other way round: the best set without that rule is cut off, with all that
contain its too costly core, until the best that is left holds. Needs are never below zero, so that a larger set needs no less.
"""

import time
from dataclasses import dataclass

import numpy as np

from metrics.choosing.draws import Draws
from metrics.choosing.found import Rule
from metrics.choosing.needs import Array
from metrics.choosing.program import Row
from metrics.choosing.solver import Solution, solve
from schemas.text import Text

HALVINGS = 6
CUTS = 12  # rules added for one tail
LONGEST = 0.98
RELATIVE = 1e-7


@dataclass(frozen=True, eq=False)
class Guarded:
    """``x`` is None where no set was found that holds; ``is_exact``: none on these draws is better."""

    x: Array | None
    bound: float
    is_exact: bool


def rule(share: float) -> Rule:
    """Return the rule in words."""
    percent = f"{100 * share:g}"
    words = Text(
        f"Besoin propre dans le budget dans {percent.replace('.', ',')} % des tirages",
        f"Own need within budget in {percent}% of the draws",
    )
    return Rule("risk", "risk", words)


def guarded(draws: Draws, values: Array, share: float, gap: float, seconds: float) -> Guarded:
    """Return the best set found whose needs keep within the budgets, all years at once, in ``share`` of the draws, and its bound."""
    ends = time.perf_counter() + seconds
    half = time.perf_counter() + seconds / 2
    best = _by_tail(draws, values, share, gap, half)
    return _bounded(draws, values, share, gap, ends, best)


def _worth(values: Array, x: Array | None) -> float:
    return -np.inf if x is None else float(values @ x)


def _left(ends: float) -> float:
    return max(ends - time.perf_counter(), 0.05)


def _by_tail(draws: Draws, values: Array, share: float, gap: float, ends: float) -> Array | None:
    """Return the best set seen that holds: halving how long a tail of worst draws must fit on average."""
    low, high, best = 0.0, LONGEST, None
    for tail in [high, *[None] * HALVINGS]:
        tail = (low + high) / 2 if tail is None else tail
        x = _tailed(draws, values, tail, gap, ends)
        holds = x is not None and draws.within(x) >= share
        if holds and _worth(values, x) > _worth(values, best):
            best = x
        low, high = (low, tail) if holds or x is None else (tail, high)
        if time.perf_counter() > ends:
            break
    return best


def _tailed(draws: Draws, values: Array, tail: float, gap: float, ends: float) -> Array | None:
    """Return the best set whose mean need over the worst 1 − tail of the draws fits each year's budget."""
    rows, count = list(draws.program.rows), max(round((1 - tail) * draws.count), 1)
    x: Array | None = None
    for _ in range(CUTS):
        x = solve(values, rows, gap, _left(ends)).x
        cuts = [] if x is None else _worst(draws, x, count)
        if not cuts:
            return x
        rows += cuts
    return x


def _worst(draws: Draws, x: Array, count: int) -> list[Row]:
    """Return, for each year whose worst draws do not fit, the rule that their mean need must."""
    need = draws.needs[:, x > 0.5, :].sum(axis=1)
    found = []
    for place, most in enumerate(draws.most):
        if not np.isfinite(most):
            continue
        worst = np.argsort(-need[:, place], kind="stable")[:count]
        if need[worst, place].mean() > most * (1 + RELATIVE):
            found.append(Row(rule(0), draws.needs[worst, :, place].mean(axis=0), high=float(most)))
    return found


def _bounded(
    draws: Draws, values: Array, share: float, gap: float, ends: float, best: Array | None
) -> Guarded:
    """Return the best set, proven by cutting off better ones that do not hold until none is left, or bounded when time is up."""
    rows = [*draws.program.rows, *_trimmed(draws, share)]
    bound = np.inf
    while time.perf_counter() < ends:
        found: Solution = solve(values, rows, gap, _left(ends))
        if found.is_impossible:
            return Guarded(best, _worth(values, best), True)
        bound = min(bound, found.bound)
        if found.x is None:
            break
        if draws.within(found.x) >= share:
            best = found.x if _worth(values, found.x) > _worth(values, best) else best
            return Guarded(best, max(bound, _worth(values, best)), found.is_proven)
        if best is not None and bound <= _worth(values, best) * (1 + RELATIVE):
            return Guarded(best, _worth(values, best), True)
        rows.append(_cover(draws, found.x, share))
    return Guarded(best, bound, False)


def _trimmed(draws: Draws, share: float) -> list[Row]:
    """Return rules that every set that holds keeps: over the draws in which it fits, the mean need does, and no column's is lower there
    than over its own lowest draws."""
    count = int(np.ceil(share * draws.count - RELATIVE))
    lowest = np.sort(draws.needs, axis=0)[:count].mean(axis=0)
    return [
        Row(rule(share), lowest[:, place], high=float(most))
        for place, most in enumerate(draws.most)
        if np.isfinite(most)
    ]


def _cover(draws: Draws, x: Array, share: float) -> Row:
    """Return the rule that not all of a set's costly core is chosen: what is left of it once everything that can be spared is out."""
    core = x > 0.5
    size = draws.needs.mean(axis=(0, 2))
    for column in sorted(np.flatnonzero(core), key=lambda column: size[column]):
        core[column] = False
        if draws.within(core.astype(float)) >= share:
            core[column] = True
    return Row(rule(share), core.astype(float), high=float(core.sum() - 1))
