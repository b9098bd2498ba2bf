"""What futures rest on: the pending requests, the projects they fund and the laws assumed, as arrays.

The data are read once for a scenario without the drivers that only move an assumption; these move the laws' centres instead.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from metrics import whatif
from metrics.assumptions import Assumption, assumptions
from metrics.chance import laws
from metrics.chance.reading import Read, read
from metrics.definitions import Catalogue, Parameter
from metrics.increments import Array
from metrics.perengine import per_engine
from metrics.results import Engine
from metrics.scenario import Moved, Scenario, moved, without_moved

INPUTS = ("success", "awarded_ratio", "decision_days", "cost_overrun", "works_inflation")
OUTCOMES = ("raised", "leverage", "own_cost", "capacity")
UNITS = {"raised": "eur", "leverage": "eur_per_eur", "own_cost": "eur", "capacity": "factor"}
Shared = Literal["all", "programme", "none"]
YEAR = 365.25
KEPT = 64  # data of so many scenarios held for an engine


@dataclass(frozen=True, eq=False)
class Lines:
    """The pending requests, one a place: euros asked, the place of the project, of the law of success and of its draw.

    ``low``, ``usual``, ``high`` bound the part awarded; ``median`` is the days to an answer, ``arrives`` the chance that it comes
    by the horizon.
    """

    id: tuple[str, ...]
    amount: Array
    project: NDArray[np.int64]
    law: NDArray[np.int64]
    draw: NDArray[np.int64]
    low: Array
    usual: Array
    high: Array
    median: Array
    arrives: Array


@dataclass(frozen=True, eq=False)
class Projects:
    """The projects with a won or pending line: own funds and cost (NaN unknown), euros granted and those still to be asked for.

    ``has_plan``: its own funds already count in the leverage. ``late``: years that works wait for an answer, 0 once begun.
    """

    id: tuple[str, ...]
    own: Array
    cost: Array
    granted: Array
    to_come: Array
    has_plan: NDArray[np.bool_]
    late: Array

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether cost and own funds are both known."""
        return ~np.isnan(self.own) & ~np.isnan(self.cost)


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that draws and exact sums need. Sums in euros; ``capacity`` is (fixed part, euros that make 1), None where unknown.

    ``success`` are the laws (wins, losses) of the chance that a request succeeds; ``draws`` names what is drawn once each.
    """

    as_of: date
    horizon: date
    lines: Lines
    projects: Projects
    success: tuple[tuple[float, float], ...]
    draws: tuple[str, ...]
    shared: Shared
    assumed: Mapping[str, Assumption]
    raised: float
    partner: float
    own: float
    capacity: tuple[float, float] | None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that can be told from these data."""
        told = {"leverage": self.own > 0, "capacity": self.capacity is not None}
        told["own_cost"] = bool(self.projects.is_known.any())
        return tuple(one for one in OUTCOMES if told.get(one, True))


def model(
    engine: Engine,
    catalogue: Catalogue,
    scenario: Scenario,
    as_of: date,
    horizon: date | None = None,
    scope: str = "",
    shared: Shared = "all",
) -> Model:
    """Return the model of a scenario (``Scenario()`` is the base) up to ``horizon``, 31 December of the year without one.

    ``shared``: one draw of success for all requests, one for each programme, or none (each request decided by itself).
    Raises BadEntry for a choice unknown in these data.
    """
    horizon = horizon or date(as_of.year, 12, 31)
    parameters = tuple(catalogue.parameters.items())
    here = _kept(engine, without_moved(scenario), as_of, parameters, scope)
    base = here if not scenario.uses else _kept(engine, Scenario(), as_of, parameters, scope)
    return built(here, base, catalogue.parameters, moved(scenario), as_of, horizon, shared)


@per_engine
def _shelf(engine: Engine) -> OrderedDict[Any, Read]:
    return OrderedDict()


def _kept(
    engine: Engine, scenario: Scenario, as_of: date, parameters: tuple[tuple[str, Parameter], ...], scope: str
) -> Read:
    """Return a scenario's data, kept with the engine: a slider that only moves a law reads nothing again."""
    shelf, key = _shelf(engine), (scenario.uses, as_of, parameters, scope)
    if key not in shelf:
        shelf[key] = read(whatif.under(engine, scenario), dict(parameters), as_of, scope)
        while len(shelf) > KEPT:
            shelf.popitem(last=False)
    shelf.move_to_end(key)
    return shelf[key]


