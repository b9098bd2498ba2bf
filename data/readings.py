"""The stored readings: replaced by whole KPIs, emptied when they cannot be trusted."""

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.connection import quoted
from data.layout import READINGS
from data.problems import NotStored
from schemas.text import Text


def replace(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, kpis: Sequence[str]) -> None:
    """Delete all readings of ``kpis`` and insert the rows of ``frame``, in one transaction, then count."""
    with connection.cursor() as cursor:
        cursor.register("given_readings", frame)
        cursor.execute("BEGIN")
        try:
            cursor.execute("DELETE FROM main.readings WHERE list_contains(?, kpi)", [list(kpis)])
            _insert(cursor, frame)
        except duckdb.Error:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")
        cursor.unregister("given_readings")
    _count_again(connection, len(frame), kpis)


def clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty the readings: a screen then says that they are unknown, rather than show what no longer holds."""
    connection.execute("DELETE FROM main.readings")


def _insert(cursor: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> None:
    """Insert by column name; a column that the frame lacks stays null."""
    if frame.empty:
        return
    names = [name for name in READINGS if name in frame.columns]
    values = ", ".join(f"CAST({quoted(name)} AS {READINGS[name]})" for name in names)
    listed = ", ".join(map(quoted, names))
    cursor.execute(f"INSERT INTO main.readings ({listed}) SELECT {values} FROM given_readings")


def _count_again(connection: duckdb.DuckDBPyConnection, meant: int, kpis: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        sql = "SELECT count(*) FROM main.readings WHERE list_contains(?, kpi)"
        found = cursor.execute(sql, [list(kpis)]).fetchall()[0][0]
    if found != meant:
        raise NotStored(FEWER.format(meant=meant, found=found))


FEWER = Text(
    "Les valeurs des indicateurs n'ont pas été enregistrées ({found} au lieu de {meant}). Que faire : recommencez.",
    "The indicators' values were not stored ({found} instead of {meant}). What to do: try again.",
)
