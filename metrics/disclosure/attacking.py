"""The attack a list must stand before it is published: only what is on the list is used, never an answer.

An attacker has this list, those of earlier waves, the staff register and knows the questionnaire and the rules, one base for
all measures among them. From these follow bounds on every union of finest cells (metrics/disclosure/unknowns.py): marginals,
complements (the town without a group), overlaps of tables that share an attribute, all tables and measures together. Then
the same group in two waves, two measures of one group, and what spreads, net scores and the response add. A finding is a
group of 1 to k - 1 respondents that is isolated, or answers that are told.
"""

from collections.abc import Mapping, Sequence

from metrics.disclosure.between import between_measures, between_waves, with_response
from metrics.disclosure.classes import in_spreads
from metrics.disclosure.findings import Case, Finding
from metrics.disclosure.grouping import in_groups
from metrics.disclosure.heads import Headcounts
from metrics.disclosure.knowing import Weights, counts_of, unknowns_of
from metrics.disclosure.listed import measures_of, told_of
from metrics.disclosure.questions import STEPS
from metrics.disclosure.tables import Group, Key, Published


def attack(
    published: Published,
    earlier: Sequence[Published] = (),
    headcounts: Headcounts | None = None,
    steps: Mapping[str, float] | None = None,
    weights: Weights | None = None,
    exact: Mapping[Group, int] | None = None,
) -> list[Finding]:
    """Return what a list tells that it should not; nothing where it stands. ValueError where no answers can give the list.

    ``earlier``: lists of other waves. ``headcounts``: staff by (directorate group, category, sex). ``steps``: what one
    point of an answer weighs on 0..100, by measure (those of the questionnaire otherwise). ``weights``: what one answer of
    each finest cell weighs in the weighted means; without them these are not used. ``exact``: the true counts of published
    groups, for an attacker who has them from elsewhere: within a wave, rounding protects nobody from him.
    """
    known = {**STEPS, **(steps or {})}
    cases = cases_of(published, headcounts or {}, known, weights)
    surer = cases_of(published, headcounts or {}, known, weights, exact) if exact else cases
    found = [finding for case in surer for finding in in_groups(case)]
    found += between_measures(cases)
    for before in earlier:
        if before.wave != published.wave:
            found += between_waves(cases, cases_of(before, {}, known))
    found += with_response(published, cases)
    return found + [finding for case in cases for finding in in_spreads(case, published, earlier)]


def cases_of(
    published: Published,
    headcounts: Headcounts,
    steps: Mapping[str, float],
    weights: Weights | None = None,
    exact: Mapping[Group, int] | None = None,
) -> list[Case]:
    """Return the measures of a list together where their counts agree in every group, each alone where they do not."""
    measures = tuple(measures_of(published))
    every = counts_of(published, told_of(published), steps)
    is_one_base = all(set.intersection(*map(set, counts.values())) for counts in every.values())
    parts = [measures] if is_one_base and measures else [(name,) for name in measures]
    return [_case(published, part, headcounts, steps, weights, exact or {}) for part in parts]


def _case(
    published: Published,
    measures: tuple[str, ...],
    headcounts: Headcounts,
    steps: Mapping[str, float],
    weights: Weights | None,
    exact: Mapping[Group, int],
) -> Case:
    """Return the unknowns of measures; a staff register that the answers outnumber says nothing of them."""
    unknowns = unknowns_of(published, measures, headcounts, steps, weights, exact)
    if headcounts and not unknowns.is_possible:
        unknowns = unknowns_of(published, measures, {}, steps, weights, exact)
    if not unknowns.is_possible:
        raise ValueError(f"no answers give the tables of {', '.join(measures)} in wave {published.wave}")
    keys: dict[Group, tuple[Key, ...]] = {
        group: tuple((tuple(name for name, _ in group), measure) for measure in cells)
        for group, cells in unknowns.told.items()
    }
    asked = published.response.headcount if published.response else None
    weighed = unknowns if unknowns.weighted else None
    plain = unknowns.unweighted() if weighed else unknowns
    return Case(published.wave, published.k, measures, plain, keys, headcounts, asked, weighed)
