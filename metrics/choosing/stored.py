"""Candidates of the store: its open files at a date, with what lines, own funds and posts are known of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from metrics.choosing.question import CENT, OWN, STAFF, Candidate
from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.results import Engine
from metrics.statement import Statement
from schemas.text import Text

# Which open files are candidates: works not begun, a plan won, a request pending, either of both, every one.
WHICH: Mapping[str, str] = {
    "not_started": "NOT is_started",
    "funded": "awarded_lines > 0",
    "pending": "pending_lines > 0",
    "funded_or_pending": "awarded_lines + pending_lines > 0",
    "open": "TRUE",
}
EVEN = Text(
    "Fonds propres répartis également de l'année de début à l'année de fin ; ETP prévus chaque année du projet.",
    "Own funds spread evenly from the start year to the end year; planned FTE in every year of the project.",
)
UNASKED = Text(
    "Ce que le plan ne couvre pas encore compte comme argent public devant la loi.",
    "What the plan does not cover yet counts as public money where the law is judged.",
)
PENDING = Text(
    "Les demandes en attente sont comptées pour leur montant sollicité.",
    "Pending requests count for what they ask.",
)
NO_START = Text("Année de début inconnue : la première année.", "Start year unknown: the first year.")
LEFT_OUT = Text(
    "Laissés de côté, coût, fonds propres ou ETP inconnus, ou début après ces années : {ids}.",
    "Left out, cost, own funds or FTE unknown, or start after these years: {ids}.",
)
NAMES = (
    *(
        "id",
        "title",
        "theme",
        "lead_directorate",
        "objective",
        "territory_code",
        "departement",
        "cost",
        "own",
    ),
    *("min_own_share", "has_derogation", "fte", "start_year", "end_year", "requires", "is_started"),
    "requires_met",
)
TRAITS = ("theme", "lead_directorate", "objective", "territory_code", "departement")


@dataclass(frozen=True)
class Asked:
    """Which open files, over which years; ``but`` are ids left out of the candidates."""

    which: str
    years: tuple[int, ...]
    is_free: bool = False
    directorate: str = ""
    with_points: bool = False
    but: tuple[str, ...] = ()


def stored(
    engine: Engine, catalogue: Catalogue, as_of: date, asked: Asked
) -> tuple[tuple[Candidate, ...], tuple[Text, ...]]:
    """Return the store's candidates at a date, and what was assumed of them. Raises BadEntry where there is none."""
    from metrics.choosing.points import scored

    rows = [row for row in _projects(engine, catalogue, as_of, asked) if row["id"] not in asked.but]
    lines = _lines(engine, catalogue, as_of)
    made = [(row, _candidate(row, lines.get(row["id"], ()), asked)) for row in rows]
    found = tuple(one for _, one in made if one is not None)
    if not found:
        from metrics.choosing.reading import no_candidates

        raise no_candidates()
    known = {one.id for one in found}
    left_out = ", ".join(row["id"] for row, one in made if one is None)
    assumed = [EVEN]
    assumed += [UNASKED] if any(one.unasked > CENT for one in found) else []
    assumed += [PENDING] if any(one.pending for one in found) else []
    assumed += [NO_START] if any(row["start_year"] is None for row, one in made if one is not None) else []
    assumed += [LEFT_OUT.format(ids=left_out)] if left_out else []
    asks = {row["id"]: row["requires"] for row in rows if row["requires"] and not row["requires_met"]}
    found = tuple(replace(one, requires=(asks[one.id],)) if one.id in asks else one for one in found)
    if asked.with_points:
        found = scored(engine, catalogue, as_of, found)
    assert known == {one.id for one in found}
    return found, tuple(assumed)


