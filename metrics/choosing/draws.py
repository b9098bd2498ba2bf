"""What own funds could turn out to be: draws of costs, works inflation and pending requests, the same for every set compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.assumptions import Assumption
from metrics.chance.laws import beta_quantile, logs, triangular
from metrics.choosing.needs import Array, delay
from metrics.choosing.program import Program, Row
from metrics.choosing.question import OWN
from metrics.choosing.solver import SLACK

CHECKED = 1  # what the seed of fresh draws is moved by
Laws = Mapping[str, Assumption]


@dataclass(frozen=True, eq=False)
class Draws:
    """Own needs of a program's columns over draws. Grants are flat sums: what a cost rises by, or a request does not bring, the town pays.

    Final over planned cost: one draw a project. Works inflation: one draw for all, on the years of waiting. Pending requests: won with
    one shared chance, each with its own share of what it asks. A need below zero is none.
    """

    program: Program
    count: int
    seed: int

    @cached_property
    def needs(self) -> Array:
        """(draws, columns, years)."""
        parts = np.array([self._parts(i, start) for i, start in self.program.columns])
        found: Array = self._totals()[:, :, None] * parts
        return found

    def _parts(self, i: int, start: int) -> Array:
        """Return how a project's own need spreads over the years of the choice (less than 1 in all where it runs beyond them)."""
        one, years = self.program.choice.candidates[i], self.program.choice.years
        profile = np.asarray(one.needs.get(OWN) or (1.0,), dtype=float)
        shares = profile / profile.sum() if profile.sum() else np.eye(len(profile))[0]
        found = np.zeros(len(years))
        for place, share in enumerate(shares):
            if 0 <= start + place - years[0] < len(years):
                found[start + place - years[0]] += share
        return found

    def _totals(self) -> Array:
        """Return each column's own need, all years together: (draws, columns)."""
        choice, owner = self.program.choice, self.program.owner
        cost, own, pending = (
            np.array([getattr(one, name) for one in choice.candidates], dtype=float)
            for name in ("cost", "own", "pending")
        )
        rng = np.random.default_rng(self.seed)
        over = _over(rng, self.count, len(cost), choice.laws)
        rise = _rise(rng, self.count, choice.laws)
        lost = pending * _lost(rng, self.count, len(cost), choice.laws)
        later = np.array([delay(choice.candidates[i], start) for i, start in self.program.columns])
        factor = over[:, owner] * (1 + rise)[:, None] ** later - 1
        found: Array = np.maximum(own[owner] + cost[owner] * factor + lost[:, owner], 0.0)
        return found

    def within(self, columns: Array) -> float:
        """Return the share of the draws in which a set of columns keeps within every budget of own funds."""
        need = self.needs[:, columns > 0.5, :].sum(axis=1)
        return float((need <= self.most * (1 + SLACK)).all(axis=1).mean())

    def quantile(self, columns: Array, share: float) -> tuple[float, ...]:
        """Return what own need a set of columns stays under in a share of the draws, year by year."""
        need = self.needs[:, columns > 0.5, :].sum(axis=1)
        return tuple(float(amount) for amount in np.quantile(need, share, axis=0))

    @cached_property
    def most(self) -> Array:
        """The budget of own funds of each year; infinite where there is none."""
        budget = self.program.choice.budget(OWN)
        amounts: Sequence[float | None] = (
            budget.amounts if budget else [None] * len(self.program.choice.years)
        )
        return np.array([np.inf if amount is None else amount for amount in amounts])

    def rows(self, rows: Sequence[Row], uses: Array) -> list[Row]:
        """Return rows with other own needs: (columns, years)."""
        years = {str(year): place for place, year in enumerate(self.program.choice.years)}
        return [
            Row(row.rule, uses[:, years[row.rule.id.partition(":")[2]]], row.low, row.high)
            if row.rule.kind == OWN
            else row
            for row in rows
        ]


def _over(rng: np.random.Generator, draws: int, projects: int, laws: Laws) -> Array:
    mean, sd = logs(laws["cost_overrun"])
    return rng.lognormal(mean, sd, (draws, projects))


def _rise(rng: np.random.Generator, draws: int, laws: Laws) -> Array:
    told = laws["works_inflation"].given
    return np.maximum(rng.normal(told["mean"], told["sd"], draws), -0.5)


def _lost(rng: np.random.Generator, draws: int, projects: int, laws: Laws) -> Array:
    """Return the part of each pending request that does not come."""
    chance = laws["success"].given
    least, usual, most = (np.array(laws["awarded_ratio"].given[name]) for name in ("least", "usual", "most"))
    shared = beta_quantile((chance["wins"], chance["losses"]), rng.random(draws))
    won = rng.random((draws, projects)) < shared[:, None]
    found: Array = 1 - won * triangular(rng.random((draws, projects)), least, usual, most)
    return found
