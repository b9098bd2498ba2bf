"""Survey answers: stored in no order, with neither file nor row, and never among the origins."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.connection import connect
from data.gather import _hushed
from data.layout import kept_columns
from data.readers.batch import Batch, row_numbers
from data.store import Store
from schemas.fault import Fault
from schemas.frames import conform
from schemas.scale_items import ScaleItem
from schemas.text import Text
from tests.data.samples import ADMIN, content, csv, store_at

ANSWERS = [f"2013,R{at:03d},{at % 11}" for at in range(80)]
FILE = csv("survey_answers", "wave,answer_id,recommend", *ANSWERS)


def in_store(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Ask the writers' file: readers have no answers."""
    with duckdb.connect(str(store.places.store), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def stored_order(store: Store, by: str) -> list[str]:
    return [row[0] for row in in_store(store, f"SELECT answer_id FROM kept.survey_answers ORDER BY {by}")]


def test_neither_numbers_nor_places_follow_the_file(tmp_path: Path) -> None:
    orders = []
    for name in ("a", "b"):
        store = store_at(tmp_path / name)
        assert store.import_files(ADMIN, [FILE]).stored == {"survey_answers": 80}
        orders += [stored_order(store, "_id"), stored_order(store, "rowid")]
    file_order = [answer.split(",")[1] for answer in ANSWERS]
    assert all(sorted(order) == file_order and order != file_order for order in orders)
    assert orders[0] != orders[2]


def test_answers_to_scales_follow_no_order_either_nor_do_corrections(tmp_path: Path) -> None:
    item = ScaleItem("q1", None, "s", Text("S", "S"), 0, 10, right=Text("oui", "yes"))
    store = Store(tmp_path / "town.duckdb", settings=lambda _: {"scales": (item,)})
    for score in (1, 2):  # the second import changes every row of the first
        rows = [f"2013,R{at:03d},{score},{score}" for at in range(80)]
        assert store.import_files(ADMIN, [csv("survey_answers", "wave,answer_id,recommend,q1", *rows)]).ok
    for table in ("survey_answers", "survey_items"):
        for by in ("_id", "rowid"):
            sql = f"SELECT answer_id FROM kept.{table} WHERE _until IS NULL ORDER BY {by}"
            order = [int(row[0][1:]) for row in _written(store, sql)]
            assert sorted(order) == list(range(80)) and abs(pd.Series(order).corr(pd.Series(range(80)))) < 0.5


def _written(store: Store, sql: str) -> list[tuple[str, ...]]:
    connection = connect(store.places.store)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_no_answer_knows_its_file_or_row(store: Store) -> None:
    store.import_files(ADMIN, [FILE])
    assert {"_row", "_source", "_place", "_file", "_n"}.isdisjoint(kept_columns("survey_answers"))
    held = store.engine(ADMIN).rows(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'survey_answers'"
    )
    assert {"_row", "_source", "_place", "_file", "_n"}.isdisjoint(name for (name,) in held)
    ids = [row[0] for row in in_store(store, "SELECT _id FROM survey_answers")]
    assert len(ids) == 80
    assert store.provenance(ADMIN, ids) == []


def test_a_wave_can_be_undone(store: Store) -> None:
    store.engine(ADMIN)
    before = content(store)
    store.import_files(ADMIN, [FILE])
    store.undo(ADMIN, 1)
    assert content(store) == before


def test_faults_name_the_row_but_kept_warnings_do_not(store: Store) -> None:
    report = store.import_files(ADMIN, [csv("survey_answers", "wave,answer_id,recommend", "2013,a,11")])
    assert [(f.row, f.column) for f in report.errors] == [(2, "recommend")]
    frame = conform("survey_answers", pd.DataFrame({"wave": ["2013"], "answer_id": ["a"]}))
    batch = Batch("survey_answers", frame, "s.csv", None, row_numbers([2]))
    words = Text("x", "x")
    warning = Fault("s.csv", None, 2, "recommend", "3", "rule", "warning", words, words)
    error = Fault("s.csv", None, 2, "recommend", "3", "rule", "error", words, words)
    hushed, told = _hushed([batch], [warning, error])
    assert (hushed.row, hushed.value, told.row, told.value) == (None, None, 2, "3")
