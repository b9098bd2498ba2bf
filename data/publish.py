"""Published copies: what readers open. A writer copies the closed file under a new name, then moves the pointer."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from data.layout import fingerprint
from data.places import Places

KEPT_COPIES = 2
CHUNK = 1 << 20


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
    name = f"{_next_number(places.published)}.duckdb"
    pointer = Pointer(name, _copy(places.store, places.published / name), state, readings, fingerprint())
    fresh = places.pointer.with_name("current.new")
    fresh.write_text(json.dumps(asdict(pointer)), "utf-8")
    os.replace(fresh, places.pointer)
    _remove_old(places.published)
    return pointer


def _copy(source: Path, target: Path) -> str:
    """Copy the bytes, see them to the disk, return their sha256."""
    digest = hashlib.sha256()
    with source.open("rb") as given, target.open("wb") as taken:
        while chunk := given.read(CHUNK):
            digest.update(chunk)
            taken.write(chunk)
        taken.flush()
        os.fsync(taken.fileno())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _numbers(folder: Path) -> list[int]:
    return sorted(int(file.stem) for file in folder.glob("*.duckdb") if file.stem.isdigit())


def _next_number(folder: Path) -> int:
    return max(_numbers(folder), default=0) + 1


def _remove_old(folder: Path) -> None:
    """Keep the last copies: a reader may be about to open the one before. Windows keeps open files; never mind."""
    for number in _numbers(folder)[:-KEPT_COPIES]:
        try:
            (folder / f"{number}.duckdb").unlink()
        except OSError:
            continue
