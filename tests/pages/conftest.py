"""Stores for the screens: the demo town, a copy of it to write to, an empty one; and a visit to a screen."""

import json
from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.texts import use
from tests.town import copy_of, town_store

ROOT = Path(__file__).resolve().parents[2]
Visit = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def french() -> None:
    """Every test starts in French."""
    use("fr")


@pytest.fixture(scope="session")
def town_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo town's store: read only."""
    return town_store(tmp_path_factory)


@pytest.fixture
def town(town_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment names the demo town's store."""
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    return town_path


@pytest.fixture
def own_town(town_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment names a copy of the demo town's store."""
    path = copy_of(town_path, tmp_path)
    monkeypatch.setenv("LEVIER_STORE", str(path))
    return path


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment names a store that does not exist yet."""
    path = tmp_path / "empty.duckdb"
    monkeypatch.setenv("LEVIER_STORE", str(path))
    return path


@pytest.fixture
def visit() -> Visit:
    """Open a screen through app.py: ``visit("fiche", kpi="active_files", lang="en")``."""

    def run(path: str = "", **params: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        at.query_params.update(params)
        at._page_hash = calc_hash(path) if path else ""  # switch_page() takes a file's name for its address
        return at.run()

    return run


def shown(at: AppTest) -> str:
    """All the markup a visit put on the page, its figures checked by plotly."""
    assert not at.exception, at.exception
    for chart in at.get("plotly_chart"):
        go.Figure(json.loads(chart.proto.spec))
    return "\n".join(block.value for block in at.markdown)
