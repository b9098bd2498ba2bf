"""The leverage behind the number: each plan and its legal share, both readings, the ladder, what one project weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.results import Engine
from metrics.statement import Statement

Verdict = Literal["compliant", "on_the_limit", "derogation", "breach", "unknown"]
NEAR = 0.02  # above the minimum share by less than this, a cost cut on the town's own lots breaks it
USUAL_SHARE = 0.20
SLACK = 1e-9
STAGES = ("requested", "awarded", "contracted", "paid")


@dataclass(frozen=True)
class Plan:
    """One project's won plan at a date. Own funds None: unknown, left out of the leverage.

    ``earlier_public`` was awarded before the change of method: the leverage leaves it out, the law does not.
    ``is_public_known`` is False while a public amount awarded to the project is unknown.
    """

    project_id: str
    title: str
    lead_directorate: str | None
    theme: str | None
    own: float | None
    public: float
    private: float
    cost: float | None
    min_own_share: float
    has_derogation: bool
    earlier_public: float = 0.0
    is_public_known: bool = True

    @property
    def partner(self) -> float:
        """Euros of all partners."""
        return self.public + self.private

    @property
    def leverage(self) -> float | None:
        """Partner euros per own euro."""
        return self.partner / self.own if self.own else None

    @property
    def own_share(self) -> float | None:
        """Own share of the public financing, which the law bounds below: own / (own + all other public, whenever awarded)."""
        total = (self.own or 0.0) + self.public + self.earlier_public
        return None if self.own is None or total <= 0 else self.own / total

    @property
    def verdict(self) -> Verdict:
        """What the minimum own share says of the plan, as KPI P4.1 does: to the cent, a breach is certain before compliance is."""
        share = self.own_share
        if self.own is None or share is None:
            return "unknown"
        if round(self.min_own_share * (self.own + self.public + self.earlier_public), 2) > self.own:
            return "derogation" if self.has_derogation else "breach"
        if not self.is_public_known:
            return "unknown"
        return "on_the_limit" if share <= self.min_own_share + NEAR + SLACK else "compliant"


@dataclass(frozen=True)
class Rung:
    """One funding stage of the plans' lines, and the leverage it would make on the same own funds."""

    stage: str
    amount: float
    leverage: float | None


@dataclass(frozen=True)
class Leverage:
    """The plans won at a date, the largest first, and what they give together (None without known own funds)."""

    as_of: date
    plans: tuple[Plan, ...]
    ladder: tuple[Rung, ...]
    refused: float

    @cached_property
    def known(self) -> tuple[Plan, ...]:
        """The plans whose own funds are known."""
        return tuple(plan for plan in self.plans if plan.own is not None)

    @cached_property
    def own(self) -> float:
        """Own funds of the known plans."""
        return sum(plan.own or 0.0 for plan in self.known)

    @cached_property
    def public(self) -> float:
        """Other public money on the known plans."""
        return sum(plan.public for plan in self.known)

    @cached_property
    def private(self) -> float:
        """Private money on the known plans."""
        return sum(plan.private for plan in self.known)

    @cached_property
    def partner_per_own(self) -> float | None:
        """Partner euros per own euro: the KPI's reading, a ratio of sums."""
        return (self.public + self.private) / self.own if self.own else None

    @cached_property
    def total_per_own(self) -> float | None:
        """The other reading: all euros per own euro, one more."""
        return None if self.partner_per_own is None else 1 + self.partner_per_own

    @cached_property
    def cofinancing_rate(self) -> float | None:
        """Partners' share of the financing."""
        return None if self.partner_per_own is None else self.partner_per_own / (1 + self.partner_per_own)

    @cached_property
    def public_ceiling(self) -> float | None:
        """The most that public money alone may lever on these plans: (1 - m) / m, by own funds where m differs."""
        bound = [
            plan for plan in self.known if plan.min_own_share > 0 and not plan.has_derogation and plan.own
        ]
        own = sum(plan.own or 0.0 for plan in bound)
        return (
            sum((plan.own or 0.0) * (1 - plan.min_own_share) / plan.min_own_share for plan in bound) / own
            if own
            else None
        )

    @cached_property
    def left_out(self) -> Mapping[str, float]:
        """The leverage without each plan, by project, the lowest first; without those that leave no own funds."""
        own, partner = self.own, self.public + self.private
        found = {
            plan.project_id: (partner - plan.partner) / (own - (plan.own or 0.0))
            for plan in self.known
            if own - (plan.own or 0.0) > SLACK * max(own, 1.0)
        }
        return MappingProxyType(dict(sorted(found.items(), key=lambda item: item[1])))


