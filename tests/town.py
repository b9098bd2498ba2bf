"""The demo town's store, built once for a whole test run and shared by its workers; each test that writes gets a copy."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from data.access import local_actor
from data.store import Store
from metrics.disclosure.auditor import audit
from metrics.refresh import after_import, rule_settings
from schemas.tables import FILLED

CSV = Path(__file__).resolve().parents[1] / "data" / "demo" / "csv"
HELD = {path.stem for path in CSV.glob("*.csv")}  # a table that the town does not use has no file


WEEKS = ("2015-W28", "2015-W29")  # of the town whose weeks are sealed
CORRECTED = "financements-corriges.csv"  # what came between the two: a grant that was awarded otherwise
HEADER = "financing_id,project_id,partner_id,programme,nature,requested_amount,requested_on,awarded_amount,awarded_on,contracted_amount,contracted_on,start_deadline_on"
ROW = "P001-F02,P001,PUB-PREF-REGION,CPER,grant,960000,2014-02-03,880000,2014-09-19,800000,2014-11-14,2016-09-19"


def town_store(factory: pytest.TempPathFactory) -> Path:
    """Return the path of the demo town's store; the first worker that asks builds it."""
    base = factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "town"
    path = folder / "town.duckdb"
    with FileLock(str(folder) + ".lock"):
        if not (folder / "built").exists():
            folder.mkdir(exist_ok=True)
            build(path)
            (folder / "built").touch()
    return path


def build(path: Path) -> None:
    """Import the demo's files into a new store, compute its readings and publish its surveys."""
    files = [(f"{table}.csv", (CSV / f"{table}.csv").read_bytes()) for table in FILLED if table in HELD]
    store = Store(path, after=after_import, settings=rule_settings, auditor=audit)
    done = store.import_files(local_actor(), files)
    assert done.ok, done.errors[:3]
    for wave in store.waves(local_actor()):
        for to in ("audited", "published"):
            assert not store.step(local_actor(), wave.wave, to).refused


def copy_of(town: Path, folder: Path) -> Path:
    """Return a store of one's own with the town's content."""
    for entry in town.parent.glob(town.name + "*"):
        target = folder / entry.name
        shutil.copytree(entry, target) if entry.is_dir() else shutil.copy2(entry, target)
    return folder / town.name


def sealed_store(factory: pytest.TempPathFactory) -> Path:
    """Return the path of the demo town with two sealed weeks, rows corrected between them: read only, built once."""
    town = town_store(factory)
    folder = town.parent.with_name("sealed")
    with FileLock(str(folder) + ".lock"):
        if not (folder / "built").exists():
            folder.mkdir(exist_ok=True)
            _seal(Store(copy_of(town, folder), after=after_import, settings=rule_settings, auditor=audit))
            (folder / "built").touch()
    return folder / town.name


def _seal(store: Store) -> None:
    actor = local_actor()
    for week, day in zip(WEEKS, (date(2015, 7, 6), date(2015, 7, 13)), strict=True):
        decided = {"decision_id": f"D-{week}", "meeting_id": week, "words": f"Relancer la Région ({week})"}
        asked = {"action_id": f"A-{week}", "meeting_id": week, "words": "Écrire au préfet", "owner": "DADI"}
        store.record_all(
            actor,
            {
                "meetings": [{"meeting_id": week, "held_on": day, "minutes": 60}],
                "decisions": [decided],
                "actions": [asked | {"due_on": date(2015, 7, 20), "state": "open"}],
            },
        )
        store.seal(actor, week)
        if week == WEEKS[0]:
            done = store.import_files(actor, [(CORRECTED, f"{HEADER}\n{ROW}\n".encode())])
            assert done.ok, done.errors
