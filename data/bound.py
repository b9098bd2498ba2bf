"""The catalogue that came with an import: kept in the store, laid out as YAML files beside it."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from data.readers.batch import BoundCatalogue

SAFE_NAME = re.compile(r"[\w][\w.-]*\.ya?ml")


def bound(connection: duckdb.DuckDBPyConnection) -> BoundCatalogue:
    """Return the catalogue of the last import that brought one; both parts empty if there is none."""
    sql = """SELECT shipped, name, text FROM main.catalogues
             WHERE import = (SELECT max(import) FROM main.catalogues) ORDER BY name"""
    rows = connection.execute(sql).fetchall()
    shipped = next((row[0] for row in rows if row[0]), None)
    return BoundCatalogue(shipped, {name: text for _, name, text in rows if name}, _layers(connection))


def _layers(connection: duckdb.DuckDBPyConnection) -> tuple[Mapping[str, str], ...]:
    """Return the texts that a sealed week was read with, folder by folder; none for a store that lives."""
    found: dict[int, dict[str, str]] = {}
    try:
        rows = connection.execute("SELECT layer, name, text FROM main.sealed_texts ORDER BY 1, 2").fetchall()
    except duckdb.CatalogException:  # a copy that an earlier release published
        return ()
    for layer, name, text in rows:
        found.setdefault(layer, {})[name] = text
    return tuple(found.values())


def keep(connection: duckdb.DuckDBPyConnection, number: int, catalogue: BoundCatalogue | None) -> None:
    """Write the catalogue that import ``number`` brought. Raises ValueError for a file name that is a path."""
    if catalogue is None:
        return
    for name in catalogue.files:
        if not SAFE_NAME.fullmatch(name):
            raise ValueError(f"not a plain YAML file name: {name!r}")
    texts: list[tuple[str | None, str | None]] = [*catalogue.files.items()] or [(None, None)]
    rows = [[number, catalogue.shipped, name, text] for name, text in texts]
    connection.executemany("INSERT INTO main.catalogues VALUES (?, ?, ?, ?)", rows)


def drop(connection: duckdb.DuckDBPyConnection, number: int) -> bool:
    """Take back the catalogue of import ``number``; tell whether it had brought one."""
    gone = connection.execute("DELETE FROM main.catalogues WHERE import = ?", [number]).fetchall()[0][0]
    return bool(gone)


def materialise(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make the folder hold exactly the YAML texts in force; no folder when there are none."""
    texts = bound(connection).files
    if not texts:
        shutil.rmtree(folder, ignore_errors=True)
    elif texts != _found(folder):
        _write(folder, texts)


def _found(folder: Path) -> dict[str, str]:
    return {
        file.name: file.read_bytes().decode("utf-8", "replace") for file in folder.glob("*") if file.is_file()
    }


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Fill a new folder and put it in the old one's place, so that nobody reads half of each."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, text in texts.items():
        (fresh / name).write_bytes(text.encode("utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(fresh, folder)
