"""Documentation is a tested fact: what exists is in it, and what it names exists."""

import re
from pathlib import Path

import pytest

from metrics.definitions import load
from metrics.entries import KEYS
from metrics.reading import REASONS, Reading
from schemas.describe import markdown

ROOT = Path(__file__).resolve().parents[1]
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_the_page_of_the_tables_is_the_schemas() -> None:
    written = (ROOT / "docs" / "tables.md").read_text("utf-8")
    assert written == markdown(), "python -m schemas.describe > docs/tables.md"


@pytest.mark.parametrize("key", [*KEYS, *Reading.__dataclass_fields__, *REASONS])
def test_every_key_is_explained(key: str) -> None:
    assert f"`{key}`" in FORMATS


def test_every_setting_is_explained() -> None:
    sources = [path for room in ("data", "metrics", "pages") for path in (ROOT / room).rglob("*.py")]
    named = {name for path in sources for name in re.findall(r"LEVIER_[A-Z_]+", path.read_text("utf-8"))}
    assert named and not {name for name in named if f"`{name}`" not in FORMATS}


def test_every_command_of_the_readme_and_formats_exists() -> None:
    import data.__main__ as data_door
    import metrics.__main__ as metrics_door

    for door, room in ((data_door, "data"), (metrics_door, "metrics")):
        source = Path(door.__file__ or "").read_text("utf-8")
        for verb in set(re.findall(rf"python -m {room} (\w+)", README + FORMATS)):
            assert f'"{verb}"' in source, f"python -m {room} {verb}"


def test_every_library_is_argued() -> None:
    argued = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text("utf-8").splitlines():
            if "==" in line:
                assert line.split("==")[0] in argued, line


def test_every_view_and_every_shipped_kpi_is_readable() -> None:
    for folder in (ROOT / "metrics" / "catalogue", ROOT / "metrics" / "catalogue" / "detr_dsil"):
        found = load([folder])
        assert not found.refused
        assert all(
            kpi.label.fr and kpi.label.en and kpi.note.fr and kpi.note.en for kpi in found.kpis.values()
        )
