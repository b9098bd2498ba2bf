"""What the sheets of a project and of a partner read: rows as known at the date, kept by (role, store, version).

Every call requires ``read_rows``. Amounts whose event comes after the date are left out.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from data.access import require
from metrics.leverage import Plan, leverage
from pages.parts.once import SHEETS, kept
from pages.parts.reads import Reads, in_force
from pages.parts.source import Source

Row = dict[str, Any]
LIKE = 0.7  # Jaro-Winkler: an identifier less like the one asked for is not meant
LINES = """
    SELECT f._id, f.financing_id, f.project_id, p.title, f.partner_id, a.name AS partner, f.programme, f.nature,
        COALESCE((SELECT ANY_VALUE(r.is_public ORDER BY r.valid_from) FROM programmes AS r
            WHERE r.programme = f.programme AND r.valid_from <= COALESCE(f.requested_on, f.awarded_on)
                AND (r.valid_to IS NULL OR r.valid_to >= COALESCE(f.requested_on, f.awarded_on))), a.sector = 'public') AS is_public,
        f.requested_on, CASE WHEN f.requested_on <= $day THEN f.requested_amount END AS requested_amount,
        CASE WHEN f.awarded_on <= $day THEN f.awarded_amount END AS awarded_amount,
        CASE WHEN f.awarded_on <= $day THEN f.awarded_on END AS awarded_on,
        CASE WHEN f.contracted_on <= $day THEN f.contracted_amount END AS contracted_amount,
        (SELECT SUM(y.amount) FROM payments AS y WHERE y.financing_id = f.financing_id AND y.paid_on <= $day) AS paid_amount,
        f.refused_on <= $day AS is_refused, f.cancelled_on <= $day AS is_cancelled
    FROM financings AS f
    LEFT JOIN projects AS p ON p.project_id = f.project_id
    LEFT JOIN partners AS a ON a.partner_id = f.partner_id
    WHERE f.{key} = ? AND (f.requested_on IS NULL OR f.requested_on <= $day)
    ORDER BY f.requested_on, f.financing_id
"""


def project(source: Source, id: str) -> Row | None:
    """A project's row by column; None when there is none."""
    return _one(source, "projects", "project_id", id)


def partner(source: Source, id: str) -> Row | None:
    """A partner's row by column; None when there is none."""
    return _one(source, "partners", "partner_id", id)


def stages(source: Source, id: str) -> list[Row]:
    """A project's stages entered by the date, the first first; one left later is still open."""
    sql = f"SELECT * REPLACE (CASE WHEN left_on <= {_day(source)} THEN left_on END AS left_on) FROM stages WHERE project_id = ? AND entered_on <= {_day(source)} ORDER BY entered_on"
    return listed(source, sql, id)


def lines(source: Source, key: str, id: str) -> list[Row]:
    """The financing lines of a project (``project_id``) or of a partner (``partner_id``) requested by the date."""
    assert key in ("project_id", "partner_id")
    return listed(source, LINES.replace("{key}", key).replace("$day", _day(source)), id)


def interactions(source: Source, id: str) -> list[tuple[int, str, int]]:
    """A partner's interactions by year and kind up to the date: (year, kind, how many), the last year first."""
    sql = f"SELECT YEAR(held_on) AS year, kind, COUNT(*) AS n FROM interactions WHERE partner_id = ? AND held_on <= {_day(source)} GROUP BY ALL ORDER BY year DESC, kind"
    return [(row["year"], row["kind"], row["n"]) for row in listed(source, sql, id)]


def last_event(source: Source, id: str) -> date | None:
    """The day of a partner's last interaction, request, award, contract or payment up to the date."""
    events = [
        "SELECT held_on AS d FROM interactions WHERE partner_id = $id",
        *(
            f"SELECT {name} AS d FROM financings WHERE partner_id = $id"
            for name in ("requested_on", "awarded_on", "contracted_on")
        ),
        "SELECT y.paid_on AS d FROM payments AS y JOIN financings AS f ON f.financing_id = y.financing_id WHERE f.partner_id = $id",
    ]
    union = " UNION ALL ".join(events).replace("$id", "(SELECT id FROM asked)")
    sql = f"WITH asked AS (SELECT ? AS id) SELECT MAX(d) AS last FROM ({union}) AS events WHERE d <= {_day(source)}"
    found: date | None = listed(source, sql, id)[0]["last"]
    return found


@kept(maxsize=SHEETS)
def _plan(kept: Reads, as_of: date, id: str) -> Plan | None:
    catalogue = in_force(kept, as_of, "")
    found = leverage(kept.store.engine(kept.actor), catalogue, as_of, {"project_id": id})
    return next(iter(found.plans), None)


def plan(source: Source, id: str) -> Plan | None:
    """A project's won plan at the date, with its legal verdict; None while nothing is won since the methods changed."""
    require(source.actor, "read_rows")
    return _plan(source.reads, source.as_of, id) if source.as_of else None


def nearest(source: Source, table: str, id: str) -> list[tuple[str, str]]:
    """The (identifier, name) of the three rows whose identifier is most like an unknown one."""
    require(source.actor, "read_rows")
    key, name = {"projects": ("project_id", "title"), "partners": ("partner_id", "name")}[table]
    like = f"JARO_WINKLER_SIMILARITY(LOWER({key}), LOWER(?))"
    sql = f"SELECT {key}, {name}, {like} AS near FROM {table} ORDER BY near DESC, {key} LIMIT 3"
    return [(key, name) for key, name, near in source.engine.rows(sql, [id[:60]]) if near >= LIKE]


def _one(source: Source, table: str, key: str, id: str) -> Row | None:
    found = listed(source, f"SELECT * FROM {table} WHERE {key} = ?", id)
    return found[0] if found else None


def listed(source: Source, sql: str, id: str) -> list[Row]:
    """The rows that a SELECT with one ``?`` gives for an identifier, each by column. Raises Forbidden without ``read_rows``."""
    require(source.actor, "read_rows")
    columns: dict[str, Sequence[Any]] = source.engine.frame(sql, [id]).to_dict("list")
    names = list(columns)
    return [
        {name: _plain(cell) for name, cell in zip(names, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]


def _plain(cell: Any) -> Any:
    """A frame's cell as Python's: no NaN, no NaT, dates without midnight."""
    if cell is None or cell != cell:
        return None
    if hasattr(cell, "to_pydatetime"):
        return cell.to_pydatetime().date()
    return cell.item() if hasattr(cell, "item") else cell


def _day(source: Source) -> str:
    assert source.as_of is not None
    return f"DATE '{source.as_of.isoformat()}'"
