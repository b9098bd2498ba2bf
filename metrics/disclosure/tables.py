"""A wave's published tables: what is frozen as JSON, and all that an attacker has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ATTRIBUTES = ("directorate_group", "category", "sex")
MOST_ATTRIBUTES = 2  # no free combination of more
LOWEST_K, USUAL_K = 5, 11
ROUNDED_TO = 5  # counts
HALF_N = ROUNDED_TO // 2  # a count shown as 30 is one of 28..32
HALF_MEAN = 0.05  # a mean shown as 61.4 lies in 61.35..61.45

# A group: the value of each attribute of its table; None is the answers that left the attribute out. () is the town.
Group = tuple[tuple[str, str | None], ...]
Key = tuple[tuple[str, ...], str]  # a table's attributes and its measure

# The town, then each attribute alone: every figure that the screens and the scorecard need.
DEFAULT_LIST: tuple[Key, ...] = tuple(
    (by, measure)
    for measure in ("who5", "qwl", "recommend")
    for by in ((), ("directorate_group",), ("category",), ("sex",))
)


@dataclass(frozen=True)
class Cell:
    """One group of a table: its count to the nearest 5 and its mean to 0.1 on 0..100; neither where it is suppressed.

    Nobody in the group, too few of them and a group hidden to protect another one read alike.
    """

    group: Group
    n: int | None = None
    mean: float | None = None

    @property
    def suppressed(self) -> bool:
        """Whether nothing is told of the group."""
        return self.n is None

    def as_json(self) -> dict[str, Any]:
        """Return the cell as plain JSON types."""
        return {"group": dict(self.group), "n": self.n, "mean": self.mean, "suppressed": self.suppressed}


@dataclass(frozen=True)
class Table:
    """The cells of one measure by at most two attributes: the whole cross product, so that an absence tells nothing."""

    by: tuple[str, ...]
    measure: str
    cells: tuple[Cell, ...]

    @property
    def key(self) -> Key:
        """Return what the table is asked for by."""
        return self.by, self.measure

    def as_json(self) -> dict[str, Any]:
        """Return the table as plain JSON types."""
        cells = [cell.as_json() for cell in self.cells]
        return {"by": list(self.by), "measure": self.measure, "cells": cells}


@dataclass(frozen=True)
class Published:
    """The closed list of tables of one wave."""

    wave: str
    k: int
    tables: tuple[Table, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the list as plain JSON types: what the store freezes."""
        return {"wave": self.wave, "k": self.k, "tables": [table.as_json() for table in self.tables]}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Published":
        """Return the list that was frozen; KeyError or TypeError where it is not one."""
        return cls(given["wave"], given["k"], tuple(_table(table) for table in given["tables"]))


def _table(given: Mapping[str, Any]) -> Table:
    by = tuple(given["by"])
    cells = tuple(
        Cell(
            tuple((name, cell["group"][name]) for name in by),
            None if cell["suppressed"] else cell["n"],
            None if cell["suppressed"] else cell["mean"],
        )
        for cell in given["cells"]
    )
    return Table(by, given["measure"], cells)


def checked(tables: Iterable[tuple[Iterable[str], str]]) -> list[Key]:
    """Return the list of tables asked for; ValueError on an unknown attribute, too many of them or a table asked twice."""
    found: list[Key] = []
    for asked, measure in tables:
        by = tuple(asked)
        if len(set(by)) != len(by) or not set(by) <= set(ATTRIBUTES):
            raise ValueError(f"a table is by {', '.join(ATTRIBUTES)}, each once: {by}")
        if len(by) > MOST_ATTRIBUTES:
            raise ValueError(f"a table has at most {MOST_ATTRIBUTES} attributes: {by}")
        if any(set(by) == set(other) and measure == same for other, same in found):
            raise ValueError(f"a table is listed once: {by}, {measure}")
        found.append((by, measure))
    return found


def least(k: int) -> int:
    """Return k, never below 5."""
    return max(LOWEST_K, int(k))


def rounded(n: int) -> int:
    """Return a count to the nearest 5."""
    return ROUNDED_TO * ((n + HALF_N) // ROUNDED_TO)
