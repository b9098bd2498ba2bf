"""What is found: a portfolio and what it takes year by year, how sure its being the best is, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from metrics.choosing.question import Choice
from schemas.text import Text

Status = Literal["optimal", "within_gap", "stopped", "impossible"]


@dataclass(frozen=True)
class Pick:
    """A chosen project and the year it starts."""

    project: str
    start: int


@dataclass(frozen=True)
class Rule:
    """A named constraint, for people: ``id`` is ``kind:what``, ``words`` says it.

    In a conflict an amount also has ``limit``, what it allows, and ``need``, what the other rules of the conflict take at the least
    (or, of an "at least", reach at the most).
    """

    id: str
    kind: str
    words: Text
    limit: float | None = None
    need: float | None = None


@dataclass(frozen=True)
class Portfolio:
    """A set of projects: what it makes and what it takes. ``uses`` by resource, one amount a year of the choice.

    ``breaks`` are the rules it does not keep (none for what a method found within them). ``points`` is None where one of its
    projects has none known; ``objective`` where the objective needs them.
    """

    name: str
    picks: tuple[Pick, ...]
    objective: float | None
    total: float
    own: float
    public: float
    private: float
    points: float | None
    uses: Mapping[str, tuple[float, ...]]
    breaks: tuple[Rule, ...] = ()
    to_find: float = 0.0  # euros that neither own funds nor a line, won or asked for, cover

    @property
    def ids(self) -> tuple[str, ...]:
        """The projects' ids, sorted."""
        return tuple(sorted(pick.project for pick in self.picks))

    @property
    def leverage(self) -> float | None:
        """Partner euros per own euro, a ratio of sums."""
        return (self.public + self.private) / self.own if self.own else None


@dataclass(frozen=True)
class Shadow:
    """What a little more of a resource would bring: found by choosing again. ``year`` None: in every year."""

    resource: str
    year: int | None
    more: float
    objective: float
    gain: float
    enter: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True)
class Core:
    """How often each project is in the best set over the draws: by id, 0..1.

    ``draws`` is how many have a best set, of ``asked``; ``is_stopped`` where the clock left some of those untried.
    """

    draws: int
    shares: Mapping[str, float]
    asked: int
    is_stopped: bool = False

    @property
    def always(self) -> tuple[str, ...]:
        """Projects chosen in every draw."""
        return tuple(id for id, share in self.shares.items() if share == 1)

    @property
    def never(self) -> tuple[str, ...]:
        """Projects chosen in none."""
        return tuple(id for id, share in self.shares.items() if share == 0)


@dataclass(frozen=True)
class Kept:
    """How often the chosen set keeps within the budgets of own funds over the draws.

    ``asked`` is the share that was asked for, if one was; ``probability`` what the chosen set has on those draws and
    ``checked`` on as many fresh ones; ``unguarded`` is the best set without that rule and its own probability.
    ``quantiles`` are (share, own need of each year) of the chosen set.
    """

    asked: float | None
    draws: int
    probability: float
    checked: float
    unguarded: Portfolio | None
    unguarded_probability: float
    quantiles: tuple[tuple[float, tuple[float, ...]], ...]
    method: Literal["none", "exact", "bounded"]


@dataclass(frozen=True)
class Chosen:
    """The answer to a choice. Where ``status`` is "impossible" there is no portfolio, and ``conflict`` says why.

    ``gap`` is (bound − objective) / bound: 0 where the best is proven. ``conflict`` is a smallest set of rules that cannot hold
    together: without any one of them the others can. ``rivals`` are the greedy choices and the present plan.
    """

    choice: Choice
    status: Status
    portfolio: Portfolio | None
    bound: float | None
    gap: float | None
    seconds: float
    barred: tuple[Rule, ...] = ()  # projects that the legal guard leaves out, or money still to find
    conflict: tuple[Rule, ...] = ()
    shadows: tuple[Shadow, ...] = ()
    rivals: tuple[Portfolio, ...] = ()
    core: Core | None = None
    kept: Kept | None = None
