"""The law of each financing plan as it is and under a scenario: verdict, own share, which rule breaks and by how much.

The verdict is metrics.leverage's, the one KPI P4.1 gives; the other rules are those of metrics.breaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.breaches import Breach, awarded_lines, breaches
from metrics.definitions import Catalogue
from metrics.leverage import Plan, Verdict, leverage
from metrics.results import Engine
from metrics.scenario import Scenario
from metrics.whatif import under


@dataclass(frozen=True)
class Side:
    """A plan with what it breaks; ``gap`` is what nobody finances yet (negative: too much), None while cost or own funds are unknown."""

    plan: Plan
    breaches: tuple[Breach, ...]

    @property
    def verdict(self) -> Verdict:
        """What the minimum own share says of it."""
        return self.plan.verdict

    @property
    def own_share(self) -> float | None:
        """Own share of the public financing."""
        return self.plan.own_share

    @property
    def gap(self) -> float | None:
        """Cost less own funds and all money awarded."""
        plan = self.plan
        if plan.cost is None or plan.own is None:
            return None
        return plan.cost - plan.own - plan.partner - plan.earlier_public


@dataclass(frozen=True)
class Law:
    """One project's plan on both sides; None where there is no plan."""

    project_id: str
    title: str
    base: Side | None
    scenario: Side | None

    @property
    def breaks(self) -> tuple[Breach, ...]:
        """What the scenario breaks and the base does not: a rule on a line once each."""
        known = {(one.rule, one.line) for one in self.base.breaches} if self.base else set()
        return tuple(
            one
            for one in (self.scenario.breaches if self.scenario else ())
            if (one.rule, one.line) not in known
        )

    @property
    def mends(self) -> tuple[Breach, ...]:
        """What the base breaks and the scenario's plan no longer does."""
        left = {(one.rule, one.line) for one in self.scenario.breaches} if self.scenario else set()
        return tuple(
            one for one in (self.base.breaches if self.base else ()) if (one.rule, one.line) not in left
        )


def legality(
    engine: Engine,
    catalogue: Catalogue,
    scenario: Scenario,
    as_of: date,
    scope: Mapping[str, str] | None = None,
) -> tuple[Law, ...]:
    """Return each plan won by ``as_of`` on either side, the largest first, new ones of the scenario last. Raises BadEntry."""
    before = sides(engine, catalogue, as_of, scope)
    after = sides(under(engine, scenario), catalogue, as_of, scope) if scenario.uses else before
    ids = list(dict.fromkeys([*before, *after]))
    titles = {id: side.plan.title for one in (after, before) for id, side in one.items()}
    return tuple(Law(id, titles[id], before.get(id), after.get(id)) for id in ids)


def sides(
    engine: Engine, catalogue: Catalogue, as_of: date, scope: Mapping[str, str] | None = None
) -> dict[str, Side]:
    """Return the plans of one engine with what each breaks, by project, the largest first."""
    plans = leverage(engine, catalogue, as_of, scope).plans
    lines: dict[str, list[dict[str, Any]]] = {}
    for line in awarded_lines(engine, catalogue, as_of):
        lines.setdefault(line["project_id"], []).append(line)
    return {
        plan.project_id: Side(plan, breaches(plan, lines.get(plan.project_id, []), as_of)) for plan in plans
    }
