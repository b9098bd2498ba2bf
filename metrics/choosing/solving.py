"""A choice made: the best set with its proof, what more would bring, the usual ways of choosing; or why none is possible."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from metrics.choosing import greedy, shadows
from metrics.choosing.conflict import conflict
from metrics.choosing.found import Chosen, Portfolio, Shadow, Status
from metrics.choosing.needs import Array, settled
from metrics.choosing.portfolio import earliest, of
from metrics.choosing.program import Program
from metrics.choosing.question import Choice
from metrics.choosing.rulewords import barred
from metrics.choosing.solver import Solution, solve
from metrics.choosing.worth import worth

FEW = 100  # columns up to which the very best is proven unless the choice says otherwise
NEAR = 0.001
PROVEN = 1e-6  # relative: a gap below it is a float's
BEST = "best"
Tell = Callable[
    [str, float], None
]  # step ("best", "shadows", "core", …) and how much of the whole is done, 0..1


@dataclass(frozen=True, eq=False)
class Solved:
    """One program solved: its columns' worth, the set, the bound."""

    program: Program
    values: Array
    solution: Solution

    @property
    def portfolio(self) -> Portfolio | None:
        """The set found, each project as early as it can be."""
        if self.solution.x is None:
            return None
        picks = earliest(self.program, self.program.picks(self.solution.x))
        return of(self.program, self.values, BEST, picks)


def gap_of(choice: Choice) -> float:
    """Return the relative gap a choice is solved to: its own, else none for a small one and a thousandth for a large one."""
    if choice.gap is not None:
        return choice.gap
    return 0.0 if sum(len(one.starts) for one in choice.candidates) <= FEW else NEAR


def solved(choice: Choice, values: Array | None = None) -> Solved:
    """Return a choice solved, within its seconds. ``values``: what each column is worth, where that is known already."""
    program = Program(choice)
    gap = gap_of(choice)

    def alone(wanted: Array) -> Solution:
        return solve(wanted, program.rows, gap, choice.seconds)

    values = worth(program, alone) if values is None else values
    return Solved(program, values, alone(values))


def _no_news(step: str, done: float) -> None:
    """Tell nobody."""


def choose(choice: Choice, tell: Tell = _no_news) -> Chosen:
    """Return the best set of projects of a choice, how it is proven, and what stands around it. Raises BadEntry for unknown points.

    Deterministic: the same choice gives the same answer, but for a solver stopped by the clock.
    """
    began = time.perf_counter()
    choice = settled(choice)
    tell("best", 0.0)
    found = solved(choice)
    best, seconds = found.portfolio, time.perf_counter() - began
    if best is None:
        return _none(found, seconds)
    bound = max(found.solution.bound, best.objective or 0.0)
    gap = (bound - (best.objective or 0.0)) / bound if bound > 0 else 0.0
    tell("shadows", 0.3)
    return Chosen(
        choice,
        _status(gap, found.solution.is_proven),
        best,
        bound,
        gap,
        seconds,
        barred(choice),
        shadows=_shadows(found, best),
        rivals=greedy.rivals(found.program, found.values),
    )


def _status(gap: float, is_proven: bool) -> Status:
    if gap <= PROVEN:
        return "optimal"
    return "within_gap" if is_proven else "stopped"


def _none(found: Solved, seconds: float) -> Chosen:
    """Return the answer where nothing was found: impossible, with the rules in conflict, or stopped by the clock."""
    choice = found.program.choice
    if not found.solution.is_impossible:
        return Chosen(choice, "stopped", None, found.solution.bound, None, seconds, barred(choice))
    return Chosen(choice, "impossible", None, None, None, seconds, barred(choice), conflict(found.program))


def _shadows(found: Solved, best: Portfolio) -> tuple[Shadow, ...]:
    return tuple(
        shadows.shadow(resource, year, more, best, solved(richer, found.values).portfolio)
        for resource, year, more, richer in shadows.asked(found.program.choice)
    )
