"""A flow or a stored value too old for its frequency keeps its value and is judged no more; a stock never is."""

from datetime import date, timedelta

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.scores import roll_up
from tests.metrics.little import catalogue_of, little, reading

FLOW = """
decided:
  code: X1
  label: {fr: Décisions, en: Decisions}
  objective: X
  from: joined_partners
  sql: COUNT(*)
  period: {date: joined_on, span: SPAN}
  unit: n
  direction: up
  target: 1
  floor: 0
  frequency: quarterly
satisfaction:
  code: X2
  label: {fr: Satisfaction, en: Satisfaction}
  objective: X
  from: kpi_values
  unit: index
  direction: up
  target: 8
  floor: 5
  frequency: yearly
"""
PARTNERS = [{"partner_id": "E1", "name": "État", "joined_on": date(2015, 1, 15)}]
VALUES = [{"kpi": "satisfaction", "period": "2013", "value": 8.0}]


def told(
    span: str, kpi: str, day: str, kept_until: date | None = None
) -> tuple[float | None, str, str | None]:
    visits = [{"partner_id": "E1", "held_on": kept_until}] if kept_until else []
    engine = little(partners=PARTNERS, kpi_values=VALUES, interactions=visits)
    found = reading(engine, catalogue_of(FLOW.replace("SPAN", span)), kpi, day)
    return found.value, found.status, found.reason


def test_a_flow_is_stale_after_one_and_a_half_times_its_frequency() -> None:
    assert told("rolling_12_months", "decided", "2015-05-31") == (1.0, "on_target", None)  # 136 days
    assert told("rolling_12_months", "decided", "2015-06-02") == (1.0, "unknown", "stale")  # 138 days


def test_a_running_total_is_true_at_its_date_as_long_as_the_store_is_kept() -> None:
    assert told("cumulative", "decided", "2019-12-31", kept_until=date(2019, 8, 20)) == (
        1.0,
        "on_target",
        None,
    )
    assert told("cumulative", "decided", "2020-02-01", kept_until=date(2019, 8, 20)) == (
        1.0,
        "unknown",
        "stale",
    )


def test_nothing_is_judged_long_after_the_last_event_of_all_tables(
    town: Engine, catalogue: Catalogue
) -> None:
    ids = ["active_files", "cofinancing_raised", "partners_joined"]
    last = date(2015, 6, 30)
    fresh = readings(town, catalogue, ids, [last + timedelta(days=45)])
    old = readings(town, catalogue, ids, [last + timedelta(days=548)])
    assert [one.reason for one in fresh] == [None] * 3
    assert [(one.status, one.score, one.reason) for one in old] == [("unknown", None, "stale")] * 3
    assert (old[0].value, old[1].value) == (100, 15_000_000)


def test_a_stored_value_is_as_old_as_the_end_of_its_period() -> None:
    assert told("cumulative", "satisfaction", "2015-06-30") == (8.0, "on_target", None)
    assert told("cumulative", "satisfaction", "2015-07-31") == (8.0, "unknown", "stale")


def test_a_survey_is_as_old_as_its_wave(town: Engine, catalogue: Catalogue) -> None:
    held = date(2015, 5, 15)
    days = [held + timedelta(days=1096), held + timedelta(days=1097)]
    fresh, old = readings(town, catalogue, ["wellbeing_who5"], days)
    assert (fresh.status, fresh.reason) == ("watch", None) and fresh.score is not None
    assert (old.status, old.reason, old.score) == ("unknown", "stale", None)
    assert old.value == fresh.value and old.period == "2015" and old.n == 345


def test_what_is_stale_is_out_of_the_coverage(town: Engine, catalogue: Catalogue) -> None:
    def covered(day: date) -> float:
        asked = [kpi.id for kpi in catalogue.of_objective("U1")]
        found = {one.kpi: one for one in readings(town, catalogue, asked, [day])}
        return roll_up(catalogue, found).objectives["U1"].coverage

    assert covered(date(2016, 6, 30)) == 1  # 547 days after the end of 2014
    assert covered(date(2016, 7, 31)) == 0
