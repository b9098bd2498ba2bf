"""A set of projects added up: what it makes, what it takes, which rules it breaks."""

import numpy as np

from metrics.choosing.found import Pick, Portfolio
from metrics.choosing.needs import Array, by_year, delay, own_from
from metrics.choosing.program import Program
from metrics.choosing.question import Candidate
from metrics.choosing.solver import holds


def of(program: Program, values: Array | None, name: str, picks: tuple[Pick, ...]) -> Portfolio:
    """Return picks as a portfolio; ``values`` is what the objective counts, by column."""
    choice = program.choice
    held = [(choice.candidates[program.places[pick.project]], pick.start) for pick in picks]
    x = program.chosen(picks)
    broken = {row.rule.id: row.rule for row in program.rows if not holds(row, x)}
    return Portfolio(
        name,
        picks,
        None if values is None else float(values @ x),
        sum(one.cost for one, _ in held),
        sum(own_from(one, start, choice) for one, start in held),
        sum(one.public for one, _ in held),
        sum(one.private for one, _ in held),
        _points([one for one, _ in held]),
        {
            budget.resource: tuple(
                float(sum(column))
                for column in np.array(
                    [by_year(one, budget.resource, start, choice) for one, start in held]
                    or [np.zeros(len(choice.years))]
                ).T
            )
            for budget in choice.budgets
        },
        tuple(broken.values()),
        sum(one.unasked for one, _ in held),
    )


def _points(held: list[Candidate]) -> float | None:
    """Return the sum of the points, None where one of them is unknown."""
    known = [one.points for one in held if one.points is not None]
    return sum(known) if len(known) == len(held) else None


def discounted(program: Program, values: Array) -> Array:
    """Return values by candidate as values by column: a later start is worth less where the choice says so."""
    later = np.array([delay(program.choice.candidates[i], start) for i, start in program.columns])
    found: Array = program.spread(values) / (1 + program.choice.discount) ** later
    return found


def earliest(program: Program, picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """Return the same projects, each started as early as the others' starts leave room for: the largest first."""
    found = {pick.project: pick.start for pick in picks}
    for one in sorted(program.choice.candidates, key=lambda one: -one.cost):
        if one.id not in found or len(one.starts) == 1:
            continue
        for start in sorted(start for start in one.starts if start < found[one.id]):
            moved = tuple(Pick(id, at) for id, at in (found | {one.id: start}).items())
            x = program.chosen(moved)
            if all(holds(row, x) for row in program.rows):
                found[one.id] = start
                break
    return tuple(Pick(pick.project, found[pick.project]) for pick in picks)
