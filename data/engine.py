"""The one door to the numbers: SELECTs on a hardened connection, from any thread."""

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data.bound import bound
from data.problems import NotAQuery
from data.readers.batch import BoundCatalogue
from data.readings import replace
from data.summary import data_date

SEALED = "sealed-"  # how the version of a sealed week begins
VIEWS = Path(__file__).parent / "views"


@lru_cache(maxsize=1)
def relations() -> Mapping[str, str]:
    """Return the SELECT text of each file of data/views, by relation name (the file's), read once."""
    found = {file.stem: file.read_text("utf-8").strip().rstrip(";") for file in sorted(VIEWS.glob("*.sql"))}
    return MappingProxyType(found)


class Engine:
    """Answers SELECTs on one version of the store, which never changes under it. Safe from any thread: one cursor per call.

    ``columns``, ``rows`` and ``frame`` take one SELECT with ``?`` parameters and raise NotAQuery for
    anything else, duckdb.Error for a SELECT that fails. Amounts come back in euros.
    """

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: str = "") -> None:
        self._connection = connection
        self._guard = threading.Lock()
        self.version = version

    @property
    def is_sealed(self) -> bool:
        """Whether it stands on the frozen copy of a sealed week: its readings are what was known, and stay."""
        return self.version.startswith(SEALED)

    @property
    def relations(self) -> Mapping[str, str]:
        """The views that KPIs read: relation name -> SELECT text."""
        return relations()

    @cached_property
    def as_of(self) -> date | None:
        """The data date: the last event among all current rows, None for an empty store."""
        return data_date(self.rows)

    @cached_property
    def catalogue(self) -> BoundCatalogue:
        """The catalogue that the last import which brought one uses; both parts empty if none did."""
        with self._cursor() as cursor:
            return bound(cursor)

    def close(self) -> None:
        """Close the connection; no call works afterwards."""
        self._connection.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._guard:
            return self._connection.cursor()

    def columns(self, sql: str, params: Sequence[Any] = ()) -> dict[str, np.ndarray]:
        """Return the result by column, all arrays of the same length.

        Decimals and floats: float64, null as NaN. Integers and booleans: int64 or bool; float64 with NaN where
        there is a null. Dates: datetime64[D], null as NaT. Text and the rest: object, null as None.
        """
        with self._cursor() as cursor:
            found = cursor.execute(_only_a_select(sql), list(params)).fetchnumpy()
        return {name: _plain(column) for name, column in found.items()}

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as Python tuples: Decimal for amounts, datetime.date for dates, None for null."""
        with self._cursor() as cursor:
            return cursor.execute(_only_a_select(sql), list(params)).fetchall()

    def frame(self, sql: str, params: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the result as a frame: amounts float64, dates datetime64, null as NaN, NaT or None."""
        with self._cursor() as cursor:
            return cursor.execute(_only_a_select(sql), list(params)).df()


class WritingEngine(Engine):
    """The engine handed to what recomputes the readings, inside the writer's lock; of no use after the call."""

    def replace_readings(self, frame: pd.DataFrame, kpis: Sequence[str]) -> None:
        """Replace all readings of ``kpis`` by the rows of ``frame`` (columns of table ``readings``), or nothing.

        An empty ``kpis`` does nothing. Raises NotStored when the store holds another number of rows afterwards.
        """
        if kpis:
            replace(self._connection, frame, kpis)


def _only_a_select(sql: str) -> duckdb.Statement:
    """Return ``sql`` parsed; raise NotAQuery unless it is exactly one SELECT (a second fence: the connection is locked anyway)."""
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotAQuery("exactly one SELECT is expected")
    return statements[0]


def _plain(column: Any) -> np.ndarray:
    """Turn one column into the plain array that ``Engine.columns`` promises: DuckDB masks its nulls."""
    if column.dtype.kind == "M":
        column = column.astype("datetime64[D]")
    elif column.dtype.kind in "iu":
        column = column.astype("int64")
    if not isinstance(column, np.ma.MaskedArray) or not column.mask.any():
        return np.asarray(column)
    if column.dtype.kind in "iubf":
        return np.ma.filled(column.astype("float64"), np.nan)
    plain = np.array(column.data)
    plain[column.mask] = np.datetime64("NaT") if plain.dtype.kind == "M" else None
    return plain
