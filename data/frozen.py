"""The frozen copy of a sealed week: the readers' copy of that moment, compressed, with the definitions it was read with."""

import gzip
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from data import layout
from data.connection import connect
from data.engine import SEALED, Engine
from data.ledger import sync_folder
from data.places import Places
from data.problems import SealAltered
from data.publish import Pointer
from schemas.text import Text

ENDING = ".duckdb.gz"
OPEN = "open"  # the folder of the copies that processes are about to read
STALE = 3600.0  # seconds after which what a stopped process left there is taken away
WEEK = "sealed_week"  # the line of ``meta`` that says which week a frozen copy is of


def final(places: Places, week: str) -> Path:
    """Return the file of a sealed week."""
    return places.seals / f"{week}{ENDING}"


def waiting(places: Places, week: str) -> Path:
    """Return the file of a week that is being sealed, until the register has its row."""
    return places.seals / f"{week}{ENDING}.new"


def freeze(places: Places, pointer: Pointer, week: str, layers: Sequence[Mapping[str, str]]) -> str:
    """Write the waiting file of a week from the readers' copy, see it to the disk, return its bytes' sha256.

    ``layers`` are the YAML texts in force, folder by folder: an upgrade or an edited entry changes nothing of what was known.
    """
    places.seals.mkdir(parents=True, exist_ok=True)
    copy = places.seals / f"{week}.duckdb.new"
    shutil.copyfile(places.published / pointer.file, copy)
    texts = [[at, name, text] for at, layer in enumerate(layers) for name, text in layer.items()]
    with duckdb.connect(str(copy)) as connection:
        connection.execute("BEGIN")
        layout.put_meta(connection, WEEK, week)
        if texts:
            connection.executemany("INSERT INTO main.sealed_texts VALUES (?, ?, ?)", texts)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
    _pack(copy, waiting(places, week))
    copy.unlink()
    sync_folder(places.seals)
    return sha256(waiting(places, week))


def _pack(copy: Path, target: Path) -> None:
    """Compress a file without name or date, so that the same bytes always give the same."""
    with copy.open("rb") as source, target.open("wb") as file:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
            shutil.copyfileobj(source, packed, 1 << 20)
        file.flush()
        os.fsync(file.fileno())


def sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sweep(places: Places, connection: duckdb.DuckDBPyConnection) -> None:
    """Finish what a stopped sealing left: a registered week's file gets its name, any other goes. Under the writer's lock."""
    left = list(places.seals.glob("*.new"))
    if not left:
        return
    known = dict(connection.execute("SELECT week, content_sha256 FROM main.seals").fetchall())
    for path in left:
        week = path.name.removesuffix(".new").removesuffix(ENDING)
        if path == waiting(places, week) and known.get(week) == sha256(path):
            os.replace(path, final(places, week))
        else:
            path.unlink(missing_ok=True)
    sync_folder(places.seals)


def held(places: Places, week: str, content: str) -> bytes:
    """Return the bytes of a sealed week once they are those that were sealed. Raises SealAltered."""
    for path in (final(places, week), waiting(places, week), final(places, week)):  # it may just get its name
        try:
            given = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(given).hexdigest() != content:
            raise SealAltered(ALTERED.format(week=week))
        return given
    raise SealAltered(GONE.format(week=week))


def thaw(places: Places, week: str, content: str) -> Engine:
    """Return an engine on the frozen copy, read only, led forward to this program's layout. Raises SealAltered, StoreTooNew.

    Each process reads a copy of its own, whose name goes as soon as it is open: nobody can change it under the reader.
    """
    folder = places.seals / OPEN
    given = held(places, week, content)
    folder.mkdir(parents=True, exist_ok=True)
    _clean(folder)
    path = folder / f"{content[:12]}-{uuid.uuid4().hex[:12]}.duckdb"
    try:
        path.write_bytes(gzip.decompress(given))
        _forward(path)
        connection = connect(path, read_only=True)
    finally:
        _remove(path)
    return Engine(connection, f"{SEALED}{content[:12]}")


def _forward(path: Path) -> None:
    """Lead a copy of an earlier release to this one's layout."""
    with duckdb.connect(str(path)) as connection:
        if layout.get_meta(connection, "layout") != layout.fingerprint():
            layout.migrate(connection, layout.version(connection))
            layout.adapt(connection)
            connection.execute("CHECKPOINT")


def _clean(folder: Path) -> None:
    """Take away what processes left that were stopped, or that could not remove an open file."""
    for path in folder.glob("*"):
        try:
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink(missing_ok=True)
        except OSError:  # Windows keeps open files; the next one tries again
            continue


def _remove(path: Path) -> None:
    for each in (path, path.with_name(path.name + ".wal")):
        try:
            each.unlink(missing_ok=True)
        except OSError:
            continue


ALTERED = Text(
    "La semaine {week} a été altérée : sa copie scellée n'est plus celle qui a été scellée. "
    "Que faire : remettez ce fichier depuis une sauvegarde ; « python -m data verify » dit lesquels.",
    "Week {week} was altered: its sealed copy is no longer the one that was sealed. "
    "What to do: put this file back from a backup; “python -m data verify” says which.",
)
GONE = Text(
    "La copie scellée de la semaine {week} a disparu. "
    "Que faire : remettez ce fichier depuis une sauvegarde ; « python -m data verify » dit lesquels.",
    "The sealed copy of week {week} is gone. "
    "What to do: put this file back from a backup; “python -m data verify” says which.",
)
