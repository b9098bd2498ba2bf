"""What the store says about itself: its data date, how fresh each table is, its history, where rows came from."""

import json
import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from data.connection import quoted
from data.layout import UNTRACED
from data.report import Freshness, ImportRecord, Origin
from data.rewrite import NOTE
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text

Rows = Callable[..., list[tuple[Any, ...]]]  # rows(sql, params)

MONTHS = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})))?")


def data_date(rows: Rows) -> date | None:
    """Return the last event of all tables; where no table has events, the end of the last period."""
    events = [day for day in (_last_event(rows, table) for table in TABLES) if day]
    return max(events or _period_ends(rows), default=None)


def freshness(rows: Rows) -> list[Freshness]:
    """Return rows, last event and last import of each table, in the tables' order; a copy only notes its survey answers."""
    at = {record.import_id: record.at for record in history(rows)}
    found = []
    for table in TABLES:
        sql = f"SELECT count(*), max(_import) FROM kept.{quoted(table)} WHERE _until IS NULL"
        count, last = _answers(rows, table) if table in UNTRACED else rows(sql)[0]
        found.append(Freshness(table, count, _last_event(rows, table), last, at.get(last)))
    return found


def _answers(rows: Rows, table: str) -> tuple[int | None, int | None]:
    """Return how many survey answers there are, as it may be told, and the last import that brought some; of their items nothing."""
    if table != "survey_answers":
        return None, None
    told = rows("SELECT value FROM main.meta WHERE name = ?", [NOTE])
    note = json.loads(told[0][0]) if told else {}
    return note.get("rows"), note.get("last_import")


def history(rows: Rows) -> list[ImportRecord]:
    """Return all imports and undos, the first first."""
    sql = """SELECT i.import, i.kind, i.at, i.actor, i.reader, i.counts, i.undone_by, i.undoes,
                    (SELECT count(*) FROM main.warnings w WHERE w.import = i.import),
                    (SELECT list(DISTINCT s.file ORDER BY s.file) FROM main.sources s WHERE s.import = i.import)
             FROM main.imports i ORDER BY i.import"""
    return [_record(*row) for row in rows(sql)]


def warnings(rows: Rows, number: int) -> list[Fault]:
    """Return the warnings that import ``number`` was stored with, in the order of its files."""
    sql = """SELECT file, sheet, row, "column", value, rule, message_fr, message_en, mend_fr, mend_en
             FROM main.warnings WHERE import = ? ORDER BY position"""
    return [_warning(*row) for row in rows(sql, [number])]


def provenance(rows: Rows, ids: Iterable[int]) -> list[Origin]:
    """Return the origin of each row, in the order asked; survey answers and unknown numbers are left out."""
    asked = [int(number) for number in ids]
    parts = [_origins(table) for table in TABLES if table not in UNTRACED]
    sql = f"""SELECT o._id, o.kind, o._key, o._import, i.at, s.file, s.sheet, o._row
              FROM ({" UNION ALL ".join(parts)}) o
              JOIN main.imports i ON i.import = o._import LEFT JOIN main.sources s ON s.source = o._source
              WHERE list_contains(?, o._id)"""
    found = {row[0]: _origin(*row) for row in rows(sql, [asked])}
    return [found[number] for number in asked if number in found]


def _warning(file: Any, sheet: Any, row: Any, column: Any, value: Any, rule: str, *words: str) -> Fault:
    return Fault(file, sheet, row, column, value, rule, "warning", Text(*words[:2]), Text(*words[2:]))


def _last_event(rows: Rows, table: str) -> date | None:
    names = [c.name for c in TABLES[table].columns if c.is_event and c.kind == "date"]
    if not names:
        return None
    latest = ", ".join(f"max({quoted(name)})" for name in names)
    return max((day for day in rows(f"SELECT {latest} FROM main.{quoted(table)}")[0] if day), default=None)


def _period_ends(rows: Rows) -> list[date]:
    ends = []
    for table in TABLES.values():
        for column in table.columns:
            if column.kind == "period":
                sql = f"SELECT DISTINCT {quoted(column.name)} FROM main.{quoted(table.name)}"
                ends += [end for (period,) in rows(sql) if (end := period_end(period))]
    return ends


def period_end(period: str | None) -> date | None:
    """Return the last day of 2015, 2015-Q2 or 2015-06; None for anything else."""
    match = MONTHS.fullmatch(period or "")
    if not match:
        return None
    year, quarter, month = match.groups()
    last = int(month or 0) or 3 * int(quarter or 4)
    return date(int(year), last, monthrange(int(year), last)[1]) if 1 <= last <= 12 else None


def _origins(table: str) -> str:
    return f"SELECT _id, '{table}' AS kind, _key, _import, _source, _row FROM kept.{quoted(table)}"


def _origin(number: int, table: str, key: str, import_id: int, at: datetime, *place: Any) -> Origin:
    parts = TABLES[table].key
    shown = " · ".join(json.loads(key)) if len(parts) > 1 else key if parts else ""
    return Origin(number, table, shown, import_id, at.replace(tzinfo=UTC), *place)


def _record(
    number: int, kind: str, at: datetime, actor: str, reader: str | None, counts: str, *rest: Any
) -> ImportRecord:
    undone_by, undoes, warnings, files = rest
    told = json.loads(counts)
    parts = [told.get(name, {}) for name in ("added", "changed", "unchanged", "taken_back")]
    moment = at.replace(tzinfo=UTC)
    added, changed, unchanged, back = parts
    names = tuple(files or ())
    return ImportRecord(
        number,
        kind,
        moment,
        actor,
        reader,
        names,
        added,
        changed,
        unchanged,
        back,
        warnings,
        undone_by,
        undoes,
    )
