"""The town's own definitions on disk: texts written whole or not at all, former ones kept, names never a path."""

import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from data.access import Actor, require
from data.problems import BadRequest
from schemas.text import Text

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\.yml")
ID = re.compile(r"[a-z][a-z0-9_]{0,60}")
HISTORY = ".history"  # not read as a catalogue: only the folder's own *.yml are
CLOSED = frozenset({"scorecard.yml"})  # the scorecard itself is not edited here
BAD_NAME = Text(
    "« {name} » n'est pas un nom de fichier de définitions : des minuscules, des chiffres, _ ou -, puis .yml.",
    "“{name}” is no name for a file of definitions: lower case letters, digits, _ or -, then .yml.",
)


def write(actor: Actor, folder: Path, name: str, text: str) -> None:
    """Put a file of definitions in the town's folder, in one move; an empty text removes it. Action ``define``."""
    require(actor, "define")
    path = _inside(folder, name)
    if not text.strip():
        path.unlink(missing_ok=True)
        return
    _replace(path, text)


def keep(actor: Actor, folder: Path, id: str, version: int, text: str) -> None:
    """Keep the text of a definition that is about to be replaced, under its version. Action ``define``."""
    require(actor, "define")
    if not ID.fullmatch(id):
        raise BadRequest(BAD_NAME.format(name=id))
    _replace(folder / HISTORY / id / f"{int(version)}.yml", text)


def former(actor: Actor, folder: Path, id: str) -> list[tuple[int, str]]:
    """Return the former definitions of an entry: (version, text), the newest first. Action ``read``."""
    require(actor, "read")
    if not ID.fullmatch(id):
        return []
    found = [path for path in (folder / HISTORY / id).glob("*.yml") if path.stem.isdigit()]
    return [(int(path.stem), path.read_text("utf-8")) for path in sorted(found, key=_number, reverse=True)]


def replaced_at(actor: Actor, folder: Path, id: str) -> list[tuple[int, datetime]]:
    """Return when each former definition of an entry was replaced: (version, moment), the newest first. Action ``read``."""
    require(actor, "read")
    if not ID.fullmatch(id):
        return []
    found = [path for path in (folder / HISTORY / id).glob("*.yml") if path.stem.isdigit()]
    moments = ((int(path.stem), datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in found)
    return sorted(moments, reverse=True)


def _number(path: Path) -> int:
    return int(path.stem)


def _inside(folder: Path, name: str) -> Path:
    if not NAME.fullmatch(name) or name in CLOSED:
        raise BadRequest(BAD_NAME.format(name=name))
    return folder / name


def _replace(path: Path, text: str) -> None:
    """Write beside and move over: whoever reads sees the file as it was or as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
