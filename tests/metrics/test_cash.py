"""Cash of the plans: the worked examples of local finance, a second calculation day by day, and the demo's own money."""

from datetime import date, timedelta
from statistics import median

import numpy as np
import pytest

from data.engine import Engine
from metrics import fctva, flows
from metrics.cash import Cash, both, cash, course
from metrics.cash_paid import Later, waiting_days
from metrics.cash_rows import Grant, Works, works
from metrics.definitions import Catalogue
from metrics.refusing import BadEntry
from metrics.scenario import from_text
from metrics.supposing import Supposed, supposed

LAST = date(2015, 6, 30)
NONE = np.zeros(0, "datetime64[D]"), np.zeros(0)


def test_a_million_with_four_fifths_of_grants() -> None:
    gross, grants = 1_200_000.0, 800_000.0
    back = fctva.compensation(gross, fctva.rate_of(2015))
    assert back == pytest.approx(196_848)
    left = fctva.net_own_cost(gross, grants, back)
    assert left == pytest.approx(203_152) and gross - grants == 400_000
    assert 200_000 - back == pytest.approx(3_152)  # VAT that is never given back
    assert [grants / (1_000_000 - grants), grants / (gross - grants), grants / left] == pytest.approx(
        [4.0, 2.0, 3.94], abs=0.005
    )
    assert back - flows.present(back, 2.0, 0.03) == pytest.approx(11_300, abs=10)


def test_rates_are_dated_and_only_state_grants_on_the_gross_cost_are_taken_off() -> None:
    assert [fctva.rate_of(year) for year in (2013, 2014, 2015, 2024)] == [0.15482, 0.15761, 0.16404, 0.16404]
    assert fctva.compensation(1_200_000, 0.16404, 0.5, 100_000) == pytest.approx(0.16404 * 500_000)
    assert fctva.compensation(1_200_000, 0.16404, 0.05, 100_000) == 0


def test_fifteen_millions_eighteen_months_late() -> None:
    own, partner = np.array([3e6, 0.0]), np.array([0.0, 15e6])
    years = np.array([0.0, 1.5])
    assert flows.present(partner, years, 0.03) == pytest.approx(14.35e6, abs=5e3)
    assert flows.present(partner, years, 0.03) / flows.present(own, years, 0.03) == pytest.approx(
        4.78, abs=0.005
    )
    spent = np.array([15e6, 0.0])
    assert flows.bridge(spent, partner, years, 0.03) == pytest.approx(0.68e6, abs=5e3)
    assert flows.bridge(partner, spent, years, 0.03) <= 0  # received before it is spent
    assert flows.bridge(spent, np.zeros(2), years, 0.03) == 0


def project(advance: float = 0.3, interim: float = 0.8, amount: float = 600_000.0) -> Works:
    """Works from 1 March 2015 to 31 August 2016; a third of the grant came in before the date of the data."""
    came = np.array(["2015-04-10"], "datetime64[D]"), np.array([200_000.0])
    grant = Grant("F1", amount, date(2015, 3, 20), advance, interim, False, *came)
    return Works(
        "P1", "Halle", 1_000_000.0, 400_000.0, 0.2, 1.0, date(2015, 3, 1), date(2016, 8, 31), (grant,)
    )


def told(waiting: float = 40.0, rate: float = 0.03) -> tuple[Supposed, ...]:
    return supposed({"discount_rate": rate}, (waiting, 7))


def test_each_year_is_that_of_a_second_calculation_day_by_day() -> None:
    one, found = project(), course((project(),), LAST, told())
    assert one.start and one.end
    length = (one.end - one.start).days + 1
    works_by, grants_by, before = (
        dict.fromkeys(range(2015, 2019), 0.0),
        dict.fromkeys(range(2015, 2019), 0.0),
        0.0,
    )
    for number in range((date(2018, 12, 31) - one.start).days + 1):
        day = one.start + timedelta(days=number)
        if day <= one.end:
            works_by[day.year] += 1_200_000 / length
        asked_on = day - timedelta(days=40)
        done = min(max((asked_on - one.start).days + 1, 0), length) / length
        share = (
            0.0 if asked_on < date(2015, 3, 20) else 1.0 if asked_on >= one.end else min(max(done, 0.3), 0.8)
        )
        paid = 200_000.0 if day >= date(2015, 4, 10) else 0.0
        reached = max(paid, 600_000 * share if day > LAST else 0.0)
        grants_by[day.year] += reached - before
        before = reached
    years = {year.year: year for year in found.years}
    assert list(years) == [2015, 2016, 2017, 2018]
    for year, told_of in years.items():
        assert told_of.works == pytest.approx(works_by[year])
        assert told_of.grants == pytest.approx(grants_by[year])
        assert told_of.fctva == pytest.approx(0.16404 * works_by.get(year - 2, 0.0))
    assert [one.net for one in found.years] == pytest.approx(
        list(np.diff([one.advanced for one in found.years], prepend=0.0))
    )
    assert found.years[-1].advanced == pytest.approx(found.net_own_cost)
    assert found.net_own_cost == pytest.approx(600_000 - 0.16404 * 1_200_000)


