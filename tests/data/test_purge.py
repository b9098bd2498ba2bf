"""Raw answers destroyed when their date has come: everywhere, for good, and nothing else with them."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data import purge, scrub, urn
from data.access import Actor, Forbidden
from data.importing import store_rows
from data.order import Order
from data.problems import StoreDamaged
from data.readers.batch import Batch, Parsed
from data.store import Store
from schemas.frames import conform
from tests.data.killing import count_budgets
from tests.data.samples import ADMIN, PARTNERS, budgets, content, csv
from tests.data.test_recovery import as_a_new_process

HEADER = "wave,answer_id,recommend"
TODAY = date.today()


def answers(wave: str, secret: str, count: int = 53) -> tuple[str, bytes]:
    return csv("survey_answers", HEADER, *(f"{wave},{secret}-{at:03d},{at % 11}" for at in range(count)))


def register(wave: str, keep_until: date, state: str = "published") -> dict[str, object]:
    results = json.dumps({"wave": wave, "tables": []}) if state == "published" else None
    return {
        "wave": wave, "state": state, "held_on": date(2015, 6, 1), "headcount": 640, "keep_until": keep_until,
        "k": 11, "results": results,
    }  # fmt: skip


def declare(store: Store, *rows: dict[str, object]) -> None:
    """Write the register of waves as the product's own steps do."""
    frame = conform("survey_waves", pd.DataFrame(list(rows), dtype="object"))
    batch = Batch("survey_waves", frame, "register", None, np.arange(1, len(rows) + 1))
    order = Order("test", {"register": f"{rows}"}, "register", "survey_waves")
    assert store_rows(store.places, order, Parsed([batch]), count_budgets, None).ok


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Store:
    """A store with readings and two waves: one to be kept until tomorrow, one for a year."""
    own = Store(store.places.store, after=count_budgets)
    own.import_files(ADMIN, [budgets("2014,1"), PARTNERS, answers("2013", "secret")])
    own.import_files(ADMIN, [answers("2015", "hidden", 20)])
    declare(own, register("2013", TODAY + timedelta(1)), register("2015", TODAY + timedelta(365)))
    return own


def files_with(folder: Path, secret: bytes) -> list[str]:
    return sorted(
        str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file() and secret in f.read_bytes()
    )


def events(store: Store) -> list[str]:
    return [json.loads(line)["event"] for line in store.places.ledger.read_text("utf-8").splitlines()]


def readings(store: Store) -> list[tuple[object, ...]]:
    return store.engine(ADMIN).rows("SELECT * FROM readings ORDER BY ALL")


