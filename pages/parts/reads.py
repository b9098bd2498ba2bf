"""The reading of store and catalogue behind a Source, kept by (role, store, version)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from data.access import Actor
from data.store import Store
from metrics import folders, moment, stored
from metrics.compute import DIMENSION as DIMENSION
from metrics.definitions import Catalogue, load
from metrics.goals import NO_GOALS, Goals, read_goals
from metrics.reading import Reading
from metrics.rebases import Notes, Rebases, read_notes, read_rebases
from pages.parts.once import SHEETS, VIEWS, kept


@dataclass(frozen=True)
class View:
    """What belongs to one version of a store, whatever the date and scope."""

    catalogue: Catalogue
    latest: date | None
    dates: tuple[date, ...]
    scopes: tuple[str, ...]
    goals: Goals = NO_GOALS
    rebases: Rebases = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)


def stamp(where: Iterable[object]) -> tuple[tuple[str, int], ...]:
    """What changes when an entry of these folders is edited; texts that came with an import change with the version."""
    return _stamp(tuple(folder for folder in where if isinstance(folder, Path)), int(monotonic()))


@kept(maxsize=16)
def _stamp(where: tuple[Path, ...], _second: int) -> tuple[tuple[str, int], ...]:
    # Looked at once a second at most: one page asks several times.
    files = (entry for folder in where for entry in sorted(folder.glob("*.yml")))
    return tuple((str(file), file.stat().st_mtime_ns) for file in files)


class Reads:
    """A store as one role sees it at one version: hashed by these, so that answers can be kept."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self.store, self.actor = store, actor
        bound = store.catalogue(actor)
        self.folders = folders.folders_of(bound)
        self.key = (actor.role, str(store.places.store), store.version(actor), stamp(self.folders))
        self._hash = hash(self.key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reads) and self.key == other.key


@kept(maxsize=16)
def view(reads: Reads) -> View:
    """Catalogue, data date, dates and scopes of a version."""
    engine = reads.store.engine(reads.actor)
    catalogue = load(reads.folders)
    dates = moment.dates(engine)
    return View(
        catalogue,
        reads.store.as_of(reads.actor),
        dates,
        tuple(stored.scopes(engine, DIMENSION)),
        read_goals(engine),
        read_rebases(engine),
        read_notes(engine),
    )


@kept(maxsize=VIEWS)
def scopes(reads: Reads, as_of: date) -> tuple[str, ...]:
    """The directorates that exist, or have rows, at a date."""
    return tuple(stored.scopes_at(reads.store.engine(reads.actor), as_of))


@kept(maxsize=VIEWS)
def in_force(reads: Reads, as_of: date, scope: str) -> Catalogue:
    """The catalogue with the goals in force at a date and in a scope."""
    seen = view(reads)
    return seen.goals.in_force(seen.catalogue, as_of, scope)


@kept(maxsize=VIEWS)
def readings(reads: Reads, as_of: date, scope: str) -> Mapping[str, Reading]:
    """Every KPI's reading: stored at a date that has them, else computed now. Scope "" is the whole town."""
    engine = reads.store.engine(reads.actor)
    return MappingProxyType(moment.readings(engine, view(reads).catalogue, as_of, scope))


@kept(maxsize=SHEETS)
def series(reads: Reads, kpi: str, scope: str) -> tuple[Reading, ...]:
    """A KPI's stored readings, the oldest first; computed now for an entry edited since."""
    return moment.series(reads.store.engine(reads.actor), view(reads).catalogue, kpi, scope)
