"""Stores for the screens: the demo town, a copy of it to write to, an empty one; and a visit to a screen."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.texts import use
from tests.town import copy_of, sealed_store, town_store

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


@pytest.fixture(scope="session")
def sealed_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo town with two sealed weeks: read only."""
    return sealed_store(tmp_path_factory)


@pytest.fixture
def sealed(sealed_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment names the demo town with two sealed weeks."""
    monkeypatch.setenv("LEVIER_STORE", str(sealed_path))
    return sealed_path


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


class _Charts(HTMLParser):
    """Collects the frames that hold a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "data-figure" in given:
            self.found.append(given)


def charts(at: AppTest) -> list[dict[str, str]]:
    """The figures a visit put on the page: ``data-figure`` is the figure's JSON, ``aria-label`` its sentence."""
    reader = _Charts()
    for block in at.markdown:
        reader.feed(block.value)
    return reader.found


def shown(at: AppTest) -> str:
    """All the markup a visit put on the page, its figures checked by plotly."""
    assert not at.exception, at.exception
    for chart in charts(at):
        go.Figure(json.loads(chart["data-figure"]))
    return "\n".join(block.value for block in at.markdown)
