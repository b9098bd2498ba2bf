"""Opening the file: every connection is locked before anybody else gets it."""

import threading
from pathlib import Path

import duckdb

# Without allowed directories DuckDB reaches its own file, log and spill folder and nothing else: an allowed
# folder would also allow COPY into it. The order matters: directories cannot be changed once access is off.
LOCKS = (
    "SET allowed_directories = []",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


_GUARD = threading.Lock()


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the DuckDB file with file access, extensions and settings locked. Raises duckdb.Error.

    A frame gets in through ``register`` only. Close it before any other descriptor on the same file is
    closed in this process: that would drop DuckDB's lock.
    """
    with _GUARD:
        connection = duckdb.connect(str(path), read_only=read_only)
        # Connections of one process on one file share their settings, and these can be set but once: one at a time, or the
        # second of two threads that open a fresh copy finds it half locked.
        if connection.execute("SELECT current_setting('lock_configuration')").fetchall() != [(True,)]:
            for statement in LOCKS:
                connection.execute(statement)
    return connection


def quoted(name: str) -> str:
    """Return an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
