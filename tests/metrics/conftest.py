"""The demo town behind the tests of metrics (read only, built once), and the catalogue it is read with."""

from pathlib import Path

import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from tests.town import copy_of, town_store


@pytest.fixture(autouse=True)
def no_catalogue_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the machine's settings and folder, the shipped catalogue is in force."""
    monkeypatch.delenv("LEVIER_CATALOGUE", raising=False)
    monkeypatch.setattr("metrics.folders.OWN", tmp_path / "none" / "catalogue")


@pytest.fixture(scope="session")
def town_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo town's store: read only."""
    return town_store(tmp_path_factory)


@pytest.fixture(scope="session")
def town(town_path: Path) -> Engine:
    """What answers SELECTs on the demo town."""
    return Store(town_path).engine(local_actor())


@pytest.fixture
def own_town(town_path: Path, tmp_path: Path) -> Path:
    """The path of a copy of the demo town's store."""
    return copy_of(town_path, tmp_path)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped town catalogue."""
    return load([SHIPPED])
