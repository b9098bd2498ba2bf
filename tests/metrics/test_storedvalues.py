"""A stored value keeps the period it was stored for, live and kept, whatever the date and the other values' periods."""

from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from data.store import Store
from metrics import stored
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.refresh import after_import, catalogue_of, rule_settings
from tests.metrics.little import catalogue_of as little_catalogue
from tests.metrics.little import little

OLD, NEW, WAVE = "emissions", "visits", "survey"
ENTRY = """
{id}:
  code: {code}
  label: {{fr: Valeur, en: Value}}
  objective: B1
  from: kpi_values
  unit: n
  direction: up
  target: 10
  floor: 0
  frequency: {frequency}
"""
YAML = "".join(
    ENTRY.format(id=id, code=code, frequency=frequency)
    for id, code, frequency in ((OLD, "B1.1", "monthly"), (NEW, "B1.2", "monthly"), (WAVE, "B1.3", "wave"))
)
CARD = """
town: {fr: Essai, en: Trial}
mission: {fr: Essai, en: Trial}
perspectives:
  B: {label: {fr: B, en: B}, objectives: {B1: {label: {fr: B, en: B}}}}
"""
ROWS = [
    {"kpi": OLD, "period": "2022-06", "value": 1.0},
    {"kpi": OLD, "period": "2022-10", "value": 2.0},
    {"kpi": NEW, "period": "2023-09", "value": 3.0},
    {"kpi": WAVE, "period": "2022-audit", "value": 4.0},
]
DAYS = [date(2022, 5, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 31), date(2023, 9, 30)]


@pytest.fixture
def catalogue() -> Catalogue:
    """Three values that only kpi_values holds."""
    return little_catalogue(YAML)


def test_a_live_reading_bears_the_period_of_its_row(catalogue: Catalogue) -> None:
    found = readings(little(kpi_values=ROWS), catalogue, [OLD], DAYS)
    assert [(one.value, one.period) for one in found] == [
        (None, "2022-05"),
        (1.0, "2022-06"),
        (1.0, "2022-06"),
        (2.0, "2022-10"),
        (2.0, "2022-10"),
    ]


def test_a_wave_bears_its_name(catalogue: Catalogue) -> None:
    (one,) = readings(little(kpi_values=ROWS), catalogue, [WAVE], [date(2022, 12, 31)])
    assert (one.value, one.period) == (4.0, "2022-audit")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with these values and their kept readings."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "scorecard.yml").write_text(CARD, "utf-8")
    (folder / "values.yml").write_text(YAML, "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(folder))
    lines = ["kpi;period;value", *(f"{r['kpi']};{r['period']};{r['value']:.0f}" for r in ROWS)]
    made = Store(tmp_path / "own.duckdb", after=after_import, settings=rule_settings)
    done = made.import_files(local_actor(), [("kpi_values.csv", "\n".join(lines).encode())])
    assert done.ok, done.errors
    return made


def test_another_value_of_a_later_month_changes_no_kept_period(kept: Store) -> None:
    engine = kept.engine(local_actor())
    found = stored.at(engine, catalogue_of(engine), date(2023, 9, 30))
    assert {id: (one.value, one.period) for id, one in found.items()} == {
        OLD: (2.0, "2022-10"),
        NEW: (3.0, "2023-09"),
        WAVE: (4.0, "2022-audit"),
    }


def test_the_series_has_each_value_where_its_period_ends(kept: Store) -> None:
    engine = kept.engine(local_actor())
    found = stored.series(engine, catalogue_of(engine), OLD)
    known = [(one.period, one.as_of, one.value) for one in found if one.value is not None]
    assert known == [("2022-06", date(2022, 6, 30), 1.0), ("2022-10", date(2022, 10, 31), 2.0)]
