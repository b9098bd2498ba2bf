"""The attack a list of tables must stand before it is published: only what is on the list is used, never an answer.

An attacker has this list, those of earlier waves, the staff register and knows the questionnaire and the rules. From them
follow, for each measure, bounds on every union of finest cells (metrics/disclosure/unknowns.py): marginals, complements
(the town without a group), overlaps of tables that share an attribute, all tables together. Then the same group in two
waves and two measures of one group. A finding is a group of 1 to k - 1 respondents that these bounds isolate, or answers that
they tell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from metrics.disclosure import words
from metrics.disclosure.answers import STEPS
from metrics.disclosure.heads import LEAST_SILENT, Headcounts, heads_of
from metrics.disclosure.isolating import Candidate, candidates, hidden_unions
from metrics.disclosure.tables import Cell, Group, Key, Published
from metrics.disclosure.unknowns import Union, Unknowns, measures_of, tables_of, unknowns_of

NARROW = (
    10.0  # points of 100 within which the mean of fewer than k is told: the change that counts on the WHO-5
)
ALIKE = 0.5  # points from 0 or 100 within which a mean tells everybody's answer


@dataclass(frozen=True)
class Finding:
    """What the list tells: ``n`` are the least and greatest count that can be derived for ``groups``.

    ``kind``: few, mean, alike, census, waves, items. ``table`` must go, or at least lose ``cell``.
    """

    kind: str
    table: Key
    cell: Group
    groups: tuple[Group, ...]
    n: tuple[int, int]
    fr: str
    en: str


@dataclass(frozen=True)
class Case:
    """One measure under attack."""

    measure: str
    k: int
    unknowns: Unknowns
    keys: Mapping[Group, Key]  # the table of each published group
    headcounts: Headcounts


def attack(
    published: Published,
    earlier: Sequence[Published] = (),
    headcounts: Headcounts | None = None,
    steps: Mapping[str, float] | None = None,
) -> list[Finding]:
    """Return what a list tells that it should not; nothing where it stands. ValueError where no answers can give the list.

    ``earlier``: lists of other waves. ``headcounts``: staff by (directorate group, category, sex). ``steps``: what one
    point of an answer weighs on 0..100, by measure (those of the questionnaire otherwise).
    """
    cases = [_case(published, name, headcounts or {}, steps) for name in measures_of(published)]
    found = [finding for case in cases for finding in _in_measure(case)]
    found += [finding for case in cases for finding in _between_waves(case, published, earlier, steps)]
    return found + list(_between_measures(cases))


def _case(
    published: Published, measure: str, headcounts: Headcounts, steps: Mapping[str, float] | None
) -> Case:
    """Return a measure's unknowns; a staff register that the answers outnumber says nothing of them."""
    known = {**STEPS, **(steps or {})}
    unknowns = unknowns_of(published, measure, headcounts, known)
    if not unknowns.is_possible:
        unknowns = unknowns_of(published, measure, {}, known)
    if not unknowns.is_possible:
        raise ValueError(f"no answers give the tables of {measure} in wave {published.wave}")
    keys = {
        cell.group: table.key
        for table in tables_of(published, measure)
        for cell in table.cells
        if not cell.suppressed
    }
    return Case(measure, published.k, unknowns, keys, headcounts)


def _in_measure(case: Case) -> Iterator[Finding]:
    yield from _told_cells(case)
    every = candidates(case.unknowns)
    yield from _few(case, every)
    for one in every:
        yield from _census(case, one)
        yield from _alike(case, one)


def _told_cells(case: Case) -> Iterator[Finding]:
    """What a published cell tells by itself: too few, everybody's answer, or nearly all of a group."""
    for group, cell in case.unknowns.told.items():
        assert cell.n is not None and cell.mean is not None
        few, many = case.unknowns.counts[group][0], case.unknowns.counts[group][-1]
        heads = heads_of(case.headcounts, group)
        if cell.n < case.k:
            yield _finding(case, "few", group, (group,), (few, many))
        elif not 0 < cell.mean < 100:
            yield _finding(case, "alike", group, (group,), (few, many))
        elif heads is not None and heads - few < LEAST_SILENT:
            yield _finding(case, "census", group, (group,), (few, many))


def _few(case: Case, every: Sequence[Candidate]) -> Iterator[Finding]:
    """Groups that nobody published and whose count, or mean, the bounds isolate under k."""
    unknowns, k = case.unknowns, case.k
    for one in hidden_unions(unknowns, every, k):
        union = one.union
        for kind, tells in (("few", is_isolated), ("mean", is_narrow)):
            if tells(unknowns, union, k):
                cell = _culprit(case, partial(tells, union=union, k=k))
                least = unknowns.least(union, is_whole=True)
                yield _finding(case, kind, cell, one.groups, (least, unknowns.greatest(union)))
                break