def tomorrow(monkeypatch: pytest.MonkeyPatch, days: int = 1) -> None:
    class Later(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return TODAY + timedelta(days)

    monkeypatch.setattr("data.purge.date", Later)
    monkeypatch.setattr("data.door.date", Later)


def test_on_its_date_a_running_process_purges_a_wave_by_itself(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, before = kept.places.store.parent, readings(kept)
    engine = kept.engine(ADMIN)
    results = engine.rows("SELECT wave, results FROM survey_waves ORDER BY 1")
    assert files_with(folder, b"secret-") == ["town.duckdb"]
    tomorrow(monkeypatch)
    after = kept.engine(ADMIN)
    assert files_with(folder, b"secret-") == [] and files_with(folder, b"hidden-") == ["town.duckdb"]
    assert dict(after.rows("SELECT wave, state FROM survey_waves")) == {"2013": "purged", "2015": "published"}
    assert after.rows("SELECT wave, results FROM survey_waves ORDER BY 1") == results
    assert readings(kept) == before != []
    kept.refresh(ADMIN)
    assert readings(kept) == before and kept.verify(ADMIN).ok
    assert kept.history(ADMIN)[-1].files == ("purge 2013",)
    (line,) = [json.loads(one) for one in kept.places.ledger.read_text().splitlines() if '"purged"' in one]
    assert (line["waves"], line["answers"], line["actor"]) == (["2013"], 60, purge.SYSTEM)
    assert events(kept).count("purged") == events(kept).count("scrubbed") == 1


def test_nothing_is_purged_before_its_date(kept: Store) -> None:
    assert kept.purge_due(ADMIN, dry_run=True).waves == () == kept.purge_due(ADMIN).waves
    assert "purged" not in events(kept)


def test_a_dry_run_names_the_waves_and_destroys_nothing(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.door.purge_due", lambda *_, **__: None)
    tomorrow(monkeypatch)
    assert kept.purge_due(ADMIN, dry_run=True).waves == ("2013",)
    assert files_with(kept.places.store.parent, b"secret-") == ["town.duckdb"]
    with pytest.raises(Forbidden):
        kept.purge_due(Actor("x", "editor"))


def test_a_wave_that_a_file_brought_is_kept_a_year(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.import_files(ADMIN, [answers("2013", "secret")])
    tomorrow(monkeypatch, 365)
    assert store.purge_due(ADMIN, dry_run=True).waves == ()
    tomorrow(monkeypatch, 366)
    store.engine(ADMIN)
    assert files_with(store.places.store.parent, b"secret-") == []


def test_backups_copies_and_urns_are_purged_too(kept: Store, tmp_path: Path) -> None:
    places = kept.places
    backups = [kept.backup(ADMIN, tmp_path / "backups").folder for _ in range(2)]
    places.store.with_name("town.duckdb.wal.20150101").write_bytes(b"secret-001")
    shutil.copy(places.store, places.store.with_name("town.duckdb.v0"))
    urn.issue(places, "2013", 3), urn.issue(places, "2015", 3)
    urn.cast(places, "2013", urn.issue(places, "2013", 1)[0], {"recommend": 3})
    done = purge.purge(places, ["2013"], "officer")
    assert sorted(done.copies) == sorted(map(str, backups)) and done.unreached == () and done.answers == 60
    assert files_with(tmp_path, b"secret-") == []
    assert len(files_with(tmp_path, b"hidden-")) == 4
    assert urn.remains(places, "2013").tokens == 0 and urn.remains(places, "2015").tokens == 3
    for folder in backups:
        copy = Store(folder / "levier.duckdb")
        assert copy.verify(ADMIN).ok and "purged" in events(copy)
        assert copy.engine(ADMIN).rows("SELECT name FROM partners ORDER BY 1") == [("Alpha",), ("Beta",)]
        assert dict(copy.engine(ADMIN).rows("SELECT wave, state FROM survey_waves"))["2013"] == "purged"


def test_a_backup_out_of_reach_is_said_and_purged_when_it_is_back(kept: Store, tmp_path: Path) -> None:
    folder = kept.backup(ADMIN, tmp_path / "usb").folder
    (tmp_path / "usb").rename(tmp_path / "drawer")
    done = purge.purge(kept.places, ["2013"], "officer")
    assert done.unreached == (str(folder),) and done.copies == ()
    assert kept.purge_due(ADMIN).waves == ()
    (tmp_path / "drawer").rename(tmp_path / "usb")
    assert files_with(tmp_path, b"secret-")
    as_a_new_process(kept).engine(ADMIN)
    assert files_with(tmp_path, b"secret-") == [] and "copy_purged" in events(kept)
    assert kept.purge_due(ADMIN, dry_run=True).waves == ()


def test_a_damaged_backup_does_not_stop_the_purge(kept: Store, tmp_path: Path) -> None:
    folder = kept.backup(ADMIN, tmp_path / "backups").folder
    (folder / "levier.duckdb").write_bytes(b"secret- garbage" * 1000)
    done = purge.purge(kept.places, ["2013"], "officer")
    assert done.unreached == (str(folder),) and files_with(kept.places.store.parent, b"secret-") == [
        str(folder.relative_to(tmp_path) / "levier.duckdb")
    ]


@pytest.mark.parametrize("point", ["commit", "scrub", "copies"])
def test_a_purge_that_was_stopped_is_finished_by_the_next_process(
    kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    kept.backup(ADMIN, tmp_path / "backups")
    before = readings(kept)
    where = {
        "commit": (purge.urn, "discard_in"),
        "scrub": (scrub, "_replace"),
        "copies": (purge, "_purge_copy"),
    }

    class Stopped(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(*where[point], stop)
        with pytest.raises(Stopped):
            purge.purge(kept.places, ["2013"], "officer")
    assert files_with(tmp_path, b"secret-")
    fresh = Store(as_a_new_process(kept).places.store, after=count_budgets)
    fresh.engine(ADMIN)
    assert files_with(tmp_path, b"secret-") == []
    assert readings(fresh) == before and fresh.verify(ADMIN).ok


def test_a_file_written_anew_that_lost_something_replaces_nothing(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(source: Path, target: Path, *, without_answers: object) -> str:
        shutil.copy(source, target)
        with duckdb.connect(str(target)) as connection:
            connection.execute("DELETE FROM kept.partners")
        return ""

    monkeypatch.setattr(scrub, "rewrite", losing)
    with pytest.raises(Exception, match="La purge n'a pas abouti"):
        purge.purge(kept.places, ["2013"], "officer")
    assert kept.verify(ADMIN).ok
    assert kept.engine(ADMIN).rows("SELECT count(*) FROM partners") == [(2,)]


def test_an_import_whose_answers_were_purged_is_undone_for_the_rest_and_says_so(store: Store) -> None:
    store.import_files(ADMIN, [answers("2013", "secret"), budgets("2014,1")])
    purge.purge(store.places, ["2013"], "officer")
    told = store.undo(ADMIN, 1)
    assert told.stored == {"budgets": 1}
    assert [fault.rule for fault in told.warnings] == ["purged"]
    assert store.engine(ADMIN).rows("SELECT count(*) FROM budgets") == [(0,)] and store.verify(ADMIN).ok


def test_answers_of_an_undone_import_leave_no_byte(store: Store) -> None:
    store.import_files(ADMIN, [answers("2013", "secret"), budgets("2014,1")])
    store.undo(ADMIN, 1)
    assert files_with(store.places.store.parent, b"secret-") == []
    assert store.verify(ADMIN).ok and events(store).count("scrubbed") == 1
    store.import_files(ADMIN, [budgets("2015,1")])
    store.undo(ADMIN, 3)
    assert events(store).count("scrubbed") == 1


def test_purging_twice_changes_nothing(kept: Store) -> None:
    purge.purge(kept.places, ["2013"], "officer")
    mark, ledger = content(kept), events(kept)
    again = purge.purge(kept.places, ["2013"], "officer")
    assert (again.import_id, again.answers) == (None, None)
    assert content(kept) == mark and events(kept) == ledger


def test_a_damaged_store_is_not_purged_but_still_said(kept: Store) -> None:
    with duckdb.connect(str(kept.places.store)) as other:
        other.execute("DELETE FROM kept.partners")
    with pytest.raises(StoreDamaged):
        purge.purge(kept.places, ["2013"], "officer")


def test_a_changed_frozen_list_is_noticed(kept: Store) -> None:
    """What was published is kept rows: the fingerprint of the ledger covers it."""
    with duckdb.connect(str(kept.places.store)) as other:
        other.execute(
            """UPDATE kept.survey_waves SET results = '{"wave": "2013", "tables": [1]}' WHERE wave = '2013'"""
        )
    told = as_a_new_process(kept).verify(ADMIN)
    assert not told.ok and "registre" in told.problems[0].fr
