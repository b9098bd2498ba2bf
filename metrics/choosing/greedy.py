"""The usual ways of choosing: take the projects in an order, each where it still fits. Here to be compared with the best."""

from collections.abc import Callable, Mapping
from math import inf

from metrics.choosing.found import Pick, Portfolio
from metrics.choosing.needs import Array
from metrics.choosing.portfolio import of
from metrics.choosing.program import Program, Row
from metrics.choosing.question import Candidate
from metrics.choosing.solver import holds

# What each order puts first.
ORDERS: Mapping[str, Callable[[Candidate], float]] = {
    "greedy_leverage": lambda one: inf if one.leverage is None else one.leverage,
    "greedy_size": lambda one: one.cost,
    "greedy_size_per_fte": lambda one: one.cost / one.staff if one.staff else inf,
}
PRESENT = "present_plan"


def rivals(program: Program, values: Array) -> tuple[Portfolio, ...]:
    """Return the choice that each order makes and, where the candidates say it, the present plan."""
    found = [of(program, values, name, _taken(program, key)) for name, key in ORDERS.items()]
    present = tuple(Pick(one.id, one.starts[0]) for one in program.choice.candidates if one.is_present)
    return (*found, *([of(program, values, PRESENT, present)] if present else []))


def _taken(program: Program, key: Callable[[Candidate], float]) -> tuple[Pick, ...]:
    """Return committed projects, then the others in order, each at its earliest start that fits; again while one more does."""
    choice, rows = program.choice, [row for row in program.rows if _bounds_from_above(row)]
    ordered = sorted(choice.candidates, key=lambda one: (one.id not in choice.committed, -key(one), one.id))
    taken: dict[str, int] = {}
    grew = True
    while grew:
        grew = False
        for one in (one for one in ordered if one.id not in taken):
            start = _fitting(program, rows, taken, one)
            if start is not None:
                taken[one.id], grew = start, True
    return tuple(Pick(one.id, taken[one.id]) for one in choice.candidates if one.id in taken)


def _fitting(program: Program, rows: list[Row], taken: dict[str, int], one: Candidate) -> int | None:
    for start in one.starts:
        x = program.chosen(tuple(Pick(id, at) for id, at in (taken | {one.id: start}).items()))
        if all(holds(row, x) for row in rows):
            return start
    return None


def _bounds_from_above(row: Row) -> bool:
    """Say whether a row can be judged while a set is still growing: a share of the whole cannot."""
    return row.rule.kind != "share" and row.low == -inf
