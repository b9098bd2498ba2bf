"""Which method a KPI gets or why none; the band, the chance and the backtest, on made series and on the demo town."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from data.engine import Engine
from metrics import backtest, compute, expected, outlook, stored
from metrics.backtest import coverage, wilson
from metrics.dates import month_end, month_number
from metrics.definitions import Catalogue, Kpi, Period
from metrics.forecast import Forecast, NoForecast, forecast, rounded
from metrics.forecast_answer import answer, known
from metrics.outlook import Known
from metrics.reading import Reading
from schemas.text import Text

JUNE, DECEMBER = date(2015, 6, 30), date(2014, 12, 31)


def kpi(span: str = "stock", **more: object) -> Kpi:
    since = more.pop("since", None)
    period = Period(span=span, date="day", since=since)  # type: ignore[arg-type]
    usual = {"unit": "n", "direction": "up", "frequency": "monthly", "sql": "COUNT(*)", "target": 10.0}
    return Kpi("k", "K", Text("", ""), "O", source="v", period=period, **(usual | more))  # type: ignore[arg-type]


def months(values: list[float] | np.ndarray, last: date = JUNE) -> tuple[tuple[date, float | None], ...]:
    first = month_number(last) - len(values)
    days = [month_end(date((first + i) // 12, (first + i) % 12 + 1, 1)) for i in range(len(values))]
    assert days[-1] == last
    return tuple((day, float(value)) for day, value in zip(days, values, strict=True))


def read(value: float | None, as_of: date = JUNE, reason: str | None = None) -> Reading:
    return Reading("k", "K", as_of, "2015-06", {}, value, "n", reason=reason)


def why(found: Forecast | NoForecast) -> str:
    assert isinstance(found, NoForecast)
    assert found.why.said().fr and found.why.said().en
    return found.why.code


def noise(n: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).poisson(8.0, n).astype(float)


def test_a_yearly_total_is_what_is_done_and_what_is_to_come() -> None:
    past = noise(36, seed=4)
    found = forecast(kpi("in_period"), Known(months(past)), read(past[-1]), JUNE)
    assert isinstance(found, Forecast) and (found.method, found.total, found.target) == (
        "increments",
        True,
        120,
    )
    assert found.start == past[-6:].sum()
    assert found.value == pytest.approx(found.start + 6 * past.mean(), rel=0.03)
    assert found.low < found.value < found.high and len(found.steps) == 6
    assert [step.day for step in found.steps][::5] == [date(2015, 7, 31), date(2015, 12, 31)]
    assert found.steps[0].high - found.steps[0].low < found.high - found.low


def test_the_same_question_has_the_same_answer() -> None:
    past = noise(36)
    one, two = (forecast(kpi("in_period"), Known(months(past)), read(8.0), JUNE) for _ in range(2))
    assert one == two


def test_few_months_of_a_count_and_few_of_an_amount() -> None:
    past = noise(10)
    found = forecast(kpi("in_period"), Known(months(past)), read(past[-1]), JUNE)
    assert isinstance(found, Forecast) and found.method == "counts"
    amounts = kpi("in_period", sql="SUM(x)", unit="eur")
    assert why(forecast(amounts, Known(months(past + 0.5)), read(1.0), JUNE)) == "few_months"
    assert why(forecast(kpi("in_period"), Known(months(past[:7])), read(1.0), JUNE)) == "few_points"


def test_euros_are_not_events() -> None:
    """A counting law of euros would say 0.15 euro: an amount that does not move, or hardly, has no pace."""
    amounts = kpi("cumulative", sql="SUM(x)", unit="eur")
    none, few, enough = np.zeros(21), np.zeros(21), np.zeros(21)
    few[[2, 9, 15]] = 3.0
    enough[[2, 9, 15, 18]] = 3.0
    for past, code in ((none, "still"), (few, "hardly")):
        total = np.cumsum(past)
        assert why(forecast(amounts, Known(months(total)), read(total[-1]), JUNE)) == code
    total = np.cumsum(enough)
    found = forecast(amounts, Known(months(total)), read(total[-1]), JUNE)
    assert isinstance(found, Forecast) and found.method == "increments"
    rare = forecast(kpi("cumulative"), Known(months(np.cumsum(few))), read(9.0), JUNE)
    assert isinstance(rare, Forecast) and rare.method == "counts"


def test_the_town_s_external_cost_has_no_forecast(town: Engine, catalogue: Catalogue) -> None:
    found, told, reading = demo(town, catalogue, "external_cost", JUNE)
    assert reading.value == 0 and why(forecast(found, told, reading, JUNE)) == "still"


def test_a_rebase_counts_from_the_day_it_was_decided() -> None:
    past, day = noise(36), date(2015, 1, 1)
    told = Known(months(past), ((day, date(2015, 5, 1)),))
    assert why(forecast(kpi("in_period"), told, read(past[-1]), JUNE)) == "rebased"
    before = forecast(kpi("in_period"), told, read(past[-3], date(2015, 4, 30)), date(2015, 4, 30))
    assert isinstance(before, Forecast)


def test_seasons_need_two_years_and_are_followed() -> None:
    season = np.tile([5, 5, 5, 5, 5, 5, 0, 0, 30, 5, 5, 5.0], 3)  # ends in December
    seasonal = kpi("in_period", seasonal=True)
    short = Known(months(season[-20:], DECEMBER))
    assert why(forecast(seasonal, short, read(5.0, DECEMBER), DECEMBER)) == "seasons"
    found = forecast(seasonal, Known(months(season, DECEMBER)), read(5.0, DECEMBER), DECEMBER)
    assert isinstance(found, Forecast) and found.horizon == date(2015, 12, 31)
    assert found.steps[8].value - found.steps[7].value == pytest.approx(30, rel=0.05)
    assert found.steps[7].value - found.steps[5].value == pytest.approx(0, abs=1e-9)


def test_a_shift_of_level_is_a_signal_and_is_named() -> None:
    past = np.concatenate([noise(28), noise(8) + 8])
    found = forecast(kpi("in_period"), Known(months(past)), read(past[-1]), JUNE)
    assert why(found) == "signal" and isinstance(found, NoForecast)
    assert "même côté" in found.why.said().fr and "one side" in found.why.said().en


def test_one_large_month_is_drawn_again_not_refused() -> None:
    past = noise(36)
    past[-2] = 60.0
    assert isinstance(forecast(kpi("in_period"), Known(months(past)), read(past[-1]), JUNE), Forecast)


def test_a_stock_walks_on_from_its_last_value() -> None:
    past = 100 + np.random.default_rng(5).normal(0, 3, 30)
    stock = kpi(direction="band", band=(90.0, 110.0), limits=(70.0, 130.0))
    found = forecast(stock, Known(months(past)), read(past[-1]), JUNE)
    assert isinstance(found, Forecast) and found.method == "random_walk" and found.target == (90, 110)
    step = np.abs(np.diff(past)).mean() * np.sqrt(np.pi / 2)
    assert found.value == pytest.approx(past[-1], abs=0.1)
    assert found.high - found.value == pytest.approx(1.2816 * step * np.sqrt(6), rel=0.02)
    assert found.chance == rounded(found.chance or 0.0) and 0 < (found.chance or 0) < 1


def test_a_quarter_is_one_step() -> None:
    past = 50 + np.random.default_rng(6).normal(0, 1, 60)
    by_month, by_quarter = kpi(), kpi(frequency="quarterly")
    found = forecast(by_quarter, Known(months(past)), read(past[-1]), JUNE)
    ends = past[2::3]  # months of March, June…
    step = np.abs(np.diff(ends)).mean() * np.sqrt(np.pi / 2)
    assert isinstance(found, Forecast) and found.n == 20
    assert found.high - found.value == pytest.approx(1.2816 * step * np.sqrt(2), rel=0.02)
    assert isinstance(forecast(by_month, Known(months(past)), read(past[-1]), JUNE), Forecast)


@pytest.mark.parametrize(
    ("changed", "value", "reason", "code"),
    [
        ({"frequency": "yearly"}, 5.0, None, "yearly"),
        ({"frequency": "wave"}, 5.0, None, "waves"),
        ({"forecast": "none"}, 5.0, None, "not_wanted"),
        ({}, None, "not_reached", "not_reached"),
        ({}, None, "no_data", "no_value"),
        ({}, 8.0, None, "still"),
    ],
)
def test_why_there_is_none(
    changed: dict[str, object], value: float | None, reason: str | None, code: str
) -> None:
    told = Known(months(np.full(30, 8.0)))
    assert why(forecast(kpi(**changed), told, read(value, reason=reason), JUNE)) == code


def test_a_count_of_distinct_things_has_a_ceiling() -> None:
    levers = kpi("cumulative", sql="COUNT(DISTINCT lever)")
    assert why(forecast(levers, Known(months(np.arange(30.0))), read(29.0), JUNE)) == "ceiling"


def test_what_has_not_begun_is_not_forecast() -> None:
    later = kpi("cumulative", since=date(2016, 1, 1))
    assert why(forecast(later, Known(months(np.zeros(30))), read(0.0), JUNE)) == "not_begun"


@pytest.mark.parametrize(("share", "said"), [(0.774, 0.75), (0.776, 0.8), (0.02, 0.0), (0.99, 1.0)])
def test_chances_by_five_in_a_hundred(share: float, said: float) -> None:
    assert rounded(share) == said


def test_an_amount_of_a_part_without_target_has_no_chance() -> None:
    past = noise(36)
    found = forecast(kpi("in_period"), Known(months(past)), read(past[-1], reason="no_target"), JUNE)
    assert isinstance(found, Forecast) and found.target is None and found.chance is None


def test_the_backtest_looks_at_nothing_that_came_later() -> None:
    """Changing the future of an origin changes nothing of what was forecast there."""
    past = noise(60, seed=3)
    changed = past.copy()
    changed[40:] += 500
    origin = months(past)[39][0]
    one, two = (
        outlook.ahead(kpi("in_period"), Known(months(values)), origin, past[39], JUNE, 200)
        for values in (past, changed)
    )
    assert not isinstance(one, outlook.Why) and not isinstance(two, outlook.Why)
    assert np.array_equal(one.values, two.values)


def test_the_backtest_by_brute_force() -> None:
    past = noise(90, seed=7)
    told, found = Known(months(past)), kpi("in_period")
    counted = coverage(found, told, JUNE, date(2015, 12, 31))
    held = n = refused = 0
    for place in range(len(past)):
        after = past[place + 1 : place + 7]
        if place < 90 - 6 - 60 or len(after) < 6 or (len(past) - 1 - 6 - place) % 2:
            continue  # five years, every second month
        until = Known(months(past[: place + 1], told.months[place][0]))
        made = outlook.ahead(
            found,
            until,
            told.months[place][0],
            past[place],
            month_end(_later(told.months[place][0], 6)),
            backtest.DRAWS,
        )
        if isinstance(made, outlook.Why):
            refused += 1
            continue
        low, high = np.quantile(made.values[:, -1], [0.1, 0.9])
        n, held = n + 1, held + (low <= after.sum() <= high)
    assert counted is not None and (counted.n, counted.held, counted.refused) == (n, held, refused)
    assert (counted.low, counted.high) == wilson(held / n, n / 3)


def _later(day: date, many: int) -> date:
    number = month_number(day) - 1 + many
    return date(number // 12, number % 12 + 1, 1)


def test_the_interval_of_a_share() -> None:
    # Brown, Cai, DasGupta (2001): 14 of 18
    low, high = wilson(14 / 18, 18)
    assert (low, high) == (pytest.approx(0.548, abs=5e-4), pytest.approx(0.910, abs=5e-4))


def demo(town: Engine, catalogue: Catalogue, id: str, as_of: date) -> tuple[Kpi, Known, Reading]:
    found = catalogue.kpis[id]
    (reading,) = compute.readings(town, catalogue, [id], [as_of])
    return found, known(town, catalogue, found), reading


def test_the_pipeline_of_the_town(town: Engine, catalogue: Catalogue) -> None:
    found, told, reading = demo(town, catalogue, "cofinancing_raised", JUNE)
    made = forecast(found, told, reading, JUNE)
    assert isinstance(made, Forecast) and made.method == "pipeline"
    assert (made.start, made.facts["requests"], made.facts["requested"]) == (15e6, 8, 11e6)
    assert (made.facts["won"], made.facts["decided"], made.chance) == (37, 50, 1.0)
    alone = forecast(found, replace(told, parameters={"forecast_new_requests": 0}), reading, JUNE)
    # 37 awards of 50 answers since the change of method: without delay the mean would be near 15 + 11·0.74·0.83
    assert isinstance(alone, Forecast) and 18e6 < alone.low < alone.value < alone.high < 15e6 + 11e6
    assert alone.value < 15e6 + 11e6 * 0.8 * 0.8334 and alone.value < made.value < alone.value + 3e6


def test_the_band_of_the_pipeline_held_more_often_with_the_requests_to_come(
    town: Engine, catalogue: Catalogue
) -> None:
    found, told, _ = demo(town, catalogue, "cofinancing_raised", JUNE)
    counted = [
        coverage(found, replace(told, parameters={"forecast_new_requests": new}), JUNE, date(2015, 12, 31))
        for new in (1, 0)
    ]
    assert counted[0] is not None and counted[1] is not None
    assert counted[0].n == counted[1].n > 25 and counted[0].held > 1.5 * counted[1].held
    assert counted[0].low <= 0.8 <= counted[0].high


def test_the_pipeline_of_a_past_day_knows_what_was_known(town: Engine, catalogue: Catalogue) -> None:
    found, told, reading = demo(town, catalogue, "cofinancing_raised", DECEMBER)
    made = forecast(found, told, reading, DECEMBER)
    assert isinstance(made, Forecast) and made.horizon == date(2015, 12, 31)
    waiting = town.rows(
        """SELECT COUNT(*), SUM(requested_amount) FROM financings JOIN projects USING (project_id)
        WHERE nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
        AND COALESCE(project_owner, 'city') = 'city' AND requested_on <= DATE '2014-12-31'
        AND (awarded_on IS NULL OR awarded_on > DATE '2014-12-31') AND (refused_on IS NULL OR refused_on > DATE '2014-12-31')
        AND (cancelled_on IS NULL OR cancelled_on > DATE '2014-12-31')"""
    )[0]
    assert (made.facts["requests"], made.facts["requested"]) == (waiting[0], float(waiting[1]))


def test_parts_of_the_town_add_up_to_it(town: Engine, catalogue: Catalogue) -> None:
    found = catalogue.kpis["cofinancing_raised"]
    whole = known(town, catalogue, found).lines
    assert whole is not None
    parts = [known(town, catalogue, found, "lead_directorate", scope).lines for scope in stored.scopes(town)]
    assert sum(len(part.amount) for part in parts if part) == len(whole.amount)


def test_every_kpi_says_something_at_every_date(town: Engine, catalogue: Catalogue) -> None:
    for as_of in (date(2010, 3, 31), date(2014, 6, 30), DECEMBER, date(2015, 5, 12), JUNE):
        readings = compute.readings(town, catalogue, [*catalogue.kpis], [as_of])
        for reading in readings:
            found = catalogue.kpis[reading.kpi]
            told = answer(found, known(town, catalogue, found), reading, as_of)
            if isinstance(told.forecast, Forecast):
                made = told.forecast
                assert made.low <= made.value <= made.high and np.isfinite(made.value), found.id
                if found.unit == "ratio":
                    assert made.low >= 0 and made.high <= 1
                assert told.coverage is None or 0 <= told.coverage.held <= told.coverage.n
            else:
                assert why(told.forecast)
            assert told.as_json()["kpi"] == found.id


def test_throughput_is_paced_over_the_year(town: Engine, catalogue: Catalogue) -> None:
    found, told, reading = demo(town, catalogue, "throughput", JUNE)
    pace = expected.standing(found, told.months, reading, JUNE)
    assert pace is not None and pace.line.target == 14 * 12
    assert pace.value == 9 + 14 + 18 + 14 + 18 + 11 and pace.rate_3 == pytest.approx((14 + 18 + 11) / 3)
    assert pace.expected == pytest.approx(168 * 181 / 365) and pace.standing == "on_line"
    assert pace.needed == pytest.approx((168 - 84) / (184 / 30.4375))


def test_a_stock_has_no_line_and_a_total_without_target_none(town: Engine, catalogue: Catalogue) -> None:
    found, told, reading = demo(town, catalogue, "active_files", JUNE)
    assert expected.standing(found, told.months, reading, JUNE) is None
    found, told, reading = demo(town, catalogue, "partners_joined", JUNE)
    assert expected.standing(replace(found, target=None), told.months, reading, JUNE) is None


def test_a_line_starts_with_the_last_of_what_moved_it() -> None:
    total = kpi("cumulative", target=100.0, due=date(2016, 6, 30))
    told = months(np.arange(1.0, 31.0))
    usual = expected.line(total, told, JUNE)
    assert usual is not None and (usual.start_on, usual.start_value) == (DECEMBER, 24.0)
    moved = expected.line(total, told, JUNE, [date(2015, 3, 1), date(2015, 1, 15), date(2015, 9, 1)])
    assert moved is not None and (moved.start_on, moved.start_value) == (date(2015, 2, 28), 26.0)
    assert moved.due_on == date(2016, 6, 30)
    since = expected.line(kpi("cumulative", since=date(2014, 9, 1)), told, JUNE)
    assert since is not None and (since.start_on, since.start_value) == (date(2014, 8, 31), 0.0)


def test_the_backtest_of_random_walks_holds_eight_times_in_ten() -> None:
    held = n = 0
    for seed in range(12):
        past = 200 + np.cumsum(np.random.default_rng(seed).normal(0, 2, 100))
        found = backtest.coverage(kpi(unit="days"), Known(months(past)), JUNE, date(2015, 12, 31))
        if found:
            held, n = held + found.held, n + found.n
    assert n > 60 and 0.65 <= held / n <= 0.9  # windows overlap: about n / 6 of them stand alone
