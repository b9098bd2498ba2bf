"""A store of its own for each test."""

from pathlib import Path

import pytest

from data.store import Store
from tests.data.samples import store_at


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return store_at(tmp_path)
