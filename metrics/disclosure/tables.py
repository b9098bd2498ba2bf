"""A wave's published tables: what is frozen as JSON, and all that an attacker has."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

ATTRIBUTES = ("directorate_group", "category", "sex")
MOST_ATTRIBUTES = 2  # no free combination of more
LOWEST_K, USUAL_K = 5, 11
ROUNDED_TO = 5  # counts
RESPONSE_TO = 10  # the response
HALF_N = ROUNDED_TO // 2  # a count shown as 30 is one of 28..32
HALF_MEAN = 0.05  # a mean shown as 61.4 lies in 61.35..61.45

# A group: the value of each attribute of its table; None is the answers that left the attribute out. () is the town.
Group = tuple[tuple[str, str | None], ...]
Key = tuple[tuple[str, ...], str]  # a table's attributes and its measure
Part = tuple[
    str, str
]  # what is told beside the tables: (spread, item), (weighted, measure), (net, measure), (response, "")

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
    sd: float | None = None  # to whole points

    @property
    def suppressed(self) -> bool:
        """Whether nothing is told of the group."""
        return self.n is None

    def as_json(self) -> dict[str, Any]:
        """Return the cell as plain JSON types."""
        told = {"n": self.n, "mean": self.mean, "sd": self.sd, "suppressed": self.suppressed}
        return {"group": dict(self.group)} | told


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
class Net:
    """A net score: per cent for less per cent against, -100..100, with its 95 % limits; the two shares 0..1."""

    value: float
    low: float | None
    high: float | None
    promoters: float
    detractors: float


@dataclass(frozen=True)
class Summary:
    """What a measure says of the whole town, on 0..100: weighted to the staff (``weighted``, with its 95 % limits), and not."""

    measure: str
    n: int
    mean: float | None = None
    sd: float | None = None
    weighted: float | None = None
    low: float | None = None
    high: float | None = None
    effective_n: int | None = None
    design_effect: float | None = None
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    omega: float | None = None
    net: Net | None = None


@dataclass(frozen=True)
class Class:
    """Neighbouring answers ``low``..``high`` to an item, merged until enough people gave them; their share 0..1."""

    low: float
    high: float
    share: float


@dataclass(frozen=True)
class Spread:
    """How the town's answers to an item spread; ``top2``: the share of the two best answers, where it may be told."""

    item: str
    measure: str
    classes: tuple[Class, ...]
    top2: float | None = None


@dataclass(frozen=True)
class Response:
    """How many answered (to the nearest 10, else as many as the town's count), of how many asked (None: not known)."""

    answers: int
    headcount: int | None = None


@dataclass(frozen=True)
class Published:
    """The closed list of one wave: its tables, and what is told of the whole town. Nothing else of a wave is ever told."""

    wave: str
    k: int
    tables: tuple[Table, ...]
    summaries: tuple[Summary, ...] = ()
    spreads: tuple[Spread, ...] = ()
    response: Response | None = None
    held_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the list as plain JSON types: what the store freezes."""
        return {
            "wave": self.wave,
            "k": self.k,
            "held_on": self.held_on.isoformat() if self.held_on else None,
            "response": asdict(self.response) if self.response else None,
            "tables": [table.as_json() for table in self.tables],
            "summaries": [asdict(one) for one in self.summaries],
            "spreads": [asdict(one) for one in self.spreads],
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Published":
        """Return the list that was frozen; KeyError or TypeError where it is not one."""
        return cls(
            given["wave"],
            given["k"],
            tuple(_table(table) for table in given["tables"]),
            tuple(_summary(one) for one in given.get("summaries", ())),
            tuple(_spread(one) for one in given.get("spreads", ())),
            Response(**given["response"]) if given.get("response") else None,
            date.fromisoformat(given["held_on"]) if given.get("held_on") else None,
        )

    def summary(self, measure: str) -> Summary | None:
        """Return what the list says of the whole town on a measure; None where it says nothing."""
        return next((one for one in self.summaries if one.measure == measure), None)


def _summary(given: Mapping[str, Any]) -> Summary:
    return Summary(**{**given, "net": Net(**given["net"]) if given.get("net") else None})


def _spread(given: Mapping[str, Any]) -> Spread:
    return Spread(**{**given, "classes": tuple(Class(**one) for one in given["classes"])})


def _table(given: Mapping[str, Any]) -> Table:
    by = tuple(given["by"])
    cells = tuple(
        Cell(
            tuple((name, cell["group"][name]) for name in by),
            None if cell["suppressed"] else cell["n"],
            None if cell["suppressed"] else cell["mean"],
            None if cell["suppressed"] else cell.get("sd"),
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


def least_told(k: int) -> int:
    """Return the fewest respondents of a group that may be told: k, and enough for the count shown to read at least k."""
    return next(n for n in range(k, k + ROUNDED_TO) if rounded(n) >= k)


def response_shown(answers: int) -> int:
    """Return how many answered as it is shown."""
    return RESPONSE_TO * ((answers + RESPONSE_TO // 2) // RESPONSE_TO)


def reading(told: int) -> list[int]:
    """Return how many may have answered, of a response that is shown so; one that is shown as a count was rounded to 5."""
    near = range(told - RESPONSE_TO, told + RESPONSE_TO + 1)
    return [n for n in near if told in (response_shown(n), rounded(n))]


def rounded(n: int) -> int:
    """Return a count to the nearest 5."""
    return ROUNDED_TO * ((n + HALF_N) // ROUNDED_TO)
