"""Rows without key are a multiset: an export that overlaps an earlier one never doubles them."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store import Store
from tests.data.samples import ADMIN, PARTNERS, content, csv, interactions, store_at

LINES = [f"{partner},2012-01-0{day},meeting" for partner in "AB" for day in (1, 2)]
exports = st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=5), min_size=1, max_size=3)


def held(store: Store) -> Counter[str]:
    rows = store.engine(ADMIN).rows("SELECT partner_id, held_on, kind FROM interactions")
    return Counter(",".join(map(str, row)) for row in rows)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(exports)
def test_overlapping_exports_give_each_row_as_often_as_the_fullest_of_them(lists: list[list[str]]) -> None:
    files = [interactions(*rows, name=f"export{at}.csv") for at, rows in enumerate(lists)]
    different = list({data: (name, data) for name, data in files}.values())
    meant: Counter[str] = Counter()
    for rows in lists:
        meant |= Counter(rows)
    with TemporaryDirectory() as folder:
        one_by_one, together = store_at(Path(folder, "a")), store_at(Path(folder, "b"))
        for store in (one_by_one, together):
            store.import_files(ADMIN, [PARTNERS])
        for file in different:
            assert one_by_one.import_files(ADMIN, [file]).ok
        assert together.import_files(ADMIN, different).ok
        assert held(one_by_one) == held(together) == meant
        assert content(one_by_one) == content(together)


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
