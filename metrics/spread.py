"""How far the approach has gone: the online course's funnel, the project group beside the staff, milestones, beneficiaries."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.results import Engine
from metrics.statement import Statement

Timing = Literal["done", "announced", "late"]
MONTHS = {"day": 0, "month": 1, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Course:
    """The online course up to a date: sums over the sessions whose enrolments and completions are both known.

    ``active`` is over those of them that know who took part; scores are (before, after) of each session that has both.
    """

    sessions: int
    enrolled: int
    active: int | None
    completed: int
    scores: tuple[tuple[date, int, float, float], ...]


@dataclass(frozen=True)
class Share:
    """A group's share of a category or sex: in the project group, and in the staff of the latest count (None without)."""

    dimension: str
    code: str
    members: int
    group: float
    staff: float | None


@dataclass(frozen=True)
class Milestone:
    """What happened or was announced: the days from ``start`` to ``end`` are as precise as its date is."""

    milestone_id: str
    start: date
    end: date
    precision: str
    kind: str
    label: str
    timing: Timing
    url: str
    source: str


@dataclass(frozen=True)
class Beneficiaries:
    """Whom the approach serves: the staff of the latest count; the people and companies of the latest known budget year."""

    staff: int | None
    counted_on: date | None
    year: int | None
    population: int | None
    companies: int | None


def course(engine: Engine, catalogue: Catalogue, as_of: date) -> Course | None:
    """Return the course's funnel at a date; None before its first session with known enrolments."""
    statement = Statement(engine.relations, catalogue.parameters)
    select = f"""
        SELECT COUNT(*), SUM(counted_enrolled), SUM(CASE WHEN counted_enrolled IS NOT NULL THEN participants END), SUM(completed)
        FROM courses WHERE held_on <= {literal(as_of)} AND counted_enrolled IS NOT NULL
    """
    sessions, enrolled, active, completed = engine.rows(statement.text(select, ["courses"]))[0]
    if not sessions or not enrolled:
        return None
    scores = engine.rows(
        "SELECT held_on, participants, score_before, score_after FROM practice_sessions WHERE kind = 'mooc' "
        f"AND held_on <= {literal(as_of)} AND score_before IS NOT NULL AND score_after IS NOT NULL ORDER BY held_on"
    )
    return Course(
        int(sessions),
        int(enrolled),
        None if active is None else int(active),
        int(completed),
        tuple((day, int(n), float(before), float(after)) for day, n, before, after in scores),
    )


def group(engine: Engine, catalogue: Catalogue, as_of: date) -> tuple[Share, ...]:
    """Return the project group's make-up beside the staff's; empty before the group exists or where none is configured."""
    given = catalogue.parameters
    since = given.get("project_group_since")
    if not isinstance(since, date) or since > as_of:
        return ()
    found: list[Share] = []
    for dimension, codes in (("sex", "FM"), ("category", "ABC")):
        members = {code: _whole(given.get(f"project_group_{code.lower()}")) for code in codes}
        heads = _heads(engine, catalogue, as_of, dimension)
        size, staff = sum(members.values()), sum(heads.values())
        found += [
            Share(dimension, code, n, n / size, heads.get(code, 0) / staff if staff else None)
            for code, n in members.items()
            if size
        ]
    return tuple(found)


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, (int, float)) else 0


def _heads(engine: Engine, catalogue: Catalogue, as_of: date, dimension: str) -> dict[str, int]:
    t = literal(as_of)
    select = (
        f"SELECT {dimension}, SUM(headcount) FROM headcounts WHERE counted_on <= {t} "
        f"AND (replaced_on IS NULL OR replaced_on > {t}) GROUP BY {dimension}"
    )
    rows = engine.rows(Statement(engine.relations, catalogue.parameters).text(select, ["headcounts"]))
    return {code: int(n) for code, n in rows}


def milestones(engine: Engine, catalogue: Catalogue, as_of: date) -> tuple[Milestone, ...]:
    """Return what had been done, or was announced, at a date, from the year in which the approach began, in order.

    What was done after the date is left out: it was not known then. "late" is announced for a time that is over.
    """
    began = catalogue.parameters.get("approach_started_on")
    first = date(began.year, 1, 1) if isinstance(began, date) else date.min
    rows = engine.rows(
        "SELECT milestone_id, happened_on, date_precision, kind, label, is_done, url, source FROM milestones "
        f"WHERE happened_on >= {literal(first)} AND (happened_on <= {literal(as_of)} OR NOT COALESCE(is_done, FALSE)) "
        "ORDER BY happened_on, milestone_id"
    )
    return tuple(_milestone(row, as_of) for row in rows)


def _milestone(row: tuple[Any, ...], as_of: date) -> Milestone:
    id, start, precision, kind, label, is_done, url, source = row
    end = span_end(start, precision)
    timing: Timing = "done" if is_done else "late" if end < as_of else "announced"
    return Milestone(id, start, end, precision, kind, label, timing, url or "", source or "")


def span_end(start: date, precision: str) -> date:
    """Return the last day of what a date of this precision may mean; it bears the first day of its period."""
    months = MONTHS.get(precision, 0)
    if not months:
        return start
    past = start.year * 12 + start.month - 1 + months
    return date.fromordinal(date(past // 12, past % 12 + 1, 1).toordinal() - 1)


def beneficiaries(engine: Engine, catalogue: Catalogue, as_of: date) -> Beneficiaries:
    """Return whom the approach serves at a date; None for what no table tells."""
    t = literal(as_of)
    select = (
        f"SELECT SUM(headcount), MAX(counted_on) FROM headcounts WHERE counted_on <= {t} "
        f"AND (replaced_on IS NULL OR replaced_on > {t})"
    )
    staff, day = engine.rows(Statement(engine.relations, catalogue.parameters).text(select, ["headcounts"]))[
        0
    ]
    known = engine.rows(
        f"SELECT year, population, companies FROM budgets WHERE year <= {as_of.year} "
        "AND (population IS NOT NULL OR companies IS NOT NULL) ORDER BY year DESC LIMIT 1"
    )
    year, people, companies = known[0] if known else (None, None, None)
    return Beneficiaries(_int(staff), day, _int(year), _int(people), _int(companies))


def _int(value: Any) -> int | None:
    return None if value is None else int(value)
