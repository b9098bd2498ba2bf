"""The unions of finest cells that differences and intersections of published groups set apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from metrics.disclosure.heads import Headcounts, heads_of
from metrics.disclosure.tables import Group
from metrics.disclosure.unknowns import Union, Unknowns

MOST_TRIED = 400  # unions of small cells searched beyond those that have a name


@dataclass(frozen=True)
class Candidate:
    """A union with what it is called: the first group of ``groups`` without the others, or all of them together."""

    union: Union
    groups: tuple[Group, ...]
    is_rest: bool = False
    is_part: bool = True  # the groups taken away lie in the first one

    def heads(self, headcounts: Headcounts) -> int | None:
        """Return the staff of a group, or of a group without others; None where it is not known."""
        if len(self.groups) > 1 and not (self.is_rest and self.is_part):
            return None
        heads = [heads_of(headcounts, group) for group in self.groups]
        if None in heads:
            return None
        whole, *others = [one for one in heads if one is not None]
        return whole - sum(others)


def candidates(unknowns: Unknowns) -> list[Candidate]:
    """Return each union once: hidden groups, what is left of a published group, overlaps of two."""
    found: dict[Union, Candidate] = {}
    own = {unknowns.members[group] for group in unknowns.told}
    for one in (*_hidden(unknowns), *_rests(unknowns), *_overlaps(unknowns)):
        if one.union and one.union not in own:
            found.setdefault(one.union, one)
    return list(found.values())


def _hidden(unknowns: Unknowns) -> Iterator[Candidate]:
    for group, union in unknowns.members.items():
        if group not in unknowns.told and _is_exact(unknowns, group):
            yield Candidate(union, (group,))


def _is_exact(unknowns: Unknowns, group: Group) -> bool:
    """Say whether a hidden group is whole atoms: else the list cannot tell it from its neighbours, and the rest says it."""
    union = unknowns.members[group]
    others = [
        unknowns.members[other]
        for other in unknowns.members
        if other != group and len(other) == len(group) and dict(other).keys() == dict(group).keys()
    ]
    return not any(union & other for other in others)


def _rests(unknowns: Unknowns) -> Iterator[Candidate]:
    """Yield a published group without one of its parts, and without all parts that a table tells."""
    for whole, inside in ((group, unknowns.members[group]) for group in unknowns.told):
        parts = [one for one in unknowns.told if one != whole and unknowns.members[one] < inside]
        for part in parts:
            yield Candidate(inside - unknowns.members[part], (whole, part), is_rest=True)
        for names in {tuple(dict(part)) for part in parts}:
            same = [part for part in parts if tuple(dict(part)) == names]
            gone = frozenset[int]().union(*(unknowns.members[part] for part in same))
            yield Candidate(inside - gone, (whole, *same), is_rest=True)


def _overlaps(unknowns: Unknowns) -> Iterator[Candidate]:
    """Yield what two published groups share and what each has alone, where neither holds the other."""
    for one, other in combinations(unknowns.told, 2):
        first, second = unknowns.members[one], unknowns.members[other]
        if first & second and not (first <= second or second <= first):
            yield Candidate(first & second, (tuple(dict((*one, *other)).items()),))
            yield Candidate(first - second, (one, other), is_rest=True, is_part=False)
            yield Candidate(second - first, (other, one), is_rest=True, is_part=False)


def hidden_unions(unknowns: Unknowns, named: Sequence[Candidate], k: int) -> Iterator[Candidate]:
    """Yield the unions that can only hold fewer than k: those that have a name, then the largest others."""
    own = {unknowns.members[group] for group in unknowns.told}
    doubtful = _doubtful(unknowns, named, k)
    done: list[Union] = []
    for one in sorted(named, key=lambda it: len(it.union)):
        if one.union <= doubtful and not unknowns.may_hold(one.union, k):
            done.append(one.union)
            yield one
    if not doubtful or unknowns.least(doubtful, is_whole=True) == 0:
        return  # all of them can be empty at once: none is isolated
    if _is_shared(unknowns, doubtful, k):
        return
    small = [atom for atom in sorted(doubtful) if not unknowns.may_hold(frozenset([atom]), k)]
    if not small or unknowns.least(frozenset(small), is_whole=True) == 0:
        return
    for union in _largest(unknowns, small, k):
        if union not in done and union not in own:
            yield Candidate(union, tuple(unknowns.atoms[atom] for atom in sorted(union)))


def _is_shared(unknowns: Unknowns, doubtful: Union, k: int) -> bool:
    """Say whether atoms that every isolated union would hold can have k: then none is isolated.

    Where all but one atom can be empty at once, a union known to hold somebody has that atom in it.
    """
    needed: set[int] = set()
    for atom in unknowns.alone_first(doubtful):
        if unknowns.least(doubtful - {atom}, is_whole=True) == 0:
            needed.add(atom)
            if unknowns.may_hold(frozenset(needed), k):
                return True
    return False


def _doubtful(unknowns: Unknowns, named: Sequence[Candidate], k: int) -> Union:
    """Return the atoms that fractions do not prove able to hold k: the large unions first, which settle their atoms at once."""
    found: set[int] = set()
    for one in sorted(named, key=lambda it: -len(it.union)):
        if not one.union <= found and not unknowns.surely_holds(one.union, k):
            found |= one.union
    every = (frozenset([atom]) for atom in range(len(unknowns.atoms)) if atom not in found)
    return frozenset(found.union(*(atom for atom in every if not unknowns.surely_holds(atom, k))))


def _largest(unknowns: Unknowns, small: Sequence[int], k: int) -> list[Union]:
    """Return the unions of small atoms that can only hold fewer than k and that no further atom leaves so.

    What isolates a union isolates every larger one that stays under k, so these alone need to be looked at.
    """
    if not unknowns.may_hold(frozenset(small), k):
        return [frozenset(small)]
    found: list[Union] = []
    tried = 0

    def grow(union: Union, rest: Sequence[int]) -> None:
        nonlocal tried
        is_largest = True
        for place, atom in enumerate(rest):
            tried += 1
            if tried > MOST_TRIED:
                break
            if not unknowns.may_hold(union | {atom}, k):
                is_largest = False
                grow(union | {atom}, rest[place + 1 :])
                if not unknowns.may_hold(union | set(rest), k):
                    return  # everything left fits together: nothing larger begins later
        if is_largest and union and not any(union <= other for other in found):
            found.append(union)

    grow(frozenset(), small)
    return found
