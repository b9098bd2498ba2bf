"""Rows without key are a multiset: an export that overlaps an earlier one never doubles them."""

from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import layout
from data.connection import connect
from data.store import Store
from data.upsert import stage, upsert
from schemas.frames import conform
from tests.data.samples import ADMIN, PARTNERS, content, csv, interactions, store_at

LINES = [f"{partner},2012-01-0{day},meeting" for partner in "AB" for day in (1, 2)]
exports = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=6), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store's tables, without the rest."""
    path = tmp_path_factory.mktemp("upsert") / "town.duckdb"
    with connect(path) as opened:
        layout.adapt(opened)
    return path


def frame_of(lists: list[list[int]]) -> pd.DataFrame:
    """Return staged interactions, one file for each list."""
    lines = [(LINES[at], file, row) for file, rows in enumerate(lists) for row, at in enumerate(rows)]
    parts = [
        dict(zip(("partner_id", "held_on", "kind"), line.split(","), strict=True)) for line, _, _ in lines
    ]
    frame = conform("interactions", pd.DataFrame(parts))
    files = [file for _, file, _ in lines]
    return frame.assign(_source=files, _place=files, _file=files, _row=[row for _, _, row in lines])


def held(connection: duckdb.DuckDBPyConnection, batches: list[list[list[int]]]) -> Counter[str]:
    """Upsert each batch of files as an import of its own; return the current rows, and take all back."""
    connection.execute("BEGIN")
    for number, lists in enumerate(batches, 1):
        stage(connection, "interactions", frame_of(lists))
        counts = upsert(connection, "interactions", number)
        assert counts.changed == 0
    rows = connection.execute("SELECT partner_id, held_on, kind FROM main.interactions").fetchall()
    connection.execute("ROLLBACK")
    return Counter(",".join(map(str, row)) for row in rows)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(exports)
def test_overlapping_exports_give_each_row_as_often_as_the_fullest_of_them(
    file: Path, lists: list[list[int]]
) -> None:
    meant: Counter[str] = Counter()
    for rows in lists:
        meant |= Counter(LINES[at] for at in rows)
    with connect(file) as connection:
        one_by_one = held(connection, [[rows] for rows in lists])
        assert one_by_one == held(connection, [lists]) == held(connection, [lists, lists[::-1]]) == meant


def test_two_equal_rows_of_one_file_are_two_rows(store: Store) -> None:
    store.import_files(ADMIN, [PARTNERS])
    report = store.import_files(ADMIN, [interactions(LINES[0], LINES[0], LINES[1])])
    assert report.added == {"interactions": 3}
    again = store.import_files(ADMIN, [interactions(LINES[1], LINES[0], LINES[0], LINES[0])])
    assert (again.added, again.unchanged) == ({"interactions": 1}, {"interactions": 3})


def test_the_fingerprint_does_not_depend_on_the_order_of_rows_and_imports(tmp_path: Path) -> None:
    orders = ([PARTNERS, interactions(*LINES)], [PARTNERS, interactions(*reversed(LINES))])
    found = set()
    for at, files in enumerate(orders):
        store = store_at(tmp_path / str(at))
        for file in files:
            store.import_files(ADMIN, [file])
        found.add(content(store))
    assert len(found) == 1


def test_keys_of_several_columns_do_not_mix(store: Store) -> None:
    header = "wave,answer_id,recommend"
    store.import_files(ADMIN, [csv("survey_answers", header, "2013,a,1", "2014,a,2")])
    report = store.import_files(ADMIN, [csv("survey_answers", header, "2013,a,1", "2014,a,3")])
    assert (report.changed, report.unchanged) == ({"survey_answers": 1}, {"survey_answers": 1})


@pytest.mark.parametrize("amount", ["0.1", "999999999999.99", "1234567.89"])
def test_amounts_are_stored_to_the_cent(store: Store, amount: str) -> None:
    store.import_files(ADMIN, [csv("budgets", "year,price_index,fctva_amount", f"2014,1,{amount}")])
    assert (
        f"{store.engine(ADMIN).rows('SELECT fctva_amount FROM budgets')[0][0]:.2f}" == f"{float(amount):.2f}"
    )
