"""The ledger: JSON lines outside the database that say what the tables must hold. Only ever appended to."""

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.digest import EMPTY
from data.problems import StoreDamaged
from schemas.text import Text

# What is noted once an operation is committed.
EVENTS = {"import": "stored", "undo": "undone", "purge": "purged"}
# The events after which the tables hold what the line says.
DONE = frozenset({"created", "migrated", "restored", *EVENTS.values()})


@dataclass
class Expected:
    """What the ledger says: the state the tables must have, what was begun, and readings not yet recomputed.

    ``copies`` are the folders of backups, begun (False) or whole (True); ``purged`` the waves whose answers were purged,
    ``owed`` those that a restore brought back, ``to_scrub`` those that may still lie in free blocks, ``reached`` which wave is purged in which copy,
    ``leaves_answers`` that an undo left answers in free blocks.
    """

    lines: int = 0
    state: str = EMPTY
    begun: dict[str, Any] | None = None
    pending: set[str] = field(default_factory=set)
    readings: str = EMPTY
    copies: dict[str, bool] = field(default_factory=dict)
    purged: set[str] = field(default_factory=set)
    to_scrub: set[str] = field(default_factory=set)
    reached: set[tuple[str, str]] = field(default_factory=set)
    owed: set[str] = field(default_factory=set)
    leaves_answers: bool = False


def append(path: Path, event: str, **facts: Any) -> None:
    """Add one line and see it to the disk."""
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event} | facts
    new = not path.exists()
    with path.open("ab") as file:
        file.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def read(path: Path) -> list[dict[str, Any]]:
    """Return all lines, none if there is no ledger. A last line cut short by a power cut is taken away.

    Only call it under the writer's lock. Raises StoreDamaged for a line that is not one of ours.
    """
    if not path.exists():
        return []
    whole, _, torn = path.read_bytes().rpartition(b"\n")
    if torn:
        os.truncate(path, len(whole) + 1 if whole else 0)
    return [_parsed(line) for line in whole.split(b"\n") if line.strip()]


def expected(lines: list[dict[str, Any]]) -> Expected:
    """Walk through the lines and return where they lead."""
    told = Expected(lines=len(lines))
    for line in lines:
        follow(told, line)
    return told


def follow(told: Expected, line: dict[str, Any]) -> None:
    """Take one more line into account."""
    event = line["event"]
    if event in DONE:
        told.state, told.begun = line["state_sha256"], None
        told.pending |= set(line.get("tables") or ())
    elif event == "begun":
        told.begun = line
    elif event == "abandoned":
        told.begun = None
    elif event == "published":
        told.pending, told.readings = set(), line["readings_sha256"]
    _retained(told, event, line)


def _retained(told: Expected, event: str, line: dict[str, Any]) -> None:
    """Follow copies and purges: what must be destroyed, and where."""
    waves = set(line.get("waves") or ())
    if event == "purged":
        told.purged |= waves
        told.to_scrub |= waves
        told.owed -= waves
    elif event == "purge_owed":
        told.owed |= waves
    elif event == "undone":
        told.leaves_answers |= bool(line.get("leaves_answers"))
    elif event == "scrubbed":
        told.to_scrub -= waves
        told.leaves_answers = False
    elif event in ("backup_begun", "backed_up"):
        told.copies[line["folder"]] = event == "backed_up"
        told.reached |= {(line["folder"], wave) for wave in waves}
    elif event == "copy_purged":
        told.reached |= {(line["folder"], wave) for wave in waves}


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise StoreDamaged(UNREADABLE) from error
    if not isinstance(entry, dict) or "event" not in entry:
        raise StoreDamaged(UNREADABLE)
    return entry


def sync_folder(folder: Path) -> None:
    """Make a new file's name durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


UNREADABLE = Text(
    "Le registre des imports (fichier .ledger.jsonl) est illisible. "
    "Que faire : remettez en place la dernière sauvegarde complète ; rien n'a été modifié.",
    "The ledger of imports (file .ledger.jsonl) cannot be read. "
    "What to do: put the last complete backup back; nothing was changed.",
)
