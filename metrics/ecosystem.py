"""The practices of innovation at a date: how far each has come, who tried it, what they said, what it cost in hours.

Sums rest on the views that the KPIs A2.* and A3.* read, so a practice's figures add up to the KPIs'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from metrics import clopper
from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.results import Engine
from metrics.statement import Statement

State = Literal["imagined", "trialled", "validated", "deployed", "alive"]
STATES: tuple[State, ...] = ("imagined", "trialled", "validated", "deployed", "alive")
RECENT = (
    90  # days in which a session keeps a practice alive and a directorate autonomous, as KPI A2.6 counts them
)


@dataclass(frozen=True)
class Uses:
    """Sums over the sessions of a practice up to a date. None: no session told it, unknown and not 0.

    ``counted`` participants are those of the sessions whose newcomers are known; ``timed`` and ``priced`` sessions those
    whose hours and external cost are. Scores weigh by participants, over the ``scored`` sessions with both.
    """

    sessions: int = 0
    participants: int = 0
    newcomers: int | None = None
    returning: int | None = None
    counted: int | None = None
    opinions: int | None = None
    relevant: int | None = None
    hours: float | None = None
    timed: int = 0
    external_cost: float | None = None
    priced: int = 0
    last_held_on: date | None = None
    scored: int = 0
    score_before: float | None = None
    score_after: float | None = None

    @property
    def return_rate(self) -> float | None:
        """Share of attendances by people who had come before, as KPI A2.4."""
        return None if self.returning is None or not self.counted else self.returning / self.counted

    @property
    def relevance(self) -> tuple[float, float, float] | None:
        """Share of opinions "relevant" with its exact interval (Clopper-Pearson, 95 %), as KPI A2.5; None without opinions."""
        if self.relevant is None or not self.opinions:
            return None
        low, high = clopper.limits(np.array([float(self.relevant)]), np.array([float(self.opinions)]))
        return self.relevant / self.opinions, float(low[0]), float(high[0])


@dataclass(frozen=True)
class Practice:
    """One practice at a date; steps taken later are unknown then. ``last_on`` is its last session's date, wherever held.

    ``autonomous``: (directorate, sessions without the team in the last 90 days).
    """

    practice: str
    name: str
    lever: str
    revolution: int
    description: str
    trialled_on: date | None
    validated_on: date | None
    deployed_on: date | None
    last_on: date | None
    is_recent: bool
    uses: Uses
    autonomous: tuple[tuple[str, int], ...] = ()

    @property
    def state(self) -> State:
        """How far it has come: the furthest step with a date, "alive" when deployed and used in the last 90 days."""
        if self.deployed_on:
            return "alive" if self.is_recent else "deployed"
        return "validated" if self.validated_on else "trialled" if self.trialled_on else "imagined"

    @property
    def since(self) -> date | None:
        """The date of its furthest step; an "alive" one's last session is at ``last_on``."""
        return self.deployed_on or self.validated_on or self.trialled_on


@dataclass(frozen=True)
class Ecosystem:
    """The practices at a date, by their first trial, and the directorates that ran any session without the team lately."""

    as_of: date
    practices: tuple[Practice, ...]
    autonomous: tuple[tuple[str, int], ...]

    def of(self, practice: str) -> Practice | None:
        """Return a practice by its code."""
        return next((found for found in self.practices if found.practice == practice), None)


def ecosystem(engine: Engine, catalogue: Catalogue, as_of: date, directorate: str = "") -> Ecosystem:
    """Return the ecosystem at ``as_of``; with ``directorate`` sessions, opinions and hours are that directorate's alone.

    The state of a practice is the town's: it does not depend on the directorate.
    """
    uses = _uses(engine, catalogue, as_of, directorate)
    own = _autonomous(engine, catalogue, as_of, directorate)
    last = _last(engine, as_of)
    found = [_practice(row, as_of, uses, own, last) for row in _rows(engine, _PRACTICES)]
    return Ecosystem(as_of, tuple(found), own.get("", ()))


_PRACTICES = """
    SELECT practice, name, lever, revolution, description, trialled_on, validated_on, deployed_on
    FROM practices ORDER BY trialled_on NULLS LAST, practice
"""


def _practice(
    row: Mapping[str, Any],
    as_of: date,
    uses: Mapping[str, Uses],
    own: Mapping[str, tuple[tuple[str, int], ...]],
    last: Mapping[str, date],
) -> Practice:
    def known(name: str) -> date | None:
        when = row[name]
        return when if when is not None and when <= as_of else None

    code = row["practice"]
    return Practice(
        practice=code,
        name=row["name"],
        lever=row["lever"],
        revolution=int(row["revolution"]),
        description=row["description"] or "",
        trialled_on=known("trialled_on"),
        validated_on=known("validated_on"),
        deployed_on=known("deployed_on"),
        last_on=last.get(code),
        is_recent=code in last and (as_of - last[code]).days < RECENT,
        uses=uses.get(code, Uses()),
        autonomous=own.get(code, ()),
    )


