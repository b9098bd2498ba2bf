"""Documentation is a tested fact: what exists is in it, and what it names exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import expressions, yamlfile
from metrics.definitions import load
from metrics.entries import KEYS
from metrics.reading import REASONS, Reading
from metrics.scaleentry import KEYS as SCALE_KEYS
from metrics.scaleentry import parse
from pages.texts import units
from schemas.describe import markdown
from schemas.rules import RULES
from schemas.validate import NAMES_OF_CHECKS

ROOT = Path(__file__).resolve().parents[1]
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_the_page_of_the_tables_is_the_schemas() -> None:
    written = (ROOT / "docs" / "tables.md").read_text("utf-8")
    assert written == markdown(), "python -m schemas.describe > docs/tables.md"


@pytest.mark.parametrize("key", [*KEYS, *Reading.__dataclass_fields__, *REASONS, *SCALE_KEYS])
def test_every_key_is_explained(key: str) -> None:
    assert f"`{key}`" in FORMATS


RULE_AT = {
    **dict.fromkeys(("fault", "error", "warning"), (0,)),
    **dict.fromkeys(("refusal", "_header"), (1,)),
    "CellFault": (0, 3),
    "_fault": (4,),
    "Fault": (5,),
}  # which arguments of these calls are rules


def rules_of(source: Path) -> Iterator[str]:
    """Yield the names of the rules that a file of readers or of the store tells."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called == "_not_boolean":
                yield f"not_a_{ast.literal_eval(node.args[1])}"
            for place in RULE_AT.get(called, ()):
                named = node.args[place] if place < len(node.args) else None
                if isinstance(named, ast.Constant) and isinstance(named.value, str):
                    yield named.value


def rules() -> set[str]:
    """Return every rule that a fault may bear, but for the numbers of the cross-table ones."""
    files = [*(ROOT / "data").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")]
    told = {rule for file in files for rule in rules_of(file)} | {rule for _, rule, _ in NAMES_OF_CHECKS}
    return {rule for rule in told if not re.fullmatch(r"R\d+", rule)}


def test_the_rules_explained_are_those_there_are() -> None:
    table = FORMATS.split("| rules | about |")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {rule for row in rows for rule in re.findall(r"`(\w+)`", row)} == rules()
    assert f"`R{max(rule.number for rule in RULES)}`" in FORMATS


def test_the_functions_explained_are_those_allowed() -> None:
    text = FORMATS.split("`sql` knows")[1].split("Anything else")[0]
    types = text.split("`CAST` (to ")[1].split(")")[0]
    assert set(re.findall(r"`(\w+)`", types)) == set(expressions.TYPES)
    named = set(re.findall(r"`([A-Z_]+)(?:`|\(| \()", text.replace(types, "")))
    assert named - {"DISTINCT", "FILTER"} == set(expressions.FUNCTIONS)
    assert all(
        f"`{name}({first}, start, end[" in text
        for name, first in zip(("KM_QUANTILE", "KM_SURVIVAL"), ("share", "days"), strict=True)
    )


def test_the_limits_explained_are_those_in_force() -> None:
    limits = FORMATS.split("Anything else")[1].split("\n")[0]
    for limit in (
        expressions.LONGEST,
        expressions.MOST_NODES,
        expressions.DEEPEST,
        yamlfile.MOST_NODES,
        yamlfile.DEEPEST,
    ):
        assert f"{limit:,} " in limits
    assert yamlfile.MAX_BYTES == 1_000_000 and "1 MB" in limits


def test_the_units_explained_are_those_that_screens_know_and_entries_name() -> None:
    table = FORMATS.split("are in the entry's unit:")[1].split("Another word")[0]
    told = {
        unit
        for line in table.splitlines()
        for unit in re.findall(r"`(\w+)`", line.split("|")[1] if "|" in line else "")
    }
    worded = {unit for unit in told if units.unit_words(unit) != unit or unit == "n"}
    assert told >= units.KNOWN and told - units.KNOWN <= worded
    for folder in (ROOT / "metrics" / "catalogue", ROOT / "metrics" / "catalogue" / "detr_dsil"):
        assert {kpi.unit for kpi in load([folder]).every.values()} <= told


def test_every_setting_is_explained() -> None:
    sources = [path for room in ("data", "metrics", "pages") for path in (ROOT / room).rglob("*.py")]
    named = {name for path in sources for name in re.findall(r"LEVIER_[A-Z_]+", path.read_text("utf-8"))}
    assert named and not {name for name in named if f"`{name}`" not in FORMATS}


def test_the_scale_explained_can_be_read() -> None:
    shown = FORMATS.split("### A scale\n")[1].split("```yaml\n")[1].split("```")[0]
    scale = parse(yamlfile.document(shown))
    assert (len(scale.values), scale.least, [part.least for part in scale.subscales]) == (5, 3, [2, 2])


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
