"""Corrections: what imports did to the past, compared row by row with a second implementation; and what is no correction."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics.change import Change
from metrics.changing import State
from metrics.corrections import correction_changes, last_import
from metrics.definitions import Catalogue
from schemas.tables import TABLES

MAY, JUNE = date(2015, 5, 31), date(2015, 6, 30)
ME = local_actor()


@pytest.fixture
def store(own_town: Path) -> Store:
    """A town of one's own whose imports recompute nothing: corrections are read from rows."""
    return Store(own_town, after=lambda engine, tables: None)


@pytest.fixture
def told(store: Store, catalogue: Catalogue) -> Callable[..., dict[str, Change]]:
    """The corrections since an engine, by key."""

    def run(before: Engine, day: date = JUNE, known: int | None = None) -> dict[str, Change]:
        now = store.engine(ME)
        since, until = State(before, catalogue, day, known=known), State(now, catalogue, JUNE)
        return {one.key: one for one in correction_changes(since, until)}

    return run


def give(store: Store, table: str, frame: pd.DataFrame) -> int:
    """Import rows as a file; return the import's number."""
    names = [column.name for column in TABLES[table].columns if column.name in frame]
    done = store.import_files(ME, [(f"{table}.csv", frame[names].to_csv(index=False).encode())])
    assert done.ok and done.import_id, done.errors[:2]
    return done.import_id


def rows(engine: Engine, table: str, where: str) -> pd.DataFrame:
    """Rows of a table as a file would have them."""
    return engine.frame(f"SELECT * FROM {table} WHERE {where}").drop(columns="_id")


def test_changed_added_and_removed_rows_of_the_past(
    store: Store, told: Callable[..., dict[str, Change]]
) -> None:
    before = store.engine(ME)
    changed = rows(before, "projects", "project_id IN ('P001', 'P002', 'N140')")
    changed.loc[changed.project_id != "N140", "total_cost_amount"] += 1000
    changed["theme"] = "Mobilité et gares"
    first = give(store, "projects", changed)
    added = rows(before, "interactions", "partner_id = 'PRI-017'").head(1)
    late, new = added.assign(held_on="2014-02-03"), added.assign(held_on="2015-06-29")
    second = give(store, "interactions", pd.concat([late, new]))
    found = told(before, MAY)
    assert set(found) == {f"correction:projects:{first}", f"correction:interactions:{second}"}
    facts = found[f"correction:projects:{first}"].facts
    assert (facts["changed"], facts["added"], facts["removed"]) == (
        2,
        0,
        0,
    )  # N140 opened after the first moment
    assert facts["columns"] == {"theme": 2, "total_cost_amount": 2}
    assert facts["files"] == ("projects.csv",) and facts["actor"] == ME.name and facts["number"] == first
    facts = found[f"correction:interactions:{second}"].facts
    assert (facts["added"], facts["first_on"], facts["last_on"]) == (1, date(2014, 2, 3), date(2014, 2, 3))
    assert (
        brute(before, store.engine(ME), "projects", MAY) == 2
        and brute(before, store.engine(ME), "interactions", MAY) == 1
    )


def brute(old: Engine, new: Engine, table: str, day: date) -> int:
    """Rows dated up to ``day`` that differ between two engines, by key and in full."""
    events = [column.name for column in TABLES[table].columns if column.is_event and column.kind == "date"]
    names = [column.name for column in TABLES[table].columns]

    def past(engine: Engine) -> pd.DataFrame:
        frame = engine.frame(
            f"SELECT _key, {', '.join(names)} FROM kept.{table} WHERE _until IS NULL"
        ).set_index("_key")
        return frame[frame[events].min(axis=1) <= pd.Timestamp(day)].astype("string").fillna("")

    was, now = past(old), past(new)
    same = was.index.intersection(now.index)
    return int((was.loc[same] != now.loc[same]).any(axis=1).sum()) + len(
        was.index.symmetric_difference(now.index)
    )


def test_the_files_told_are_those_that_brought_rows_of_the_table(
    store: Store, told: Callable[..., dict[str, Change]]
) -> None:
    before = store.engine(ME)
    given = []
    for name, where in (("partners", "TRUE"), ("projects", "project_id = 'P001'")):
        frame = rows(before, name, where).head(1)
        frame["name" if name == "partners" else "theme"] = "Autre"
        columns = [column.name for column in TABLES[name].columns if column.name in frame]
        given.append((f"{name}.csv", frame[columns].to_csv(index=False).encode()))
    done = store.import_files(ME, given)
    assert done.ok, done.errors[:2]
    found = told(before, MAY)[f"correction:projects:{done.import_id}"]
    assert found.facts["files"] == ("projects.csv",)


def test_what_a_row_learnt_since_is_no_correction(
    store: Store, told: Callable[..., dict[str, Change]]
) -> None:
    before = store.engine(ME)
    where = "requested_on < DATE '2015-05-01' AND awarded_on IS NULL AND refused_on IS NULL AND cancelled_on IS NULL"
    row = rows(before, "financings", where).head(2)
    assert len(row) == 2
    row["refused_on"] = [pd.Timestamp(2015, 6, 20), pd.Timestamp(2015, 5, 10)]
    number = give(store, "financings", row)
    facts = told(before, MAY)[f"correction:financings:{number}"].facts
    assert facts["changed"] == 1 and facts["columns"] == {
        "refused_on": 1
    }  # the second was refused before the first moment


def test_an_undo_after_the_first_moment(store: Store, told: Callable[..., dict[str, Change]]) -> None:
    before = store.engine(ME)
    number = give(store, "projects", rows(before, "projects", "project_id = 'P001'").assign(theme="Gares"))
    between = store.engine(ME)
    undone = store.undo(ME, number).import_id
    found = told(between)
    assert set(found) == {f"correction:projects:{undone}"}
    assert found[f"correction:projects:{undone}"].facts["undoes"] == number
    assert not told(before)  # made and unmade in between: nothing is otherwise


def test_a_visit_is_told_what_came_since(store: Store, told: Callable[..., dict[str, Change]]) -> None:
    seen = last_import(store.engine(ME))
    number = give(
        store, "projects", rows(store.engine(ME), "projects", "project_id = 'P001'").assign(theme="Gares")
    )
    assert set(told(store.engine(ME), known=seen)) == {f"correction:projects:{number}"}
    assert not told(store.engine(ME), known=number) and not told(store.engine(ME))
    assert set(told(store.engine(ME), MAY)) == {
        f"correction:projects:{number}"
    }  # between two dates: since the beginning


def test_the_first_rows_of_a_store_correct_nothing(town: Engine, catalogue: Catalogue) -> None:
    assert correction_changes(State(town, catalogue, MAY), State(town, catalogue, JUNE)) == []