def _uses(engine: Engine, catalogue: Catalogue, as_of: date, directorate: str) -> dict[str, Uses]:
    """The sums of each practice; a practice without a session is absent."""
    part = " AND u.lead_directorate = ?" if directorate else ""
    both = "r.score_before IS NOT NULL AND r.score_after IS NOT NULL"
    weight = f"NULLIF(SUM(CASE WHEN {both} THEN r.participants END), 0)"
    select = f"""
        SELECT u.practice AS practice, COUNT(*) AS sessions, SUM(u.participants) AS participants,
            SUM(u.newcomers) AS newcomers, SUM(u.returning_participants) AS returning,
            SUM(u.counted_participants) AS counted, SUM(u.opinions) AS opinions, SUM(u.opinions_relevant) AS relevant,
            SUM(s.hours) AS hours, COUNT(s.hours) AS timed,
            SUM(s.external_cost_amount) AS external_cost, COUNT(s.external_cost_amount) AS priced,
            MAX(u.held_on) AS last_held_on, SUM(CASE WHEN {both} THEN 1 ELSE 0 END) AS scored,
            SUM(CASE WHEN {both} THEN r.score_before * r.participants END) / {weight} AS score_before,
            SUM(CASE WHEN {both} THEN r.score_after * r.participants END) / {weight} AS score_after
        FROM practice_uses AS u
        JOIN sessions AS s ON s.session_id = u.session_id
        JOIN practice_sessions AS r ON r.session_id = u.session_id
        WHERE u.held_on <= {literal(as_of)} AND u.practice IS NOT NULL{part}
        GROUP BY u.practice
    """
    statement = Statement(engine.relations, catalogue.parameters)
    rows = _rows(
        engine,
        statement.text(select, ["practice_uses", "sessions"]),
        [directorate] if directorate else [],
        USES,
    )
    return {
        row.pop("practice"): Uses(**{name: _typed(name, cell) for name, cell in row.items()}) for row in rows
    }


USES = ("practice", *Uses.__dataclass_fields__)
_REAL = frozenset({"hours", "external_cost", "score_before", "score_after"})


def _typed(name: str, cell: Any) -> Any:
    if cell is None or name == "last_held_on":
        return cell
    return float(cell) if name in _REAL else int(cell)


def _autonomous(
    engine: Engine, catalogue: Catalogue, as_of: date, directorate: str
) -> dict[str, tuple[tuple[str, int], ...]]:
    """By practice, "" for sessions of any kind: directorates with sessions without the team in the window, and how many."""
    t, part = literal(as_of), " AND s.lead_directorate = ?" if directorate else ""
    select = f"""
        SELECT COALESCE(s.practice, ''), s.lead_directorate, COUNT(*)
        FROM sessions AS s
        JOIN directorates AS d ON d.directorate = s.lead_directorate
            AND d.counted_on <= {t} AND (d.replaced_on IS NULL OR d.replaced_on > {t})
        WHERE NOT s.is_run_by_team AND {_window("s.held_on", as_of)}{part}
        GROUP BY s.practice, s.lead_directorate ORDER BY s.lead_directorate
    """
    statement = Statement(engine.relations, catalogue.parameters)
    text = statement.text(select, ["sessions", "directorates"])
    found: dict[str, list[tuple[str, int]]] = {}
    every: dict[str, int] = {}
    for practice, name, n in engine.rows(text, [directorate] if directorate else []):
        every[name] = every.get(name, 0) + int(n)
        if practice:
            found.setdefault(practice, []).append((name, int(n)))
    return {code: tuple(names) for code, names in found.items()} | {"": tuple(sorted(every.items()))}


def _last(engine: Engine, as_of: date) -> dict[str, date]:
    """The last session of each practice, wherever it was held."""
    sql = (
        "SELECT practice, MAX(held_on) FROM practice_sessions WHERE kind = 'practice' AND practice IS NOT NULL "
        f"AND held_on <= {literal(as_of)} GROUP BY practice"
    )
    return dict(engine.rows(sql))


def _window(column: str, as_of: date) -> str:
    """The last 90 days, the date's own included: as long as KPI A2.6 keeps a directorate."""
    first = date.fromordinal(as_of.toordinal() - RECENT)
    return f"{column} > {literal(first)} AND {column} <= {literal(as_of)}"


def _rows(
    engine: Engine, sql: str, params: list[Any] | None = None, names: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    names = names or ("practice", "name", "lever", "revolution", "description", *STEPS)
    return [dict(zip(names, row, strict=True)) for row in engine.rows(sql, params or [])]


STEPS = ("trialled_on", "validated_on", "deployed_on")
