"""The engine: plain arrays, any thread, SELECT only, and a connection that reaches nothing else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest

from data.connection import connect
from data.engine import Engine, relations
from data.problems import NotAQuery
from data.store import Store
from tests.data.samples import ADMIN, budgets, projects, store_at

VALUES = """SELECT * FROM (VALUES
    (1, 1.5::DECIMAL(14,2), DATE '2015-01-31', 'a', true, 0.5::DOUBLE),
    (NULL, NULL, NULL, NULL, NULL, NULL)) t(i, d, day, s, b, x)"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One store for all tests here: none of them may change it."""
    store = store_at(tmp_path_factory.mktemp("engine"))
    store.import_files(ADMIN, [budgets("2013,10", "2014,20"), projects("P1,1500.55")])
    return store


@pytest.fixture(scope="module")
def engine(filled: Store) -> Engine:
    """Its engine."""
    return filled.engine(ADMIN)


def test_columns_are_plain_arrays_with_unknown_as_nan_nat_none(engine: Engine) -> None:
    found = engine.columns(VALUES)
    assert {name: str(column.dtype) for name, column in found.items()} == {
        "i": "float64", "d": "float64", "day": "datetime64[D]", "s": "object", "b": "float64", "x": "float64",
    }  # fmt: skip
    assert all(type(column) is np.ndarray for column in found.values())
    assert np.isnan(found["d"][1]) and np.isnat(found["day"][1]) and found["s"][1] is None
    whole = engine.columns("SELECT year, sum(population) OVER () AS total, year > 0 AS b FROM budgets")
    assert [str(column.dtype) for column in whole.values()] == ["int64", "float64", "bool"]


def test_rows_and_frames_take_parameters(engine: Engine) -> None:
    assert engine.rows(VALUES)[0] == (1, Decimal("1.50"), date(2015, 1, 31), "a", True, 0.5)
    assert engine.rows("SELECT population FROM budgets WHERE year = ?", [2014]) == [(20,)]
    frame = engine.frame("SELECT total_cost_amount FROM projects")
    assert frame["total_cost_amount"].tolist() == [1500.55]
    assert engine.columns("SELECT year FROM budgets WHERE false")["year"].size == 0


def test_relations_are_the_views_by_name() -> None:
    assert dict(relations()) == {
        file.stem: file.read_text("utf-8").strip().rstrip(";") for file in Path("data/views").glob("*.sql")
    }


PROBES = (
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "COPY budgets TO '{folder}/town.duckdb.published/x.csv'",
    "COPY budgets FROM '/etc/passwd'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.duckdb'",
    "ATTACH '{folder}/town.duckdb' AS again",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET allowed_directories = ['/']",
    "SET threads = 1",
    "PRAGMA threads = 1",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_text('{folder}/town.duckdb.ledger.jsonl')",
    "SELECT * FROM read_blob('{folder}/town.duckdb')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "CREATE SECRET s (TYPE s3)",
)


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("door", ["engine", "read only", "writing"])
def test_a_connection_reaches_nothing_but_its_tables(
    engine: Engine, filled: Store, probe: str, door: str
) -> None:
    folder = filled.places.store.parent
    sql, before = probe.format(folder=folder), sorted(folder.rglob("*"))
    if door == "engine":
        with pytest.raises((NotAQuery, duckdb.Error)):
            engine.rows(sql)
    else:
        copy = filled.places.published / f"{engine.version.split('-')[0]}.duckdb"
        file = filled.places.store if door == "writing" else copy
        with connect(file, read_only=door == "read only") as connection, pytest.raises(duckdb.Error):
            connection.execute(sql).fetchall()
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM budgets", "SELECT 1; DROP TABLE kept.budgets", "CREATE TABLE t (a INT)", "CHECKPOINT", ""],
)
def test_an_engine_takes_exactly_one_select(engine: Engine, sql: str) -> None:
    for call in (engine.rows, engine.columns, engine.frame):
        with pytest.raises(NotAQuery):
            call(sql)


def test_a_frame_of_the_caller_is_out_of_reach(engine: Engine) -> None:
    frame = engine.frame("SELECT 1 AS a")
    with pytest.raises(duckdb.Error):
        engine.rows("SELECT * FROM frame")
    assert len(frame) == 1


def test_any_thread_may_ask(engine: Engine) -> None:
    def ask(number: int) -> int:
        return engine.rows("SELECT sum(population) + ? FROM budgets, range(1000)", [number])[0][0]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(64))) == [30_000 + number for number in range(64)]
