"""A choice made: the best set with its proof, what more would bring, the usual ways of choosing; or why none is possible."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from metrics.choosing import greedy, risk, shadows
from metrics.choosing.conflict import conflict, needed
from metrics.choosing.core import core
from metrics.choosing.draws import CHECKED, Draws
from metrics.choosing.found import Chosen, Kept, Portfolio, Rule, Shadow, Status
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
BEST, UNGUARDED = "best", "unguarded"
QUANTILES = (0.1, 0.5, 0.9)
Tell = Callable[
    [str, float], None
]  # step ("best", "shadows", "core") and how much of the whole is done, 0..1


@dataclass(frozen=True, eq=False)
class Solved:
    """One program solved: its columns' worth, the set, the bound."""

    program: Program
    values: Array
    solution: Solution
    portfolio: Portfolio | None


def gap_of(choice: Choice) -> float:
    """Return the relative gap a choice is solved to: its own, else none for a small one and a thousandth for a large one."""
    if choice.gap is not None:
        return choice.gap
    return 0.0 if sum(len(one.starts) for one in choice.candidates) <= FEW else NEAR


def solved(choice: Choice, values: Array | None = None) -> Solved:
    """Return a choice solved within its seconds, without its rule on risk. ``values``: what each column is worth, where known already.

    Raises BadEntry where points are asked for and some are unknown.
    """
    program, gap = Program(choice), gap_of(choice)

    def alone(wanted: Array) -> Solution:
        return solve(wanted, program.rows, gap, choice.seconds)

    values = worth(program, alone) if values is None else values
    found = alone(values)
    if found.x is None:
        return Solved(program, values, found, None)
    picks = earliest(program, program.picks(found.x))
    return Solved(program, values, found, of(program, values, BEST, picks))


def _guarded(found: Solved, draws: Draws) -> Solved:
    """Return the choice solved with its rule on risk, where it has one."""
    choice, share = found.program.choice, found.program.choice.risk.share
    if share is None or found.portfolio is None:
        return found
    made = risk.guarded(draws, found.values, share, gap_of(choice), choice.seconds)
    solution = Solution(
        made.x, min(made.bound, found.solution.bound), made.x is None and made.is_exact, made.is_exact
    )
    if made.x is None:
        return Solved(found.program, found.values, solution, None)
    best = of(found.program, found.values, BEST, found.program.picks(made.x))
    return Solved(found.program, found.values, solution, best)


def _no_news(step: str, done: float) -> None:
    """Tell nobody."""


def choose(choice: Choice, tell: Tell = _no_news) -> Chosen:
    """Return the best set of projects of a choice, how it is proven, and what stands around it. Raises BadEntry for unknown points.

    ``tell`` hears of progress. Deterministic: the same choice gives the same answer, but for a solver stopped by the clock.
    """
    began = time.perf_counter()
    choice = settled(choice)
    tell("best", 0.0)
    plain = solved(choice)
    draws = Draws(plain.program, choice.risk.draws, choice.risk.seed)
    found = _guarded(plain, draws)
    best, seconds = found.portfolio, time.perf_counter() - began
    if best is None:
        return _none(plain, found, seconds)
    bound = max(found.solution.bound, best.objective or 0.0)
    gap = (bound - (best.objective or 0.0)) / bound if bound > 0 else 0.0
    tell("shadows", 0.3)
    around = _shadows(found, best)
    tell("core", 0.7)
    status = _status(gap, found.solution.is_proven)
    kept = _kept(plain, found, draws)
    sure = core(draws, found.values) if choice.risk.solved else None
    rivals = greedy.rivals(found.program, found.values)
    return Chosen(
        *(choice, status, best, bound, gap, seconds, barred(choice), ()), around, rivals, sure, kept
    )


def _status(gap: float, is_proven: bool) -> Status:
    if gap <= PROVEN:
        return "optimal"
    return "within_gap" if is_proven else "stopped"


def _none(plain: Solved, found: Solved, seconds: float) -> Chosen:
    """Return the answer where nothing was found: impossible, with the rules in conflict, or stopped by the clock."""
    choice, bound = plain.program.choice, found.solution.bound
    if not found.solution.is_impossible:
        return Chosen(choice, "stopped", None, bound, None, seconds, barred(choice))
    told: tuple[Rule, ...] = needed(plain.program, conflict(plain.program))
    if not told and choice.risk.share is not None:  # the rules can hold, but not in that many draws
        told = (risk.rule(choice.risk.share),)
    return Chosen(choice, "impossible", None, None, None, seconds, barred(choice), told)


def _shadows(found: Solved, best: Portfolio) -> tuple[Shadow, ...]:
    """Return what more of each resource brings, every set held to the same rules, the one on risk included."""

    def again(richer: Choice) -> Portfolio | None:
        made = solved(richer, found.values)
        return _guarded(made, Draws(made.program, richer.risk.draws, richer.risk.seed)).portfolio

    return tuple(
        shadows.shadow(resource, year, more, best, again(richer))
        for resource, year, more, richer in shadows.asked(found.program.choice)
    )


def _kept(plain: Solved, found: Solved, draws: Draws) -> Kept | None:
    """Return how the chosen set stands in the draws, beside the best one without the rule on risk; None without a budget of own funds."""
    choice = found.program.choice
    if choice.budget("own") is None or found.portfolio is None or plain.portfolio is None:
        return None
    x, unguarded = (found.program.chosen(one.picks) for one in (found.portfolio, plain.portfolio))
    fresh = Draws(found.program, choice.risk.draws, choice.risk.seed + CHECKED)
    asked = choice.risk.share
    return Kept(
        asked,
        choice.risk.draws,
        draws.within(x),
        fresh.within(x),
        None if asked is None else replace(plain.portfolio, name=UNGUARDED),
        draws.within(unguarded),
        tuple((share, draws.quantile(x, share)) for share in QUANTILES),
        "none" if asked is None else "exact" if found.solution.is_proven else "bounded",
    )
