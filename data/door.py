"""The readers' door: an engine on the published copy, changed by itself when a new one is published."""

import atexit
import os
import threading
from datetime import date
from pathlib import Path

import duckdb

from data import publish
from data.connection import connect
from data.engine import Engine
from data.incidents import incident
from data.places import Places
from data.problems import StoreBusy, StoreDamaged, StoreProblem
from data.purge import purge_due
from data.session import After, bring_up_to_date, session
from schemas.text import Text


class Door:
    """One per store and process. ``engine`` costs one stat when nothing was published since the last call."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._guard = threading.Lock()
        self._checked = False
        self._tidied_on: date | None = None
        self._stamp: tuple[int, ...] | None = None
        self._engine: Engine | None = None

    def engine(self, after: After | None) -> Engine:
        """Return the engine on the copy published last. At first, compare ledger and tables; raises StoreDamaged."""
        stamp, is_tidy = self._pointer_stamp(), self._tidied_on == date.today()
        if self._engine is not None and self._checked and stamp == self._stamp and is_tidy:
            return self._engine
        with self._guard:
            if not self._checked:
                self._checked = self._check(after)
            if self._checked:
                self.tidy()
            return self._open(after)

    def tidy(self, *, again: bool = False) -> None:
        """Purge the survey answers whose date has come: once a day, or ``again``. While somebody else writes, later."""
        today = date.today()
        if self._tidied_on == today and not again:
            return
        try:
            purge_due(self._places, patience=0.0)
        except StoreBusy:
            return
        except (StoreProblem, OSError, duckdb.Error) as error:
            incident(
                self._places, error
            )  # said in the log; what is past its date is never in a published copy
        self._tidied_on = today

    def _check(self, after: After | None) -> bool:
        """Compare ledger and tables now; while somebody else writes (and has checked), leave it for later."""
        waits = publish.current(self._places) is None
        try:
            self._heal(after, None if waits else 0.0)
        except StoreBusy:
            if waits:
                raise
            return False
        return True

    def _heal(self, after: After | None, patience: float | None) -> None:
        with session(self._places, patience) as turn:
            bring_up_to_date(turn, after)

    def _open(self, after: After | None) -> Engine:
        """Open the copy that the pointer names; copies vanish while a writer publishes, so look again."""
        for last in (False, False, True):
            stamp, pointer = self._pointer_stamp(), publish.current(self._places)
            if self._engine is not None and pointer is not None and pointer.version == self._engine.version:
                self._stamp = stamp
                return self._engine
            if pointer is not None and publish.intact(self._places, pointer):
                self._stamp, self._engine = stamp, self._connected(pointer)
                return self._engine
            if not last:
                self._heal(after, None)
        raise StoreDamaged(NO_COPY)

    def _connected(self, pointer: publish.Pointer) -> Engine:
        try:
            connection = connect(self._places.published / pointer.file, read_only=True)
        except duckdb.Error as error:
            raise StoreDamaged(NO_COPY) from error
        return Engine(connection, pointer.version)

    def _pointer_stamp(self) -> tuple[int, ...] | None:
        try:
            found = os.stat(self._places.pointer)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def distrust(self) -> None:
        """Compare ledger and tables again before anything more is served."""
        self._checked = False

    def close(self) -> None:
        """Close the copy, at the end of the process."""
        if self._engine is not None:
            self._engine.close()


_DOORS: dict[Path, Door] = {}
_GUARD = threading.Lock()


def door(places: Places) -> Door:
    """Return this process's door to the store."""
    with _GUARD:
        return _DOORS.setdefault(places.store, Door(places))


@atexit.register
def _close_all() -> None:
    for each in _DOORS.values():
        each.close()


NO_COPY = Text(
    "La copie de lecture des données est illisible. Que faire : lancez « python -m data verify ».",
    "The reading copy of the data cannot be read. What to do: run “python -m data verify”.",
)
