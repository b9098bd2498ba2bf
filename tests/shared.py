"""The shared reference data beside the checkout: used where they exist, skipped aloud where they do not."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"


def shared_file(name: str) -> Path:
    """Return the path of a shared reference file, or skip the test aloud where the folder does not exist."""
    if not SHARED.exists():
        pytest.skip(f"reference data not found beside the checkout: shared/{name}")
    return SHARED / name