def test_money_that_comes_later_is_worth_less_and_costs_more() -> None:
    soon, late = (course((project(),), LAST, told(waiting)) for waiting in (0.0, 365.0))
    assert soon.leverage == late.leverage == pytest.approx(1.5)
    assert (late.present_leverage or 0) < (soon.present_leverage or 0)
    assert late.bridge > soon.bridge and late.peak > soon.peak
    same = course((project(),), LAST, told(40.0, 0.0))
    assert (same.present_leverage, same.bridge, same.fctva_wait) == (pytest.approx(1.5), 0, 0)


def test_without_advance_or_interims_all_comes_at_the_end() -> None:
    one = project(0.0, 0.0)
    found = {year.year: year.grants for year in course((one,), LAST, told()).years}
    assert found == {2015: 200_000, 2016: 400_000, 2017: 0, 2018: 0}


def test_the_wait_for_the_fctva_is_from_each_month_of_works_to_december() -> None:
    one = Works("P1", "Halle", 1e6, None, 0.2, 1.0, date(2015, 12, 1), date(2015, 12, 31), ())
    found = course((one,), LAST, told())
    assert found.fctva_wait == pytest.approx(11_300, abs=20) and found.leverage is None
    assert found.projects[0].before_fctva == pytest.approx(1.2e6)
    assert [year.year for year in found.years if year.fctva] == [2017]


def test_what_cannot_be_placed_is_named_and_in_no_sum() -> None:
    lost = Works("P9", "Sans date", 1e6, 1e5, 0.2, 1.0, None, None, ())
    found = course((project(), lost), LAST, told())
    assert found.unplaced == (("P9", "Sans date"),) and found.projects[0].project_id == "P1"
    nothing = course((lost,), LAST, told())
    assert (nothing.years, nothing.peak, nothing.peak_on, nothing.leverage) == ((), 0, None, None)


@pytest.fixture(scope="module")
def base(town: Engine, catalogue: Catalogue) -> Cash:
    """The demo's cash."""
    return cash(town, catalogue, LAST)


def test_the_demo_s_fifteen_millions_on_three(base: Cash, town: Engine) -> None:
    assert base.leverage == pytest.approx(5.0) and base.unplaced == ()
    assert sum(year.grants for year in base.years) == pytest.approx(15e6)
    assert sum(year.works for year in base.years) == pytest.approx(18e6 * 1.2)
    assert base.before_fctva == pytest.approx(6.6e6)
    assert base.years[0].year == 2014 and base.years[0].grants == 300_000  # the one advance paid in 2014
    assert base.years[-1].advanced == pytest.approx(base.net_own_cost)
    assert 3.05e6 < base.net_own_cost < 3.07e6  # 3.0 M€ of own funds and the VAT that is never given back
    ((paid,),) = town.rows(
        "SELECT SUM(y.amount) FROM payments y JOIN financings f USING (financing_id) WHERE f.project_id LIKE 'P0%'"
    )
    assert float(paid) == 4.5e6 < base.years[0].grants + base.years[1].grants


def test_how_long_payments_take_is_counted_on_the_payments(
    base: Cash, town: Engine, catalogue: Catalogue
) -> None:
    rows = town.rows(
        "SELECT y.kind, y.paid_on, f.contracted_on, p.works_started_on, p.works_ended_on FROM payments y "
        "JOIN financings f USING (financing_id) JOIN projects p USING (project_id) WHERE y.kind <> 'interim'"
    )
    days = []
    for kind, paid, signed, started, ended in rows:
        opened = (ended if kind == "balance" else max(signed, started)) if kind != "clawback" else None
        if opened and date(2014, 9, 1) <= opened <= paid:
            days.append((paid - opened).days)
    (waiting,) = [one for one in base.supposed if one.id == "payment_days"]
    assert (waiting.value, waiting.n) == (median(days), len(days)) == waiting_days(town, catalogue, LAST)
    assert [one.id for one in base.supposed if not one.is_supported] == [
        "discount_rate",
        "fctva_years",
        "works_pace",
    ]


