"""Import, history, provenance, dry run, refusals, roles."""

from datetime import date

import pytest

from data.access import Actor, Forbidden
from data.problems import BadRequest
from data.store import Store
from schemas.tables import TABLES
from tests.data.samples import ADMIN, PARTNERS, budgets, content, csv, interactions, projects

VIEWER = Actor("mayor", "viewer")
EDITOR = Actor("agent", "editor")


def test_an_empty_store_answers(store: Store) -> None:
    assert store.engine(ADMIN).rows("SELECT count(*) FROM projects") == [(0,)]
    assert store.as_of(ADMIN) is None
    assert store.history(ADMIN) == []
    rows = {each.table: each.rows for each in store.freshness(ADMIN)}
    assert [rows.pop(name) for name in ("survey_answers", "survey_items")] == [None, None]
    assert set(rows.values()) == {0} and len(rows) == len(TABLES) - 2
    assert store.catalogue(ADMIN).shipped is None


def test_rows_know_their_import_file_sheet_and_row(store: Store) -> None:
    report = store.import_files(ADMIN, [projects("P1,5000", "P2,7000"), PARTNERS])
    assert report.import_id == 1 and report.stored == {"partners": 2, "projects": 2}
    ids = [row[0] for row in store.engine(ADMIN).rows("SELECT _id FROM projects ORDER BY project_id DESC")]
    origins = store.provenance(ADMIN, ids)
    assert [(o.table, o.key, o.import_id, o.file, o.sheet, o.row) for o in origins] == [
        ("projects", "P2", 1, "projects.csv", None, 3),
        ("projects", "P1", 1, "projects.csv", None, 2),
    ]


def test_numbers_are_unique_over_all_tables(store: Store) -> None:
    store.import_files(ADMIN, [projects("P1,5000"), PARTNERS, interactions("A,2012-01-01,meeting")])
    sql = "SELECT _id FROM projects UNION ALL SELECT _id FROM partners UNION ALL SELECT _id FROM interactions"
    ids = [row[0] for row in store.engine(ADMIN).rows(sql)]
    assert len(ids) == len(set(ids)) == 4


