"""Which rules of the law a financing plan breaks, and by how much.

The minimum own share is metrics.leverage's verdict (CGCT L1111-10 III). Beside it the dated rules of the programmes, as they were when
the money was asked for: the most that one programme pays of the cost, the most that public aid may reach together (State grants among
themselves for the DETR family, R2334-27), works begun before the request to the State (R2334-24), works not begun in time (R2334-28).
The base of a rate is the total cost excluding VAT, or with it where the programme says so.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.leverage import Plan
from metrics.results import Engine
from metrics.statement import Statement

Rule = Literal["own_share", "over_cost", "public_cap", "state_cap", "rate", "early_start", "lapse"]
STATE_FAMILY = "detr_dsil_dpv"  # capped among themselves; every other cap is on all public aid
STATE = frozenset({STATE_FAMILY, "state_2018_514"})
CENT = 0.005
NAMES = (
    *(
        "project_id",
        "financing_id",
        "programme",
        "family",
        "is_public",
        "awarded",
        "requested_on",
        "deadline_on",
    ),
    *("max_rate", "cap", "cost", "gross_cost", "is_gross", "works_on", "closed_on"),
)


@dataclass(frozen=True)
class Breach:
    """One rule that a plan breaks: ``share`` against ``limit``, or ``day`` for a date.

    ``excess``: euros of money too much; ``missing``: own euros that would mend it instead (minimum own share alone). ``line``: the
    financing line, "" for the whole plan.
    """

    rule: Rule
    share: float | None = None
    limit: float | None = None
    excess: float | None = None
    missing: float | None = None
    line: str = ""
    day: date | None = None


def breaches(plan: Plan, lines: list[dict[str, Any]], as_of: date) -> tuple[Breach, ...]:
    """Return what a plan breaks at a date; ``lines`` are its own, of ``awarded_lines``."""
    found = [own_share(plan), over_cost(plan), *_caps(lines), *_rates(lines), *_dates(lines, as_of)]
    return tuple(one for one in found if one is not None)


def own_share(plan: Plan) -> Breach | None:
    """Return the breach of the minimum own share: own euros missing, or public euros too many, either of which mends it."""
    if plan.verdict != "breach" or plan.own is None:
        return None
    least, public = plan.min_own_share, plan.public + plan.earlier_public
    missing = (least * (plan.own + public) - plan.own) / (1 - least) if least < 1 else None
    return Breach("own_share", plan.own_share, least, public + plan.own - plan.own / least, missing)


def over_cost(plan: Plan) -> Breach | None:
    """Return the breach of a plan that brings more than its cost."""
    if plan.cost is None:
        return None
    money = (plan.own or 0.0) + plan.partner + plan.earlier_public
    excess = money - plan.cost
    return Breach("over_cost", _over(money, plan.cost), 1.0, excess) if excess > CENT else None


def _caps(lines: list[dict[str, Any]]) -> list[Breach]:
    """Return the breaches of the caps on public aid together, and on State grants together."""
    state = [line for line in lines if line["family"] == STATE_FAMILY]
    public = [line for line in lines if line["is_public"]]
    capped = [line for line in public if line["family"] != STATE_FAMILY]
    found = [_cap("state_cap", state, state), _cap("public_cap", public, capped)]
    return [one for one in found if one is not None]


def _cap(rule: Rule, counted: list[dict[str, Any]], bound: list[dict[str, Any]]) -> Breach | None:
    limits = [line["cap"] for line in bound if line["cap"] is not None]
    if not limits or not counted[0]["cost"]:
        return None
    money, cost, limit = sum(line["awarded"] for line in counted), counted[0]["cost"], min(limits)
    excess = money - limit * cost
    return Breach(rule, money / cost, limit, excess) if excess > CENT else None


def _rates(lines: list[dict[str, Any]]) -> list[Breach]:
    """Return the lines above the most that their programme pays of the cost."""
    found = []
    for line in lines:
        cost = line["gross_cost"] if line["is_gross"] else line["cost"]
        if line["max_rate"] is None or not cost:
            continue
        excess = line["awarded"] - line["max_rate"] * cost
        if excess > CENT:
            found.append(
                Breach("rate", line["awarded"] / cost, line["max_rate"], excess, None, line["financing_id"])
            )
    return found


def _dates(lines: list[dict[str, Any]], as_of: date) -> list[Breach]:
    """Return the State lines whose works began before the request, and the lines whose works did not begin in time."""
    found = []
    for line in lines:
        works, asked, last = line["works_on"], line["requested_on"], line["deadline_on"]
        if line["family"] in STATE and works and asked and works < asked:
            found.append(Breach("early_start", line=line["financing_id"], day=works))
        is_open = line["closed_on"] is None or line["closed_on"] > as_of
        if last and last < as_of and is_open and (works is None or works > as_of):
            found.append(Breach("lapse", excess=line["awarded"], line=line["financing_id"], day=last))
    return found


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def awarded_lines(engine: Engine, catalogue: Catalogue, as_of: date) -> list[dict[str, Any]]:
    """Return every line awarded by ``as_of`` and alive, with the rules of its programme when it was asked for, as NAMES says."""
    t = literal(as_of)
    statement = Statement(engine.relations, catalogue.parameters)
    statement.put(
        "dated_rules",
        "SELECT programme, family, max_rate, cumulation_cap, rate_base, valid_from, "
        "LEAD(valid_from) OVER (PARTITION BY programme ORDER BY valid_from) AS next_from FROM programmes",
    )
    select = f"""
        SELECT l.project_id, l.financing_id, l.programme, r.family, COALESCE(l.is_public, TRUE) AS is_public,
            CAST(l.awarded_amount AS DOUBLE) AS awarded, l.requested_on, l.start_deadline_on,
            r.max_rate, r.cumulation_cap, CAST(p.total_cost_amount AS DOUBLE) AS cost,
            CAST(p.total_cost_amount AS DOUBLE) * (1 + COALESCE(p.vat_rate, 0.2)) AS gross_cost,
            COALESCE(r.rate_base = 'gross', FALSE) AS is_gross, p.works_started_on, p.closed_on
        FROM plan_lines AS l
        JOIN projects AS p ON p.project_id = l.project_id
        LEFT JOIN dated_rules AS r ON r.programme = l.programme
            AND r.valid_from <= COALESCE(l.requested_on, l.awarded_on)
            AND (r.next_from IS NULL OR r.next_from > COALESCE(l.requested_on, l.awarded_on))
        WHERE l.awarded_on <= {t} AND l.awarded_amount IS NOT NULL AND (l.cancelled_on IS NULL OR l.cancelled_on > {t})
        ORDER BY l.project_id, l.financing_id
    """
    rows = engine.rows(statement.text(select, ["plan_lines"]))
    return [dict(zip(NAMES, row, strict=True)) for row in rows]
