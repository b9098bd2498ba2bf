"""The demo town with something else in it: a copy of what readers open, rewritten by SQL, and an engine on it."""

import shutil
from itertools import count
from pathlib import Path

import duckdb

from data.engine import Engine
from data.places import places
from data.publish import current

_NUMBER = count()


def altered(town: Path, folder: Path, *statements: str) -> Engine:
    """Return an engine on the town after ``statements`` on its tables (schema ``kept``); its readings stay as they were."""
    at = places(town)
    pointer = current(at)
    assert pointer is not None
    copy = folder / f"altered{next(_NUMBER)}.duckdb"
    shutil.copy2(at.published / pointer.file, copy)
    connection = duckdb.connect(str(copy))
    for statement in statements:
        connection.execute(statement)
    return Engine(connection, copy.name)
