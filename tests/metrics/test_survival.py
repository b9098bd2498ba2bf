"""Kaplan-Meier in SQL against lifelines: on the demo's two cohorts, and on any durations."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from data.engine import Engine
from metrics import clopper
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.reading import Reading
from tests.metrics.little import catalogue_of, facts

CSV = Path(__file__).resolve().parents[2] / "data" / "demo" / "appraisals.csv"
LAST = date(2015, 6, 30)
ENTRY = """
{id}:
  code: {id}
  label: {{fr: Durée, en: Duration}}
  objective: X
  from: things
  sql: {sql}
  period: {{date: opened_on, span: cumulative}}
  unit: days
  direction: down
  frequency: monthly
  interval: km
"""
MEASURES = {
    "median": "KM_QUANTILE(0.5, opened_on, decided_on, ended_on)",
    "slowest": "KM_QUANTILE(0.85, opened_on, decided_on, ended_on)",
    "open_at_110": "KM_SURVIVAL(110, opened_on, decided_on, ended_on)",
}
QUANTILES = {"median": 0.5, "slowest": 0.85}


@pytest.fixture(scope="module")
def durations() -> Catalogue:
    """Entries for two quantiles and one share still open."""
    yaml = "".join(ENTRY.format(id=id, sql=sql) for id, sql in MEASURES.items())
    return catalogue_of(yaml, {"things": "SELECT _id, opened_on, decided_on, ended_on FROM facts"})


def engine_of(frame: pd.DataFrame) -> Engine:
    """Return an engine over rows opened_on, decided_on, ended_on."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return facts(rows, opened_on="DATE", decided_on="DATE", ended_on="DATE")


def measured(frame: pd.DataFrame, durations: Catalogue, day: date = LAST) -> dict[str, Reading]:
    """Return the readings of the entries at a date."""
    return {one.kpi: one for one in readings(engine_of(frame), durations, list(durations.kpis), [day])}


def fitted(days: "pd.Series[int]", ended: "pd.Series[bool]") -> KaplanMeierFitter:
    """Return lifelines' curve, its 95 % limits being log-log as ours."""
    return KaplanMeierFitter().fit(days, ended)


def quantile(curve: pd.Series, q: float) -> float | None:
    """Return the smallest time at which a curve is at 1 - q or under, None where it is not reached."""
    reached = curve.index[curve.to_numpy() <= 1 - q + 1e-9]
    return float(reached[0]) if len(reached) else None


def cohort(name: str) -> pd.DataFrame:
    """Return the demo's files of one cohort."""
    frame = pd.read_csv(CSV, parse_dates=["opened_on", "decided_on"])
    found = frame[frame.cohort == name]
    return found[["opened_on", "decided_on"]].assign(ended_on=pd.NaT)


@pytest.fixture(scope="module")
def cohorts(durations: Catalogue) -> dict[str, tuple[dict[str, Reading], KaplanMeierFitter]]:
    """Each cohort's readings at the data date and the curve lifelines draws."""
    found = {}
    for name in ("before_dadi", "after_dadi"):
        frame = cohort(name)
        ended = frame.decided_on.notna()
        days = (frame.decided_on.fillna(pd.Timestamp(LAST)) - frame.opened_on).dt.days
        found[name] = (measured(frame, durations), fitted(days, ended))
    return found


@pytest.mark.parametrize(("name", "median", "slowest"), [("before_dadi", 240, 343), ("after_dadi", 60, 111)])
def test_the_quantiles_are_lifelines(name: str, median: int, slowest: int, cohorts: dict) -> None:
    ours, theirs = cohorts[name]
    assert ours["median"].value == theirs.median_survival_time_ == median
    assert ours["slowest"].value == quantile(theirs.survival_function_.iloc[:, 0], 0.85) == slowest


@pytest.mark.parametrize("name", ["before_dadi", "after_dadi"])
def test_the_share_still_open_is_lifelines(name: str, cohorts: dict) -> None:
    ours, theirs = cohorts[name]
    assert ours["open_at_110"].value == pytest.approx(theirs.predict(110))


def test_the_share_appraised_in_110_days(cohorts: dict) -> None:
    assert round(1 - cohorts["after_dadi"][0]["open_at_110"].value, 3) == 0.842


@pytest.mark.parametrize("name", ["before_dadi", "after_dadi"])
def test_the_limits_are_the_log_log_ones(name: str, cohorts: dict) -> None:
    ours, theirs = cohorts[name]
    limits = theirs.confidence_interval_
    lower, upper = limits.iloc[:, 0], limits.iloc[:, 1]
    assert ours["open_at_110"].low == pytest.approx(lower[lower.index <= 110].iloc[-1])
    assert ours["open_at_110"].high == pytest.approx(upper[upper.index <= 110].iloc[-1])
    for id, q in QUANTILES.items():
        assert (ours[id].low, ours[id].high) == (quantile(lower, q), quantile(upper, q))


