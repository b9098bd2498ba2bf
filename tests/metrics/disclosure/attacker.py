"""An attacker apart from the engine: reads only the JSON of published lists, and bounds groups with its own linear programmes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp

JSON = Mapping[str, Any]
NOBODY = 10**6


class Attacker:
    """What one list says: whole respondents of each finest cell, and a sum of scores of each measure."""

    def __init__(self, given: JSON, is_whole: bool = True) -> None:
        """Write the rows of a list, all measures together: they are known to be counted on the same answers.

        ``is_whole``: respondents are whole; large lists are bounded in fractions.
        """
        self.is_whole = is_whole
        self.k = given["k"]
        self.measures = list(dict.fromkeys(table["measure"] for table in given["tables"]))
        listed: list[tuple[str, frozenset[tuple[str, str | None]], dict[str, Any]]] = [
            (table["measure"], frozenset(cell["group"].items()), cell)
            for table in given["tables"]
            for cell in table["cells"]
        ]
        values: dict[str, dict[str | None, None]] = {}
        for _, group, _ in listed:
            for name, value in sorted(group, key=str):
                values.setdefault(name, {})[value] = None
        self.atoms = [
            frozenset(zip(values, one, strict=True)) for one in product(*(values[name] for name in values))
        ]
        self.groups = {group: self.inside(group) for _, group, _ in listed}
        self.told = {group: cell["n"] for _, group, cell in listed if not cell["suppressed"]}
        self._write(listed)

    def inside(self, group: Iterable[tuple[str, str | None]]) -> frozenset[int]:
        """Return the finest cells of a group."""
        wanted = frozenset(group)
        return frozenset(place for place, atom in enumerate(self.atoms) if wanted <= atom)

    def _write(self, listed: Sequence[tuple[str, frozenset[tuple[str, str | None]], dict[str, Any]]]) -> None:
        many = len(self.atoms)
        self.size = many * (1 + len(self.measures))
        rows, low, high = [], [], []
        for at, _ in enumerate(self.measures, start=1):
            for atom in range(many):
                row = np.zeros(self.size)
                row[atom], row[at * many + atom] = 100, -1
                rows.append(row)
                low.append(0.0)
                high.append(np.inf)
        for measure, group, cell in listed:
            if cell["suppressed"]:
                continue
            inside = list(self.groups[group])
            count = np.zeros(self.size)
            count[inside] = 1
            rows.append(count)
            low.append(max(self.k, cell["n"] - 2))
            high.append(cell["n"] + 2)
            at = (self.measures.index(measure) + 1) * many
            for sign in (1, -1):
                row = np.zeros(self.size)
                row[[at + atom for atom in inside]] = sign
                row[inside] = -sign * cell["mean"] + 0.0501
                rows.append(row)
                low.append(0.0)
                high.append(np.inf)
        self.sides = LinearConstraint(np.array(rows), low, high)
        self.whole = np.concatenate([np.full(many, float(self.is_whole)), np.zeros(self.size - many)])

    def bounds(self, union: frozenset[int]) -> tuple[int, int]:
        """Return the least and greatest respondents of a union."""
        cost = np.zeros(self.size)
        cost[list(union)] = 1
        least, most = (
            milp(sign * cost, constraints=self.sides, integrality=self.whole, options={"time_limit": 5})
            for sign in (1, -1)
        )
        assert least.x is not None, "no answers give this list"
        greatest = NOBODY if most.x is None else floor(-_bound(most) + 1e-6)
        return ceil(_bound(least) - 1e-6), greatest

    def unions(self) -> set[frozenset[int]]:
        """Return hidden groups, differences, intersections, and what whole tables leave of the town."""
        told = [self.groups[group] for group in self.told]
        found = {inside for group, inside in self.groups.items() if group not in self.told}
        found |= {one - other for one in told for other in told}
        found |= {one & other for one, other in combinations(told, 2)}
        every = frozenset(range(len(self.atoms)))
        for names in {frozenset(name for name, _ in group) for group in self.told}:
            same = [self.groups[group] for group in self.told if {name for name, _ in group} == names]
            found.add(every - frozenset[int]().union(*same))
        hidden = frozenset(range(len(self.atoms))) - frozenset[int]().union(
            *(self.groups[group] for group in self.told if group)
        )
        return {one for one in {*found, hidden} if one} - set(told)

    def smallest(self) -> int:
        """Return the most that the smallest group known to hold somebody can have."""
        found = list(self.told.values())
        for union in self.unions():
            least, most = self.bounds(union)
            if least >= 1:
                found.append(most)
        return min(found, default=NOBODY)


def _bound(solved: Any) -> float:
    return float(solved.fun if solved.mip_dual_bound is None else solved.mip_dual_bound)


def town_of(given: JSON) -> range:
    """Return the counts that the town can have."""
    n = next((s["n"] for s in given["summaries"]), 0)
    return range(max(given["k"], n - 2), n + 3)


def smallest_class(given: JSON) -> int:
    """Return the most that the smallest class of a spread, or part of a net score, can hold."""
    top = town_of(given)[-1]
    shares = [one["share"] for spread in given["spreads"] for one in spread["classes"]]
    for summary in given["summaries"]:
        if summary["net"]:
            best, worst = summary["net"]["promoters"], summary["net"]["detractors"]
            shares += [best, worst, 1 - best - worst + 0.005]
    return min((floor((share + 0.005) * top + 1e-9) for share in shares), default=NOBODY)


def left_out(given: JSON, spread: JSON) -> tuple[int, int]:
    """Return the least and greatest number of the town's answers that can have left an item out, its shares tell."""
    town = town_of(given)
    found = []
    for total in range(1, town[-1] + 1):
        ranges = [
            (ceil((one["share"] - 0.005) * total - 1e-9), floor((one["share"] + 0.005) * total + 1e-9))
            for one in spread["classes"]
        ]
        if all(low <= high for low, high in ranges) and (
            sum(low for low, _ in ranges) <= total <= sum(high for _, high in ranges)
        ):
            found += [n - total for n in town if n >= total]
    return min(found), max(found)


def between_waves(one: JSON, other: JSON, is_whole: bool = True) -> list[tuple[int, int]]:
    """Return the least and greatest difference of each group's counts that both lists tell."""
    first, second = Attacker(one, is_whole), Attacker(other, is_whole)
    found = []
    for group in set(first.told) & set(second.told):
        (a, b), (c, d) = first.bounds(first.groups[group]), second.bounds(second.groups[group])
        apart = [abs(x - y) for x in range(a, b + 1) for y in range(c, d + 1)]
        found.append((min(apart), max(apart)))
    return found


def counts(given: JSON) -> dict[frozenset[tuple[str, str | None]], set[int]]:
    """Return the counts that each group has over all tables and summaries: one, where they stand on one base."""
    found: dict[frozenset[tuple[str, str | None]], set[int]] = {}
    for table in given["tables"]:
        for cell in table["cells"]:
            if not cell["suppressed"]:
                found.setdefault(frozenset(cell["group"].items()), set()).add(cell["n"])
    for summary in given["summaries"]:
        found.setdefault(frozenset(), set()).add(summary["n"])
    return found


def without_score(given: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least and greatest number of people who answered and stand in no table: the response less the town."""
    answers, (town,) = given["response"]["answers"], counts(given)[frozenset()]
    return answers - 5 - (town + 2), answers + 5 - (town - 2)
