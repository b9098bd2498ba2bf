"""Money awarded, grants about to lapse, and financing plans that break the minimum own share. The law is that of the views
and of metrics/leverage.py: it stands nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from metrics.change import Change, Tone
from metrics.changing_weight import of_size, weigh
from metrics.clock import working_day
from metrics.dates import literal
from metrics.leverage import Plan, leverage
from metrics.statement import Statement
from metrics.states import State, kept_by_state

LINE = ("financing_id", "project_id", "title", "directorate", "partner_id", "partner", "programme", "nature")
COLUMNS = "l.financing_id, l.project_id, l.title, l.lead_directorate, l.partner_id, l.partner, l.programme, l.nature"


def money_changes(since: State, until: State) -> list[Change]:
    """Return what was awarded, what may lapse, and the plans at fault."""
    return [*_awarded(since, until), *_lapses(since, until), *_plans(since, until)]


def day_of(state: State) -> date:
    """Return the day that deadlines are counted from: today where the data are fresh, else the state's date."""
    return working_day(state.as_of, state.today) if state.today else state.as_of


def _rows(state: State, view: str, more: str, where: str) -> list[dict[str, Any]]:
    part = " AND l.lead_directorate = ?" if state.scope else ""
    select = f"SELECT {COLUMNS}, {more} FROM {view} AS l WHERE {where}{part} ORDER BY l.financing_id"
    text = Statement(state.engine.relations, state.catalogue.parameters).text(select, [view])
    names = (*LINE, *(name.split(".")[1] for name in more.split(", ")))
    rows = state.engine.rows(text, [state.scope] if state.scope else [])
    return [dict(zip(names, row, strict=True)) for row in rows]


def _awarded(since: State, until: State) -> list[Change]:
    first, last = literal(since.as_of), literal(until.as_of)
    where = (
        f"l.awarded_on > {first} AND l.awarded_on <= {last} "
        f"AND (l.cancelled_on IS NULL OR l.cancelled_on > {last})"
    )
    rows = _rows(until, "city_lines", "l.awarded_on, l.awarded_amount", where)
    return [_line("awarded", "good", row, _amount(row), True) for row in rows]


def _amount(row: Mapping[str, Any]) -> float | None:
    return None if row["awarded_amount"] is None else float(row["awarded_amount"])


def _line(
    kind: str, tone: Tone, row: Mapping[str, Any], amount: float | None, is_new: bool, **told: Any
) -> Change:
    facts = {name: row[name] for name in (*LINE, "awarded_on")} | {"amount": amount} | told
    passed = 0.5 if told.get("is_passed") else 0.0
    weight = weigh(kind, is_new=is_new, shade=passed + of_size(amount) * (1 - passed))
    return Change(
        f"{kind}:{row['financing_id']}", kind, tone, weight, is_new,
        project=row["project_id"], partner=row["partner_id"] or "", facts=facts,
    )  # fmt: skip


@kept_by_state
def at_risk(state: State) -> Mapping[str, Mapping[str, Any]]:
    """Return the awarded lines whose works have not started and must start within six months or should have (KPI P4.2)."""
    t, day = literal(state.as_of), literal(day_of(state))
    where = f"l.awarded_on <= {t} AND (l.ended_on IS NULL OR l.ended_on > {t}) AND l.at_risk_on <= {day}"
    rows = _rows(state, "unstarted_lines", "l.awarded_on, l.awarded_amount, l.start_deadline_on", where)
    return {row["financing_id"]: row for row in rows}


def _lapses(since: State, until: State) -> list[Change]:
    old, now, found = at_risk(since), at_risk(until), []
    for id, row in now.items():
        left = (row["start_deadline_on"] - day_of(until)).days
        before = (old[id]["start_deadline_on"] - day_of(since)).days if id in old else None
        is_new = before is None or (left < 0 <= before)
        told = {"deadline": row["start_deadline_on"], "days_left": left, "is_passed": left < 0}
        found.append(_line("lapse", "bad", row, _amount(row), is_new, **told))
    return found


@kept_by_state
def plans(state: State) -> Mapping[str, Plan]:
    """Return the won plans at the state's date, by project, with their legal verdict; none under a scorecard without ``rebase_on``."""
    if "rebase_on" not in state.catalogue.parameters:
        return {}
    scope = {"lead_directorate": state.scope} if state.scope else {}
    found = leverage(state.engine, state.catalogue, state.as_of, scope)
    return {plan.project_id: plan for plan in found.plans}


def _plans(since: State, until: State) -> list[Change]:
    """Return the plans that break the rule, those that have just come to its limit, and those that were put right."""
    old, found = plans(since), []
    for id, plan in plans(until).items():
        then = old[id].verdict if id in old else None
        if plan.verdict == "breach":
            found.append(_plan(plan, then, "bad", "plan", then != "breach"))
        elif plan.verdict == "on_the_limit" and then != "on_the_limit":
            found.append(_plan(plan, then, "neutral", "near", True))
        elif then == "breach":
            found.append(_plan(plan, then, "good", "kpi_good", True))
    return found


def _plan(plan: Plan, then: str | None, tone: Tone, rank: str, is_new: bool) -> Change:
    facts = {
        "title": plan.title,
        "directorate": plan.lead_directorate,
        "verdict": plan.verdict,
        "verdict_then": then,
        "own_share": plan.own_share,
        "min_own_share": plan.min_own_share,
        "own": plan.own,
        "public": plan.public + plan.earlier_public,
    }
    weight = weigh(rank, is_new=is_new, shade=of_size(plan.partner))
    return Change(
        f"plan:{plan.project_id}", "plan", tone, weight, is_new, project=plan.project_id, facts=facts
    )
