"""Fingerprints of what the tables hold, the same for any order of the rows."""

import hashlib
from collections.abc import Iterable

import duckdb

from data.connection import quoted

# Nothing at all has this fingerprint.
EMPTY = hashlib.sha256(b"").hexdigest()

BOOKS = ("imports", "sources", "seen", "catalogues", "warnings")


def content(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of all current rows of all tables, by their own columns (not import, row, id)."""
    found = _columns(connection, "kept")
    own = {table: [name for name in names if not name.startswith("_")] for table, names in found.items()}
    return _combined(
        (name, _table(connection, f"kept.{quoted(name)}", own[name], "_until IS NULL")) for name in own
    )


def state(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of everything an import or an undo writes: all versions, origins, imports, catalogue."""
    kept = [(f"kept.{quoted(name)}", names) for name, names in _columns(connection, "kept").items()]
    books = _columns(connection, "main")
    kept += [(f"main.{quoted(name)}", books[name]) for name in BOOKS if name in books]
    return _combined((name, _table(connection, name, names, "true")) for name, names in kept)


def readings(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the fingerprint of the stored readings."""
    names = _columns(connection, "main").get("readings")
    return _combined([("readings", _table(connection, "main.readings", names, "true"))]) if names else EMPTY


def row_text(names: Iterable[str]) -> str:
    """Return the SQL of one text per row, different for any two rows that differ in these columns."""
    return f"concat({', '.join(_cell(name) for name in names)})"


def _columns(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[str]]:
    """Return the columns that the file has (not those the program knows), tables and columns by name."""
    sql = """SELECT c.table_name, list(c.column_name ORDER BY c.column_name) FROM duckdb_columns() c
             JOIN duckdb_tables() t USING (database_name, schema_name, table_name)
             WHERE c.schema_name = ? AND NOT t.temporary GROUP BY 1 ORDER BY 1"""
    return dict(connection.execute(sql, [schema]).fetchall())


def _table(
    connection: duckdb.DuckDBPyConnection, table: str, names: Iterable[str], where: str
) -> tuple[int, str]:
    """Return how many rows there are and one fingerprint of their sorted fingerprints."""
    rows = f"SELECT sha256({row_text(names)}) AS h FROM {table} WHERE {where}"
    sql = f"SELECT count(*), coalesce(sha256(string_agg(h, '' ORDER BY h)), '') FROM ({rows})"
    count, digest = connection.execute(sql).fetchall()[0]
    return count, digest


def _cell(name: str) -> str:
    """Name, length, text: no two different rows look alike. Nulls are left out, so a new empty column changes nothing."""
    text = f"CAST({quoted(name)} AS VARCHAR)"
    return f"CASE WHEN {quoted(name)} IS NULL THEN '' ELSE concat('{name}:', strlen({text}), ':', {text}) END"


def _combined(parts: Iterable[tuple[str, tuple[int, str]]]) -> str:
    lines = [f"{name} {count} {digest}\n" for name, (count, digest) in parts if count]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