def built(
    here: Read,
    base: Read,
    parameters: Mapping[str, Parameter],
    moves: tuple[Moved, ...],
    as_of: date,
    horizon: date,
    shared: Shared,
) -> Model:
    """Return the model over data already read."""
    general = assumptions(parameters)
    by_programme = {name: _moved(general, moves, name) for name in sorted({*here.programme})}
    general = _moved(general, moves, "")
    own_law = [by_programme[name] for name in here.programme]
    found = sorted({_beta(law["success"]) for law in [*own_law, general]})
    low, usual, high = (
        np.array([law["awarded_ratio"].given[name] for law in own_law], dtype=np.float64)
        for name in ("least", "usual", "most")
    )
    medians = np.array([law["decision_days"].given["median"] for law in own_law])
    draws, draw = _draws(here, shared)
    lines = Lines(
        here.id,
        here.amount,
        here.place,
        np.array([found.index(_beta(law["success"])) for law in own_law], dtype=np.int64),
        draw,
        low,
        usual,
        high,
        medians,
        arrives(medians, general["decision_days"], (horizon - as_of).days),
    )
    projects = _projects(here, base, medians)
    capacity = here.capacity if horizon <= date(as_of.year, 12, 31) else None
    return Model(
        as_of,
        horizon,
        lines,
        projects,
        tuple(found),
        draws,
        shared,
        general,
        here.raised,
        here.partner,
        here.own,
        capacity,
    )


def arrives(medians: Array, law: Assumption, days: int) -> Array:
    """Return the chance that an answer comes within so many days, by its law's median."""
    from scipy.special import ndtr

    if days <= 0:
        return np.zeros(len(medians))
    return np.asarray(ndtr((np.log(days) - np.log(np.maximum(medians, 1e-9))) / law.given["sd"]))


def _beta(law: Assumption) -> tuple[float, float]:
    return law.given["wins"], law.given["losses"]


def _moved(
    known: Mapping[str, Assumption], moves: tuple[Moved, ...], programme: str
) -> dict[str, Assumption]:
    """Return the assumptions as a scenario moves them, for the requests of one programme ("" : for all)."""
    found = dict(known)
    for one in moves:
        if one.programme in ("", programme):
            found[one.assumption] = found[one.assumption].centred(one.value)
    return found


def _draws(here: Read, shared: Shared) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return what success is drawn for, by name, and the place of each request's draw."""
    if shared == "all":
        return ("",), np.zeros(len(here.id), dtype=np.int64)
    names = here.id if shared == "none" else here.programme
    known = sorted({*names})
    return tuple(known), np.array([known.index(name) for name in names], dtype=np.int64)


def _projects(here: Read, base: Read, medians: Array) -> Projects:
    """Return the projects; what partners were still to be asked for is the base's, less what more own funds bring."""
    asked = np.bincount(here.place, here.amount, minlength=len(here.project)) if len(here.place) else 0.0
    before = {id: place for place, id in enumerate(base.project)}
    places = [before.get(id, -1) for id in here.project]
    planned = here.cost - here.granted - asked
    if base is not here and len(base.project):
        base_asked = (
            np.bincount(base.place, base.amount, minlength=len(base.project)) if len(base.place) else 0.0
        )
        base_planned = base.cost - base.granted - base_asked
        planned = np.where(np.array(places) >= 0, base_planned[places], planned)
    longest = np.zeros(len(here.project))
    np.maximum.at(longest, here.place, medians)
    return Projects(
        here.project,
        here.own_funds,
        here.cost,
        here.granted,
        np.maximum(np.nan_to_num(planned - here.own_funds), 0.0),
        here.has_plan,
        np.where(here.has_begun, 0.0, longest / YEAR),
    )


def quantile(model: Model, input: str, level: float) -> float:
    """Return what an uncertain input stays under with a chance ``level``, in its assumption's unit."""
    return laws.quantile(model.assumed[input], level)
