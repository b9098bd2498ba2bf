"""Raw survey answers destroyed: out of the tables, the file's free blocks, its copies, the urns and the backups.

What was published stays: the frozen lists are rows of ``survey_waves``, and the readings are not touched.
"""

import json
import logging
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data import books, ledger, publish, urn
from data.commit import commit, roll_back
from data.connection import connect, quoted
from data.gather import Gathered, Place
from data.layout import UNTRACED
from data.order import Order, Outcome
from data.pending import DATABASE
from data.places import Places
from data.problems import StoreProblem
from data.rewrite import NOTE
from data.rounding import rounded
from data.scrub import scrub
from data.session import Session, locked, turn_of
from data.upsert import stage, upsert
from data.waves import KEPT
from schemas.frames import conform
from schemas.tables import TABLES
from schemas.text import Text

UNFINISHED = ".partial"  # a backup being written
PURGE = "purge"  # what stands for the file in history, and for the reader
WAVES = "survey_waves"
SYSTEM = "calendrier"  # who purges when a date comes
LOG = logging.getLogger("levier.data.purge")
Row = dict[str, Any]


@dataclass(frozen=True)
class Purged:
    """What a purge destroyed. ``answers`` is rounded to 5, None under 11; ``copies`` are the backups it went through.

    ``unreached`` are backups and files that could not be: the raw answers in them remain until they are deleted, or
    until a later purge reaches them. ``import_id`` is None when the tables held nothing of these waves.
    """

    waves: tuple[str, ...]
    import_id: int | None = None
    answers: int | None = None
    copies: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object of ``data purge``."""
        lists = {name: list(getattr(self, name)) for name in ("waves", "copies", "unreached")}
        return {"import": self.import_id, "answers": self.answers} | lists


def purge(places: Places, waves: Collection[str], actor: str) -> Purged:
    """Destroy the raw answers of these waves wherever this store knows of them. Raises StoreProblem.

    A process stopped on the way leaves a ledger that says what is to be finished: the next ``due`` does.
    """
    with locked(places, None):
        return purge_in(places, waves, actor)


def purge_in(places: Places, waves: Collection[str], actor: str) -> Purged:
    """Do the same under the writer's lock, already held, with the store closed."""
    with turn_of(places) as turn:
        is_clean = set(waves) <= turn.told.purged - turn.told.to_scrub
        known = _rows(turn.connection, turn.told.purged | set(waves), actor)
        number, answers = _take_out(turn, waves, [row for row in known if row["wave"] in waves], actor)
        # Readings that wait to be recomputed wait on: a publication would say that they are up to date.
        turn.wants_publication = number is not None and not turn.told.pending
    for wave in waves:
        urn.discard_in(places, wave)
    told = ledger.expected(ledger.read(places.ledger))
    left = [] if is_clean and number is None else scrub(places, set(waves) | told.to_scrub, told.state)
    copies, unreached = _through_copies(places, told, known, actor)
    return Purged(tuple(sorted(waves)), number, answers, tuple(copies), (*map(str, left), *unreached))


def _rows(connection: duckdb.DuckDBPyConnection, waves: Collection[str], actor: str) -> list[Row]:
    """Return the register's rows of these waves, as purged ones; who purged one already stays the one who did."""
    names = [column.name for column in TABLES[WAVES].columns]
    sql = f"SELECT {', '.join(map(quoted, names))} FROM main.{WAVES} WHERE list_contains(?, wave)"
    found = connection.execute(sql, [sorted(waves)]).fetchall()
    held: list[Row] = [dict(zip(names, row, strict=True)) for row in found]
    signed = {"state": "purged", "decided_by": actor, "decided_on": date.today()}
    return [row if row["state"] == "purged" else row | signed for row in held]


def _take_out(
    turn: Session, waves: Collection[str], rows: list[Row], actor: str
) -> tuple[int | None, int | None]:
    """Remove all versions of the answers and mark the waves, in one transaction and one line of the history."""
    connection, listed = turn.connection, sorted(waves)
    if not _holds(connection, listed) and not _differs(connection, rows):
        return None, None
    connection.execute("BEGIN")
    try:
        number = books.next_number(connection)
        answers = _delete(connection, listed)
        outcome = Outcome(number)
        if rows:
            stage(connection, WAVES, _frame(rows))
            outcome.counts[WAVES] = upsert(connection, WAVES, number)
        order = Order(actor, {}, PURGE, WAVES)
        named = [Place(f"{PURGE} {wave}", None) for wave in listed]
        books.note_sources(connection, order, Gathered({}, named, []), number)
        books.note_import(connection, order, outcome)
        commit(turn, PURGE, number, {"actor": actor, "waves": listed, "answers": answers, "tables": {}})
    except BaseException:
        roll_back(connection)
        raise
    return number, answers


def _holds(connection: duckdb.DuckDBPyConnection, waves: list[str]) -> bool:
    parts = [f"SELECT 1 FROM kept.{quoted(table)} WHERE list_contains($waves, wave)" for table in UNTRACED]
    return bool(connection.execute(f"{' UNION ALL '.join(parts)} LIMIT 1", {"waves": waves}).fetchall())


def _differs(connection: duckdb.DuckDBPyConnection, rows: list[Row]) -> bool:
    sql = f"SELECT count(*) FROM main.{WAVES} WHERE list_contains(?, wave) AND state = 'purged'"
    return connection.execute(sql, [[row["wave"] for row in rows]]).fetchall() != [(len(rows),)]


