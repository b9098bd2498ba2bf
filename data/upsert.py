"""One table's rows into the store: staged, matched by key, earlier versions closed, new versions added."""

import secrets
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from data.connection import quoted
from data.digest import row_text
from data.layout import UNTRACED, business_columns, get_meta, put_meta
from schemas.tables import TABLES


@dataclass(frozen=True)
class Counts:
    """Rows of one table that an import adds, changes and finds unchanged."""

    added: int
    changed: int
    unchanged: int


def stage(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Create the temporary table ``staged_<table>``: typed columns, ``_n`` (order), ``_source``, ``_row``, ``_key``.

    The frame has ``_source``, ``_place``, ``_file`` and ``_row`` besides the table's columns. Untraced rows are shuffled first.
    """
    columns = business_columns(table)
    casts = ", ".join(f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" for name, kind in columns.items())
    connection.register("given_rows", _in_order(table, frame))
    typed = f"SELECT {casts}, _n, _source, _place, _file, _row FROM given_rows"
    sql = f"CREATE OR REPLACE TEMP TABLE {staged(table)} AS SELECT *, {_key(table)} AS _key FROM ({typed})"
    connection.execute(sql)
    connection.unregister("given_rows")


def staged(table: str) -> str:
    """Return the qualified name of the staging table."""
    return f"temp.{quoted('staged_' + table)}"


def upsert(connection: duckdb.DuckDBPyConnection, table: str, number: int) -> Counts:
    """Write the staged rows as import ``number``, in the transaction under way, and return what they did.

    A row like the current one of its key changes nothing and is noted as seen; a different one closes it.
    Of several staged rows of one key the first counts (rows without key: once per repetition within a file).
    """
    kept = f"kept.{quoted(table)}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE matched AS {_matched(table, kept)}")
    close = f"UPDATE {kept} SET _until = ? WHERE _id IN (SELECT _old FROM temp.matched WHERE _changed)"
    connection.execute(close, [number])
    _insert(connection, table, kept, number)
    same = "_old IS NOT NULL AND NOT _changed"
    seen = f"INSERT INTO main.seen SELECT ?, _old FROM temp.matched WHERE {same} ORDER BY _old"
    connection.execute(seen, [number])
    counted = f"""SELECT count(*) FILTER (_old IS NULL), count(*) FILTER (_changed), count(*) FILTER ({same})
                  FROM temp.matched"""
    counts = Counts(*connection.execute(counted).fetchall()[0])
    connection.execute("DROP TABLE temp.matched")
    return counts


def _in_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    order = list(range(len(frame)))
    if table in UNTRACED:
        # A generator nobody can replay: the order of the answers must not tell who gave them.
        secrets.SystemRandom().shuffle(order)
    return frame.iloc[order].assign(_n=np.arange(len(frame)))


def _key(table: str) -> str:
    """Return the SQL of a row's key: its key columns; without any, its content and which repetition of it."""
    key = TABLES[table].key
    if len(key) == 1:
        return f"CAST({quoted(key[0])} AS VARCHAR)"
    if key:
        parts = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in key)
        return f"CAST(to_json([{parts}]) AS VARCHAR)"
    content = f"sha256({row_text(sorted(business_columns(table)))})"
    return f"concat({content}, '#', row_number() OVER (PARTITION BY {content}, _file ORDER BY _n))"


def _matched(table: str, kept: str) -> str:
    """Return the SELECT of the staged rows with the current row of their key (``_old``) and whether it differs."""
    differs = " OR ".join(f"s.{quoted(c)} IS DISTINCT FROM k.{quoted(c)}" for c in business_columns(table))
    first = f"SELECT * FROM {staged(table)} QUALIFY row_number() OVER (PARTITION BY _key ORDER BY _n) = 1"
    return f"""SELECT s.*, k._id AS _old, k._id IS NOT NULL AND ({differs}) AS _changed
               FROM ({first}) s LEFT JOIN {kept} k ON k._key = s._key AND k._until IS NULL"""


def _insert(connection: duckdb.DuckDBPyConnection, table: str, kept: str, number: int) -> None:
    """Insert the new versions, numbered on from the last number ever given (one sequence for all tables)."""
    names = ", ".join(map(quoted, business_columns(table)))
    trace = "" if table in UNTRACED else ", _source, _row"
    last = int(get_meta(connection, "last_id") or 0)
    sql = f"""INSERT INTO {kept} ({names}, _id, _key, _import, _until{trace})
              SELECT {names}, ? + row_number() OVER (ORDER BY _n), _key, ?, NULL{trace}
              FROM temp.matched WHERE _old IS NULL OR _changed ORDER BY _n"""
    written = connection.execute(sql, [last, number]).fetchall()[0][0]
    put_meta(connection, "last_id", str(last + (_gap(written) if table in UNTRACED else written)))


def _gap(written: int) -> int:
    """Return how far the numbers go on after untraced rows: those of the next rows must not tell how many there were."""
    return 1 << max(4, (written - 1).bit_length()) if written else 0
