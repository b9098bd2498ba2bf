"""The demo town for what is written from it: its engine, its definitions, and an edition of a date."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.states import State
from pages.exports.edition import Edition, edition
from pages.texts import use

JUNE = date(2015, 6, 30)
Edit = Callable[..., Edition]


@pytest.fixture(scope="session")
def engine(town_path: Path) -> Engine:
    """What answers SELECTs on the demo town."""
    return Store(town_path).engine(local_actor())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped definitions."""
    return load([SHIPPED])


@pytest.fixture
def edit(engine: Engine, catalogue: Catalogue) -> Edit:
    """Make an edition: ``edit(date(2015, 3, 31), lang="en", scope="DADI")``."""

    def make(as_of: date = JUNE, lang: str = "fr", scope: str = "", **more: object) -> Edition:
        use(lang)
        return edition(State(engine, catalogue, as_of, scope), **more)  # type: ignore[arg-type]

    return make
