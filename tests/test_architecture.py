"""The import rules of the product: who may know whom, and where each outside library may be used.

Every import counts, those under TYPE_CHECKING included.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("schemas", "data", "metrics", "pages")

# Which of our rooms each room may import. The longest matching prefix decides.
MAY_IMPORT: dict[str, set[str]] = {
    "schemas": {"schemas"},
    "data": {"data", "schemas"},
    "metrics": {"metrics", "schemas"},
    "pages.charts": {"pages.charts", "metrics"},
    "pages.texts": {"pages.texts", "metrics"},  # words about readings
    "pages.exports": {"pages.exports", "pages.charts", "pages.texts", "metrics"},
    "pages.parts": {
        "pages.parts",
        "pages.charts",
        "pages.exports",
        "pages.texts",
        "metrics",
        "data",
        "schemas",
    },
    "pages.screens": {"pages.screens", "pages.parts", "pages.charts", "metrics"},
    "app": {"pages.parts", "pages.texts"},
}
# The command lines parse arguments and wire the rooms together, nothing else.
WIRES = {"data.__main__", "metrics.__main__", "pages.exports.__main__"}

# Where a library may be named: any other room must go through these.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "streamlit": ("app", "pages.screens", "pages.parts"),
    "plotly": ("pages.charts",),
    "duckdb": ("data",),
    "pyspark": ("data",),
    "sqlglot": ("metrics",),
}


def sources() -> list[Path]:
    """Every Python file of the product, tests and benchmarks left out."""
    files = [ROOT / "app.py"]
    for room in OURS:
        files += sorted((ROOT / room).rglob("*.py"))
    return files


def module_of(path: Path) -> str:
    """``pages/parts/card.py`` -> ``pages.parts.card``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import statement, wherever it stands in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative imports hide the direction"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def inside(name: str, room: str) -> bool:
    """Whether a dotted name is a room or lies in it."""
    return name == room or name.startswith(room + ".")


def room_of(module: str) -> str:
    """The most precise room of MAY_IMPORT that holds the module."""
    rooms = [room for room in MAY_IMPORT if inside(module, room)]
    assert rooms, f"{module} stands in no room of the architecture"
    return max(rooms, key=len)


def wrong_direction(module: str, name: str) -> bool:
    """Whether a module may not import this name of ours."""
    if not any(inside(name, room) for room in OURS) or module in WIRES:
        return False
    return not any(inside(name, room) for room in MAY_IMPORT[room_of(module)])


def wrong_library(module: str, name: str) -> bool:
    """Whether an outside library is named outside its room."""
    library = name.split(".")[0]
    rooms = ONLY_IN.get(library)
    return rooms is not None and not any(inside(module, room) for room in rooms)


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_imports_go_one_way(path: Path) -> None:
    module = module_of(path)
    wrong = [
        f"line {line}: {name}"
        for line, name in imports_of(path)
        if wrong_direction(module, name) or wrong_library(module, name)
    ]
    assert not wrong, f"{module} may not import " + "; ".join(wrong)


def test_the_rules_themselves_can_fail() -> None:
    assert wrong_direction("schemas.rules", "data.store.Store")
    assert wrong_direction("metrics.compile", "data.engine")
    assert wrong_direction("pages.screens.synthese", "data.store")
    assert wrong_direction("pages.charts.trend", "pages.parts.card")
    assert not wrong_direction("metrics.__main__", "data.store.Store")
    assert wrong_library("metrics.compile", "duckdb")
    assert wrong_library("pages.exports.brief", "streamlit.delta_generator")
    assert not wrong_library("pages.charts.trend", "plotly.graph_objects")


def test_no_script_stands_directly_in_pages() -> None:
    """Streamlit would run it past app.py and its login on a cold deep link."""
    assert not list((ROOT / "pages").glob("*.py"))


def test_app_stays_a_door() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 80
