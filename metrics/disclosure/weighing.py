"""The town's weighted mean: answers of a stratum that answered less weigh more, so that the town is told as it is staffed."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from metrics.disclosure.answers import Answers
from metrics.disclosure.building import Domain
from metrics.disclosure.heads import Headcounts
from metrics.disclosure.tables import ATTRIBUTES, Group
from metrics.poststratified import Mean, Stratum, Sums, mean, weights

Strata = Mapping[Stratum | None, Sums]


def sums_of(answers: Answers, measure: str) -> Strata:
    """Return the sums of a measure's scores by stratum; under None those of whoever left out group, category or sex."""
    found: dict[Stratum | None, Sums] = {}
    for *who, score in zip(*(answers.who[name] for name in ATTRIBUTES), answers.scores[measure], strict=True):
        if not np.isnan(score):
            stratum = None if None in who else Stratum(*who)
            n, total, squares = found.get(stratum, Sums(0, 0.0, 0.0))
            found[stratum] = Sums(n + 1, total + score, squares + score * score)
    return found


def strata_of(headcounts: Headcounts) -> dict[Stratum, float]:
    """Return the staff by stratum."""
    return {Stratum(*who): float(heads) for who, heads in headcounts.items()}


def mean_of(answers: Answers, measure: str, headcounts: Headcounts, asked: int | None) -> Mean | None:
    """Return the town's mean with its limits for a finite staff, weighted where the staff is known by stratum."""
    return mean(strata_of(headcounts), sums_of(answers, measure), asked)


def weights_of(
    answers: Answers, measure: str, headcounts: Headcounts, domain: Domain
) -> dict[Group, float] | None:
    """Return what one answer of each finest cell weighs; None where the staff is not known by stratum.

    Nobody but the writer of the list knows them; the attack is given them all the same.
    """
    sums = sums_of(answers, measure)
    counted = {stratum: found.n for stratum, found in sums.items() if stratum is not None}
    each = weights(strata_of(headcounts), counted)
    if not each:
        return None
    placed = sum(counted[stratum] for stratum in each)
    usual = sum(weight * counted[stratum] for stratum, weight in each.items()) / placed
    found: dict[Group, float] = {}
    for who in product(*(domain[name] for name in ATTRIBUTES)):
        stratum = None if None in who else Stratum(*(str(one) for one in who))
        weight = each.get(stratum, usual) if stratum else usual
        found[tuple(zip(ATTRIBUTES, who, strict=True))] = weight
    return found
