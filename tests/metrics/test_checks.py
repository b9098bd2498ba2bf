"""Text and dates taken for numbers: refused at load where the columns tell, else a failed reading and a line in the log."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.engine import Engine
from metrics import kinds
from metrics.compute import readings
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.relations import columns_of, shipped

ROOT = Path(__file__).resolve().parents[2]
BAD = [
    "SUM(title)",
    "AVG(theme)",
    "MEDIAN(opened_on)",
    "SUM(CAST(title AS DOUBLE))",
    "SUM(CAST(opened_on AS INT))",
    "MAX(CAST(title AS DATE)) - MAX(opened_on)",
    "SUM(total_cost_amount * title)",
    "COUNT(*) + MAX(title)",
    "MAX(title)",
    "MAX(opened_on)",
    "SUM(CASE WHEN title > 5 THEN 1 ELSE 0 END)",
    "SUM(CASE WHEN theme = 'x' THEN title END)",
    "SUM(total_cost_amount) FILTER (WHERE opened_on > 5)",
    "COUNT(*) / SUM(title)",
]
GOOD = [
    "COUNT(title)",
    "COUNT(DISTINCT theme)",
    "SUM(total_cost_amount) FILTER (WHERE theme = 'culture' AND opened_on >= '2015-01-01')",
    "MAX(opened_on) - MIN(opened_on)",
    "AVG(DATE_DIFF('day', opened_on, closed_on))",
    "SUM(CASE WHEN title LIKE 'A%' THEN 1 ELSE 0 END) / NULLIF(COUNT(*), 0)",
    "SUM(CAST(total_cost_amount AS DOUBLE))",
    "SUM(CASE WHEN title IN ('a', 'b') THEN total_cost_amount END)",
]


def entry(sql: str, code: str = "Z9", **more: Any) -> dict[str, object]:
    """Return an entry over the open projects."""
    return {
        "code": code,
        "label": {"fr": "Essai", "en": "Trial"},
        "objective": "P2",
        "from": "open_projects",
        "sql": sql,
        "period": {"date": "opened_on", "span": "stock", "until": "closed_on"},
        "unit": "n",
        "direction": "up",
        "frequency": "monthly",
        **more,
    }


def loaded(**entries: dict[str, object]) -> Catalogue:
    """Return the shipped catalogue and these entries."""
    return load([SHIPPED, {"own.yml": yaml.safe_dump(entries, allow_unicode=True)}])


@pytest.mark.parametrize("sql", BAD)
def test_text_and_dates_are_no_numbers(sql: str) -> None:
    found = loaded(own=entry(sql), beside=entry("COUNT(*)", "Z8"))
    assert [refused.id for refused in found.refused] == ["own"] and "beside" in found.kpis
    assert "n'est pas un nombre" in found.refused[0].reason.fr
    assert "COUNT" in found.refused[0].mend.fr or "DATE_DIFF" in found.refused[0].mend.fr


@pytest.mark.parametrize("sql", GOOD)
def test_what_computes_is_accepted(sql: str, town: Engine) -> None:
    found = loaded(own=entry(sql))
    assert not found.refused
    (one,) = readings(town, found, ["own"], [date(2015, 6, 30)])
    assert "failed" not in (one.reason or "")


@pytest.mark.parametrize(
    "part", [{"n": "SUM(title)"}, {"needs": "SUM(title) > 0"}, {"denominator": {"sql": "SUM(title)"}}]
)
def test_every_expression_of_an_entry_is_checked(part: dict[str, Any]) -> None:
    assert [refused.id for refused in loaded(own=entry("COUNT(*)", **part)).refused] == ["own"]


@pytest.mark.parametrize("view", [*shipped()])
def test_the_kinds_of_a_views_columns_are_the_engines(view: str, town: Engine, catalogue: Catalogue) -> None:
    """What a view's columns are taken to be by their names is what DuckDB makes of them."""
    from metrics.dates import calendar
    from metrics.relations import needed
    from metrics.statement import parameters

    given = {"parameters": parameters(catalogue.parameters), "calendar": calendar([date(2015, 6, 30)])}
    parts = given | {name: shipped()[name] for name in needed([view], shipped())}
    bodies = ", ".join(f"{name} AS ({sql})" for name, sql in parts.items())
    known = kinds.columns(view, shipped())
    asked = ", ".join(f"ANY_VALUE(TYPEOF({name})) AS {name}" for name in known) or "1 AS none"
    types = town.rows(f"WITH {bodies} SELECT {asked} FROM {view}")[0] if known else ()
    assert set(known) <= set(columns_of(view, shipped()))
    for (name, kind), type_ in zip(known.items(), types, strict=True):
        said = {"VARCHAR": "text", "DATE": "date", "BOOLEAN": "boolean"}.get(str(type_), "number")
        assert type_ is None or said == kind or str(type_) == '"NULL"', (view, name)


def test_what_fails_at_run_time_is_one_line_and_its_trace_is_in_the_log(
    own_town: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    # a quoted word may be a date: only the run tells that this one is not
    text = yaml.safe_dump(
        {"own": entry("SUM(CASE WHEN opened_on > 'Pôle secret' THEN 1 ELSE 0 END)")}, allow_unicode=True
    )
    (folder / "own.yml").write_text(text, "utf-8")
    environment = {
        "LEVIER_STORE": str(own_town),
        "LEVIER_CATALOGUE": str(folder),
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
    }
    run = subprocess.run(
        [sys.executable, "-m", "metrics", "show", "own", "--as-of", "2015-06-15"],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    (line,) = [line for line in run.stderr.splitlines() if line.strip()]
    assert "levier.log" in line and "own" in line
    assert (
        "secret" not in run.stderr + run.stdout
        and str(tmp_path) not in run.stderr
        and "Traceback" not in run.stderr
    )
    reference = re.search(r"failed ([0-9a-f]{8})", run.stdout)
    assert reference and reference[1] in line
    log = own_town.with_name("levier.log").read_text("utf-8")
    assert reference[1] in log and "Traceback" in log
