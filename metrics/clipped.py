"""What the law's clip does to each plan: more own funds, or a lower grant, than the same scenario that only shows the breach."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from metrics.definitions import Catalogue
from metrics.leverage import leverage
from metrics.results import Engine
from metrics.scenario import Scenario
from metrics.whatif import under

DRIVER, WAY, SHOWN = "min_own_share", "clip", "show"
CENT = 0.005


@dataclass(frozen=True)
class Clip:
    """One plan that the clip changed, in euros, before and after."""

    project_id: str
    title: str
    own: tuple[float, float]
    public: tuple[float, float]

    def as_json(self) -> dict[str, Any]:
        """Return the part of ``metrics whatif --json``."""
        sides = {
            name: {"before": one[0], "after": one[1]}
            for name, one in (("own", self.own), ("public", self.public))
        }
        return {"project": self.project_id, "title": self.title, **sides}


def clipped(engine: Engine, catalogue: Catalogue, scenario: Scenario, as_of: date) -> tuple[Clip, ...]:
    """Return the plans that the minimum own share made change, the most first; () where nothing is clipped."""
    shown = _only_shown(scenario)
    if shown == scenario:
        return ()
    before, after = (
        {plan.project_id: plan for plan in leverage(under(engine, one), catalogue, as_of).plans}
        for one in (shown, scenario)
    )
    found = [
        Clip(id, plan.title, (before[id].own or 0.0, plan.own or 0.0), (before[id].public, plan.public))
        for id, plan in after.items()
        if id in before
    ]
    changed = [one for one in found if _size(one) > CENT]
    return tuple(sorted(changed, key=lambda one: (-_size(one), one.project_id)))


def _size(one: Clip) -> float:
    return abs(one.own[1] - one.own[0]) + abs(one.public[1] - one.public[0])


def _only_shown(scenario: Scenario) -> Scenario:
    """Return the scenario whose law only shows what breaks it."""
    uses = tuple(
        replace(use, values=tuple((name, SHOWN if name == WAY else value) for name, value in use.values))
        if use.driver == DRIVER
        else use
        for use in scenario.uses
    )
    return Scenario(uses, scenario.label)
