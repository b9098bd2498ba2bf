"""Published copies: what readers open. A writer writes the closed file anew, without survey answers, then moves the pointer."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from data.layout import fingerprint
from data.places import Places
from data.rewrite import rewrite

KEPT_COPIES = 2
FORM = "without answers"  # what a copy is; those of earlier releases held the survey answers too


@dataclass(frozen=True)
class Pointer:
    """Which copy to read: its file, its bytes' sha256, the fingerprints of its rows, its readings and its layout."""

    file: str
    sha256: str
    state: str
    readings: str
    layout: str = ""

    @property
    def version(self) -> str:
        """A name that no other publication has."""
        return f"{self.file.removesuffix('.duckdb')}-{self.sha256[:12]}"


def current(places: Places) -> Pointer | None:
    """Return what the pointer says, None if there is none that can be read."""
    try:
        return Pointer(**json.loads(places.pointer.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def intact(places: Places, pointer: Pointer) -> bool:
    """Tell whether the copy's bytes are those that were published."""
    try:
        return _sha256(places.published / pointer.file) == pointer.sha256
    except OSError:
        return False


def publish(places: Places, state: str, readings: str) -> Pointer:
    """Copy the store, which no connection of this process may hold open, and point readers to the copy."""
    places.published.mkdir(parents=True, exist_ok=True)
    before = current(places)
    name = f"{_next_number(places.published)}.duckdb"
    pointer = Pointer(name, _copy(places.store, places.published / name), state, readings, shape())
    fresh = places.pointer.with_name("current.new")
    fresh.write_text(json.dumps(asdict(pointer)), "utf-8")
    os.replace(fresh, places.pointer)
    remove_old(places, KEPT_COPIES if before and before.layout == shape() else 1)
    return pointer


def shape() -> str:
    """Return what changes with the layout of the file and with what a copy leaves out."""
    return hashlib.sha256(f"{fingerprint()} {FORM}".encode()).hexdigest()


def remove_old(places: Places, kept: int) -> list[Path]:
    """Keep the last copies: a reader may be about to open the one before. Return those that stay though they should not.

    Windows keeps open files; the next publication tries again.
    """
    stays = []
    for number in _numbers(places.published)[:-kept]:
        path = places.published / f"{number}.duckdb"
        try:
            path.with_name(path.name + ".wal").unlink(missing_ok=True)
            path.unlink()
        except OSError:
            stays.append(path)
    return stays


def _copy(source: Path, target: Path) -> str:
    """Write the copy, see it to the disk, return its bytes' sha256."""
    return rewrite(source, target, without_answers="all")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _numbers(folder: Path) -> list[int]:
    return sorted(int(file.stem) for file in folder.glob("*.duckdb") if file.stem.isdigit())


def _next_number(folder: Path) -> int:
    return max(_numbers(folder), default=0) + 1
