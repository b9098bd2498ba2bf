"""A file written anew: everything but the answers left out, whose bytes are nowhere in it."""

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from data.digest import content, state
from data.places import Places
from data.rewrite import rewrite
from data.store import Store
from tests.data.samples import ADMIN, PARTNERS, budgets, csv

HEADER = "wave,answer_id,recommend"
FIRST = csv("survey_answers", HEADER, *(f"2013,secret-{at:03d},{at % 11}" for at in range(53)), name="a.csv")
SECOND = csv("survey_answers", HEADER, *(f"2015,hidden-{at:03d},{at % 11}" for at in range(7)), name="b.csv")
AGAIN = csv("survey_answers", HEADER, *(f"2013,secret-{at:03d},{at % 11}" for at in range(20)), name="c.csv")


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with two waves and other rows."""
    store.import_files(ADMIN, [budgets("2014,1"), PARTNERS])
    for file in (FIRST, SECOND, AGAIN):
        assert store.import_files(ADMIN, [file]).ok
    return store


def held(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_published_copy_holds_no_answer_in_any_byte(filled: Store) -> None:
    copies = bytes_of(filled.places.published)
    assert b"Alpha" in copies and b"secret-" not in copies and b"hidden-" not in copies
    assert b"secret-" in filled.places.store.read_bytes()
    engine = filled.engine(ADMIN)
    assert engine.rows("SELECT count(*) FROM kept.survey_answers") == [(0,)]
    assert engine.rows("SELECT * FROM survey_answers") == []
    assert engine.rows("SELECT name FROM partners ORDER BY 1") == [("Alpha",), ("Beta",)]


def test_a_copy_has_every_other_row_and_the_views_in_the_same_columns(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.duckdb"
    told = rewrite(filled.places.store, target, without_answers="all")
    assert told == hashlib.sha256(target.read_bytes()).hexdigest()
    assert not target.with_name("copy.duckdb.wal").exists()
    tables = "SELECT schema_name, table_name, column_count FROM duckdb_tables() ORDER BY 1, 2"
    views = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY 1"
    for listed in (tables, views):
        assert held(target, listed) == held(filled.places.store, listed) != []
    for table in ("kept.budgets", "kept.partners", "main.sources", "main.catalogues", "main.warnings"):
        assert held(target, f"FROM {table}") == held(filled.places.store, f"FROM {table}")


def test_a_copy_tells_rounded_counts_only(filled: Store) -> None:
    """The 53 and 7 answers, and the 20 found again, are nowhere exact: books, numbers of rows, notes."""
    engine = filled.engine(ADMIN)
    books = dict(engine.rows("SELECT import, counts FROM main.imports"))
    for number, kind in ((2, "added"), (3, "added"), (4, "unchanged")):
        assert json.loads(books[number])[kind] == {"survey_answers": None}
    assert json.loads(books[1])["added"] == {"budgets": 1, "partners": 2}
    assert engine.rows("SELECT count(*) FROM main.seen") == [(0,)]
    (note,) = engine.rows("SELECT value FROM main.meta WHERE name = 'survey_answers'")
    told = json.loads(note[0])
    assert set(told.pop("brought")) == {"2013", "2015"}
    assert told == {"rows": 60, "last_import": 3, "waves": {"2013": 60, "2015": None}}
    ((last,),) = engine.rows("SELECT value FROM main.meta WHERE name = 'last_id'")
    assert int(last) == 3 + 64 + 16


def test_history_freshness_and_ledger_tell_rounded_counts(filled: Store) -> None:
    records = filled.history(ADMIN)
    assert [record.written for record in records] == [3, None, None, None]
    assert records[1].as_json()["added"] == {"survey_answers": None}
    fresh = {each.table: each for each in filled.freshness(ADMIN)}
    assert (fresh["survey_answers"].rows, fresh["survey_answers"].last_import) == (60, 3)
    assert fresh["partners"].rows == 2
    ledger = filled.places.ledger.read_text("utf-8")
    assert '"survey_answers": null' in ledger and not any(
        f'"survey_answers": {n}' in ledger for n in range(9)
    )
    assert filled.undo(ADMIN, 4).ok
    assert filled.undo(ADMIN, 2).stored == {"survey_answers": None}


def test_the_importer_is_told_exactly_what_was_stored(store: Store) -> None:
    assert store.import_files(ADMIN, [FIRST]).stored == {"survey_answers": 53}


def test_one_wave_is_left_out_with_its_traces_and_the_rest_stays(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "town2.duckdb"
    rewrite(filled.places.store, target, without_answers=["2013"])
    assert b"secret-" not in target.read_bytes() and b"hidden-" in target.read_bytes()
    assert held(target, "SELECT wave, count(*) FROM survey_answers GROUP BY 1") == [("2015", 7)]
    assert held(target, "SELECT count(*) FROM main.seen") == [(0,)]
    assert held(target, "SELECT count(*) FROM main.meta WHERE name = 'survey_answers'") == [(0,)]


def test_a_rewrite_without_leaving_anything_out_is_the_same_store(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "same.duckdb"
    rewrite(filled.places.store, target, without_answers=[])
    marks = []
    for path in (filled.places.store, target):
        with duckdb.connect(str(path), read_only=True) as connection:
            marks.append((state(connection), content(connection)))
    assert marks[0] == marks[1]


def test_copies_of_an_earlier_release_that_held_answers_go(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their pointer has another shape: the first check publishes anew, and keeps none of them."""
    places: Places = filled.places
    with monkeypatch.context() as earlier:
        earlier.setattr("data.publish._copy", lambda given, taken: _bytes(given, taken))
        earlier.setattr("data.publish.FORM", "with answers")
        filled.import_files(ADMIN, [budgets("2015,1")])
    assert b"secret-" in bytes_of(places.published)
    fresh = Store(places.store)
    monkeypatch.setattr("data.door._DOORS", {})
    assert fresh.engine(ADMIN).rows("SELECT count(*) FROM survey_answers") == [(0,)]
    assert b"secret-" not in bytes_of(places.published)


def _bytes(given: Path, taken: Path) -> str:
    taken.write_bytes(given.read_bytes())
    return hashlib.sha256(given.read_bytes()).hexdigest()
