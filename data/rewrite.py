"""A database file written anew, table by table, without survey answers: no free block keeps what a row left out held."""

import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

import duckdb

from data.connection import quoted
from data.layout import UNTRACED
from data.rounding import by_table, rounded

GIVEN = "given_store"  # what the file being copied is called inside the copying connection
NOTE = "survey_answers"  # the line of ``meta`` that tells a copy's readers how many answers the store holds
Left = Literal["all"] | Collection[str]


def rewrite(source: Path, target: Path, *, without_answers: Left) -> str:
    """Copy the closed file ``source`` to the new file ``target``, see it to the disk, return its bytes' sha256.

    ``without_answers`` names the waves whose answers stay behind. With "all" none goes along, the books' counts of
    answers are rounded, and a note says how many answers there are, as it may be told. Raises duckdb.Error, OSError.
    """
    for old in (target, target.with_name(target.name + ".wal")):
        old.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"ATTACH {_text(str(source))} AS {GIVEN} (READ_ONLY)")
        connection.execute("BEGIN")
        for schema, table in _listed(connection, "duckdb_tables", "table_name"):
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
            _copy(connection, schema, table, without_answers)
        for (view,) in _views(connection):
            connection.execute(view)
        if without_answers == "all":
            connection.execute("INSERT INTO main.meta VALUES (?, ?)", [NOTE, json.dumps(_note(connection))])
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
    return _on_disk(target)


def _copy(connection: duckdb.DuckDBPyConnection, schema: str, table: str, left: Left) -> None:
    """Create one table with the rows that go along."""
    name = f"{quoted(schema)}.{quoted(table)}"
    given = f"{GIVEN}.{name}"
    select = f"SELECT * FROM {given}"
    values: list[Any] = []
    if (schema, table) == ("main", "imports") and left == "all":
        select, values = _rounded_books(connection, given)
    elif (schema, table) == ("main", "seen"):
        gone, values = _gone(connection, "_id", left)
        select += f" WHERE _id NOT IN ({gone})"
    elif (schema, table) == ("main", "meta"):
        select, values = f"{select} WHERE name <> ?", [NOTE]
    elif (schema, table) == ("kept", "survey_waves") and left == "all":
        select = f"SELECT * REPLACE (CAST(NULL AS VARCHAR) AS audited) FROM {given}"
    elif schema == "kept" and table in UNTRACED:
        gone, values = _gone(connection, "_id", left)
        select += f" WHERE _id NOT IN ({gone})"
    connection.execute(f"CREATE TABLE {name} AS {select}", values)


def _gone(connection: duckdb.DuckDBPyConnection, column: str, left: Left) -> tuple[str, list[Any]]:
    """Return the SELECT of the answers that stay behind, and its values; nobody's where there is no such table."""
    held = [pair for pair in _listed(connection, "duckdb_tables", "table_name") if pair[1] in UNTRACED]
    where, values = ("true", []) if left == "all" else ("list_contains(?, wave)", [list(left)] * len(held))
    parts = [f"SELECT {column} FROM {GIVEN}.kept.{quoted(table)} WHERE {where}" for _, table in held]
    return " UNION ALL ".join(parts) or "SELECT 0 WHERE false", values


def _rounded_books(connection: duckdb.DuckDBPyConnection, given: str) -> tuple[str, list[Any]]:
    """Return the SELECT of the imports whose counts of answers are rounded, and its values."""
    books = dict(
        connection.execute(f"SELECT import, counts FROM {given} WHERE counts IS NOT NULL").fetchall()
    )
    told = {number: _rounded(counts) for number, counts in books.items()}
    select = f"""SELECT i.* REPLACE (r.counts AS counts) FROM {given} i
                 LEFT JOIN (SELECT unnest(?::INTEGER[]) AS import, unnest(?::VARCHAR[]) AS counts) r
                 ON r.import = i.import ORDER BY i.import"""
    return select, [list(told), list(told.values())]


def _rounded(counts: str) -> str:
    return json.dumps({kind: by_table(held) for kind, held in json.loads(counts).items()})


def _note(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return how many answers the store holds, in all and by wave, when they came, and the last import that brought some."""
    held = f"{GIVEN}.kept.survey_answers WHERE _until IS NULL"
    rows, last = connection.execute(f"SELECT count(*), max(_import) FROM {held}").fetchall()[0]
    sql = f"""SELECT wave, count(*), CAST(CAST(max(i.at) AS DATE) AS VARCHAR) FROM {GIVEN}.kept.survey_answers a
              LEFT JOIN {GIVEN}.main.imports i ON i.import = a._import WHERE _until IS NULL GROUP BY 1 ORDER BY 1"""
    waves = connection.execute(sql).fetchall()
    return {
        "rows": rounded(rows),
        "last_import": last,
        "waves": {wave: rounded(count) for wave, count, _ in waves},
        "brought": {wave: day for wave, _, day in waves if day},
    }


def _listed(connection: duckdb.DuckDBPyConnection, what: str, name: str) -> list[tuple[str, str]]:
    sql = f"SELECT schema_name, {name} FROM {what}() WHERE database_name = ? AND NOT internal ORDER BY 1, 2"
    return connection.execute(sql, [GIVEN]).fetchall()


def _views(connection: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    sql = "SELECT sql FROM duckdb_views() WHERE database_name = ? AND NOT internal ORDER BY schema_name, view_name"
    return connection.execute(sql, [GIVEN]).fetchall()


def _text(value: str) -> str:
    """Return an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def _on_disk(path: Path) -> str:
    """See the file to the disk and return its bytes' sha256."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
