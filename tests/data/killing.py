"""What child processes do to a store before they are killed: run through a forkserver, see test_recovery."""

import os
import signal
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data import commit, ledger, publish
from data.engine import WritingEngine
from data.session import Session
from data.store import Store
from tests.data.samples import ADMIN, budgets, store_at


def die(*_: Any, **__: Any) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def import_forever(folder: str, first: int, started: Event) -> None:
    """Import one small file after another until killed."""
    store = store_at(Path(folder))
    store.engine(ADMIN)
    started.set()
    for at in range(first, first + 1000):
        store.import_files(ADMIN, [budgets(f"{1950 + at % 120},{at}", f"{1950 + at * 7 % 120},{at + 1}")])


def import_and_die(folder: str, point: str) -> None:
    """Import the year 2030, and die at a given point of the way."""
    store = store_at(Path(folder))
    store.engine(ADMIN)
    POINTS[point]()
    store.import_files(ADMIN, [budgets("2030,1")])
    die()


def _die_noting(event: str, *, after: bool = False) -> Callable[[], None]:
    def patch() -> None:
        note = Session.note

        def noting(self: Session, told: str, **facts: object) -> None:
            if told == event and not after:
                die()
            note(self, told, **facts)
            if told == event:
                die()

        Session.note = noting  # type: ignore[method-assign]

    return patch


def _no_checkpoint() -> None:
    commit.checkpoint = lambda connection: None
    _die_noting("stored", after=True)()


def _die_within_the_ledger_line() -> None:
    append = ledger.append

    def torn(path: Path, event: str, **facts: Any) -> None:
        append(path, event, **facts)
        if event == "stored":
            os.truncate(path, path.stat().st_size - 20)
            die()

    ledger.append = torn


def _die_publishing() -> None:
    publish._copy = die  # type: ignore[assignment]


def _die_before_the_pointer() -> None:
    publish.asdict = die  # type: ignore[assignment]


POINTS: dict[str, Callable[[], None]] = {
    "before begun": _die_noting("begun"),
    "after begun": _die_noting("begun", after=True),
    "after commit": lambda: setattr(commit, "checkpoint", die),
    "before stored": _die_noting("stored"),
    "within stored": _die_within_the_ledger_line,
    "after stored": _die_noting("stored", after=True),
    "publishing": _die_publishing,
    "before the pointer": _die_before_the_pointer,
    "before published": _die_noting("published"),
    "without checkpoint": _no_checkpoint,
}


def hold_open(path: str, held: Event, done: Event) -> None:
    """Keep the database open, as another program would, until told."""
    with duckdb.connect(path):
        held.set()
        done.wait(60)


def count_budgets(engine: WritingEngine, tables: set[str]) -> None:
    """Keep one reading: how many budgets there are."""
    count = engine.rows("SELECT count(*) FROM budgets")[0][0]
    engine.replace_readings(pd.DataFrame({"kpi": ["budgets"], "value": [float(count)]}), ["budgets"])


def die_recomputing(path: str) -> None:
    """Import a budget and die before its readings are computed."""
    Store(path).import_files(ADMIN, [budgets("2030,1")], after=die)
