"""Which points make a KPI's chart, what it said at each date, and when a new base is proposed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics import rebasing, signals, stored
from metrics.dates import month_ends, period_name
from metrics.definitions import Catalogue, Kpi, Period
from metrics.goals import read_goals
from metrics.reading import Reading
from metrics.rebases import read_rebases
from metrics.refresh import after_import
from metrics.xmr import Chart
from schemas.text import Text

NAN = float("nan")
DAYS = month_ends(date(2010, 1, 1), date(2013, 12, 31))


def kpi(span: str = "in_period", sql: str = "COUNT(*)", **more: object) -> Kpi:
    """Return an entry of this span and formula."""
    own = {"unit": "days", "direction": "up", "frequency": "monthly", "target": 5.0} | more
    period = Period(span, "opened_on")  # type: ignore[arg-type]
    return Kpi("k", "K1.1", Text("k", "k"), "P1", source="v", sql=sql, period=period, **own)  # type: ignore[arg-type]


def readings(of: Kpi, days: Sequence[date], values: Sequence[float]) -> list[Reading]:
    """Return the readings of these values."""
    return [
        Reading(of.id, of.code, day, period_name(day, of.frequency), {}, None if np.isnan(v) else float(v), of.unit, target=of.target)
        for day, v in zip(days, values, strict=True)
    ]  # fmt: skip


def noise(size: int, seed: int = 7) -> np.ndarray:
    """Return a stable series around 20."""
    return 20 + np.random.default_rng(seed).normal(size=size)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (kpi("in_period"), ("value", None)),
        (kpi("cumulative"), ("increment", None)),
        (kpi("cumulative", "SUM(a) / SUM(b)"), ("none", "cumulative_ratio")),
        (kpi("year_to_date", "SUM(a)"), ("increment", None)),
        (kpi("year_to_date", "SUM(a)", frequency="yearly"), ("value", None)),
        (kpi("stock"), ("widened", None)),
        (kpi("rolling_12_months", "KM_QUANTILE(0.5, a, b)"), ("widened", None)),
        (kpi("between"), ("none", "fixed_period")),
        (kpi("all"), ("none", "fixed_period")),
        (kpi("stock", signals="value"), ("value", None)),
        (kpi("stock", signals="none"), ("none", "by_choice")),
    ],
)
def test_the_span_says_which_points_make_the_chart(of: Kpi, expected: tuple[str, str | None]) -> None:
    assert signals.method_of(of) == expected


def test_shipped_kpis_are_charted_as_decided(catalogue: Catalogue) -> None:
    found = {id: signals.method_of(one)[0] for id, one in catalogue.every.items()}
    expected = {"throughput": "value", "partners_joined": "increment", "cofinancing_raised": "increment"}
    expected |= {
        "active_files": "widened",
        "appraisal_median_days": "widened",
        "files_per_manager": "widened",
    }
    expected |= {"leverage_awarded": "none", "appraisal_reduction_factor": "none"}
    assert {id: found[id] for id in expected} == expected


def test_an_unfinished_period_is_no_point_and_keeps_the_marks_of_the_last_one() -> None:
    days = [*DAYS[:20], date(2011, 9, 12)]
    values = np.array([*noise(20), 500.0])
    assert signals.points_of(kpi(), days, values) == list(range(20))
    variation, assurance = signals.marks(kpi(), days, values)
    assert variation[-1] == variation[-2] == "stable" and assurance[-1] == assurance[-2] == "consistently_met"


def test_one_point_a_period_of_the_frequency() -> None:
    quarterly = kpi(frequency="quarterly")
    assert [DAYS[i].month for i in signals.points_of(quarterly, DAYS[:12], noise(12))] == [3, 6, 9, 12]
    yearly = kpi(frequency="yearly")
    assert [DAYS[i].year for i in signals.points_of(yearly, DAYS, noise(48))] == [2010, 2011, 2012, 2013]


def test_a_wave_is_one_point_however_long_it_stands() -> None:
    wave = kpi(frequency="wave")
    values = np.array([NAN, 60.0, 60, 60, 65, 65])
    names = ["", "2010-a", "2010-a", "2010-a", "2010-b", "2010-b"]
    assert signals.points_of(wave, DAYS[:6], values, names) == [1, 4]


def test_a_total_is_charted_by_what_each_period_adds() -> None:
    of = kpi("cumulative", "SUM(a)", unit="eur")
    values = np.cumsum(noise(24))
    found = signals.control_chart(of, readings(of, DAYS[:24], values))
    assert found.values == pytest.approx(np.diff(values)) and found.chart is not None
    assert found.chart.assurance is None and found.chart.variation is not None
    since = replace(of, period=replace(of.period, since=date(2010, 3, 1)))  # type: ignore[type-var]
    late = signals.control_chart(since, readings(since, DAYS[:24], [0, 0, *np.cumsum(noise(22))]))
    assert len(late.days) == 22 and late.values[0] == pytest.approx(
        noise(22)[0]
    )  # the first month added all of it


def test_a_year_to_date_starts_again_in_january() -> None:
    of = kpi("year_to_date", "SUM(a)", unit="eur")
    added = noise(24)
    values = [added[12 * (i // 12) : i + 1].sum() for i in range(24)]
    assert signals.control_chart(of, readings(of, DAYS[:24], values)).values == pytest.approx(added)


def test_small_counts_have_the_limits_of_counts() -> None:
    of = kpi(unit="n")
    few = np.random.default_rng(5).poisson(4, 24).astype(float)
    found = signals.control_chart(of, readings(of, DAYS[:24], few))
    assert found.chart is not None and found.is_count
    assert (
        found.chart.limits.upper == pytest.approx(few.mean() + 3 * few.mean() ** 0.5)
        and found.chart.limits.lower == 0
    )
    many = signals.control_chart(of, readings(of, DAYS[:24], few + 20))
    assert many.chart is not None and not many.is_count


@pytest.mark.parametrize(
    ("of", "values", "reason"),
    [
        (kpi(unit="ratio"), [0.98, 0.99] * 10, "near_limit"),
        (kpi(unit="ratio"), [0.02, 0.03] * 10, "near_limit"),
        (kpi(unit="ratio"), [0.52, 0.53] * 10, None),
        (kpi(), [1.0] * 12 + [2.0] * 8, "still"),
        (kpi(), [1.0, 2, 3, 1, 2, 4, 1], "too_few"),
    ],
)
def test_what_bears_no_limits_says_why_and_has_no_mark(
    of: Kpi, values: list[float], reason: str | None
) -> None:
    days = DAYS[: len(values)]
    assert signals.control_chart(of, readings(of, days, values)).reason == reason
    variation, assurance = signals.marks(of, days, np.array(values))
    assert (variation[-1] is None and assurance[-1] is None) == (reason is not None)


def test_month_effects_are_taken_out_first_from_three_years_on() -> None:
    of = kpi(seasonal=True)
    season = np.array([10.0 * (day.month == 12) - 8.0 * (day.month == 8) for day in DAYS])
    values = noise(48) + season
    found = signals.control_chart(of, readings(of, DAYS, values))
    assert found.is_deseasonalised and found.chart is not None
    assert np.std(found.values) < 1.2 < np.std(values)
    raw = signals.control_chart(kpi(), readings(of, DAYS, values))
    assert raw.chart is not None

    def december(chart: Chart) -> list[bool]:
        return [
            "outside" in spot.flags for spot, day in zip(chart.points, DAYS, strict=True) if day.month == 12
        ]

    assert december(raw.chart) == [True] * 4 and december(found.chart) == [False] * 4
    assert signals.marks(of, DAYS, values)[0][-1] == found.chart.variation


def test_a_date_is_judged_by_what_was_known_then() -> None:
    values = np.concatenate([noise(30), noise(18, 8) + 6])
    whole = signals.marks(kpi(), DAYS, values, [DAYS[29]])
    for end in (10, 25, 31, 40):
        assert signals.marks(kpi(), DAYS[:end], values[:end], [DAYS[29]]) == (whole[0][:end], whole[1][:end])


def test_yesterdays_assurance_has_yesterdays_target() -> None:
    targets = np.where(np.arange(24) < 20, 5.0, 50.0)
    found = signals.marks(kpi(), DAYS[:24], noise(24), targets=targets)[1]
    assert (found[19], found[20]) == ("consistently_met", "consistently_missed") and found[5] is None


def test_the_kept_marks_of_the_town_are_what_its_charts_say(town: Engine, catalogue: Catalogue) -> None:
    """Every KPI, at each of its last dates: the chart of the points up to it, drawn alone."""
    rebases, goals, seen = read_rebases(town), read_goals(town), set()
    for id, entry in catalogue.every.items():
        series = stored.series(town, catalogue, id)
        breaks = [rebase.rebased_on for rebase in rebases.get((id, ""), ())]
        for end in range(max(len(series) - 14, 1), len(series) + 1):
            last = series[end - 1]
            if not signals.points_of(entry, [last.as_of], np.array([0.0]), [last.period]):
                continue
            of = goals.kpi_at(entry, last.as_of)
            found = signals.control_chart(of, series[:end], [day for day in breaks if day <= last.as_of])
            said = (found.chart.variation, found.chart.assurance) if found.chart else (None, None)
            if last.reason != "stale" and last.value is not None:
                assert (last.variation, last.assurance) == said, (id, last.as_of)
            seen |= set(said)
    assert {"improvement", "concern", "stable", "inconsistent", "consistently_missed", None} <= seen


def test_a_new_base_recorded_and_withdrawn_moves_the_marks(own_town: object) -> None:
    store = Store(str(own_town), after=after_import)
    actor = local_actor()

    def mark() -> str | None:
        row = "SELECT variation FROM readings WHERE kpi = 'partners_joined' AND scope = '' AND as_of = '2015-06-30'"
        found: str | None = store.engine(actor).rows(row)[0][0]
        return found

    assert mark() == "improvement"
    done = store.record(
        actor, "rebases", [{"kpi": "partners_joined", "rebased_on": date(2013, 9, 1), "reason": "r"}]
    )
    assert done.ok and mark() == "special"  # still rising: a mark of its own, by limits too young to judge
    store.undo(actor, done.import_id or 0)
    done = store.record(
        actor, "rebases", [{"kpi": "partners_joined", "rebased_on": date(2014, 9, 1), "reason": "r"}]
    )
    assert mark() is None  # four points since: no limits yet
    store.undo(actor, done.import_id or 0)
    assert mark() == "improvement"


CHANGE = rebasing.Change(DAYS[24], "milestone", Text("c", "c"))


def proposed(
    values: np.ndarray, changes: list[rebasing.Change], bases: Sequence[date] = ()
) -> list[rebasing.Proposal]:
    """Return what is proposed for a series."""
    return rebasing.proposals(signals.control_chart(kpi(), readings(kpi(), DAYS, values), bases), changes)


def test_a_base_is_proposed_for_a_known_change_followed_by_seven_points_on_one_side() -> None:
    moved = np.concatenate([noise(24), noise(24, 8) + 9])
    (one,) = proposed(moved, [CHANGE])
    assert (one.side, one.count, one.first) == (1, 24, DAYS[24])
    assert one.before.mean == pytest.approx(moved[:24].mean()) and one.after.mean == pytest.approx(
        moved[24:].mean()
    )
    assert not proposed(moved, []), "no known change"
    assert not proposed(noise(48), [CHANGE]), "no move"
    assert not proposed(moved, [CHANGE], [DAYS[24]]), "it has its base"


def test_six_points_are_not_enough_and_the_greatest_move_is_the_one_proposed() -> None:
    moved = np.concatenate([noise(24), [29.0] * 6, noise(18, 8) - 4])
    assert not proposed(moved, [CHANGE])
    risen = np.concatenate([noise(20), noise(4, 9) + 4, noise(24, 8) + 9])
    early = rebasing.Change(DAYS[20], "parameter", Text("d", "d"))
    assert [one.change for one in proposed(risen, [early, CHANGE])] == [CHANGE]


def test_the_demo_leaves_a_base_to_decide_and_the_changes_are_its_own(
    town: Engine, catalogue: Catalogue
) -> None:
    changes = rebasing.known_changes(
        town, catalogue, read_goals(town), "appraisal_median_days", date(2015, 6, 30)
    )
    assert {change.kind for change in changes} == {"parameter", "milestone", "target"}
    assert all(change.happened_on <= date(2015, 6, 30) for change in changes)
    series = stored.series(town, catalogue, "partners_joined")
    found = signals.control_chart(catalogue.every["partners_joined"], series)
    (one,) = rebasing.proposals(found, changes)
    assert one.change.happened_on == date(2013, 9, 1) and one.count >= 7


def test_an_earlier_base_that_hardly_moves_has_neither_limits_nor_signals() -> None:
    values = [0.0] * 22 + [3.0, 1.0] + list(noise(24))
    found = signals.control_chart(kpi(), readings(kpi(), DAYS, values), [DAYS[24]])
    assert found.reason is None and found.chart is not None
    assert [part.limits.is_drawn for part in found.chart.segments] == [False, True]
    assert not any(spot.flags for spot in found.chart.points[:24])


def test_a_run_beside_a_provisional_mean_is_no_signal() -> None:
    """Ten yearly values of which the last seven lie under the mean that the first three made."""
    fell = [12.0, 9.5, 12.0, 8.4, 9.2, 8.0, 9.1, 8.1, 9.0, 8.2]
    of = kpi(direction="down", frequency="yearly", target=8.0)
    days = [date(year, 12, 31) for year in range(2005, 2015)]
    found = signals.control_chart(of, readings(of, days, fell)).chart
    assert found is not None and found.limits.is_provisional and found.variation == "stable"
    assert signals.marks(of, days, np.array(fell))[0][-1] == "stable"
    longer, later = [*fell, 8.9, 8.3], [*days, date(2015, 12, 31), date(2016, 12, 31)]
    assert signals.marks(of, later, np.array(longer))[0][-1] == "improvement"  # twelve points: the run counts


def test_flat_yearly_values_are_said_stable(town: Engine, catalogue: Catalogue) -> None:
    assert stored.at(town, catalogue, date(2015, 6, 30))["debt_payback_years"].variation != "improvement"
