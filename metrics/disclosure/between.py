"""Differences that isolate people: of two waves, of two measures, of the response and a measure."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from metrics.disclosure.findings import Case, Finding, apart, isolates
from metrics.disclosure.heads import LEAST_SILENT
from metrics.disclosure.tables import Group, Published, reading


def between_waves(cases: Sequence[Case], earlier: Sequence[Case]) -> Iterator[Finding]:
    """Who came or left between two waves, were all others the same: the difference of one group's counts."""
    for case in cases:
        for old in earlier:
            for group in case.unknowns.told:
                if group in old.unknowns.told and _shares(case, old, group):
                    yield from _in_two_waves(case, old, group)


def _shares(case: Case, old: Case, group: Group) -> bool:
    """Say whether some measure tells a group in both lists."""
    return bool(set(case.unknowns.told[group]) & set(old.unknowns.told[group]))


def _in_two_waves(case: Case, old: Case, group: Group) -> Iterator[Finding]:
    proved = [abs(a - b) for a in case.proved(group) for b in old.proved(group)]
    if any(n == 0 or n >= case.k for n in proved):
        return
    if apart(case.unknowns.counts[group], old.unknowns.counts[group])[0] >= case.k:
        return
    n = apart(case.counts(group), old.counts(group))
    if isolates(n, case.k):
        yield from case.found("waves", group, (group,), n, old.wave)


def between_measures(cases: Sequence[Case]) -> Iterator[Finding]:
    """Who answered one question and not another: the difference of one group's counts in two measures, whichever they are.

    Measures counted on one base are one case and have no such difference.
    """
    for other, case in combinations(cases, 2):
        for group in case.unknowns.told:
            if group in other.unknowns.told:
                n = apart(case.counts(group), other.counts(group))
                if isolates(n, case.k):
                    yield from case.found("items", group, (group,), n, other.measures[0])


def with_response(published: Published, cases: Sequence[Case]) -> Iterator[Finding]:
    """Who answered and has no score: the difference of the response and the town's count; and who did not answer at all."""
    response = published.response
    if response is None:
        return
    answers = reading(response.answers)
    told = [case for case in cases if () in case.unknowns.told]
    for case in told:
        n = apart(answers, case.counts(()))
        if isolates(n, case.k):
            yield case.found_part("items", ("response", ""), case.measures[0], n, case.measures[0])
    if cases and response.answers < published.k:
        yield cases[0].found_part("few", ("response", ""), cases[0].measures[0], (answers[0], answers[-1]))
    if cases and response.headcount and response.headcount - answers[0] < LEAST_SILENT:
        n = (answers[0], response.headcount)
        yield cases[0].found_part("census", ("response", ""), cases[0].measures[0], n)
