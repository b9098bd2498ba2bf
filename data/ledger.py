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

# The events after which the tables hold what the line says.
DONE = frozenset({"created", "stored", "undone", "migrated"})


@dataclass
class Expected:
    """What the ledger says: the state the tables must have, what was begun, and readings not yet recomputed."""

    lines: int = 0
    state: str = EMPTY
    begun: dict[str, Any] | None = None
    pending: set[str] = field(default_factory=set)
    readings: str = EMPTY


def append(path: Path, event: str, **facts: Any) -> None:
    """Add one line and see it to the disk."""
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event} | facts
    new = not path.exists()
    with path.open("ab") as file:
        file.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        _sync_folder(path.parent)


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
        _step(told, line)
    return told


def _step(told: Expected, line: dict[str, Any]) -> None:
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


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise StoreDamaged(UNREADABLE) from error
    if not isinstance(entry, dict) or "event" not in entry:
        raise StoreDamaged(UNREADABLE)
    return entry


def _sync_folder(folder: Path) -> None:
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
