"""Fingerprints of what the tables hold, the same for any order of the rows."""

import hashlib
from collections.abc import Iterable, Mapping

import duckdb

from data.connection import quoted

# Nothing at all has this fingerprint.
EMPTY = hashlib.sha256(b"").hexdigest()

BOOKS = ("imports", "sources", "seen", "catalogues", "warnings")


def content(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of all current rows of all tables, by their own columns (not import, row, id)."""
    found = _columns(connection, "kept")
    own = {f"kept.{quoted(t)}": [n for n in names if not n.startswith("_")] for t, names in found.items()}
    return _combined(connection, own, "_until IS NULL")


def state(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of everything an import or an undo writes: all versions, origins, imports, catalogue."""
    kept = {f"kept.{quoted(table)}": names for table, names in _columns(connection, "kept").items()}
    books = {f"main.{quoted(t)}": names for t, names in _columns(connection, "main").items() if t in BOOKS}
    return _combined(connection, kept | books)


def readings(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of the stored readings."""
    found = _columns(connection, "main")
    return _combined(connection, {"main.readings": found["readings"]} if "readings" in found else {})


def row_text(names: Iterable[str]) -> str:
    """Return the SQL of one text per row, different for any two rows that differ in these columns."""
    return f"concat({', '.join(_cell(name) for name in names)})"


def _columns(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[str]]:
    """Return the columns that the file has (not those the program knows), tables and columns by name."""
    sql = """SELECT table_name, list(column_name ORDER BY column_name) FROM duckdb_columns()
             WHERE schema_name = ? AND database_name = current_database() GROUP BY 1 ORDER BY 1"""
    return dict(connection.execute(sql, [schema]).fetchall())


def _combined(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, list[str]], where: str = "true"
) -> str:
    """Return one fingerprint of the tables that have rows; a table without any counts as absent."""
    if not tables:
        return EMPTY
    counted = [f"SELECT '{table}', count(*) FROM {table} WHERE {where}" for table in tables]
    counts = dict(connection.execute(" UNION ALL ".join(counted)).fetchall())
    filled = [table for table in tables if counts[table]]
    lines = [f"{t} {counts[t]} {_of_rows(connection, t, tables[t], where)}\n" for t in filled]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _of_rows(connection: duckdb.DuckDBPyConnection, table: str, names: list[str], where: str) -> str:
    """Return one fingerprint of the sorted fingerprints of the rows."""
    rows = f"SELECT sha256({row_text(names)}) AS h FROM {table} WHERE {where}"
    return connection.execute(f"SELECT sha256(string_agg(h, '' ORDER BY h)) FROM ({rows})").fetchall()[0][0]


def _cell(name: str) -> str:
    """Name, length, text: no two different rows look alike. Nulls are left out, so a new empty column changes nothing."""
    text = f"CAST({quoted(name)} AS VARCHAR)"
    return f"CASE WHEN {quoted(name)} IS NULL THEN '' ELSE concat('{name}:', strlen({text}), ':', {text}) END"
