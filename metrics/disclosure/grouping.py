"""Groups that a list isolates: by its counts, by its means, by the staff register."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from metrics.disclosure.building import is_at_ends
from metrics.disclosure.findings import Case, Finding
from metrics.disclosure.heads import LEAST_SILENT
from metrics.disclosure.isolating import Candidate, candidates, hidden_unions
from metrics.disclosure.tables import Cell
from metrics.disclosure.unknowns import Union, Unknowns

NARROW = (
    10.0  # points of 100 within which the mean of fewer than k is told: the change that counts on the WHO-5
)
ALIKE = 0.5  # points from 0 or 100 within which a mean tells everybody's answer
Tells = Callable[[Unknowns], bool]


def in_groups(case: Case) -> Iterator[Finding]:
    """Yield what the tables of measures counted on the same answers tell of groups."""
    yield from _told_cells(case)
    every = candidates(case.unknowns)
    yield from _few(case, every)
    for one in every:
        yield from _census(case, one)
        yield from _alike(case, one)


def _told_cells(case: Case) -> Iterator[Finding]:
    """What a published group tells by itself: too few, everybody's answer, or nearly all of it."""
    for group, cells in case.unknowns.told.items():
        counts = (case.unknowns.counts[group][0], case.unknowns.counts[group][-1])
        heads = case.heads(group)
        if any((cell.n or 0) < case.k for cell in cells.values()):
            yield from case.found("few", group, (group,), counts)
        elif any(map(_is_alike, cells.values())):
            yield from case.found("alike", group, (group,), counts)
        elif any(map(_is_extreme, cells.values())):
            yield from case.found("ends", group, (group,), counts)
        elif heads is not None and heads - counts[0] < LEAST_SILENT:
            yield from case.found("census", group, (group,), counts)


def _is_alike(cell: Cell) -> bool:
    return not 0 < (cell.mean or 0.0) < 100 or cell.sd == 0


def _is_extreme(cell: Cell) -> bool:
    return cell.sd is not None and is_at_ends(cell.n or 2, cell.mean or 0.0, cell.sd)


def _few(case: Case, every: Sequence[Candidate]) -> Iterator[Finding]:
    """Groups that nobody published and whose count, or a mean, the bounds isolate under k."""
    unknowns, k = case.unknowns, case.k
    for one in hidden_unions(unknowns, every, k):
        isolated = partial(is_isolated, union=one.union, k=k)
        if isolated(unknowns):
            yield from _against(case, "few", isolated, one)
            continue
        for measure in case.measures:
            narrow = partial(is_narrow, union=one.union, k=k, measure=measure)
            found = list(_by_scores(case, "mean", narrow, one, measure))
            yield from found
            if found:
                break


def _by_scores(case: Case, kind: str, tells: Tells, one: Candidate, measure: str) -> Iterator[Finding]:
    """Yield what a group's scores tell: without the weighted mean, or by it, which must go then."""
    if tells(case.unknowns):
        yield from _against(case, kind, tells, one)
    elif case.weighed and measure in case.weighed.weighted and tells(case.weighed):
        n = (case.unknowns.least(one.union), case.unknowns.greatest(one.union))
        yield case.found_part(kind, ("weighted", measure), measure, n)


def is_isolated(unknowns: Unknowns, union: Union, k: int) -> bool:
    """Say whether a union is known to hold somebody, and fewer than k."""
    return not unknowns.may_hold(union, k) and unknowns.least(union, is_whole=True) >= 1


def is_narrow(unknowns: Unknowns, union: Union, k: int, measure: str) -> bool:
    """Say whether the mean of fewer than k is known closely, were there any."""
    if unknowns.may_hold(union, k) or not unknowns.may_hold(union, 1):
        return False
    low, high = unknowns.mean_of(union, measure)
    return high - low < NARROW


def _alike(case: Case, one: Candidate) -> Iterator[Finding]:
    unknowns = case.unknowns
    if one.union in (unknowns.members[group] for group in unknowns.told):
        return
    for measure in case.measures:
        tells = partial(_tells_all, union=one.union, measure=measure)
        yield from _by_scores(case, "alike", tells, one, measure)


def _tells_all(unknowns: Unknowns, union: Union, measure: str) -> bool:
    """Say whether a group known to hold somebody can only have answered the least, or the most."""
    if unknowns.may_vary(union, measure, ALIKE, 100 - ALIKE) or unknowns.least(union) == 0:
        return False
    low, high = unknowns.mean_of(union, measure)
    return high <= ALIKE or low >= 100 - ALIKE


def _census(case: Case, one: Candidate) -> Iterator[Finding]:
    """A group that nobody published and of whom nearly all are known to have answered."""
    heads = one.heads(case.headcounts)
    if heads is None or heads < 1:
        return
    spared = max(0, heads - LEAST_SILENT)

    def nearly_all(left: Unknowns) -> bool:
        return not left.is_under(one.union, spared) and left.least(one.union) > spared

    if nearly_all(case.unknowns):
        yield from _against(case, "census", nearly_all, one)


def _against(case: Case, kind: str, tells: Tells, one: Candidate) -> Iterator[Finding]:
    """Yield the finding against the group whose loss ends it: the most detailed and smallest, the town last."""
    unknowns = case.unknowns
    n = (unknowns.least(one.union, is_whole=True), unknowns.greatest(one.union))
    order = sorted(
        unknowns.told, key=lambda it: (-len(it), sum(unknowns.counts[it]) / len(unknowns.counts[it]), str(it))
    )
    cell = next((group for group in order if not tells(unknowns.without(group))), order[0])
    yield from case.found(kind, cell, one.groups, n)
