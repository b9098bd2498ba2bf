"""A writer's turn: lock, check that ledger and tables agree, write, recompute the readings, publish."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from data import bound, digest, ledger, publish, readings
from data.engine import WritingEngine
from data.frozen import sweep
from data.incidents import incident
from data.places import Places
from data.problems import StoreBusy
from data.readers.batch import BoundCatalogue
from data.recovery import open_checked
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text

After = Callable[[WritingEngine, set[str]], None]
Settings = Callable[[BoundCatalogue], Mapping[str, Any]]
PATIENCE = 30.0  # seconds that a writer waits for another one


@dataclass
class Session:
    """An open, checked, locked store. ``told`` is where the ledger stood when it was opened."""

    places: Places
    connection: duckdb.DuckDBPyConnection
    told: ledger.Expected
    wants_publication: bool = False

    def note(self, event: str, **facts: object) -> None:
        """Add a line to the ledger."""
        ledger.append(self.places.ledger, event, **facts)

    def settle(self, after: After | None, touched: set[str]) -> list[Fault]:
        """Lay the catalogue out, recompute the readings and ask for publication; a failure is a warning.

        Readings that nobody recomputes, or whose computing fails, are emptied: unknown is better than stale.
        """
        bound.materialise(self.connection, self.places.catalogue)
        self.wants_publication = True
        try:
            if after is None:
                readings.clear(self.connection)
            else:
                after(WritingEngine(self.connection), set(TABLES) if self.told.pending else touched)
        except Exception as error:
            readings.clear(self.connection)
            return [_not_recomputed(incident(self.places, error))]
        finally:
            self.connection.execute("CHECKPOINT")
        return []

    def told_by(self, settings: Settings | None) -> Mapping[str, Any]:
        """Return what the catalogue in force says to the rules; nothing without ``settings``."""
        return settings(bound.bound(self.connection)) if settings else {}

    def is_published(self) -> bool:
        """Tell whether readers see exactly these rows and readings, and no reading waits to be recomputed."""
        pointer = publish.current(self.places)
        if pointer is None or not publish.intact(self.places, pointer):
            return False
        held = digest.readings(self.connection)
        same = (pointer.state, pointer.readings, pointer.layout) == (self.told.state, held, publish.shape())
        return same and not self.told.pending


@contextmanager
def session(places: Places, patience: float | None = None) -> Iterator[Session]:
    """Open the store for writing, alone; publish at the end if asked. Raises StoreBusy, StoreDamaged, StoreTooNew."""
    with locked(places, patience), turn_of(places) as turn:
        yield turn


@contextmanager
def turn_of(places: Places) -> Iterator[Session]:
    """Do the same under the writer's lock, already held."""
    connection, told = open_checked(places)
    turn = Session(places, connection, told)
    try:
        sweep(places, connection)
        yield turn
        held = digest.readings(connection) if turn.wants_publication else digest.EMPTY
    finally:
        connection.close()
    if turn.wants_publication:
        pointer = publish.publish(places, told.state, held)
        turn.note("published", version=pointer.version, state_sha256=told.state, readings_sha256=held)


@contextmanager
def locked(places: Places, patience: float | None) -> Iterator[None]:
    """Hold the writer's lock; raises StoreBusy when somebody else holds it for ``patience`` seconds (PATIENCE)."""
    places.store.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(places.lock, timeout=PATIENCE if patience is None else patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreBusy(BUSY) from error
    try:
        yield
    finally:
        lock.release()


def bring_up_to_date(turn: Session, after: After | None) -> None:
    """At start: recompute readings that a stopped process left waiting, and publish what readers lack.

    Without ``after``, an earlier publication with readings, whole and true in itself, stays the one that is read.
    """
    bound.materialise(turn.connection, turn.places.catalogue)
    if turn.is_published():
        return
    pointer = publish.current(turn.places)
    is_older = pointer is not None and pointer.layout != publish.shape()
    if turn.told.pending or is_older or digest.readings(turn.connection) != turn.told.readings:
        had_readings = turn.told.readings != digest.EMPTY
        if after is None and had_readings and pointer is not None and publish.intact(turn.places, pointer):
            return
        turn.settle(after, set(TABLES))  # readings of an earlier release lack what this one shows
    turn.wants_publication = True


def _not_recomputed(reference: str) -> Fault:
    return Fault(
        None, None, None, None, None, "readings", "warning", NOT_RECOMPUTED.format(reference=reference), AGAIN
    )


BUSY = Text(
    "Une autre écriture est en cours. Que faire : recommencez dans une minute.",
    "Another writing is going on. What to do: try again in a minute.",
)
NOT_RECOMPUTED = Text(
    "Les lignes sont enregistrées, mais les indicateurs n'ont pas pu être recalculés (référence {reference}).",
    "The rows are stored, but the indicators could not be recomputed (reference {reference}).",
)
AGAIN = Text("Lancez « python -m metrics refresh ».", "Run “python -m metrics refresh”.")