def leverage(
    engine: Engine, catalogue: Catalogue, as_of: date, scope: Mapping[str, str] | None = None
) -> Leverage:
    """Return the plans won by ``as_of`` (since the catalogue's rebase_on), of the town or of one directorate."""
    lines = _lines(engine, catalogue, as_of, scope or {})
    won = [line for line in lines if line["is_won"]]
    plans = sorted((_plan(rows) for rows in _by_project(won).values()), key=lambda plan: -plan.partner)
    known = {plan.project_id for plan in plans if plan.own is not None}
    here = [line for line in lines if line["project_id"] in known]
    refused = sum(_amount(line["requested_amount"]) for line in here if line["is_refused"])
    return Leverage(as_of, tuple(plans), _ladder(here, sum(plan.own or 0.0 for plan in plans)), refused)


def _lines(
    engine: Engine, catalogue: Catalogue, as_of: date, scope: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return every line, known by ``as_of``, of the projects with at least one line won by then."""
    t = literal(as_of)
    alive = f"(l.cancelled_on IS NULL OR l.cancelled_on > {t})"
    won = f"l.awarded_on >= q.rebase_on AND l.awarded_on <= {t} AND {alive}"
    part = "".join(f" AND l.{name} = ?" for name in scope)
    statement = Statement(engine.relations, catalogue.parameters)
    statement.put(
        "paid",
        f"SELECT financing_id, SUM(amount) AS paid_amount FROM payments WHERE paid_on <= {t} GROUP BY financing_id",
    )
    statement.put(
        "known",
        f"SELECT l.*, {won} AS is_won FROM plan_lines AS l CROSS JOIN parameters AS q WHERE {alive}{part}",
    )
    statement.put(
        "public_money",
        "SELECT project_id, SUM(CASE WHEN is_won THEN 0 ELSE awarded_amount END) AS earlier_amount, "
        "COUNT(*) - COUNT(awarded_amount) AS unknown_lines "
        f"FROM known WHERE awarded_on <= {t} AND COALESCE(is_public, TRUE) GROUP BY project_id",
    )
    select = f"""
        SELECT l.project_id, l.title, l.lead_directorate, l.theme, l.is_won,
            COALESCE(l.is_public, TRUE) AS is_public, l.own_funds_amount, l.total_cost_amount,
            COALESCE(p.min_own_share, {USUAL_SHARE}) AS min_own_share, COALESCE(p.has_derogation, FALSE) AS has_derogation,
            CASE WHEN l.requested_on <= {t} THEN l.requested_amount END AS requested_amount,
            l.refused_on <= {t} AS is_refused,
            CASE WHEN l.is_won THEN l.awarded_amount END AS awarded_amount,
            CASE WHEN l.is_won AND l.contracted_on <= {t} THEN l.contracted_amount END AS contracted_amount,
            CASE WHEN l.is_won THEN d.paid_amount END AS paid_amount,
            m.earlier_amount, COALESCE(m.unknown_lines, 0) = 0 AS is_public_known
        FROM known AS l
        JOIN projects AS p ON p.project_id = l.project_id
        LEFT JOIN public_money AS m ON m.project_id = l.project_id
        LEFT JOIN paid AS d ON d.financing_id = l.financing_id
        WHERE l.project_id IN (SELECT project_id FROM known WHERE is_won)
            AND (l.is_won OR l.awarded_on IS NULL OR l.awarded_on > {t})
        ORDER BY l.project_id, l.financing_id
    """
    names = (
        *("project_id", "title", "lead_directorate", "theme", "is_won", "is_public", "own_funds_amount"),
        *("total_cost_amount", "min_own_share", "has_derogation", "requested_amount", "is_refused"),
        *("awarded_amount", "contracted_amount", "paid_amount", "earlier_amount", "is_public_known"),
    )
    rows = engine.rows(statement.text(select, ["plan_lines"]), list(scope.values()))
    return [dict(zip(names, row, strict=True)) for row in rows]


def _by_project(lines: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(line["project_id"], []).append(line)
    return found


def _plan(lines: list[dict[str, Any]]) -> Plan:
    first = lines[0]
    return Plan(
        project_id=first["project_id"],
        title=first["title"],
        lead_directorate=first["lead_directorate"],
        theme=first["theme"],
        own=None if first["own_funds_amount"] is None else float(first["own_funds_amount"]),
        public=sum(_amount(line["awarded_amount"]) for line in lines if line["is_public"]),
        private=sum(_amount(line["awarded_amount"]) for line in lines if not line["is_public"]),
        cost=None if first["total_cost_amount"] is None else float(first["total_cost_amount"]),
        min_own_share=float(first["min_own_share"]),
        has_derogation=bool(first["has_derogation"]),
        earlier_public=_amount(first["earlier_amount"]),
        is_public_known=bool(first["is_public_known"]),
    )


def _ladder(lines: list[dict[str, Any]], own: float) -> tuple[Rung, ...]:
    totals = {stage: sum(_amount(line[f"{stage}_amount"]) for line in lines) for stage in STAGES}
    return tuple(Rung(stage, total, total / own if own else None) for stage, total in totals.items())


def _amount(value: Any) -> float:
    return 0.0 if value is None else float(value)