def test_a_changed_row_keeps_its_earlier_version_and_an_equal_one_stays(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2013,10", "2014,20")])
    report = store.import_files(EDITOR, [budgets("2013,10", "2014,21", "2015,30")])
    assert (report.added, report.changed, report.unchanged) == (
        {"budgets": 1},
        {"budgets": 1},
        {"budgets": 1},
    )
    rows = store.engine(ADMIN).rows("SELECT year, population, _id FROM budgets ORDER BY year")
    assert [row[:2] for row in rows] == [(2013, 10), (2014, 21), (2015, 30)]
    sql = "SELECT population, _import, _until FROM kept.budgets WHERE year = 2014 ORDER BY _id"
    assert store.engine(ADMIN).rows(sql) == [(20, 1, 2), (21, 2, None)]
    assert [o.import_id for o in store.provenance(ADMIN, [row[2] for row in rows])] == [1, 2, 2]
    assert [record.actor for record in store.history(ADMIN)] == ["test", "agent"]


def test_every_fault_of_every_kind_is_told_at_once_and_nothing_is_stored(store: Store) -> None:
    store.import_files(ADMIN, [PARTNERS])
    before, version = content(store), store.version(ADMIN)
    bad = [
        csv(
            "projects",
            "project_id,title,objective,lead_directorate,opened_on,total_cost_amount,own_funds_amount,requires_project_id",
            "P1,Titre,F1,DADI,2012-01-01,douze,1000,",
            "P2,Titre,F1,DADI,2012-01-01,5000,1000,P1",
            "P2,Titre,F1,DADI,2012-01-01,6000,1000,",
            "P3,Titre,F1,DADI,2012-01-01,6000,1000,P99",
        ),
        interactions("A,2012-01-01,meeting", "Z,2012-01-01,meeting"),
    ]
    report = store.import_files(ADMIN, bad)
    assert report.import_id is None and report.stored == {}
    told = {(f.file, f.row, f.column, f.value) for f in report.errors}
    assert told == {
        ("projects.csv", 2, "total_cost_amount", "douze"),
        ("projects.csv", 4, "project_id", "P2"),
        ("projects.csv", 5, "requires_project_id", "P99"),
        ("interactions.csv", 3, "partner_id", "Z"),
    }
    assert len(report.errors) == 4
    assert content(store) == before and store.version(ADMIN) == version


def test_one_key_in_two_files_of_an_import_is_a_duplicate(store: Store) -> None:
    report = store.import_files(ADMIN, [budgets("2014,1", name="a.csv"), budgets("2014,2", name="b.csv")])
    assert [(f.file, f.row, f.column, f.value) for f in report.errors] == [("b.csv", 2, "year", "2014")]
    assert "a.csv" in report.errors[0].message.fr


def test_a_sheet_that_is_refused_does_not_make_orphans(store: Store) -> None:
    header_only = csv("partners", "partner_id,colonne inconnue", "A,1")
    report = store.import_files(ADMIN, [header_only, interactions("A,2012-01-01,meeting")])
    assert report.errors and {f.file for f in report.errors} == {"partners.csv"}


def test_the_same_file_is_refused_with_the_first_imports_number(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2013,1")])
    store.import_files(ADMIN, [budgets("2014,1")])
    report = store.import_files(ADMIN, [budgets("2014,1", name="renamed.csv")])
    assert len(report.errors) == 1 and "n° 2" in report.errors[0].message.fr
    assert f"{store.history(ADMIN)[1].at:%d/%m/%Y}" in report.errors[0].message.fr
    store.undo(ADMIN, 2)
    assert store.import_files(ADMIN, [budgets("2014,1")]).ok


def test_the_same_file_twice_in_one_import_is_refused(store: Store) -> None:
    report = store.import_files(ADMIN, [budgets("2014,1"), budgets("2014,1", name="copy.csv")])
    assert "budgets.csv" in report.errors[0].message.fr and report.errors[0].file == "copy.csv"


def test_two_files_of_one_name_are_told_apart(store: Store) -> None:
    store.import_files(
        ADMIN, [budgets("2013,1", name="a/budgets.csv"), budgets("2014,1", name="b/budgets.csv")]
    )
    assert store.history(ADMIN)[0].files == ("budgets (2).csv", "budgets.csv")


def test_a_dry_run_tells_all_and_stores_nothing(store: Store) -> None:
    store.import_files(ADMIN, [budgets("2013,1", "2014,1")])
    before, version = content(store), store.version(ADMIN)
    ledger = store.places.ledger.read_bytes()
    report = store.import_files(ADMIN, [budgets("2013,1", "2014,2", "2015,1")], dry_run=True)
    assert report.import_id is None and report.dry_run
    assert (report.added, report.changed, report.unchanged) == (
        {"budgets": 1},
        {"budgets": 1},
        {"budgets": 1},
    )
    assert content(store) == before and store.version(ADMIN) == version
    assert store.places.ledger.read_bytes() == ledger
    assert len(store.import_files(ADMIN, [budgets("2013,1", "2013,2")], dry_run=True).errors) == 1


def test_warnings_are_kept_and_not_repeated_by_later_imports(store: Store) -> None:
    first = store.import_files(ADMIN, [projects("P1,500")])  # 500 euros: in k€?
    assert [(w.file, w.row, w.column) for w in first.warnings] == [("projects.csv", 2, "total_cost_amount")]
    assert store.history(ADMIN)[0].warnings == 1
    second = store.import_files(ADMIN, [projects("P2,5000")])
    assert second.warnings == [] and store.history(ADMIN)[1].warnings == 0
    assert store.warnings(ADMIN, 1) == first.warnings and store.warnings(ADMIN, 2) == []


def test_the_data_date_is_the_last_event(store: Store) -> None:
    store.import_files(ADMIN, [PARTNERS, interactions("A,2012-03-04,meeting")])
    assert store.as_of(ADMIN) == date(2012, 3, 4)
    fresh = {each.table: each for each in store.freshness(ADMIN)}
    assert fresh["partners"].last_event == date(2011, 2, 1) and fresh["partners"].rows == 2
    assert fresh["interactions"].last_import == 1 and fresh["budgets"].last_import is None


def test_nothing_in_a_file_is_a_refusal_and_no_file_a_bad_request(store: Store) -> None:
    assert store.import_files(ADMIN, [("empty.csv", b"")]).errors
    assert store.import_files(ADMIN, [("header.csv", b"year,population\n")]).errors
    for call in ({"reader": "unknown"}, {"table": "unknown"}):
        with pytest.raises(BadRequest):
            store.import_files(ADMIN, [budgets("2014,1")], **call)
    with pytest.raises(BadRequest):
        store.import_files(ADMIN, [])


def test_a_viewer_reads_and_does_nothing_else(store: Store) -> None:
    store.engine(VIEWER), store.version(VIEWER), store.history(VIEWER), store.verify(VIEWER)
    store.catalogue(VIEWER), store.as_of(VIEWER), store.freshness(VIEWER)
    for call in (
        lambda: store.import_files(VIEWER, [budgets("2014,1")]),
        lambda: store.undo(VIEWER, 1),
        lambda: store.refresh(VIEWER),
        lambda: store.provenance(VIEWER, [1]),
    ):
        with pytest.raises(Forbidden):
            call()
    assert store.history(ADMIN) == []


def test_an_unknown_role_does_nothing_at_all(store: Store) -> None:
    nobody = Actor("x", "root")  # type: ignore[arg-type]
    for call in (store.engine, store.version, store.history, store.verify, store.catalogue, store.as_of):
        with pytest.raises(Forbidden):
            call(nobody)
