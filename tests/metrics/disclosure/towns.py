"""Small towns for the tests: answers made group by group."""

from collections.abc import Mapping, Sequence

import numpy as np

from metrics.disclosure import Answers, Cell, Published, Table

Who = tuple[str | None, str | None, str | None]


def town(groups: Mapping[Who, Sequence[float]], wave: str = "2015", measure: str = "who5") -> Answers:
    """Return the answers of a town from the scores of each (directorate group, category, sex)."""
    rows = [(who, score) for who, scores in groups.items() for score in scores]
    who = {}
    for place, name in enumerate(("directorate_group", "category", "sex")):
        who[name] = np.array([row[0][place] for row in rows] + [None], dtype=object)[:-1]
    return Answers(wave, who, {measure: np.array([score for _, score in rows], dtype=np.float64)})


def varied(n: int, step: float = 4, start: int = 0) -> list[float]:
    """Return n scores that are not all alike."""
    many = int(100 // step) + 1
    return [step * ((start + 7 * place) % many) for place in range(n)]


def listed(
    tables: Mapping[tuple[str, ...], Mapping[tuple[str | None, ...], tuple[int, float] | None]],
    k: int = 11,
    wave: str = "2015",
    measure: str = "who5",
) -> Published:
    """Return a list typed by hand: {attributes: {values: (n, mean), or None where it is suppressed}}."""
    return Published(
        wave,
        k,
        tuple(
            Table(
                by,
                measure,
                tuple(
                    Cell(tuple(zip(by, values, strict=True)), *(told or (None, None)))
                    for values, told in cells.items()
                ),
            )
            for by, cells in tables.items()
        ),
    )