def is_isolated(unknowns: Unknowns, union: Union, k: int) -> bool:
    """Say whether a union is known to hold somebody, and fewer than k."""
    return not unknowns.may_hold(union, k) and unknowns.least(union, is_whole=True) >= 1


def is_narrow(unknowns: Unknowns, union: Union, k: int) -> bool:
    """Say whether the mean of fewer than k is known closely, were there any."""
    if unknowns.may_hold(union, k) or not unknowns.may_hold(union, 1):
        return False
    low, high = unknowns.mean_of(union)
    return high - low < NARROW


def _alike(case: Case, one: Candidate) -> Iterator[Finding]:
    unknowns = case.unknowns
    if one.union in (unknowns.members[group] for group in unknowns.told) or not _tells_all(
        unknowns, one.union
    ):
        return
    cell = _culprit(case, lambda left: _tells_all(left, one.union))
    yield _finding(case, "alike", cell, one.groups, (unknowns.least(one.union), unknowns.greatest(one.union)))


def _tells_all(unknowns: Unknowns, union: Union) -> bool:
    """Say whether a group known to hold somebody can only have answered the least, or the most."""
    if unknowns.may_vary(union, ALIKE, 100 - ALIKE) or unknowns.least(union) == 0:
        return False
    low, high = unknowns.mean_of(union)
    return high <= ALIKE or low >= 100 - ALIKE


def _census(case: Case, one: Candidate) -> Iterator[Finding]:
    """A group that nobody published and of whom nearly all are known to have answered."""
    heads = one.heads(case.headcounts)
    unknowns = case.unknowns
    if heads is None or heads < 1:
        return

    def nearly_all(left: Unknowns) -> bool:
        return left.least(one.union) > max(0, heads - LEAST_SILENT)

    if nearly_all(unknowns):
        cell = _culprit(case, nearly_all)
        yield _finding(case, "census", cell, one.groups, (unknowns.least(one.union), heads))


def _culprit(case: Case, tells: Callable[[Unknowns], bool]) -> Group:
    """Return the published cell to hide: the most detailed and smallest whose loss ends it, the town last."""
    order = sorted(case.unknowns.told, key=lambda it: (-len(it), case.unknowns.told[it].n or 0, str(it)))
    for group in order:
        if not tells(case.unknowns.without(group)):
            return group
    return order[0]


def _between_waves(
    case: Case,
    published: Published,
    earlier: Sequence[Published],
    steps: Mapping[str, float] | None,
) -> Iterator[Finding]:
    """Who came or left between two waves, were all others the same: the difference of one group's counts."""
    for before in earlier:
        if before.wave == published.wave or case.measure not in measures_of(before):
            continue
        old = _case(before, case.measure, {}, steps)
        for group in case.unknowns.told:
            if group in old.unknowns.told:
                apart = _apart(_counts(case, group), _counts(old, group))
                if apart[0] >= 1 and apart[1] < case.k:
                    yield _finding(case, "waves", group, (group,), apart, before.wave)


def _between_measures(cases: Sequence[Case]) -> Iterator[Finding]:
    """Who answered one item of a scale and not the whole of it: the difference of their sums is those people's answers.

    Two questions that share no item have no such difference: nothing on the list gives one question's scores among those
    who answered the other.
    """
    for place, case in enumerate(cases):
        for other in cases[:place]:
            if case.measure.rsplit("_", 1)[0] == other.measure.rsplit("_", 1)[0]:
                yield from _nested(case, other)


def _nested(case: Case, other: Case) -> Iterator[Finding]:
    for group in case.unknowns.told:
        if group in other.unknowns.told:
            apart = _apart(_counts(case, group), _counts(other, group))
            if apart[0] >= 1 and apart[1] < case.k:
                yield _finding(case, "items", group, (group,), apart, other.measure)


def _counts(case: Case, group: Group) -> list[int]:
    """Return the counts a published group can have, once all tables are read together."""
    unknowns = case.unknowns
    union = unknowns.members[group]
    low, high = unknowns.least(union), unknowns.greatest(union)
    return [n for n in unknowns.counts[group] if low <= n <= high] or unknowns.counts[group]


def _apart(one: Sequence[int], other: Sequence[int]) -> tuple[int, int]:
    apart = [abs(a - b) for a in one for b in other]
    return min(apart), max(apart)


def _finding(
    case: Case, kind: str, cell: Group, groups: tuple[Group, ...], n: tuple[int, int], beside: str = ""
) -> Finding:
    table = case.keys[cell]
    fr, en = words.why(kind, table, groups, n, case.k, beside)
    return Finding(kind, table, cell, groups, n, fr, en)


def told(published: Published) -> dict[tuple[Key, Group], Cell]:
    """Return the cells of a list that tell something."""
    return {
        (table.key, cell.group): cell
        for table in published.tables
        for cell in table.cells
        if not cell.suppressed
    }