def sides(town: Engine, catalogue: Catalogue, text: str) -> tuple[Cash, Cash]:
    return both(town, catalogue, from_text(text, LAST, catalogue.parameters), LAST)


def test_a_fifth_less_grants_is_paid_by_the_town(town: Engine, catalogue: Catalogue) -> None:
    one, other = sides(town, catalogue, "awards_cut,share=0.2")
    assert other.net_own_cost - one.net_own_cost == pytest.approx(3e6)
    assert other.leverage == pytest.approx(4.0) and other.peak > one.peak
    assert [year.works for year in other.years] == pytest.approx([year.works for year in one.years])


def test_later_decisions_bring_the_same_money_later(town: Engine, catalogue: Catalogue) -> None:
    one, other = sides(town, catalogue, "decision_delay,months=12")
    assert other.net_own_cost == pytest.approx(one.net_own_cost) and other.leverage == pytest.approx(5.0)
    assert other.bridge > one.bridge and (other.present_leverage or 0) < (one.present_leverage or 0)
    assert other.supposed == one.supposed  # no payment moved


def test_later_payments_bring_the_same_money_later_programme_by_programme(
    town: Engine, catalogue: Catalogue
) -> None:
    one, all_late = sides(town, catalogue, "payment_delay,months=18,since=2014-09-01")
    assert all_late.net_own_cost == pytest.approx(one.net_own_cost) and all_late.leverage == pytest.approx(
        5.0
    )
    assert all_late.years[-1].advanced == pytest.approx(one.years[-1].advanced)
    in_2016 = [side.years[2].grants for side in (one, all_late)]
    assert one.years[2].year == 2016 and in_2016[1] < in_2016[0]
    region_late = sides(
        town, catalogue, "payment_delay,months=18,since=2014-09-01,programme=Contrat%20r%C3%A9gional"
    )[1]
    assert one.bridge < region_late.bridge < all_late.bridge
    bound = 15e6 * (1.03**1.5 - 1)  # all of it 18 months later than today
    assert all_late.bridge - one.bridge == pytest.approx(bound, rel=0.1)
    last = max(year.year for year in all_late.years if year.grants > 1)
    assert last >= 2018  # works end in 2016


def test_a_programme_without_recent_payments_is_as_late_as_the_others() -> None:
    found = Later({"CPER": 180, "FNADT": 90}, 90)
    assert (found.of("CPER"), found.of("FEDER"), found.of(None)) == (180, 90, 90)


def test_a_project_refused_everything_is_still_paid_for_and_a_dropped_one_is_not(
    town: Engine, catalogue: Catalogue
) -> None:
    one, refused = sides(town, catalogue, "awards_refused,project=P008")
    assert refused.net_own_cost - one.net_own_cost == pytest.approx(700_000)
    dropped = sides(town, catalogue, "project_dropped,project=P008")[1]
    assert {each.project_id for each in one.projects} - {each.project_id for each in dropped.projects} == {
        "P008"
    }


def test_no_scenario_is_the_base_and_an_unknown_project_is_refused(
    town: Engine, catalogue: Catalogue
) -> None:
    one, other = sides(town, catalogue, "")
    assert one is other
    with pytest.raises(BadEntry):
        sides(town, catalogue, "project_dropped,project=NOWHERE")


def test_a_directorate_has_its_part(town: Engine, catalogue: Catalogue, base: Cash) -> None:
    parts = [
        cash(town, catalogue, LAST, {"lead_directorate": name})
        for (name,) in town.rows("SELECT DISTINCT lead_directorate FROM projects WHERE project_id LIKE 'P0%'")
    ]
    assert sum(one.net_own_cost for one in parts) == pytest.approx(base.net_own_cost)
    assert sum(len(one.projects) for one in parts) == len(works(town, catalogue, LAST, {})) == 10


def test_a_town_s_own_parameters_replace_what_is_supposed() -> None:
    own = {one.id: one for one in supposed({"payment_days": 90, "fctva_years": 1}, (15.0, 30))}
    assert (own["payment_days"].value, own["payment_days"].n, own["fctva_years"].value) == (90, 0, 1)
    assert {one.id: one.value for one in supposed({}, None)}["payment_days"] == 30
