"""What an import moves: the KPIs whose views read a touched table, and no other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics import stored
from metrics.compute import tables_behind
from metrics.datadates import data_dates
from metrics.definitions import Catalogue
from metrics.refresh import after_import, catalogue_of, refresh, rule_settings
from metrics.rows import behind

LAST = date(2015, 6, 30)
READ = {
    "partners_joined": {"partners"},
    "leverage_awarded": {"financings", "projects", "partners"},
    "cofinancing_raised": {"financings", "projects", "partners"},
    "debt_payback_years": {"budgets"},
    "constant_means_gap": {"budgets"},
    "raised_per_operating_euro": {"financings", "projects", "partners", "budgets"},
    "appraisal_median_days": {"stages", "projects"},
    "throughput": {"stages", "projects"},
    "files_per_manager": {"staff", "projects", "stages"},
    "levers_deployed": {"practices"},
    "participation_rate": {"practice_sessions", "practices", "staff"},
    "autonomous_adoption": {"practice_sessions", "staff"},
    "wellbeing_who5": {"survey_waves"},
    "user_satisfaction": {"kpi_values"},
}


@pytest.mark.parametrize("kpi", READ)
def test_the_tables_behind_a_kpi(kpi: str, town: Engine, catalogue: Catalogue) -> None:
    assert tables_behind(catalogue, catalogue.kpis[kpi], town.relations) == READ[kpi]


def test_no_kpi_shows_survey_answers_as_rows(town: Engine, catalogue: Catalogue) -> None:
    asked = [
        kpi.id
        for kpi in catalogue.every.values()
        if {"survey_answers", "survey_waves"} & tables_behind(catalogue, kpi, town.relations)
    ]
    assert asked == ["wellbeing_who5", "qwl_climate"]
    assert not any(
        "survey_answers" in tables_behind(catalogue, kpi, town.relations) for kpi in catalogue.every.values()
    )
    assert all(behind(town, catalogue, id, date(2015, 6, 30)).empty for id in asked)


class Recorder:
    """A writing engine that keeps nothing: it notes what it is given."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.given: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)

    def replace_readings(self, frame: object, kpis: list[str]) -> None:
        self.given = list(kpis)


@pytest.mark.parametrize(
    ("table", "some", "none"),
    [
        (
            "budgets",
            {"debt_payback_years", "raised_per_operating_euro"},
            {"active_files", "leverage_awarded"},
        ),
        ("practices", {"levers_deployed"}, {"debt_payback_years", "leverage_awarded", "active_files"}),
        ("staff", {"files_per_manager"}, {"active_files", "leverage_awarded"}),
        ("survey_waves", {"wellbeing_who5", "qwl_climate"}, {"leverage_awarded", "levers_deployed"}),
    ],
)
def test_only_the_kpis_that_read_a_touched_table_are_recomputed(
    table: str, some: set[str], none: set[str], town: Engine, catalogue: Catalogue
) -> None:
    recorder = Recorder(town)
    moved = refresh(recorder, catalogue, {table}, LAST)  # type: ignore[arg-type]
    assert moved == recorder.given
    assert some <= set(moved) and not none & set(moved)
    behind = {
        id for id, kpi in catalogue.every.items() if table in tables_behind(catalogue, kpi, town.relations)
    }
    assert set(moved) == behind


def budget_file(change: Callable[[str], str]) -> tuple[str, bytes]:
    """Return the demo's budgets with its last line changed."""
    path = Path(__file__).resolve().parents[2] / "data" / "demo" / "csv" / "budgets.csv"
    lines = path.read_text("utf-8").splitlines()
    return "budgets.csv", "\n".join([lines[0], change(lines[-1])]).encode()


def test_an_import_moves_its_kpis_and_leaves_the_others(own_town: Path) -> None:
    """A debt of 56 instead of 49 M€ over savings of 7: eight years instead of seven, and nothing else moves."""
    told: list[set[str]] = []
    moved: list[str] = []

    def spied(engine: Engine, tables: set[str]) -> None:
        told.append(tables)
        catalogue, dates = catalogue_of(engine), data_dates(engine)
        moved.extend(refresh(engine, catalogue, tables, dates[1] if dates else None))  # type: ignore[arg-type]

    store = Store(own_town, after=after_import, settings=rule_settings)
    before = stored.at(store.engine(local_actor()), catalogue_of(store.engine(local_actor())), LAST)
    done = store.import_files(
        local_actor(), [budget_file(lambda line: line.replace("49000000", "56000000"))], after=spied
    )
    assert done.ok and told == [{"budgets"}]
    assert "debt_payback_years" in moved and "leverage_awarded" not in moved and "active_files" not in moved
    after = stored.at(store.engine(local_actor()), catalogue_of(store.engine(local_actor())), LAST)
    assert (before["debt_payback_years"].value, after["debt_payback_years"].value) == (7, 8)
    assert {id: one for id, one in after.items() if id != "debt_payback_years"} == {
        id: one for id, one in before.items() if id != "debt_payback_years"
    }


def test_a_later_event_recomputes_all_for_the_calendar_moved(own_town: Path) -> None:
    store = Store(own_town, after=after_import, settings=rule_settings)
    row = b"partner_id,held_on,kind\nPUB-REGION,2015-07-10,meeting\n"
    assert store.import_files(local_actor(), [("interactions.csv", row)]).ok
    engine = store.engine(local_actor())
    days = stored.dates(engine)
    assert days[-2:] == [LAST, date(2015, 7, 10)]
    here = stored.at(engine, catalogue_of(engine), date(2015, 7, 10))
    assert here["leverage_awarded"].value == 5 and set(here) == set(catalogue_of(engine).every)
