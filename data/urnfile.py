"""The file of an urn: read whole, replaced at once, seen to the disk, without a date of its own."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from data.ledger import sync_folder
from data.places import Places
from data.problems import StoreDamaged
from schemas.text import Text

Answer = Mapping[str, Any]
UNDATED = (0, 0)  # when the last answer came is nobody's business: the file bears the first of January 1970
_RANDOM = secrets.SystemRandom()


@dataclass
class Urn:
    """The codes of a wave as hashes, which of them have served, the answers that wait and those that are being stored.

    Answers are column -> value, each with a random ``answer_id``: nothing says which code gave which.
    """

    wave: str
    tokens: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    waiting: list[Answer] = field(default_factory=list)
    leaving: list[Answer] = field(default_factory=list)


def path_of(places: Places, wave: str) -> Path:
    """Return the file of a wave's urn: its name as far as a file's may say it, then a hash that tells two apart."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", wave).strip("-")[:40] or "wave"
    return places.urns / f"{plain}.{hashlib.sha256(wave.encode()).hexdigest()[:12]}.json"


def read(places: Places, wave: str) -> Urn:
    """Return the urn of a wave, an empty one where there is none. Raises StoreDamaged for a file that is not one."""
    try:
        held = json.loads(path_of(places, wave).read_text("utf-8"))
        return Urn(
            held["wave"], set(held["tokens"]), set(held["used"]), list(held["waiting"]), list(held["leaving"])
        )
    except FileNotFoundError:
        return Urn(wave)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(UNREADABLE.format(wave=wave)) from error


def write(places: Places, urn: Urn) -> None:
    """Put an urn in the place of the earlier one, shuffled. Only call it under the writer's lock."""
    path = path_of(places, urn.wave)
    _folder(path.parent)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_text(urn).encode())
        file.flush()
        os.fsync(file.fileno())
    os.utime(fresh, UNDATED)
    os.replace(fresh, path)
    sync_folder(path.parent)


def remove(places: Places, wave: str) -> bool:
    """Take an urn away for good, what an interrupted writing left included; say whether there was one."""
    path = path_of(places, wave)
    is_there = path.exists()
    for each in (path, path.with_suffix(".new")):
        each.unlink(missing_ok=True)
    if is_there:
        sync_folder(path.parent)
    return is_there


def shuffled(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers in an order that nobody can find again."""
    return _RANDOM.sample(list(answers), len(answers))


def _text(urn: Urn) -> str:
    held = asdict(urn) | {"tokens": sorted(urn.tokens), "used": sorted(urn.used)}
    held |= {"waiting": shuffled(urn.waiting), "leaving": shuffled(urn.leaving)}
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def _folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        sync_folder(folder.parent)


UNREADABLE = Text(
    "L'urne de la vague « {wave} » est illisible. "
    "Que faire : ne la supprimez pas ; prévenez l'administrateur de Levier, qui en a peut-être une copie.",
    "The urn of wave “{wave}” cannot be read. "
    "What to do: do not delete it; tell Levier's administrator, who may have a copy.",
)
