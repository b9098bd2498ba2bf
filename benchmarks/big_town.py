"""A town a hundred times the demo: its rows again and again under other ids, in a DuckDB file of plain tables."""

import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schemas.tables import TABLES  # noqa: E402

CSV = ROOT / "data" / "demo" / "csv"
KEYS = ("project_id", "partner_id", "financing_id", "practice", "session_id", "requires_project_id")
ONCE = (
    "staff",
    "programmes",
    "budgets",
    "milestones",
    "survey_answers",
    "kpi_values",
    "practices",
    "practice_sessions",
    "targets",
    "rebases",
    "annotations",
    "scenarios",
)  # a bigger town has no more years


def make(path: Path, times: int) -> duckdb.DuckDBPyConnection:
    """Fill a new database at ``path`` with the demo's rows ``times`` over and return an open connection."""
    path.unlink(missing_ok=True)
    connection = duckdb.connect(str(path))
    number = 0
    for table in TABLES.values():
        connection.execute(_select(table, 1 if table.name in ONCE else times, number))
        number += 100_000_000
    connection.execute(f"CREATE TABLE readings AS SELECT * FROM ({_no_reading()}) AS none")
    connection.execute(
        "CREATE TABLE catalogues (import INTEGER, shipped VARCHAR, name VARCHAR, text VARCHAR)"
    )
    connection.execute("CHECKPOINT")
    return connection


def _select(table: object, times: int, number: int) -> str:
    columns = table.columns  # type: ignore[attr-defined]
    if not (CSV / f"{table.name}.csv").exists():  # type: ignore[attr-defined]
        empty = ", ".join(f"CAST(NULL AS {column.duckdb_type}) AS {column.name}" for column in columns)
        return f"CREATE TABLE {table.name} AS SELECT CAST(NULL AS BIGINT) AS _id, {empty} WHERE FALSE"  # type: ignore[attr-defined]
    cells = ", ".join(_cell(column, times) for column in columns)
    types = ", ".join(f"'{column.name}': 'VARCHAR'" for column in columns)
    source = f"read_csv('{CSV / table.name}.csv', header = true, all_varchar = true, columns = {{{types}}})"  # type: ignore[attr-defined]
    return (
        f"CREATE TABLE {table.name} AS SELECT {number} + row_number() OVER () AS _id, {cells} "  # type: ignore[attr-defined]
        f"FROM {source} AS t CROSS JOIN range({times}) AS copies(copy)"
    )


def _cell(column: object, times: int) -> str:
    name, kind = column.name, column.duckdb_type  # type: ignore[attr-defined]
    if name in KEYS and times > 1:
        return f"CASE WHEN t.{name} IS NOT NULL THEN concat(t.{name}, '-', copy) END AS {name}"
    return f"CAST(t.{name} AS {kind}) AS {name}"


def _no_reading() -> str:
    text = ("kpi", "period", "dimension", "scope", "status", "reason")
    numbers = ("value", "numerator", "denominator", "low", "high", "coverage", "score")
    cells = [f"CAST(NULL AS VARCHAR) AS {name}" for name in text] + [
        f"CAST(NULL AS DOUBLE) AS {name}" for name in numbers
    ]
    cells += ["CAST(NULL AS DATE) AS as_of", "CAST(NULL AS BIGINT) AS n", "CAST(NULL AS INTEGER) AS version"]
    return f"SELECT {', '.join(cells)} WHERE FALSE"
