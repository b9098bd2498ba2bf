"""What the file looks like inside: all versions in schema ``kept``, current rows as views, and its own version."""

import hashlib
from collections.abc import Iterator

import duckdb

from data.connection import quoted
from data.problems import StoreDamaged, StoreTooNew
from schemas.tables import TABLES, duckdb_type
from schemas.text import Text

VERSION = 1

# From version n to n + 1, in order: MIGRATIONS[0] leads from 1 to 2. A new table or a new column needs none:
# ``adapt`` adds it, empty, and an empty column leaves every fingerprint as it was.
MIGRATIONS: tuple[str, ...] = ()

# Survey answers keep neither file nor row, so that an answer cannot be traced to its author.
UNTRACED = frozenset({"survey_answers", "survey_items"})

TRACE = {"_source": "INTEGER", "_row": "INTEGER"}
HISTORY = {"_id": "BIGINT", "_key": "VARCHAR", "_import": "INTEGER", "_until": "INTEGER"}
BOOKS = {
    "imports": {
        "import": "INTEGER", "kind": "VARCHAR", "at": "TIMESTAMP", "actor": "VARCHAR", "reader": "VARCHAR",
        "forced_table": "VARCHAR", "counts": "VARCHAR", "undone_by": "INTEGER", "undoes": "INTEGER",
    },
    "sources": {
        "source": "INTEGER", "import": "INTEGER", "file": "VARCHAR", "sheet": "VARCHAR", "sha256": "VARCHAR",
    },
    "seen": {"import": "INTEGER", "_id": "BIGINT"},
    "catalogues": {"import": "INTEGER", "shipped": "VARCHAR", "name": "VARCHAR", "text": "VARCHAR"},
    "warnings": {
        "import": "INTEGER", "position": "INTEGER", "file": "VARCHAR", "sheet": "VARCHAR", "row": "INTEGER",
        "column": "VARCHAR", "value": "VARCHAR", "rule": "VARCHAR", "message_fr": "VARCHAR",
        "message_en": "VARCHAR", "mend_fr": "VARCHAR", "mend_en": "VARCHAR",
    },
}  # fmt: skip
# The YAML texts that a sealed week was read with, folder by folder: only frozen copies have rows.
SEALED_TEXTS = {"layer": "INTEGER", "name": "VARCHAR", "text": "VARCHAR"}
READINGS = {
    "kpi": "VARCHAR", "as_of": "DATE", "period": "VARCHAR", "dimension": "VARCHAR", "scope": "VARCHAR",
    "value": "DOUBLE", "numerator": "DOUBLE", "denominator": "DOUBLE", "n": "BIGINT", "low": "DOUBLE",
    "high": "DOUBLE", "coverage": "DOUBLE", "score": "DOUBLE", "status": "VARCHAR", "reason": "VARCHAR",
    "version": "INTEGER", "target": "DOUBLE", "variation": "VARCHAR", "assurance": "VARCHAR",
    "definition": "VARCHAR",
}  # fmt: skip


def business_columns(table: str) -> dict[str, str]:
    """Return the DuckDB types of a table's own columns, in their order."""
    return {column.name: duckdb_type(column) for column in TABLES[table].columns}


def kept_columns(table: str) -> dict[str, str]:
    """Return all columns of ``kept.<table>``: its own, then where each version comes from and until when it held."""
    return business_columns(table) | HISTORY | ({} if table in UNTRACED else TRACE)


def tables() -> dict[str, dict[str, str]]:
    """Return every table of the file, qualified, with its columns and types."""
    kept = {f"kept.{quoted(name)}": kept_columns(name) for name in TABLES}
    books = {f"main.{quoted(name)}": columns for name, columns in BOOKS.items()}
    own = {"readings": READINGS, "sealed_texts": SEALED_TEXTS}
    return kept | books | {f"main.{quoted(name)}": columns for name, columns in own.items()}


def adapt(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing (tables, columns, views) in one transaction; does nothing on an up-to-date file."""
    if _meta(connection).get("layout") == fingerprint():
        return
    connection.execute("BEGIN")
    for statement in _tables():
        connection.execute(statement)
    for statement in [*_missing_columns(connection), *map(_view, TABLES)]:
        connection.execute(statement)
    put_meta(connection, "store_version", str(VERSION))
    put_meta(connection, "layout", fingerprint())
    connection.execute("COMMIT")


def version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the store's version, 0 for an empty file; raises StoreDamaged for another program's database."""
    held = _meta(connection)
    if "store_version" in held:
        return int(held["store_version"])
    if connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()[0][0]:
        raise StoreDamaged(FOREIGN)
    return 0


def migrate(connection: duckdb.DuckDBPyConnection, held: int) -> None:
    """Run the migrations from version ``held`` on, each in its transaction. Raises StoreTooNew."""
    if held > VERSION:
        raise StoreTooNew(TOO_NEW.format(held=held, known=VERSION))
    for number in range(max(held, 1), VERSION):
        connection.execute(f"BEGIN; {MIGRATIONS[number - 1]}")
        put_meta(connection, "store_version", str(number + 1))
        connection.execute("COMMIT")


def put_meta(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Write one line of the store's own notes."""
    connection.execute("DELETE FROM main.meta WHERE name = ?", [name])
    connection.execute("INSERT INTO main.meta VALUES (?, ?)", [name, value])


def get_meta(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Read one line of the store's own notes."""
    return _meta(connection).get(name)


def _meta(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    try:
        return dict(connection.execute("SELECT name, value FROM main.meta").fetchall())
    except duckdb.CatalogException:
        return {}


def _tables() -> list[str]:
    lines = [
        "CREATE SCHEMA IF NOT EXISTS kept",
        "CREATE TABLE IF NOT EXISTS main.meta (name VARCHAR, value VARCHAR)",
    ]
    for table, columns in tables().items():
        listed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
        lines.append(f"CREATE TABLE IF NOT EXISTS {table} ({listed})")
    return lines


def _missing_columns(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield one ALTER for each column that the file's tables lack, read once the tables exist."""
    listed = connection.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns()"
    ).fetchall()
    held = {(f"{schema}.{quoted(table)}", column) for schema, table, column in listed}
    for table, columns in tables().items():
        for name, kind in columns.items():
            if (table, name) not in held:
                yield f"ALTER TABLE {table} ADD COLUMN {quoted(name)} {kind}"


def _view(table: str) -> str:
    listed = ", ".join(quoted(name) for name in [*business_columns(table), "_id"])
    body = f"SELECT {listed} FROM kept.{quoted(table)} WHERE _until IS NULL"
    return f"CREATE OR REPLACE VIEW main.{quoted(table)} AS {body}"


def fingerprint() -> str:
    """Return what changes with any table, column or view of the file."""
    return hashlib.sha256("\n".join([*_tables(), *map(_view, TABLES)]).encode()).hexdigest()


FOREIGN = Text(
    "Ce fichier est une base d'un autre programme. Que faire : indiquez un autre fichier dans LEVIER_STORE.",
    "This file is another program's database. What to do: name another file in LEVIER_STORE.",
)
TOO_NEW = Text(
    "Les données ont été écrites par une version plus récente de Levier (format {held}, connu : {known}). "
    "Que faire : installez la version récente du programme.",
    "The data were written by a later version of Levier (format {held}, known: {known}). "
    "What to do: install the recent version of the program.",
)