def _projects(engine: Engine, catalogue: Catalogue, as_of: date, asked: Asked) -> list[dict[str, Any]]:
    t = literal(as_of)
    statement = Statement(engine.relations, catalogue.parameters)
    statement.put(
        "asked_of",
        f"""SELECT project_id,
            SUM(CASE WHEN awarded_on <= {t} THEN 1 ELSE 0 END) AS awarded_lines,
            SUM(CASE WHEN awarded_on <= {t} OR refused_on <= {t} OR requested_on > {t} THEN 0 ELSE 1 END) AS pending_lines
        FROM plan_lines WHERE cancelled_on IS NULL OR cancelled_on > {t} GROUP BY project_id""",
    )
    statement.put(
        "files",
        f"""SELECT p.*, COALESCE(p.works_started_on <= {t}, FALSE) AS is_started,
            COALESCE(a.awarded_lines, 0) AS awarded_lines, COALESCE(a.pending_lines, 0) AS pending_lines,
            COALESCE(r.outcome = 'completed' OR r.works_started_on <= {t}, FALSE) AS requires_met
        FROM projects AS p
        LEFT JOIN asked_of AS a ON a.project_id = p.project_id
        LEFT JOIN projects AS r ON r.project_id = p.requires_project_id
        WHERE p.opened_on <= {t} AND (p.closed_on IS NULL OR p.closed_on > {t})
            AND COALESCE(p.project_owner, 'city') = 'city'""",
    )
    part = " AND lead_directorate = ?" if asked.directorate else ""
    select = f"""
        SELECT project_id, title, theme, lead_directorate, objective, territory_code, departement, total_cost_amount,
            own_funds_amount, COALESCE(min_own_share, 0.2), COALESCE(has_derogation, FALSE), planned_fte, start_year,
            end_year, requires_project_id, is_started, requires_met
        FROM files WHERE {WHICH[asked.which]}{part} ORDER BY project_id
    """
    rows = engine.rows(
        statement.text(select, ["plan_lines"]), [asked.directorate] if asked.directorate else []
    )
    return [dict(zip(NAMES, row, strict=True)) for row in rows]


def _lines(
    engine: Engine, catalogue: Catalogue, as_of: date
) -> dict[str, list[tuple[str, bool, bool, float]]]:
    """Return the living lines by project, as (partner kind, public or not, pending or not, euros); refused ones are not there."""
    t = literal(as_of)
    select = f"""
        SELECT project_id, COALESCE(partner_kind, '?'), COALESCE(is_public, TRUE),
            COALESCE(awarded_on > {t}, TRUE) AS is_pending,
            CASE WHEN awarded_on <= {t} THEN awarded_amount ELSE requested_amount END
        FROM plan_lines
        WHERE (cancelled_on IS NULL OR cancelled_on > {t}) AND (refused_on IS NULL OR refused_on > {t})
            AND (requested_on IS NULL OR requested_on <= {t}) AND (awarded_on <= {t} OR requested_on IS NOT NULL)
        ORDER BY project_id, financing_id
    """
    found: dict[str, list[tuple[str, bool, bool, float]]] = {}
    statement = Statement(engine.relations, catalogue.parameters)
    for id, kind, is_public, is_pending, amount in engine.rows(statement.text(select, ["plan_lines"])):
        found.setdefault(id, []).append((kind, bool(is_public), bool(is_pending), float(amount or 0.0)))
    return found


def _candidate(
    row: Mapping[str, Any], lines: "list[tuple[str, bool, bool, float]] | tuple[()]", asked: Asked
) -> Candidate | None:
    """Return one open file as a candidate; None where its cost, own funds or posts are unknown, or it starts after these years."""
    start = row["start_year"] or asked.years[0]
    if None in (row["cost"], row["own"], row["fte"]) or start > asked.years[-1]:
        return None
    cost, own, years = float(row["cost"]), float(row["own"]), max((row["end_year"] or start) - start + 1, 1)
    public = sum(amount for _, is_public, _, amount in lines if is_public)
    private = sum(amount for _, is_public, _, amount in lines if not is_public)
    partners: dict[str, float] = {}
    for kind, _, _, amount in lines:
        partners[kind] = partners.get(kind, 0.0) + amount
    return Candidate(
        row["id"],
        row["title"],
        cost,
        public,
        private,
        {OWN: (own / years,) * years, STAFF: (float(row["fte"]),) * years},
        _starts(row, start, asked),
        pending=sum(amount for _, _, is_pending, amount in lines if is_pending),
        unasked=max(cost - own - public - private, 0.0),
        min_own_share=float(row["min_own_share"]),
        has_derogation=bool(row["has_derogation"]),
        traits={name: str(row[name]) for name in TRAITS if row[name] is not None}
        | {"works": "started" if row["is_started"] else "not_started"},
        partners=partners,
        is_present=row["start_year"] is not None,
    )


def _starts(row: Mapping[str, Any], start: int, asked: Asked) -> tuple[int, ...]:
    """Return the years a file may start in: its own, and any later one where years are free and its works have not begun."""
    if not asked.is_free or row["is_started"]:
        return (start,)
    return tuple(year for year in asked.years if year >= start)
