"""COMMIT that can be believed: the ledger says before what is meant, a fresh cursor says after what is there."""

import contextlib
from typing import Any

import duckdb

from data import digest, ledger
from data.connection import quoted
from data.problems import NotStored
from data.rounding import by_table
from data.session import Session
from schemas.tables import TABLES
from schemas.text import Text


def commit(turn: Session, op: str, number: int, facts: dict[str, Any]) -> None:
    """Commit the transaction under way as event ``number``; raises NotStored when the tables do not hold it after.

    DuckDB may report nothing when COMMIT follows a failed statement: hence rows are counted, and everything
    fingerprinted, before COMMIT and again after it on another cursor.
    """
    connection = turn.connection
    meant = {"state_sha256": digest.state(connection), "content_sha256": digest.content(connection)}
    rows = _rows(connection)
    line = {"op": op, "import": number, **facts, **meant, "rows": by_table(rows)}
    turn.note("begun", **line)
    connection.execute("COMMIT")
    with connection.cursor() as fresh:
        if _rows(fresh) != rows or digest.state(fresh) != meant["state_sha256"]:
            raise NotStored(LOST)
    checkpoint(connection)
    turn.note(ledger.EVENTS[op], **line)
    turn.told.state = meant["state_sha256"]


def checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the write-ahead log into the file: a log cut short later would lose rows without a word."""
    connection.execute("CHECKPOINT")


def roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Take back the transaction under way, if one is left."""
    # DuckDB says "no transaction is active" after a COMMIT that was not believed: nothing is left to take back.
    with contextlib.suppress(duckdb.Error):
        connection.execute("ROLLBACK")


def _rows(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the current rows of each table that has any."""
    counts = [f"SELECT '{name}', count(*) FROM main.{quoted(name)}" for name in TABLES]
    return {name: count for name, count in connection.execute(" UNION ALL ".join(counts)).fetchall() if count}


LOST = Text(
    "L'enregistrement n'a pas abouti : la base ne contient pas ce qui devait y être écrit. "
    "Que faire : vérifiez l'espace disque, lancez « python -m data verify », puis recommencez.",
    "The rows were not stored: the database does not hold what was to be written. "
    "What to do: check the disk space, run “python -m data verify”, then try again.",
)
