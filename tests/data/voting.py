"""A store with an open wave, and what child processes do to its urn."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data import ballots, urn
from data.importing import store_rows
from data.order import Order
from data.readers.batch import Batch, Parsed
from data.store import Store
from schemas.frames import conform
from tests.data.killing import die
from tests.data.samples import ADMIN, store_at

WAVE = "2016"
KEPT = date.today() + timedelta(365)
ANSWER = {"directorate_group": None, "category": "C", "who5_1": 3, "qwl_1": 4, "recommend": 8}


def put(store: Store, state: str, wave: str = WAVE) -> None:
    """Write where a wave stands, as its steps would."""
    row = {"wave": wave, "state": state, "held_on": date(2016, 5, 1), "keep_until": KEPT, "k": 11}
    frame = conform("survey_waves", pd.DataFrame([row], dtype="object"))
    parsed = Parsed([Batch("survey_waves", frame, "step", None, np.array([1]))])
    done = store_rows(
        store.places, Order("test", {"step": f"{wave}-{state}"}, "step", None), parsed, None, None
    )
    assert done.ok, done.errors


def opened(folder: Path) -> Store:
    """Return a store whose wave is open."""
    store = store_at(folder)
    put(store, "open")
    return store


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Ask the writer's own file: published copies hold no answers."""
    with duckdb.connect(str(store.places.store), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def held(store: Store) -> list[tuple[Any, ...]]:
    """Return (import, answer_id, recommend) of the stored answers."""
    return rows(
        store,
        "SELECT _import, answer_id, recommend FROM kept.survey_answers WHERE _until IS NULL ORDER BY 2",
    )


def versions(store: Store) -> int:
    """Return how many versions of answers there ever were."""
    return int(rows(store, "SELECT count(*) FROM kept.survey_answers")[0][0])


def answer_and_die(folder: str, token: str, point: str) -> None:
    """Give one answer, and die at a given point of the way."""
    store = store_at(Path(folder))
    if point == "before the urn":
        urn.urnfile.os.replace = die
    elif point == "before the batch":
        ballots.store_in = die  # type: ignore[assignment]
    else:
        urn.stored_in = die
    store.answer(ADMIN, WAVE, token, {"recommend": 10})
    die()
