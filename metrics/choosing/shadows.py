"""What a little more would bring: the choice made again with one budget raised."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from metrics.choosing.found import Portfolio, Shadow
from metrics.choosing.question import OWN, STAFF, Budget, Choice

MORE = {OWN: 100_000.0, STAFF: 0.5}  # euros in one year; posts in every year, since a post lasts
Again = Callable[[Choice], Portfolio | None]


def asked(choice: Choice) -> Iterator[tuple[str, int | None, float, Choice]]:
    """Yield (resource, year, how much more, the choice with it): own funds year by year, staff all years together."""
    for budget in choice.budgets:
        more = MORE.get(budget.resource, MORE[OWN])
        if budget.resource == STAFF:
            yield STAFF, None, more, _raised(choice, budget, None, more)
            continue
        for place, amount in enumerate(budget.amounts):
            if amount is not None:
                yield budget.resource, choice.years[place], more, _raised(choice, budget, place, more)


def _raised(choice: Choice, budget: Budget, place: int | None, more: float) -> Choice:
    amounts = tuple(
        amount + more if amount is not None and place in (None, at) else amount
        for at, amount in enumerate(budget.amounts)
    )
    budgets = tuple(
        replace(one, amounts=amounts) if one.resource == budget.resource else one for one in choice.budgets
    )
    return replace(choice, budgets=budgets)


def shadow(resource: str, year: int | None, more: float, best: Portfolio, found: Portfolio | None) -> Shadow:
    """Return what more of a resource brings; what was the best stays possible, so that a gain is never below zero."""
    before = best.objective or 0.0
    after = before if found is None else found.objective or 0.0
    if found is None or after <= before:
        return Shadow(resource, year, more, before, 0.0, (), ())
    enter, leave = set(found.ids) - set(best.ids), set(best.ids) - set(found.ids)
    return Shadow(resource, year, more, after, after - before, tuple(sorted(enter)), tuple(sorted(leave)))
