"""What is asked: candidate projects, what the town can spend and staff each year, and the rules that a choice must keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from metrics.assumptions import Assumption, assumptions
from metrics.definitions import NO_WORDS
from schemas.text import Text

Objective = Literal["total", "points", "blend"]
OBJECTIVES: tuple[str, ...] = ("total", "points", "blend")
Guard = Literal["exclude", "more_own", "off"]
GUARDS: tuple[str, ...] = ("exclude", "more_own", "off")
Measure = Literal["count", "cost", "own", "partner"]
MEASURES: tuple[str, ...] = ("count", "cost", "own", "partner")
OWN, STAFF = "own", "fte"  # the two resources that every choice knows; a file may bound others, as treasury
NOTHING: Mapping[str, tuple[float, ...]] = MappingProxyType({})
CENT = 0.005  # euros: the law is judged to the cent


@dataclass(frozen=True)
class Candidate:
    """One project that could be chosen. Euros HT, FTE.

    ``needs`` is what it takes of each resource, by year from its start on: ``own`` euros the town pays, ``fte`` posts, others.
    ``starts`` are the years it may start in. ``points`` is what it would add to the scorecard's total score (0..100), None where
    nobody knows; ``points_from`` says whence. ``pending`` is the part of the partners' money not decided yet (it may be refused);
    ``unasked`` is the part of the cost that no line covers: it counts as public money where the law is judged.
    ``traits`` are its columns that rules may name (theme, district, …); ``partners`` the money by partner.
    """

    id: str
    title: str
    cost: float
    public: float
    private: float
    needs: Mapping[str, tuple[float, ...]]
    starts: tuple[int, ...]
    points: float | None = None
    points_from: Literal["given", "scorecard", "unknown"] = "unknown"
    pending: float = 0.0
    unasked: float = 0.0
    min_own_share: float = 0.2
    has_derogation: bool = False
    requires: tuple[str, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, float] = field(default_factory=dict)
    is_present: bool = False  # it stands in the town's present plan
    notes: tuple[Text, ...] = ()  # what was assumed of it

    @property
    def own(self) -> float:
        """Own funds, all years together."""
        return sum(self.needs.get(OWN, ()))

    @property
    def partner(self) -> float:
        """Partners' money: public and private."""
        return self.public + self.private

    @property
    def leverage(self) -> float | None:
        """Partner euros per own euro."""
        return self.partner / self.own if self.own else None

    @property
    def staff(self) -> float:
        """The most posts it takes in one year."""
        return max(self.needs.get(STAFF, ()), default=0.0)

    @property
    def own_missing(self) -> float:
        """Own euros that the legal minimum asks for beyond those planned: 0 where the plan is legal or has a derogation."""
        if self.has_derogation:
            return 0.0
        public = self.own + self.public + self.unasked
        missing = self.min_own_share * public - self.own
        return missing if missing > CENT else 0.0


@dataclass(frozen=True)
class Budget:
    """What there is of a resource, year by year (None: no bound in that year)."""

    resource: str
    amounts: tuple[float | None, ...]


@dataclass(frozen=True)
class Limit:
    """How many (or how much of ``of``) of the projects whose ``column`` is ``value`` may be chosen."""

    column: str
    value: str
    least: float | None = None
    most: float | None = None
    of: Measure = "count"


@dataclass(frozen=True)
class Share:
    """A part of the chosen whole (0..1 of ``of``) that the projects whose ``column`` is ``value`` must reach, or not exceed."""

    column: str
    value: str
    least: float | None = None
    most: float | None = None
    of: Measure = "own"


@dataclass(frozen=True)
class Risk:
    """Own need within the budgets, all years at once, in ``share`` of the draws. None for ``share``: the draws only tell."""

    share: float | None = None
    draws: int = 1000
    seed: int = 20150630
    solved: int = (
        60  # draws for which the best set is sought again, to tell the projects always and never chosen
    )


@dataclass(frozen=True)
class Choice:
    """A question of portfolio choice. ``years`` are the budgets' years, in order, without a hole.

    ``theta`` weighs total investment against points in a blend, each over the best it could reach alone. ``discount`` is what a
    start one year later takes off a project's value; ``works_inflation`` what it adds to its cost, which the town bears alone.
    """

    years: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    budgets: tuple[Budget, ...]
    objective: Objective = "total"
    theta: float = 1.0
    committed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    limits: tuple[Limit, ...] = ()
    shares: tuple[Share, ...] = ()
    partner_caps: Mapping[str, float] = field(default_factory=dict)
    guard: Guard = "exclude"
    discount: float = 0.0
    works_inflation: float = 0.0
    risk: Risk = Risk()
    gap: float | None = None  # relative, None: none for a small choice, a thousandth for a large one
    seconds: float = 10.0
    label: Text = NO_WORDS
    note: Text = NO_WORDS
    assumed: tuple[Text, ...] = ()  # what the candidates rest on that no data bear out
    laws: Mapping[str, Assumption] = field(default_factory=lambda: assumptions({}))  # what draws are from
    is_fully_funded: bool = False  # projects with money still to find are left out

    def candidate(self, id: str) -> Candidate:
        """Return a candidate by its id."""
        return next(one for one in self.candidates if one.id == id)

    def budget(self, resource: str) -> Budget | None:
        """Return a resource's budget."""
        return next((one for one in self.budgets if one.resource == resource), None)
