"""The demo town's store, built once for a whole test run and shared by its workers; each test that writes gets a copy."""

import os
import shutil
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
