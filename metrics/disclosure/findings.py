"""What an attack finds, and the case it works on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from metrics.disclosure import words
from metrics.disclosure.heads import Headcounts, heads_of
from metrics.disclosure.tables import Group, Key, Part
from metrics.disclosure.unknowns import Unknowns


@dataclass(frozen=True)
class Finding:
    """What the list tells: ``n`` are the least and greatest count that can be derived for ``groups``.

    ``kind``: few, mean, alike, ends, census, waves, items, contradiction. ``table`` must go, or at least lose ``cell``;
    where ``part`` names something beside the tables (a spread, a weighted mean, a net score, the response), that must go.
    """

    kind: str
    table: Key
    cell: Group
    groups: tuple[Group, ...]
    n: tuple[int, int]
    fr: str
    en: str
    part: Part | None = None


@dataclass(frozen=True)
class Case:
    """Measures counted on the same answers, under attack.

    ``weighed``: the unknowns as somebody bounds them who knows each answer's weight; who does knows the counts, so that only
    scores are looked for there.
    """

    wave: str
    k: int
    measures: tuple[str, ...]
    unknowns: Unknowns
    keys: Mapping[Group, tuple[Key, ...]]  # the tables of each published group
    headcounts: Headcounts
    asked: int | None = None
    weighed: Unknowns | None = None
    known: dict[Group, list[int]] = field(default_factory=dict)  # counts reckoned so far

    def heads(self, group: Group) -> int | None:
        """Return how many staff a group has: of the town, those who were asked."""
        return self.asked if not group and self.asked else heads_of(self.headcounts, group)

    def found(
        self, kind: str, cell: Group, groups: tuple[Group, ...], n: tuple[int, int], beside: str = ""
    ) -> Iterator[Finding]:
        """Yield the finding against each table that tells a cell: all of them count the same answers."""
        for table in self.keys[cell]:
            fr, en = words.why(kind, words.table_name(table), groups, self.k, beside)
            yield Finding(kind, table, cell, groups, n, fr, en)

    def found_part(
        self, kind: str, part: Part, measure: str, n: tuple[int, int], beside: str = ""
    ) -> Finding:
        """Return the finding against something beside the tables."""
        fr, en = words.why(kind, words.part_name(part), ((),), self.k, beside)
        return Finding(kind, ((), measure), (), ((),), n, fr, en, part)

    def counts(self, group: Group) -> list[int]:
        """Return the counts a published group can have, once all tables are read together."""
        if group not in self.known:
            union, every = self.unknowns.members[group], self.unknowns.counts[group]
            low, high = self.unknowns.least(union), self.unknowns.greatest(union)
            self.known[group] = [n for n in every if low <= n <= high] or every
        return self.known[group]

    def proved(self, group: Group) -> list[int]:
        """Return counts that the solutions met prove a published group can have."""
        inside = list(self.unknowns.members[group])
        met = [float(x[inside].sum()) for x in self.unknowns.seen]
        every = self.unknowns.counts[group]
        return [n for n in every if met and min(met) - 1e-6 <= n <= max(met) + 1e-6]


def apart(one: list[int], other: list[int]) -> tuple[int, int]:
    """Return the least and greatest difference of two counts of which only the possible ones are known."""
    found = [abs(a - b) for a in one for b in other]
    return min(found), max(found)


def isolates(n: tuple[int, int], k: int) -> bool:
    """Say whether a count known to lie between two is that of somebody, and of fewer than k."""
    return n[0] >= 1 and n[1] < k
