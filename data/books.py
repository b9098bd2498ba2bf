"""The store's own books: imports, the files they took, the warnings they came with."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import duckdb
import pandas as pd

from data.gather import Gathered
from data.order import Order, Outcome, by_kind, in_order
from schemas.fault import Fault
from schemas.text import Text


def already(connection: duckdb.DuckDBPyConnection, order: Order) -> list[Fault]:
    """Return a fault for each file that an import still in force has brought, read the same way."""
    sql = """SELECT DISTINCT s.sha256, i.import, i.at FROM main.sources s JOIN main.imports i USING (import)
             WHERE i.undone_by IS NULL AND i.reader = ? AND i.forced_table IS NOT DISTINCT FROM ?"""
    known = {
        sha: (number, at)
        for sha, number, at in connection.execute(sql, [order.reader, order.table]).fetchall()
    }
    found: list[Fault] = []
    met: dict[str, str] = {}
    for name, sha in order.files.items():
        if sha in known:
            number, at = known[sha]
            found.append(_whole_file(name, ALREADY.format(number=number, at=f"{at:%d/%m/%Y}"), MEND_ALREADY))
        elif sha in met:
            found.append(_whole_file(name, TWICE.format(other=met[sha]), MEND_TWICE))
        met.setdefault(sha, name)
    return found


def _whole_file(name: str, message: Text, mend: Text) -> Fault:
    return Fault(name, None, None, None, None, "already_imported", "error", message, mend)


def next_number(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the next event of the history."""
    return connection.execute("SELECT coalesce(max(import), 0) + 1 FROM main.imports").fetchall()[0][0]


def note_sources(
    connection: duckdb.DuckDBPyConnection, order: Order, gathered: Gathered, number: int
) -> dict[int, int]:
    """Write a line per file and sheet; return the source's number by place. A file without rows is noted too."""
    last = connection.execute("SELECT coalesce(max(source), 0) FROM main.sources").fetchall()[0][0]
    spots = [(place.file, place.sheet) for place in gathered.places]
    spots += [(name, None) for name in order.files if name not in {file for file, _ in spots}]
    rows = [
        [last + at, number, file, sheet, order.files.get(file)] for at, (file, sheet) in enumerate(spots, 1)
    ]
    if rows:
        connection.executemany("INSERT INTO main.sources VALUES (?, ?, ?, ?, ?)", rows)
    return {at: last + at + 1 for at in range(len(gathered.places))}


def note_import(
    connection: duckdb.DuckDBPyConnection,
    order: Order,
    outcome: Outcome,
    withdrawn: Mapping[str, int] | None = None,
) -> None:
    """Write the import's line of the history, with the rows that it took out where it brought none."""
    at = datetime.now(UTC).replace(tzinfo=None)
    told = json.dumps(by_kind(outcome.counts) | ({"taken_back": dict(withdrawn)} if withdrawn else {}))
    row = [outcome.number, "import", at, order.actor, order.reader, order.table, told, None, None]
    connection.execute("INSERT INTO main.imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def keep_warnings(connection: duckdb.DuckDBPyConnection, outcome: Outcome) -> None:
    """Keep the warnings of an import that is going to be stored."""
    names = ("file", "sheet", "row", "column", "value", "rule")
    rows = [
        [outcome.number, at, *(getattr(w, name) for name in names), *w.message, *w.mend]
        for at, w in enumerate(in_order(outcome.warnings))
    ]
    if rows and not outcome.errors:
        # By a frame: there may be tens of thousands, and row by row takes a second for each thousand.
        connection.register("given_warnings", pd.DataFrame(rows, dtype="object"))
        connection.execute("INSERT INTO main.warnings SELECT * FROM given_warnings")
        connection.unregister("given_warnings")


ALREADY = Text(
    "ce fichier a déjà été importé : import n° {number} du {at}",
    "this file has already been imported: import no. {number} of {at}",
)
MEND_ALREADY = Text(
    "Rien à faire ; pour le reprendre, annulez d'abord cet import.",
    "Nothing to do; to take it again, undo that import first.",
)
TWICE = Text("ce fichier est identique à « {other} »", "this file is identical to “{other}”")
MEND_TWICE = Text("Ne donnez ce fichier qu'une fois.", "Give this file only once.")