def test_finished_files_alone_would_flatter(cohorts: dict) -> None:
    frame = cohort("after_dadi").dropna(subset="decided_on")
    finished = float((frame.decided_on - frame.opened_on).dt.days.median())
    assert finished == 55 < cohorts["after_dadi"][0]["median"].value


durations_seen = st.lists(
    st.tuples(
        st.integers(0, 60), st.one_of(st.none(), st.integers(0, 60)), st.one_of(st.none(), st.integers(0, 60))
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(durations_seen)
def test_any_durations_give_the_curve_of_lifelines(
    durations: Catalogue, rows: list[tuple[int, int | None, int | None]]
) -> None:
    """Rows are (age at the date, days until decided, days until out of sight); what lies after the date is unknown."""
    frame = pd.DataFrame([_dated(*row) for row in rows])
    days = pd.Series([min(part for part in row if part is not None) for row in rows])
    ended = pd.Series([d is not None and d <= age and (g is None or d <= g) for age, d, g in rows])
    ours, curve = measured(frame, durations), fitted(days, ended).survival_function_.iloc[:, 0]
    for id, q in QUANTILES.items():
        assert ours[id].value == quantile(curve, q)
        assert (ours[id].reason == "not_reached") is (ours[id].value is None)


def _dated(age: int, decided: int | None, gone: int | None) -> dict[str, object]:
    opened = LAST - timedelta(days=age)
    after = [None if part is None else opened + timedelta(days=part) for part in (decided, gone)]
    return {"opened_on": opened, "decided_on": after[0], "ended_on": after[1]}


def test_a_quantile_that_is_not_reached_is_unknown(durations: Catalogue) -> None:
    frame = pd.DataFrame([_dated(50, 10, None), _dated(50, None, None), _dated(50, None, None)])
    found = measured(frame, durations)["median"]
    assert (found.value, found.reason, found.n, found.status) == (None, "not_reached", 3, "unknown")


def test_a_share_is_unknown_while_nobody_was_followed_for_so_long(durations: Catalogue) -> None:
    short = pd.DataFrame([_dated(50, 10, None), _dated(109, None, None)])
    assert measured(short, durations)["open_at_110"].value is None
    enough = pd.DataFrame([_dated(50, 10, None), _dated(110, None, None)])
    assert measured(enough, durations)["open_at_110"].value == 0.5
    over = pd.DataFrame([_dated(50, 10, None), _dated(50, 20, None)])
    assert measured(over, durations)["open_at_110"].value == 0


def test_a_file_out_of_sight_is_no_decision(durations: Catalogue) -> None:
    seen = pd.DataFrame([_dated(60, 30, None), _dated(60, None, 10)])
    assert measured(seen, durations)["median"].value == 30
    counted_as_done = pd.DataFrame([_dated(60, 30, None), _dated(60, 10, None)])
    assert measured(counted_as_done, durations)["median"].value == 10


def test_the_curve_at_a_past_date_knows_only_what_was_known(durations: Catalogue) -> None:
    frame = cohort("before_dadi")
    day = date(2012, 12, 31)
    ended = frame.decided_on <= pd.Timestamp(day)
    days = (frame.decided_on.where(ended, pd.Timestamp(day)) - frame.opened_on).dt.days
    assert measured(frame, durations, day)["median"].value == fitted(days, ended).median_survival_time_
    assert np.isclose(fitted(days, ended).median_survival_time_, 245)


@pytest.mark.parametrize("n", [1, 6, 8, 15])
def test_all_or_none_has_the_exact_limits_of_a_share(n: int, durations: Catalogue) -> None:
    still = measured(pd.DataFrame([_dated(200, None, None)] * n), durations)["open_at_110"]
    ended = measured(pd.DataFrame([_dated(200, 50, None)] * n), durations)["open_at_110"]
    (low,), (high,) = clopper.limits(np.array([float(n)]), np.array([float(n)]))
    assert (still.value, still.low, still.high) == (1, pytest.approx(low), high)
    assert (ended.value, ended.low, ended.high) == (0, 0, pytest.approx(1 - low))


def test_only_those_followed_long_enough_make_the_exact_limits_narrower(durations: Catalogue) -> None:
    rows = [_dated(200, None, None)] * 6 + [_dated(30, None, None)] * 20
    found = measured(pd.DataFrame(rows), durations)["open_at_110"]
    assert (found.value, found.low, found.high) == (1, pytest.approx(0.025 ** (1 / 6)), 1)
