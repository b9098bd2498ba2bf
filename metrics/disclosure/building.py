"""The tables of a wave before they are attacked: each group's own rules, then its row's and its column's.

All measures are counted on the same answers, so a group that one measure may not tell is hidden in all of them: its count
would be read off another.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.answers import Answers
from metrics.disclosure.heads import LEAST_SILENT, Headcounts, heads_of
from metrics.disclosure.tables import ATTRIBUTES, Cell, Group, Key, Published, Table, rounded

Domain = Mapping[str, tuple[str | None, ...]]
Hidden = set[Group]
ENDS = 0.5  # points of standard deviation from the greatest that a mean allows, within which all answers are at the ends


def domain_of(answers: Answers, headcounts: Headcounts, earlier: Iterable[Published] = ()) -> Domain:
    """Return the values of each attribute, "not given" last: those of the staff, of the answers and of earlier waves."""
    found: dict[str, set[str]] = {name: set(answers.values(name)) for name in ATTRIBUTES}
    for who in headcounts:
        for name, given in zip(ATTRIBUTES, who, strict=True):
            found[name].add(given)
    for table in (table for one in earlier for table in one.tables):
        for name, value in (pair for cell in table.cells for pair in cell.group if pair[1] is not None):
            found[name].add(str(value))
    return {name: (*sorted(values), None) for name, values in found.items()}


def groups_of(by: Sequence[str], domain: Domain) -> list[Group]:
    """Return all groups of a table: the cross product of its attributes' values."""
    return [tuple(zip(by, values, strict=True)) for values in product(*(domain[name] for name in by))]


def is_told(scores: NDArray[np.float64], heads: int | None, k: int) -> bool:
    """Say whether a group's own scores may be told: enough of them, neither all alike nor all at the ends, not the whole group.

    Enough means that the count shown is at least k too: 11 and 12 would read "10".
    """
    many = len(scores)
    if many < k or rounded(many) < k:
        return False
    mean, sd = shown(scores), spread_of(scores)
    if sd == 0 or mean in (0.0, 100.0) or is_at_ends(many, mean, sd):
        return False
    return heads is None or heads - many >= LEAST_SILENT


def shown(scores: NDArray[np.float64]) -> float:
    """Return a mean as it is shown."""
    return round(float(np.mean(scores)), 1)


def spread_of(scores: NDArray[np.float64]) -> float:
    """Return a standard deviation (n - 1) as it is shown: whole points."""
    return float(round(float(np.std(scores, ddof=1))))


def is_at_ends(n: int, mean: float, sd: float) -> bool:
    """Say whether a standard deviation may be the greatest that answers of 0..100 with this mean can have: all are at the ends."""
    return sd + ENDS >= sqrt(max(0.0, mean * (100 - mean)) * n / max(1, n - 1))


def primary(answers: Answers, keys: Sequence[Key], domain: Domain, k: int, headcounts: Headcounts) -> Hidden:
    """Return the groups that may not be told for their own sake."""
    return {
        group
        for by, measure in keys
        for group in groups_of(by, domain)
        if not is_told(answers.of(group, measure), heads_of(headcounts, group), k)
    }


def complementary(answers: Answers, keys: Sequence[Key], domain: Domain, k: int, hidden: Hidden) -> Hidden:
    """Return the hidden groups and, in each row with a published margin, the smallest others until no difference tells one."""
    every = {by: groups_of(by, domain) for by, _ in keys}
    measure = keys[0][1] if keys else ""
    sizes = {group: len(answers.of(group, measure)) for groups in every.values() for group in groups}
    found = set(hidden)
    while True:
        more = {group for by in every for group in _row_mates(by, every, sizes, k, found)}
        if more <= found:
            return found
        found |= more


def _row_mates(
    by: tuple[str, ...],
    every: Mapping[tuple[str, ...], Sequence[Group]],
    sizes: Mapping[Group, int],
    k: int,
    hidden: Hidden,
) -> Iterable[Group]:
    for across in by:
        rest = {name for name in by if name != across}
        margin = next((other for other in every if set(other) == rest), None)
        for told in () if margin is None else every[margin]:
            if told not in hidden:
                yield from _smallest_other(
                    [group for group in every[by] if set(told) <= set(group)], sizes, k, hidden
                )


def _smallest_other(
    row: Sequence[Group], sizes: Mapping[Group, int], k: int, hidden: Hidden
) -> Iterable[Group]:
    """Yield the group to hide where the hidden ones of a row are one alone, or fewer than k people together.

    People who left the attribute out cover the others but need no cover themselves here: the attack decides about them.
    """
    lost = [group for group in row if group in hidden and sizes[group]]
    named = [group for group in lost if None not in dict(group).values()]
    told = [group for group in row if group not in hidden]
    if named and told and (len(lost) == 1 or sum(sizes[group] for group in lost) < k):
        yield min(told, key=lambda group: (sizes[group], str(group)))


def build(
    answers: Answers, keys: Sequence[Key], domain: Domain, k: int, hidden: Hidden, wave: str = ""
) -> Published:
    """Return the list of tables with these groups hidden."""
    tables = tuple(
        Table(
            by,
            measure,
            tuple(_cell(answers, measure, group, group in hidden) for group in groups_of(by, domain)),
        )
        for by, measure in keys
    )
    return Published(wave or answers.wave, k, tables)


def _cell(answers: Answers, measure: str, group: Group, is_hidden: bool) -> Cell:
    scores = answers.of(group, measure)
    if is_hidden or len(scores) < 2:
        return Cell(group)
    return Cell(group, rounded(len(scores)), shown(scores), spread_of(scores))
