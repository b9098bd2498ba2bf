"""What was published outlives the answers: the demo town's survey readings before and after a purge and a refresh."""

from pathlib import Path

import duckdb

from data.access import local_actor
from data.store import Store
from metrics.disclosure.auditor import audit
from metrics.refresh import after_import, rule_settings

READINGS = "SELECT * FROM readings WHERE kpi IN ('wellbeing_who5', 'qwl_climate') ORDER BY ALL"
WAVES = ("2013-audit", "2015")


def files_with(folder: Path, secret: bytes) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and secret in file.read_bytes()]


def test_readings_and_lists_outlive_the_purge_and_a_refresh(own_town: Path, tmp_path: Path) -> None:
    store = Store(own_town, after=after_import, settings=rule_settings, auditor=audit)
    store.backup(local_actor(), tmp_path / "backups")
    engine = store.engine(local_actor())
    before = engine.rows(READINGS)
    lists = engine.rows("SELECT wave, results FROM survey_waves ORDER BY 1")
    assert any(row[5] is not None for row in before) and len(lists) == len(WAVES)
    secret = _an_answer(own_town)
    assert sorted(files_with(tmp_path, secret)) == sorted([own_town.name, "levier.duckdb"])
    for wave in WAVES:
        store.step(local_actor(), wave, "purged")
    assert files_with(tmp_path, secret) == []
    assert store.engine(local_actor()).rows(READINGS) == before
    assert store.refresh(local_actor()) == []
    after = store.engine(local_actor())
    assert after.rows(READINGS) == before
    assert after.rows("SELECT wave, results FROM survey_waves ORDER BY 1") == lists
    assert files_with(tmp_path, secret) == [] and store.verify(local_actor()).ok


def _an_answer(path: Path) -> bytes:
    """Return a text that only raw answers hold: the key of one of them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        sql = "SELECT answer_id FROM kept.survey_answers WHERE wave = ? ORDER BY 1 LIMIT 1"
        (found,) = connection.execute(sql, [WAVES[-1]]).fetchall()[0]
    return str(found).encode()
