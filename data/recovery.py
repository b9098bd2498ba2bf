"""Opening the store under the lock: what the ledger says and what the tables hold must be the same."""

import shutil
from datetime import UTC, datetime

import duckdb

from data import digest, layout, ledger
from data.connection import connect
from data.pending import finish
from data.places import Places
from data.problems import StoreBusy, StoreDamaged
from schemas.text import Text


def open_checked(places: Places) -> tuple[duckdb.DuckDBPyConnection, ledger.Expected]:
    """Open the store (made if there is none) and return it with what the ledger tells, once they agree.

    A process killed between COMMIT and its ledger line is recognised and its line completed; one killed before
    COMMIT is noted as abandoned. Anything else raises StoreDamaged. Only call it under the writer's lock.
    """
    finish(places)
    told = ledger.expected(ledger.read(places.ledger))
    if not places.store.exists():
        _create(places, told)
    _keep_wal(places)
    connection = _open(places)
    try:
        connection = _forward(places, connection, told)
        _compare(places, connection, told)
    except duckdb.Error as error:
        connection.close()
        raise StoreDamaged(UNREADABLE) from error
    except BaseException:
        connection.close()
        raise
    return connection, told


def _create(places: Places, told: ledger.Expected) -> None:
    """Make an empty store, whole at once under its name. Refused where the ledger knows of rows."""
    if told.state != digest.EMPTY:
        raise StoreDamaged(GONE)
    fresh = places.store.with_name(places.store.name + ".new")
    fresh.unlink(missing_ok=True)
    if not told.lines:
        ledger.append(places.ledger, "created", store_version=layout.VERSION, state_sha256=digest.EMPTY)
        told.lines = 1
    connection = connect(fresh)
    layout.adapt(connection)
    connection.close()
    fresh.replace(places.store)


def _keep_wal(places: Places) -> None:
    """After an unclean stop, keep a copy of the write-ahead log before DuckDB replays it (or silently drops it)."""
    if not places.wal.exists():
        return
    at = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    shutil.copyfile(places.wal, places.wal.with_name(f"{places.wal.name}.{at}"))
    for old in sorted(places.wal.parent.glob(f"{places.wal.name}.*"))[:-2]:
        old.unlink(missing_ok=True)


def _open(places: Places) -> duckdb.DuckDBPyConnection:
    try:
        connection = connect(places.store)
        connection.execute("CHECKPOINT")
    except duckdb.IOException as error:
        held = "set lock" in str(error) or "used by another process" in str(error)
        raise (StoreBusy(ELSEWHERE) if held else StoreDamaged(UNREADABLE)) from error
    except duckdb.Error as error:
        raise StoreDamaged(UNREADABLE) from error
    return connection


def _forward(
    places: Places, connection: duckdb.DuckDBPyConnection, told: ledger.Expected
) -> duckdb.DuckDBPyConnection:
    """Lead an older store to this program's version, after a copy of its file; return the connection to use."""
    held = layout.version(connection)
    if not 0 < held < layout.VERSION:
        layout.migrate(connection, held)
        layout.adapt(connection)
        return connection
    _compare(places, connection, told)
    connection.close()
    shutil.copyfile(places.store, places.store.with_name(f"{places.store.name}.v{held}"))
    connection = _open(places)
    layout.migrate(connection, held)
    layout.adapt(connection)
    told.state = digest.state(connection)
    ledger.append(places.ledger, "migrated", store_version=layout.VERSION, state_sha256=told.state)
    return connection


def _compare(places: Places, connection: duckdb.DuckDBPyConnection, told: ledger.Expected) -> None:
    """Compare tables and ledger, and finish what a stopped process had begun."""
    found = digest.state(connection)
    if not told.lines and found == digest.EMPTY:
        ledger.append(places.ledger, "created", store_version=layout.VERSION, state_sha256=found)
    elif not told.lines:
        raise StoreDamaged(NO_LEDGER)
    elif found == told.state:
        _abandon(places, told)
    elif told.begun and found == told.begun["state_sha256"]:
        _complete(places, told)
    else:
        raise StoreDamaged(DIFFERENT)


def _abandon(places: Places, told: ledger.Expected) -> None:
    if told.begun:
        ledger.append(places.ledger, "abandoned", **{"import": told.begun["import"]})
        told.begun = None


def _complete(places: Places, told: ledger.Expected) -> None:
    """Write the line that the stopped process could not: its COMMIT had been made."""
    begun = told.begun or {}
    facts = {name: value for name, value in begun.items() if name not in ("at", "event", "op")}
    event = ledger.EVENTS[begun["op"]]
    ledger.append(places.ledger, event, recovered=True, **facts)
    ledger.follow(told, {**begun, "event": event})


RESTORE_FR = (
    "Que faire : n'écrivez plus dans ce dossier et remettez en place la dernière sauvegarde complète "
    "(base et registre ensemble) ; sans sauvegarde, mettez de côté la base et tous les fichiers qui portent son nom, "
    "puis réimportez vos fichiers."
)
RESTORE_EN = (
    "What to do: write no more into this folder and put the last complete backup back (database and ledger "
    "together); without a backup, set the database and all files that bear its name aside, then import your files again."
)
GONE = Text(
    f"La base de données a disparu, alors que le registre des imports en décrit le contenu. {RESTORE_FR}",
    f"The database is gone, while the ledger of imports describes its content. {RESTORE_EN}",
)
NO_LEDGER = Text(
    f"Le registre des imports (fichier .ledger.jsonl) manque, alors que la base contient des données. {RESTORE_FR}",
    f"The ledger of imports (file .ledger.jsonl) is missing, while the database holds data. {RESTORE_EN}",
)
DIFFERENT = Text(
    "La base ne contient pas ce que dit le registre des imports : elle a été tronquée, ou modifiée par un autre "
    f"programme. Rien n'est affiché. {RESTORE_FR}",
    "The database does not hold what the ledger of imports says: it was cut short, or changed by another program. "
    f"Nothing is shown. {RESTORE_EN}",
)
UNREADABLE = Text(
    f"Le fichier de la base est illisible. {RESTORE_FR}",
    f"The database file cannot be read. {RESTORE_EN}",
)
ELSEWHERE = Text(
    "La base est ouverte dans un autre programme. Que faire : fermez-la dans ce programme, puis recommencez.",
    "The database is open in another program. What to do: close it there, then try again.",
)
