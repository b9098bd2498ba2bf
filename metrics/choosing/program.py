"""A choice as a 0/1 program: one column for each project and start year, one row for each side of a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.choosing import rulewords as words
from metrics.choosing.found import Pick, Rule
from metrics.choosing.needs import Array, by_year
from metrics.choosing.question import Budget, Candidate, Choice, Limit, Share

ONCE = Rule("once", "once", words.Text("Un projet commence une fois", "A project starts once"))


@dataclass(frozen=True)
class Row:
    """low <= coefficients · x <= high, for a rule."""

    rule: Rule
    coefficients: Array
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True, eq=False)
class Program:
    """The columns of a choice and its rows; what is maximised is handed in where it is solved."""

    choice: Choice

    @cached_property
    def columns(self) -> tuple[tuple[int, int], ...]:
        """(place of the candidate, start year)."""
        return tuple((i, start) for i, one in enumerate(self.choice.candidates) for start in one.starts)

    @cached_property
    def owner(self) -> np.ndarray:
        """The candidate's place of each column."""
        return np.array([i for i, _ in self.columns], dtype=int)

    @cached_property
    def starts(self) -> np.ndarray:
        """The start year of each column."""
        return np.array([start for _, start in self.columns], dtype=int)

    @cached_property
    def places(self) -> dict[str, int]:
        """The candidates' places by id."""
        return {one.id: i for i, one in enumerate(self.choice.candidates)}

    def spread(self, values: Array) -> Array:
        """Return a number per candidate as one per column."""
        found: Array = np.asarray(values, dtype=float)[self.owner]
        return found

    def uses(self, resource: str) -> Array:
        """Return what each column takes of a resource: (columns, years)."""
        return np.array(
            [by_year(self.choice.candidates[i], resource, start, self.choice) for i, start in self.columns]
        ).reshape(len(self.columns), len(self.choice.years))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row, the structure first, then rule by rule."""
        return (
            *self._once(),
            *(row for one in self.choice.budgets for row in self._budget(one)),
            *self._named(),
            *self._requires(),
            *(Row(words.exclusive(ids), self._of(ids), high=1) for ids in self.choice.exclusive),
            *(row for one in self.choice.limits for row in self._limit(one)),
            *(row for share in self.choice.shares for row in self._share(share)),
            *self._partners(),
        )

    def _once(self) -> Iterator[Row]:
        for i, one in enumerate(self.choice.candidates):
            if len(one.starts) > 1:
                yield Row(ONCE, (self.owner == i).astype(float), high=1)

    def _budget(self, one: Budget) -> Iterator[Row]:
        uses = self.uses(one.resource)
        for place, (year, most) in enumerate(zip(self.choice.years, one.amounts, strict=True)):
            if most is not None:
                yield Row(words.budget(one.resource, year, most), uses[:, place], high=most)

    def _named(self) -> Iterator[Row]:
        for id in self.choice.committed:
            yield Row(words.committed(self.choice.candidate(id)), self._of((id,)), low=1)
        for id in self.choice.excluded:
            yield Row(words.excluded(self.choice.candidate(id)), self._of((id,)), high=0)
        for rule in words.barred(self.choice):
            yield Row(rule, self._of((rule.id.partition(":")[2],)), high=0)

    def _of(self, ids: tuple[str, ...]) -> Array:
        """Return 1 on the columns of these projects."""
        return np.isin(self.owner, [self.places[id] for id in ids]).astype(float)

    def _requires(self) -> Iterator[Row]:
        """A project starts once what it requires has started, that year at the latest."""
        for one in self.choice.candidates:
            for other in one.requires:
                known = other in self.places
                for year in sorted(one.starts) if known else [max(one.starts)]:
                    early = self.starts <= year
                    first = self._of((one.id,)) * early
                    yield Row(
                        words.requires(one.id, other),
                        first - self._of((other,)) * early if known else first,
                        high=0,
                    )

    def _measure(self, of: str) -> Array:
        return self.spread(np.array([_measured(one, of) for one in self.choice.candidates]))

    def _is(self, column: str, value: str) -> Array:
        return self.spread(
            np.array([float(one.traits.get(column) == value) for one in self.choice.candidates])
        )

    def _limit(self, one: Limit) -> Iterator[Row]:
        amounts = self._measure(one.of) * self._is(one.column, one.value)
        if one.most is not None:
            yield Row(words.limit(one, False), amounts, high=one.most)
        if one.least is not None:
            yield Row(words.limit(one, True), amounts, low=one.least)

    def _share(self, one: Share) -> Iterator[Row]:
        whole = self._measure(one.of)
        part = whole * self._is(one.column, one.value)
        if one.most is not None:
            yield Row(words.share(one, False), part - one.most * whole, high=0)
        if one.least is not None:
            yield Row(words.share(one, True), part - one.least * whole, low=0)

    def _partners(self) -> Iterator[Row]:
        for name, most in self.choice.partner_caps.items():
            amounts = np.array([one.partners.get(name, 0.0) for one in self.choice.candidates])
            yield Row(words.partner(name, most), self.spread(amounts), high=most)

    def chosen(self, picks: tuple[Pick, ...]) -> Array:
        """Return picks as 0 and 1 on the columns."""
        wanted = {(self.places[pick.project], pick.start) for pick in picks}
        return np.array([float(column in wanted) for column in self.columns])

    def picks(self, x: Array) -> tuple[Pick, ...]:
        """Return 0 and 1 on the columns as picks, in the candidates' order."""
        return tuple(
            Pick(self.choice.candidates[i].id, start)
            for (i, start), value in zip(self.columns, x, strict=True)
            if value > 0.5
        )


def _measured(one: Candidate, of: str) -> float:
    return 1.0 if of == "count" else float(getattr(one, of))