def _delete(connection: duckdb.DuckDBPyConnection, waves: list[str]) -> int | None:
    """Delete every version of every answer of the waves; return how many answers there were, as it may be told."""
    sql = "SELECT count(*) FROM kept.survey_answers WHERE list_contains(?, wave) AND _until IS NULL"
    count = connection.execute(sql, [waves]).fetchall()[0][0]
    for table in sorted(UNTRACED):
        own = f"FROM kept.{quoted(table)} WHERE list_contains(?, wave)"
        connection.execute(f"DELETE FROM main.seen WHERE _id IN (SELECT _id {own})", [waves])
        connection.execute(f"DELETE {own}", [waves])
    return rounded(count)


def _frame(rows: list[Row]) -> pd.DataFrame:
    frame = conform(WAVES, pd.DataFrame(rows, dtype="object"))
    return frame.assign(_place=0, _file=0, _row=np.arange(1, len(frame) + 1), _source=None)


def _through_copies(
    places: Places, told: ledger.Expected, rows: Iterable[Row], actor: str
) -> tuple[list[str], list[str]]:
    """Purge what was ever purged in every known backup where it was not yet; return those done and those out of reach."""
    done, unreached, known = [], [], {row["wave"]: row for row in rows}
    for folder, is_whole in list(told.copies.items()):
        waves = sorted(wave for wave in told.purged if (folder, wave) not in told.reached)
        if not waves or Path(folder) == places.store.parent:
            continue
        shutil.rmtree(f"{folder}{UNFINISHED}", ignore_errors=True)  # of a backup that was stopped
        try:
            _purge_copy(Path(folder), waves, [known[wave] for wave in waves if wave in known], actor)
        except (OSError, StoreProblem, duckdb.Error) as error:
            if is_whole or Path(folder).exists():
                unreached.append(folder)
                LOG.log(
                    logging.WARNING,
                    "backup %s may hold raw answers of %s: %s",
                    folder,
                    ", ".join(waves),
                    error,
                )
            continue
        ledger.append(places.ledger, "copy_purged", folder=folder, waves=waves)
        done.append(folder)
    return done, unreached


def _purge_copy(folder: Path, waves: list[str], rows: list[Row], actor: str) -> None:
    """Purge a backup: a store of its own. Raises OSError where it is not there."""
    copy = Places(folder / DATABASE)
    if not copy.store.exists():
        raise FileNotFoundError(copy.store.name)
    with locked(copy, None):
        with turn_of(copy) as turn:
            _take_out(turn, waves, rows, actor)
            state = turn.told.state
        if left := scrub(copy, waves, state):
            raise OSError(f"{len(left)} files")


def owed(places: Places, today: date | None = None) -> list[str]:
    """Return the waves to purge now: past their date, brought back by a restore, or not purged everywhere yet.

    A backup that is not there today does not count. Only call it under the writer's lock, with the store closed.
    """
    told = ledger.expected(ledger.read(places.ledger))
    behind = {
        wave
        for folder in told.copies
        for wave in told.purged
        if (folder, wave) not in told.reached and (Path(folder) / DATABASE).exists()
    }
    pointer = publish.current(places)
    if pointer is None:
        return sorted(behind | told.owed | told.to_scrub)
    connection = connect(places.published / pointer.file, read_only=True)
    try:
        passed = due(
            lambda sql, given=(): connection.execute(sql, list(given)).fetchall(), today or date.today()
        )
    finally:
        connection.close()
    return sorted({*passed, *behind, *told.owed, *told.to_scrub})


def purgeable(places: Places) -> list[str]:
    """Return the waves that ``purge_due`` would purge now. Raises StoreBusy."""
    with locked(places, None):
        return owed(places)


def purge_due(places: Places, actor: str = SYSTEM, *, patience: float | None = None) -> Purged | None:
    """Purge what is to be purged today, and what undone imports left; None when no wave is. Raises StoreProblem."""
    with locked(places, patience):
        _sweep(places)
        waves = owed(places)
        return purge_in(places, waves, actor) if waves else None


def _sweep(places: Places) -> None:
    """Destroy what an undone import of answers left in free blocks."""
    if ledger.expected(ledger.read(places.ledger)).leaves_answers:
        with turn_of(places) as turn:
            state = turn.told.state
        scrub(places, (), state)


def due(rows: Callable[..., list[tuple[Any, ...]]], today: date) -> list[str]:
    """Return the waves whose answers are to be destroyed by a day, as a published copy tells."""
    kept = dict(rows(f"SELECT wave, CASE state WHEN 'purged' THEN NULL ELSE keep_until END FROM {WAVES}"))
    told = rows("SELECT value FROM main.meta WHERE name = ?", [NOTE])
    brought = json.loads(told[0][0]).get("brought", {}) if told else {}
    # Nobody set a date for a wave that a file brought and that was never declared: it is kept as long as the others.
    usual = {wave: date.fromisoformat(day) + KEPT for wave, day in brought.items() if wave not in kept}
    return sorted(wave for wave, day in {**kept, **usual}.items() if day is not None and day <= today)


UNREACHED = Text(
    "Hors d'atteinte, il y reste peut-être des réponses : {folder}. "
    "Que faire : rendez ce dossier accessible et relancez « python -m data purge », ou détruisez-le.",
    "Out of reach, answers may remain in: {folder}. "
    "What to do: make this folder reachable and run “python -m data purge” again, or destroy it.",
)
