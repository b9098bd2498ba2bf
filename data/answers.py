"""The answers of one wave, whole: those of the usual questions with those to optional scales. They stay with the writer."""

from typing import Any

import duckdb

from data.connection import quoted
from schemas.tables import TABLES

ANSWERS, ITEMS = "survey_answers", "survey_items"


def of_wave(connection: duckdb.DuckDBPyConnection, wave: str) -> list[dict[str, Any]]:
    """Return the wave's answers, column -> value, with those to scales under their items' codes; None is not answered.

    Reads the writer's own file: published copies have none. The order is that of the store, which is no order at all.
    """
    names = [column.name for column in TABLES[ANSWERS].columns]
    listed = ", ".join(map(quoted, names))
    current = f"FROM kept.{quoted(ANSWERS)} WHERE _until IS NULL AND wave = ? ORDER BY _id"
    rows = connection.execute(f"SELECT {listed} {current}", [wave]).fetchall()
    items = _items(connection, wave)
    asked = dict.fromkeys(sorted({item for own in items.values() for item in own}))
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [row | asked | items.get(row["answer_id"], {}) for row in found]


def _items(connection: duckdb.DuckDBPyConnection, wave: str) -> dict[str, dict[str, float | None]]:
    """Return item -> value by answer."""
    sql = f"SELECT answer_id, item, value FROM kept.{quoted(ITEMS)} WHERE _until IS NULL AND wave = ?"
    found: dict[str, dict[str, float | None]] = {}
    for answer, item, value in connection.execute(sql, [wave]).fetchall():
        found.setdefault(answer, {})[item] = value
    return found
