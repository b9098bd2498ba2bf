"""Backups: a folder that is a whole store in its own right, verified before it is called done, known to later purges."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data import digest, ledger
from data.bound import materialise
from data.connection import connect
from data.frozen import ENDING, sha256
from data.pending import DATABASE, OWN
from data.places import Places
from data.problems import BadRequest, NotStored, StoreDamaged
from data.purge import UNFINISHED
from data.rewrite import rewrite
from data.session import locked, turn_of
from schemas.text import Text

PREFIX = "levier-"


@dataclass(frozen=True)
class Backup:
    """A whole backup: its folder, its size in bytes, the fingerprint of what its tables hold."""

    folder: Path
    size: int
    state_sha256: str

    def as_json(self) -> dict[str, object]:
        """Return the JSON object of ``data backup``."""
        return {"backup": str(self.folder), "bytes": self.size, "state_sha256": self.state_sha256}


def stamp() -> str:
    """Return now, as a folder's name tells it."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def backup(places: Places, into: Path, actor: str, own: Path | None = None) -> Backup:
    """Write a backup into a new dated folder of ``into``; ``own`` is the town's folder of definitions, if it has one.

    The urns stay out: what waits in them at two moments would tell who answered between. Free blocks stay out as well.
    Raises BadRequest for a folder that cannot be written, NotStored for a copy that does not hold the same.
    """
    folder = into.resolve() / f"{PREFIX}{stamp()}"
    part = folder.with_name(folder.name + UNFINISHED)
    with locked(places, None):
        with turn_of(places) as turn:
            state, held = turn.told.state, digest.readings(turn.connection)
        ledger.append(places.ledger, "backup_begun", folder=str(folder), actor=actor)
        try:
            part.mkdir(parents=True)
            _fill(places, Places(part / DATABASE), own, state, held)
            os.replace(part, folder)
            ledger.sync_folder(folder.parent)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise BadRequest(NO_ROOM.format(name=into.name or str(into))) from error
        except NotStored:
            shutil.rmtree(part, ignore_errors=True)
            raise
        purged = ledger.expected(ledger.read(places.ledger)).purged
        ledger.append(places.ledger, "backed_up", folder=str(folder), actor=actor, waves=sorted(purged))
    return Backup(folder, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()), state)


def _fill(places: Places, copy: Places, own: Path | None, state: str, readings: str) -> None:
    """Write database, ledger and definitions, see them to the disk, then read them again. Raises NotStored."""
    rewrite(places.store, copy.store, without_answers=[])
    to_disk(places.ledger, copy.ledger)
    copy_seals(places, copy)
    if own is not None and own.is_dir():
        shutil.copytree(own, copy.store.with_name(OWN))
    connection = connect(copy.store, read_only=True)
    try:
        materialise(connection, copy.catalogue)
        found = digest.state(connection), digest.readings(connection)
    finally:
        connection.close()
    if found != (state, readings) or ledger.expected(ledger.read(copy.ledger)).state != state:
        raise NotStored(NOT_THE_SAME)
    for folder in {file.parent for file in copy.store.parent.rglob("*")}:
        ledger.sync_folder(folder)


def copy_seals(given: Places, taken: Places) -> None:
    """Copy the sealed weeks' files as they are, altered ones too: a verification of the copy says what is wrong with them.

    Raises NotStored for a copy that is not the same.
    """
    taken.seals.mkdir(exist_ok=True)
    for file in sorted(given.seals.glob(f"*{ENDING}")):
        to_disk(file, taken.seals / file.name)
        if sha256(file) != sha256(taken.seals / file.name):
            raise NotStored(NOT_THE_SAME)


def to_disk(given: Path, taken: Path) -> None:
    """Copy a file and see it to the disk."""
    with given.open("rb") as source, taken.open("wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def find(folder: Path) -> Places:
    """Return the backup that a folder is, else the last whole one in it. Raises BadRequest where there is none."""
    dated = sorted(path for path in folder.glob(f"{PREFIX}*") if not path.name.endswith(UNFINISHED))
    for found in (folder, *reversed(dated)):
        if (found / DATABASE).is_file():
            return Places((found / DATABASE).resolve())
    raise BadRequest(NO_BACKUP.format(name=folder.name or str(folder)))


def check(copy: Places) -> ledger.Expected:
    """Return what a backup's ledger tells, once its tables agree with it. Writes nothing; raises StoreDamaged."""
    told = ledger.expected(ledger.read(copy.ledger))
    try:
        connection = connect(copy.store, read_only=True)
        try:
            found = digest.state(connection)
        finally:
            connection.close()
    except duckdb.Error as error:
        raise StoreDamaged(DAMAGED) from error
    if not told.lines or found != told.state:
        raise StoreDamaged(DAMAGED)
    return told


NO_ROOM = Text(
    "La sauvegarde ne peut pas être écrite dans « {name} ». "
    "Que faire : vérifiez que ce dossier existe, que vous pouvez y écrire et que le disque a de la place.",
    "The backup cannot be written into “{name}”. "
    "What to do: check that this folder exists, that you may write into it and that the disk has room.",
)
NOT_THE_SAME = Text(
    "La sauvegarde n'a pas abouti : la copie ne contient pas ce que dit le registre ; elle est effacée. "
    "Que faire : vérifiez le disque, lancez « python -m data verify », puis recommencez.",
    "The backup did not succeed: the copy does not hold what the ledger says; it is deleted. "
    "What to do: check the disk, run “python -m data verify”, then try again.",
)
NO_BACKUP = Text(
    "Il n'y a pas de sauvegarde dans « {name} ». "
    "Que faire : donnez le dossier d'une sauvegarde (« levier-… »), ou celui qui les contient.",
    "There is no backup in “{name}”. What to do: give a backup's folder (“levier-…”), or the one that holds them.",
)
DAMAGED = Text(
    "Cette sauvegarde est abîmée : sa base ne contient pas ce que dit son registre. Rien n'est remplacé. "
    "Que faire : donnez une autre sauvegarde.",
    "This backup is damaged: its database does not hold what its ledger says. Nothing is replaced. "
    "What to do: give another backup.",
)
