"""Published lists of random small towns against an attacker who tries every town there could be."""

import numpy as np
import pytest
from numpy.typing import NDArray

from metrics.disclosure import Published, RefusedList, publish
from tests.metrics.disclosure.towns import Who, town, varied

K = 5
TABLES = [
    ((), "who5"),
    (("directorate_group",), "who5"),
    (("category",), "who5"),
    (("directorate_group", "category"), "who5"),
]
CORNERS = [(group, category) for group in ("D1", "D2") for category in ("A", "B")]


def sizes(seed: int) -> tuple[int, ...]:
    """Return the respondents of the four finest cells: small ones often."""
    draw = np.random.default_rng(seed)
    return tuple(int(draw.integers(0, 7) if draw.random() < 0.4 else draw.integers(4, 19)) for _ in CORNERS)


def possible_towns(published: Published) -> NDArray[np.int64]:
    """Return every number of respondents of the four cells that gives the list: enumeration, no programming."""
    grid = np.stack([axis.ravel() for axis in np.meshgrid(*[np.arange(0, 26)] * 4, indexing="ij")], axis=1)
    for table in published.tables:
        for cell in table.cells:
            wanted = dict(cell.group)
            if cell.n is None or cell.mean is None or None in wanted.values():
                continue
            inside = [
                place
                for place, (group, category) in enumerate(CORNERS)
                if wanted.get("directorate_group", group) == group
                and wanted.get("category", category) == category
            ]
            total = grid[:, inside].sum(axis=1)
            able = [
                n
                for n in range(cell.n - 2, cell.n + 3)
                if any(abs(4 * t / n - cell.mean) < 0.0501 for t in range(25 * n + 1))
            ]
            grid = grid[np.isin(total, able)]
    return grid


def smallest_derivable(published: Published) -> int:
    """Return the most that the smallest group known to hold somebody can have."""
    towns = possible_towns(published)
    found = 10**6
    for union in range(1, 16):
        inside = [place for place in range(4) if union >> place & 1]
        total = towns[:, inside].sum(axis=1)
        if total.min() >= 1:
            found = min(found, int(total.max()))
    return found


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_no_group_under_k_can_be_derived_from_200_towns(first: int) -> None:
    told = 0
    for seed in range(first, first + 25):
        counts = sizes(seed)
        groups: dict[Who, list[float]] = {
            (group, category, "F"): varied(n, start=seed + place)
            for place, ((group, category), n) in enumerate(zip(CORNERS, counts, strict=True))
        }
        for tables in (TABLES, TABLES[:3]):
            try:
                published = publish(town(groups), tables, k=K)
            except RefusedList:
                continue
            if all(cell.suppressed for table in published.tables for cell in table.cells):
                continue
            told += 1
            assert counts in {tuple(one) for one in possible_towns(published).tolist()}, seed
            assert smallest_derivable(published) >= K, (seed, counts)
    assert told >= 10


def test_the_attacker_finds_what_is_told_without_protection() -> None:
    from metrics.disclosure.building import build, domain_of

    answers = town(
        {
            ("D1", "A", "F"): varied(18),
            ("D1", "B", "F"): varied(13),
            ("D2", "A", "F"): varied(15),
            ("D2", "B", "F"): varied(3),
        }
    )
    keys = [(tuple(by), measure) for by, measure in TABLES]
    only = (("directorate_group", "D2"), ("category", "B"))
    assert smallest_derivable(build(answers, keys, domain_of(answers, {}), K, {only})) < K
