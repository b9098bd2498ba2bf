"""Destroying what rows that are gone leave behind: the file written anew, its old copies and logs away."""

import logging
import os
from collections.abc import Collection
from pathlib import Path

import duckdb

from data import digest, ledger, publish
from data.connection import connect
from data.places import Places
from data.problems import NotStored
from data.rewrite import rewrite
from schemas.text import Text

LOG = logging.getLogger("levier.data.scrub")


def scrub(places: Places, waves: Collection[str], state: str) -> list[Path]:
    """Leave no byte of these waves' answers in the closed store's files; return the files that could not be cleaned.

    Only call it under the writer's lock, once no row of them is left in the tables, whose fingerprint is ``state``.
    Raises NotStored (nothing is replaced) when the file written anew does not hold the same.
    """
    _replace(places.store, state)
    left = [path for path in _older(places) if not _clean(path, waves)]
    left += publish.remove_old(places, 1)
    if not left:
        ledger.append(places.ledger, "scrubbed", waves=sorted(waves))
    for path in left:
        LOG.log(logging.WARNING, "raw survey answers may remain in %s: delete this file", path)
    return left


def _replace(store: Path, state: str) -> None:
    """Write the store anew without its free blocks, and put it in its place once it is known to hold the same."""
    fresh = store.with_name(store.name + ".scrubbing")
    rewrite(store, fresh, without_answers=[])
    connection = connect(fresh, read_only=True)
    try:
        found = digest.state(connection)
    finally:
        connection.close()
    if found != state:
        fresh.unlink()
        raise NotStored(NOT_THE_SAME)
    os.replace(fresh, store)
    ledger.sync_folder(store.parent)


def _older(places: Places) -> list[Path]:
    """Return what earlier stops, migrations and restores left beside the store, waiting or whole."""
    name = places.store.name
    found = [*places.store.parent.glob(f"{name}.wal.*"), *places.store.parent.glob(f"{name}.v[0-9]*")]
    return sorted([*found, *(places.store.with_name(name + end) for end in (".new", ".new.wal"))])


def _clean(path: Path, waves: Collection[str]) -> bool:
    """Take a log's copy away, write an earlier release's file anew; say whether nothing of the answers is left."""
    is_store = ".v" in path.suffix
    fresh = path.with_name(path.name + ".scrubbing")
    try:
        if is_store:
            rewrite(path, fresh, without_answers=waves)
            os.replace(fresh, path)
        else:
            path.unlink(missing_ok=True)
    except (OSError, duckdb.Error):
        return _removed(fresh) and _removed(path)
    return True


def _removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


NOT_THE_SAME = Text(
    "La purge n'a pas abouti : le fichier récrit ne contient pas ce que dit le registre. Rien n'est remplacé. "
    "Que faire : vérifiez l'espace disque, lancez « python -m data verify », puis recommencez.",
    "The purge did not succeed: the file written anew does not hold what the ledger says. Nothing is replaced. "
    "What to do: check the disk space, run “python -m data verify”, then try again.",
)
