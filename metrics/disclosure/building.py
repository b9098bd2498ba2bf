"""The tables of a wave before they are attacked: each group's own rules, then its row's and its column's."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.answers import Answers
from metrics.disclosure.heads import LEAST_SILENT, Headcounts, heads_of
from metrics.disclosure.tables import ATTRIBUTES, Cell, Group, Key, Published, Table, rounded

Domain = Mapping[str, tuple[str | None, ...]]
Hidden = set[tuple[Key, Group]]


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
    """Say whether a group's own scores may be told: enough of them, not all alike, not the whole group.

    Enough means that the count shown is at least k too: 11 and 12 would read "10".
    """
    many = len(scores)
    if many < k or rounded(many) < k:
        return False
    if np.ptp(scores) == 0 or shown(scores) in (0.0, 100.0):
        return False
    return heads is None or heads - many >= LEAST_SILENT


def shown(scores: NDArray[np.float64]) -> float:
    """Return a mean as it is shown."""
    return round(float(np.mean(scores)), 1)


def primary(answers: Answers, keys: Sequence[Key], domain: Domain, k: int, headcounts: Headcounts) -> Hidden:
    """Return the cells that may not be told for their own sake."""
    return {
        (key, group)
        for key in keys
        for group in groups_of(key[0], domain)
        if not is_told(answers.of(group, key[1]), heads_of(headcounts, group), k)
    }


def complementary(answers: Answers, keys: Sequence[Key], domain: Domain, k: int, hidden: Hidden) -> Hidden:
    """Return the hidden cells and, in each row with a published margin, the smallest others until no difference tells one."""
    found = set(hidden)
    while True:
        more = {cell for key in keys for cell in _row_mates(answers, key, keys, domain, k, found)}
        if more <= found:
            return found
        found |= more


def _row_mates(
    answers: Answers, key: Key, keys: Sequence[Key], domain: Domain, k: int, hidden: Hidden
) -> Iterable[tuple[Key, Group]]:
    by, measure = key
    for across in by:
        rest = tuple(name for name in by if name != across)
        margin = next((other for other in keys if other[1] == measure and set(other[0]) == set(rest)), None)
        if margin is None:
            continue
        for told in groups_of(margin[0], domain):
            if (margin, told) not in hidden:
                row = [group for group in groups_of(by, domain) if set(told) <= set(group)]
                yield from _smallest_other(answers, key, row, k, hidden)


def _smallest_other(
    answers: Answers, key: Key, row: Sequence[Group], k: int, hidden: Hidden
) -> Iterable[tuple[Key, Group]]:
    """Yield the cell to hide where the hidden ones of a row are one alone, or fewer than k people together.

    People who left the attribute out cover the others but need no cover themselves here: the attack decides about them.
    """
    sizes = {group: len(answers.of(group, key[1])) for group in row}
    lost = [group for group in row if (key, group) in hidden and sizes[group]]
    named = [group for group in lost if None not in dict(group).values()]
    told = [group for group in row if (key, group) not in hidden]
    if named and told and (len(lost) == 1 or sum(sizes[group] for group in lost) < k):
        yield key, min(told, key=lambda group: (sizes[group], str(group)))


def build(
    answers: Answers, keys: Sequence[Key], domain: Domain, k: int, hidden: Hidden, wave: str = ""
) -> Published:
    """Return the list with these cells hidden."""
    tables = tuple(
        Table(
            key[0],
            key[1],
            tuple(_cell(answers, key, group, (key, group) in hidden) for group in groups_of(key[0], domain)),
        )
        for key in keys
    )
    return Published(wave or answers.wave, k, tables)


def _cell(answers: Answers, key: Key, group: Group, is_hidden: bool) -> Cell:
    if is_hidden:
        return Cell(group)
    scores = answers.of(group, key[1])
    return Cell(group, rounded(len(scores)), shown(scores))
