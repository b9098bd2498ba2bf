"""How much passes through each objective of a strategy map: chains of cause and effect, counted."""

from collections.abc import Sequence
from functools import cache

from metrics.definitions import Link


def chains(links: Sequence[Link]) -> tuple[dict[str, int], int]:
    """Return how many whole chains go through each objective that has both a cause and an effect, and how many there are.

    A whole chain starts where nothing is a cause and ends where nothing is an effect; links are acyclic.
    """
    causes: dict[str, list[str]] = {}
    effects: dict[str, list[str]] = {}
    for link in links:
        causes.setdefault(link.effect, []).append(link.cause)
        effects.setdefault(link.cause, []).append(link.effect)

    @cache
    def before(code: str) -> int:
        return sum(map(before, causes[code])) if code in causes else 1

    @cache
    def after(code: str) -> int:
        return sum(map(after, effects[code])) if code in effects else 1

    through = {code: before(code) * after(code) for code in causes if code in effects}
    return through, sum(before(code) for code in causes if code not in effects)


def busiest(links: Sequence[Link]) -> tuple[list[str], int, int]:
    """Return the objectives on the most chains (at most three), on how many each, and of how many."""
    through, total = chains(links)
    most = max(through.values(), default=0)
    return [code for code, count in through.items() if count == most][:3], most, total
