"""Towns of a few rows, in memory, and catalogues of a few lines: what a test can work out by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

import duckdb

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue, load
from metrics.reading import Reading
from schemas.tables import TABLES

Row = Mapping[str, Any]


def little(**tables: Sequence[Row]) -> Engine:
    """Return an engine over all the tables: those given with their rows (what a row leaves out is null), the others empty."""
    connection = duckdb.connect()
    number = count(1)
    for name in TABLES:
        _create(connection, name)
        for row in tables.get(name, ()):
            names = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join("?" * (len(row) + 1))
            connection.execute(
                f"INSERT INTO {name} (_id, {names}) VALUES ({marks})", [next(number), *row.values()]
            )
    return Engine(connection)


def _create(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    columns = ", ".join(f'"{column.name}" {column.duckdb_type}' for column in TABLES[name].columns)
    connection.execute(f"CREATE TABLE {name} (_id BIGINT, {columns})")


def facts(rows: Sequence[Row], **types: str) -> Engine:
    """Return an engine over one table ``facts`` of these columns, and its view ``things``; the town's own tables are empty."""
    connection = duckdb.connect()
    for name in TABLES:
        _create(connection, name)
    connection.execute(
        f"CREATE TABLE facts (_id BIGINT, {', '.join(f'{name} {kind}' for name, kind in types.items())})"
    )
    marks = ", ".join("?" * (len(types) + 1))
    if rows:
        values = [
            value
            for place, row in enumerate(rows, 1)
            for value in (place, *(row.get(name) for name in types))
        ]
        connection.execute(f"INSERT INTO facts VALUES {', '.join([f'({marks})'] * len(rows))}", values)
    return _WithThings(connection, {"things": f"SELECT _id, {', '.join(types)} FROM facts"})


class _WithThings(Engine):
    """An engine whose only views are those given."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, views: Mapping[str, str]) -> None:
        super().__init__(connection)
        self._views = views

    @property
    def relations(self) -> Mapping[str, str]:
        return self._views


def catalogue_of(yaml: str, relations: Mapping[str, str] | None = None) -> Catalogue:
    """Return the catalogue of one YAML text, all of whose entries must stand."""
    found = load([{"own.yml": yaml}], relations)
    assert not found.refused, [(one.id, one.reason.en, one.mend.en) for one in found.refused]
    return found


def reading(engine: Engine, catalogue: Catalogue, kpi: str, day: str, by: str | None = None) -> Reading:
    """Return one live reading of the town, or the only one by a dimension."""
    found = readings(engine, catalogue, [kpi], [date.fromisoformat(day)], by)
    assert len(found) == 1, found
    return found[0]
