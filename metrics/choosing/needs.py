"""What a candidate takes, year by year of a choice, when it starts in a given year; and what the law makes of its plan."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from metrics.choosing.question import OWN, Candidate, Choice

Array = NDArray[np.float64]


def delay(candidate: Candidate, start: int) -> int:
    """Return how many years later than at the earliest a candidate starts."""
    return start - min(candidate.starts)


def by_year(candidate: Candidate, resource: str, start: int, choice: Choice) -> Array:
    """Return what a candidate takes of a resource in each year of the choice; what falls outside them is bound by nothing."""
    profile = np.asarray(candidate.needs.get(resource, ()), dtype=float)
    if resource == OWN and profile.size:
        profile = inflated(candidate, profile, (1 + choice.works_inflation) ** delay(candidate, start) - 1)
    found = np.zeros(len(choice.years))
    for place, amount in enumerate(profile):
        year = start + place - choice.years[0]
        if 0 <= year < len(found):
            found[year] += amount
    return found


def own_from(candidate: Candidate, start: int, choice: Choice) -> float:
    """Return the own funds of a candidate that starts in a year, all years together."""
    return candidate.own + candidate.cost * ((1 + choice.works_inflation) ** delay(candidate, start) - 1)


def inflated(candidate: Candidate, profile: Array, rise: float) -> Array:
    """Return own funds by year when the cost rises by a part of itself: grants are flat sums, the town bears the whole rise.

    It follows the own funds' own profile (domain: own = C·(1+g)^delay − G); a project without any pays it in its first year.
    """
    total = profile.sum()
    return (
        profile * (1 + candidate.cost * rise / total)
        if total
        else profile + _first(len(profile), candidate.cost * rise)
    )


def _first(years: int, amount: float) -> Array:
    found = np.zeros(years)
    found[0] = amount
    return found


def settled(choice: Choice) -> Choice:
    """Return the choice with its candidates' plans made legal by more own funds, where it asks for that guard."""
    if choice.guard != "more_own":
        return choice
    return replace(choice, candidates=tuple(_raised(one) for one in choice.candidates))


def _raised(one: Candidate) -> Candidate:
    """Return a plan of the same cost with the least legal own funds: they take the place of money not asked for yet, then of public money."""
    missing = one.own_missing
    if not missing:
        return one
    profile = one.needs.get(OWN, ())
    own = (
        tuple(amount * (1 + missing / one.own) for amount in profile) if one.own else (missing, *profile[1:])
    )
    unasked = min(one.unasked, missing)
    return replace(
        one,
        needs={**one.needs, OWN: own},
        unasked=one.unasked - unasked,
        public=one.public - (missing - unasked),
    )
