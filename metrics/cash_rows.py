"""What the cash of the plans is worked out from, read once: works and their dates, grants with their rules, what was paid, how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from metrics.cash_paid import Later, Paid, paid_so_far
from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.flows import Days, Values
from metrics.results import Engine
from metrics.statement import Statement

VAT = 0.20
INTERIM = 0.80  # where a programme's rule says nothing: no advance, interims up to 80 %, the rest at the end
NAMES = (
    *(
        "project_id",
        "title",
        "cost",
        "own",
        "vat",
        "eligible",
        "started_on",
        "ended_on",
        "start_year",
        "end_year",
    ),
    *(
        "financing_id",
        "amount",
        "programme",
        "awarded_on",
        "contracted_on",
        "advance",
        "interim",
        "is_on_gross",
    ),
)


@dataclass(frozen=True)
class Grant:
    """One line awarded: its amount (contracted where it is), the shares its programme pays early, and what came in so far.

    ``late``: days that it takes more than usual.
    """

    financing_id: str
    amount: float
    opens: date
    advance: float
    interim: float
    is_on_gross: bool
    paid_on: Days
    paid: Values
    late: int = 0


@dataclass(frozen=True)
class Works:
    """One project with a plan. ``start`` and ``end`` None: nothing says when."""

    project_id: str
    title: str
    cost: float
    own: float | None
    vat: float
    eligible: float
    start: date | None
    end: date | None
    grants: tuple[Grant, ...]

    @property
    def gross(self) -> float:
        """Cost including VAT."""
        return self.cost * (1 + self.vat)

    @property
    def granted(self) -> float:
        """All money awarded."""
        return sum(one.amount for one in self.grants)


@dataclass(frozen=True)
class Kept:
    """What a scenario is asked about, because the base has it: projects, financing lines; and how many days later programmes pay."""

    projects: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    late: Later = field(default_factory=Later)


def kept_of(found: tuple[Works, ...]) -> Kept:
    """Return the projects of a reading with their lines."""
    lines = tuple(grant.financing_id for one in found for grant in one.grants)
    return Kept(tuple(one.project_id for one in found), lines)


def works(
    engine: Engine,
    catalogue: Catalogue,
    as_of: date,
    scope: Mapping[str, str],
    kept: Kept | None = None,
) -> tuple[Works, ...]:
    """Return the projects with a line won by ``as_of`` since the change of method, with all lines awarded to them and alive.

    ``kept`` count besides: its projects whatever they won, unless they were abandoned by then; its lines whenever they are awarded.
    """
    kept, paid = kept or Kept(), paid_so_far(engine, catalogue, as_of)
    found: dict[str, list[dict[str, Any]]] = {}
    for line in _lines(engine, catalogue, as_of, scope, kept):
        found.setdefault(line["project_id"], []).append(line)
    return tuple(_works(lines, paid, kept.late, as_of) for lines in found.values())


def _works(lines: list[dict[str, Any]], paid: Paid, late: Later, as_of: date) -> Works:
    first = lines[0]
    start, end = _dates(first, as_of)
    grants = tuple(_grant(line, paid, late, start, as_of) for line in lines if line["financing_id"])
    cost, own = first["cost"] or 0.0, first["own"]
    vat = VAT if first["vat"] is None else first["vat"]
    eligible = 1.0 if first["eligible"] is None else first["eligible"]
    return Works(first["project_id"], first["title"], cost, own, vat, eligible, start, end, grants)


def _dates(row: Mapping[str, Any], as_of: date) -> tuple[date | None, date | None]:
    """Return when works begin and end: as they did, else in the years planned; what did not happen yet is still to come."""
    start, end = row["started_on"], row["ended_on"]
    if start is None and row["start_year"] is not None:
        start = max(date(int(row["start_year"]), 1, 1), as_of)
    if end is None and row["end_year"] is not None:
        end = date(int(row["end_year"]), 12, 31)
        end = end if end > as_of else date(as_of.year, 12, 31)  # behind its plan: not before the year is over
    if start is None or end is None:
        return None, None
    return start, max(end, start)


def _grant(line: Mapping[str, Any], paid: Paid, late: Later, start: date | None, as_of: date) -> Grant:
    signed = line["contracted_on"] or max(line["awarded_on"], as_of)
    on, amounts = paid.get(line["financing_id"], (np.zeros(0, "datetime64[D]"), np.zeros(0)))
    advance = 0.0 if line["advance"] is None else line["advance"]
    interim = INTERIM if line["interim"] is None else line["interim"]
    opens = max(signed, start) if start else signed
    return Grant(
        line["financing_id"],
        line["amount"],
        opens,
        advance,
        interim,
        bool(line["is_on_gross"]),
        on,
        amounts,
        late.of(line["programme"]),
    )


def _lines(
    engine: Engine, catalogue: Catalogue, as_of: date, scope: Mapping[str, str], kept: Kept
) -> list[dict[str, Any]]:
    t = literal(as_of)
    part = "".join(f" AND l.{name} = ?" for name in scope)
    projects, lines = (", ".join("?" for _ in ids) or "NULL" for ids in (kept.projects, kept.lines))
    statement = Statement(engine.relations, catalogue.parameters)
    statement.put(
        "dated_rules",
        "SELECT programme, max_advance, max_interim, rate_base, fctva_deductible, valid_from, "
        "LEAD(valid_from) OVER (PARTITION BY programme ORDER BY valid_from) AS next_from FROM programmes",
    )
    statement.put(
        "alive",
        f"SELECT l.*, l.awarded_on <= {t} AS is_won, l.contracted_on <= {t} OR l.awarded_on > {t} AS is_signed "
        f"FROM plan_lines AS l WHERE (l.awarded_on <= {t} OR (l.awarded_on > {t} AND l.financing_id IN ({lines}))) "
        f"AND l.awarded_amount IS NOT NULL AND (l.cancelled_on IS NULL OR l.cancelled_on > {t}){part}",
    )
    statement.put(
        "won",
        "SELECT l.project_id FROM alive AS l CROSS JOIN parameters AS q WHERE l.is_won AND l.awarded_on >= q.rebase_on "
        f"UNION SELECT p.project_id FROM projects AS p WHERE p.project_id IN ({projects}) "
        f"AND NOT (p.outcome IS NOT DISTINCT FROM 'abandoned' AND COALESCE(p.closed_on <= {t}, FALSE))",
    )
    select = """
        SELECT p.project_id, p.title, CAST(p.total_cost_amount AS DOUBLE) AS cost,
            CAST(p.own_funds_amount AS DOUBLE) AS own, p.vat_rate, p.fctva_share, p.works_started_on,
            p.works_ended_on, p.start_year, p.end_year, l.financing_id,
            CAST(CASE WHEN l.is_signed THEN COALESCE(l.contracted_amount, l.awarded_amount) ELSE l.awarded_amount END AS DOUBLE) AS amount,
            l.programme, l.awarded_on, CASE WHEN l.is_signed THEN l.contracted_on END AS contracted_on,
            r.max_advance, r.max_interim,
            COALESCE(r.rate_base = 'gross' AND r.fctva_deductible, FALSE) AS is_on_gross
        FROM won AS w
        JOIN projects AS p ON p.project_id = w.project_id
        LEFT JOIN alive AS l ON l.project_id = w.project_id
        LEFT JOIN dated_rules AS r ON r.programme = l.programme
            AND r.valid_from <= COALESCE(l.requested_on, l.awarded_on)
            AND (r.next_from IS NULL OR r.next_from > COALESCE(l.requested_on, l.awarded_on))
        ORDER BY p.project_id, l.financing_id
    """
    rows = engine.rows(statement.text(select, ["plan_lines"]), [*kept.lines, *scope.values(), *kept.projects])
    return [dict(zip(NAMES, row, strict=True)) for row in rows]
