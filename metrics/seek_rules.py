"""What binds a scenario: the minimum own share of each plan, its cost, the debt that savings can bear. Which of it a scenario breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from metrics import breaches, compute
from metrics.compile import Question
from metrics.definitions import Catalogue
from metrics.drivers import Driver
from metrics.leverage import Leverage, Plan, leverage
from metrics.results import Engine
from metrics.scenario import Scenario, relations
from metrics.statement import TOWN
from metrics.whatif import under

Kind = Literal["own_share", "over_cost", "debt", "bound", "turning", "apart", "still", "unknown"]
DEBT = "debt_payback_years"
MOST_DEBT = 12.0  # years of gross savings; a scorecard's parameter debt_ceiling_years replaces it
CENTS = 0.05  # euros: every line of a plan is rounded to the cent
PLANS = frozenset({"projects", "financings", "partners", "programmes"})


@dataclass(frozen=True)
class Rule:
    """Why a goal is not reached. ``plans``: those whose own share would be too small, or that would be over their cost; ``limit``: the
    bound, ceiling or share.
    """

    kind: Kind
    limit: float | None = None
    plans: tuple[str, ...] = ()


class Law:
    """The law over one scenario and its variants: what a variant breaks that the base did not."""

    def __init__(
        self, engine: Engine, catalogue: Catalogue, base: Scenario, as_of: date, driver: Driver
    ) -> None:
        self.engine, self.catalogue, self.as_of = engine, catalogue, as_of
        moved, self._has_cost = frozenset(driver.relations), not driver.is_law_alone
        self._has_plans = bool(moved & PLANS) and "rebase_on" in catalogue.parameters
        self._has_debt = "budgets" in moved and DEBT in catalogue.every
        before = self.plans(base).plans if self._has_plans else ()
        self._before = {plan.project_id for plan in _broken(before)}
        self._money = {plan.project_id: plan for plan in before}
        self._debt = self.debt(base) if self._has_debt else None

    @property
    def ceiling(self) -> float:
        """Years of gross savings that the debt may not exceed."""
        own = self.catalogue.parameters.get("debt_ceiling_years")
        return float(own) if isinstance(own, (int, float)) else MOST_DEBT

    def plans(self, scenario: Scenario) -> Leverage:
        """The plans won at the date under a scenario."""
        return leverage(under(self.engine, scenario), self.catalogue, self.as_of)

    def debt(self, scenario: Scenario) -> float | None:
        """Years that the debt would take out of gross savings; None where they are not positive."""
        return reading(self.engine, self.catalogue, DEBT, scenario, self.as_of, "")

    def broken(self, scenario: Scenario) -> tuple[Rule, ...]:
        """Return what the scenario breaks anew."""
        found = []
        if self._has_plans:
            plans = self.plans(scenario).plans
            told = [plan for plan in _broken(plans) if plan.project_id not in self._before]
            if told:
                share = max(plan.min_own_share for plan in told)
                found.append(Rule("own_share", share, tuple(plan.project_id for plan in told)))
            over = tuple(plan.project_id for plan in plans if self._has_cost and self._is_over(plan))
            found += [Rule("over_cost", 1.0, over)] if over else []
        if self._has_debt:
            years = self.debt(scenario)
            lost = years is None and self._debt is not None  # no savings left to pay it with
            if lost or (years is not None and years > max(self.ceiling, self._debt or 0.0) + 1e-9):
                found.append(Rule("debt", self.ceiling))
        return tuple(found)

    def _is_over(self, plan: Plan) -> bool:
        """Say whether partners bring more than before beyond a plan's cost; one that was over it may not be worse."""
        before = self._money.get(plan.project_id)
        if before and plan.partner + plan.earlier_public <= before.partner + before.earlier_public + CENTS:
            return False
        return _excess(plan) > (_excess(before) if before else 0.0) + CENTS


def _excess(plan: Plan) -> float:
    """Return the euros that a plan brings beyond its cost."""
    found = breaches.over_cost(plan)
    return (found.excess if found else None) or 0.0


def _broken(plans: Sequence[Plan]) -> list[Plan]:
    return [plan for plan in plans if plan.verdict == "breach"]


def reading(
    engine: Engine, catalogue: Catalogue, kpi: str, scenario: Scenario, as_of: date, scope: str
) -> float | None:
    """Return a KPI's value under a scenario, without interval or judgement; None: unknown."""
    by = compute.DIMENSION if scope else None
    bare = replace(catalogue.every[kpi], interval=None)
    if by and by not in bare.by:
        return None
    question = Question([as_of], by, town=by is None, bounds=False)
    (found,) = compute.results(engine, catalogue, [bare], question, relations(scenario))
    wanted: Mapping[str, float] = dict(zip(found.scope, found.part("value"), strict=True))
    value = wanted.get(f"={scope}" if scope else TOWN)
    return None if value is None else compute.known(value)
