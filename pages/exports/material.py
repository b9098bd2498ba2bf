"""The moment that files are written of: what every KPI is worth, how it came there, its scores. Read once for one file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from metrics import moment
from metrics.changing import Change, State, changes
from metrics.definitions import Catalogue, Perspective
from metrics.goals import read_goals
from metrics.leverage import Leverage, leverage
from metrics.reading import Reading
from metrics.scores import RollUp, roll_up


@dataclass(frozen=True)
class Material:
    """One moment, live or a sealed week's, and the one it is compared with.

    What is judged is judged as screens do: with the goals in force at the date.
    """

    state: State
    since: State | None = None

    @property
    def engine(self) -> Any:
        """What answers on the data of that moment."""
        return self.state.engine

    @property
    def as_of(self) -> date:
        """The date of the data."""
        return self.state.as_of

    @property
    def scope(self) -> str:
        """A directorate, or "" for the town."""
        return self.state.scope

    @property
    def defined(self) -> Catalogue:
        """The definitions as the catalogue has them."""
        return self.state.catalogue

    @cached_property
    def catalogue(self) -> Catalogue:
        """The definitions with the goals in force."""
        return read_goals(self.engine).in_force(self.defined, self.as_of, self.scope)

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """Every KPI's reading."""
        return moment.readings(self.engine, self.defined, self.as_of, self.scope)

    @cached_property
    def rolled(self) -> RollUp:
        """Scores of objectives, perspectives and the whole."""
        return roll_up(self.catalogue, self.readings)

    @cached_property
    def leverage(self) -> Leverage | None:
        """The plans behind the leverage; None where the scorecard has no such view."""
        if "plan_lines" not in self.engine.relations:
            return None
        part = {"lead_directorate": self.scope} if self.scope else None
        found = leverage(self.engine, self.defined, self.as_of, part)
        return found if found.plans else None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed since the other moment, the most important first; nothing without one."""
        return changes(self.since, self.state) if self.since else ()

    def side(self, code: str) -> Perspective:
        """A perspective by its code."""
        return next(one for one in self.catalogue.scorecard.perspectives if one.code == code)
