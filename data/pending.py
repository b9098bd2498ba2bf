"""A restore that was decided: its files wait in one folder beside the store and are moved in before anybody opens it."""

import json
import os
import shutil
from pathlib import Path

from data import ledger
from data.places import Places

DATABASE = "levier.duckdb"  # the database file of a backup, of what a restore keeps aside and of what waits
OWN = "catalogue"  # the folder of the town's own definitions, there
PLAN = "plan.json"


def decide(ready: Path, places: Places, aside: Path | None, own: Path | None) -> None:
    """Make it so that the files in ``ready`` replace the store's: from here on the restore happens, whoever dies."""
    plan = {"aside": aside and str(aside), "own": own and str(own)}
    with (ready / PLAN).open("w", encoding="utf-8") as file:
        json.dump(plan, file)
        file.flush()
        os.fsync(file.fileno())
    ledger.sync_folder(ready)
    os.replace(ready, places.restoring)
    ledger.sync_folder(places.restoring.parent)


def finish(places: Places) -> None:
    """Move in what waits, and aside what it replaces. Only call it under the writer's lock; every step may be repeated."""
    ready = places.restoring
    if not ready.is_dir():
        return
    plan = json.loads((ready / PLAN).read_text("utf-8"))
    aside = Path(plan["aside"]) if plan["aside"] else None
    if (ready / DATABASE).exists():
        _logs_aside(places, aside)
    waiting = Places(ready / DATABASE)
    files = ((waiting.store, places.store), (waiting.ledger, places.ledger), (waiting.seals, places.seals))
    for fresh, held in files:
        _swap(fresh, held, aside and aside / fresh.name)
    if plan["own"]:
        _swap(ready / OWN, Path(plan["own"]), aside and aside / OWN)
    ledger.sync_folder(places.store.parent)
    shutil.rmtree(ready)


def _logs_aside(places: Places, aside: Path | None) -> None:
    """Take the replaced database's log and old copies away from the new one."""
    name = places.store.name
    found = [
        places.wal,
        *places.store.parent.glob(f"{name}.wal.*"),
        *places.store.parent.glob(f"{name}.v[0-9]*"),
    ]
    for path in found:
        if path.exists() and aside is not None:
            aside.mkdir(exist_ok=True)
            os.replace(path, aside / f"{DATABASE}{path.name.removeprefix(name)}")


def _swap(fresh: Path, held: Path, aside: Path | None) -> None:
    """Put ``held`` aside unless that was done before, then ``fresh`` in its place."""
    if not fresh.exists():
        return
    if held.exists() and aside is not None and not aside.exists():
        part = aside.with_name(aside.name + ".part")
        _remove(part)
        part.parent.mkdir(exist_ok=True)
        shutil.move(held, part)
        os.replace(part, aside)
    _remove(held)
    held.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fresh, held)


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
