"""Putting a backup back: all of it or nothing, whatever moment the machine stops; what it replaces is kept aside.

The files are made ready in one folder beside the store; renaming that folder is the decision (see ``pending``).
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import ledger
from data.backup import PREFIX, check, copy_seals, find, stamp, to_disk
from data.pending import DATABASE, OWN, decide, finish
from data.places import Places
from data.problems import StoreDamaged
from data.purge import Purged, owed, purge_in
from data.session import After, locked, turn_of
from schemas.fault import Fault
from schemas.tables import TABLES


@dataclass(frozen=True)
class Restored:
    """What was put back, where what it replaced lies (None if there was nothing), what was purged at once, warnings."""

    backup: Path
    aside: Path | None
    purged: Purged | None
    warnings: tuple[Fault, ...] = ()

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the JSON object of ``data restore``."""
        return {
            "restored": str(self.backup),
            "aside": str(self.aside) if self.aside else None,
            "purged": self.purged.as_json() if self.purged else None,
            "warnings": [fault.as_json(lang) for fault in self.warnings],
        }


def restore(
    places: Places, given: Path, actor: str, after: After | None, own: Path | None = None
) -> Restored:
    """Put the backup ``given`` (its folder, or the one of several: the last) in the place of the store.

    It is verified first. Answers past their date, or purged since the backup was made, are purged before the call
    returns; readings are recomputed. ``own`` is where the town's definitions belong, replaced if the backup has some.
    Raises BadRequest, StoreDamaged (nothing is replaced), StoreBusy.
    """
    copy = find(given)
    with locked(places, None):
        finish(places)
        told = check(copy)
        aside = _aside(places)
        ready = _ready(places, copy, own)
        for event, facts in _carried(places, copy, told, aside, actor):
            ledger.append(Places(ready / DATABASE).ledger, event, **facts)
        decide(ready, places, aside, own if (ready / OWN).is_dir() else None)
        finish(places)
        with turn_of(places) as turn:
            warnings = turn.settle(after, set(TABLES))
        waves = owed(places)
        purged = purge_in(places, waves, actor) if waves else None
    return Restored(copy.store.parent, aside, purged, tuple(warnings))


def _aside(places: Places) -> Path | None:
    """Return the folder that what is replaced will lie in: a backup like any other."""
    if not (places.store.exists() or places.ledger.exists()):
        return None
    return places.store.with_name(f"{PREFIX}{stamp()}-aside")


def _ready(places: Places, copy: Places, own: Path | None) -> Path:
    """Copy the backup's files into a folder beside the store."""
    ready = places.restoring.with_name(places.restoring.name + ".new")
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(parents=True)
    fresh = Places(ready / DATABASE)
    to_disk(copy.store, fresh.store)
    to_disk(copy.ledger, fresh.ledger)
    copy_seals(copy, fresh)
    definitions = copy.store.with_name(OWN)
    if own is not None and definitions.is_dir():
        shutil.copytree(definitions, ready / OWN)
    check(fresh)
    return ready


def _carried(
    places: Places, copy: Places, told: ledger.Expected, aside: Path | None, actor: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the ledger to come must know: the restore, every copy known until now, and what was purged since."""
    folder = str(copy.store.parent)
    try:
        known = ledger.expected(ledger.read(places.ledger))
    except StoreDamaged:
        known = ledger.Expected()
    yield "restored", {"actor": actor, "folder": folder, "state_sha256": told.state}
    copies = {folder: True} | known.copies
    for path, is_whole in copies.items():
        waves = sorted(wave for place, wave in known.reached if place == path)
        yield "backed_up" if is_whole else "backup_begun", {"folder": path, "waves": waves}
    if aside is not None:
        yield "backed_up", {"folder": str(aside), "waves": sorted(known.purged)}
    since = known.purged - told.purged
    if since | known.owed:
        yield "purge_owed", {"waves": sorted(since | known.owed)}
