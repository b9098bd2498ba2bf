"""The views of partners, requests, plans and deadlines on towns of a few rows: twelve months to the day, unknown is not zero."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.compute import readings
from metrics.dates import month_ends
from metrics.definitions import Catalogue
from metrics.reading import Reading
from tests.metrics.little import little
from tests.metrics.test_projects_oracle import year_before

REGION = {
    "partner_id": "R",
    "name": "Région",
    "kind": "region",
    "sector": "public",
    "joined_on": "2010-01-01",
}
FIRM = {"partner_id": "I", "name": "Firme", "kind": "company", "sector": "private", "joined_on": "2010-01-01"}
RULE = {"programme": "P", "valid_from": "2010-01-01", "is_public": True, "start_within_months": 24}
FILE = {
    "project_id": "X",
    "title": "X",
    "objective": "F1",
    "lead_directorate": "D",
    "opened_on": "2012-01-01",
    "total_cost_amount": 1000,
    "own_funds_amount": 200,
    "min_own_share": 0.2,
}
LINE = {
    "financing_id": "F",
    "project_id": "X",
    "partner_id": "R",
    "programme": "P",
    "nature": "grant",
    "requested_amount": 800,
    "requested_on": "2014-10-01",
    "awarded_amount": 800,
    "awarded_on": "2014-11-15",
}


def of(catalogue: Catalogue, kpi: str, day: str, **tables: list[dict[str, Any]]) -> Reading:
    town: dict[str, list[dict[str, Any]]] = {
        "partners": [REGION, FIRM],
        "programmes": [RULE],
        "projects": [FILE],
        "financings": [LINE],
        "interactions": [{"partner_id": "R", "held_on": "2000-01-01", "kind": "contact"}],
    }
    (found,) = readings(little(**(town | tables)), catalogue, [kpi], [date.fromisoformat(day)])
    return found


@pytest.mark.parametrize(
    ("day", "active"),
    [("2013-12-31", 0), ("2014-01-31", 1), ("2014-12-31", 1), ("2015-01-30", 1), ("2015-01-31", 0)],
)
def test_active_is_twelve_months_to_the_day(catalogue: Catalogue, day: str, active: int) -> None:
    met = [{"partner_id": "I", "held_on": "2014-01-31", "kind": "meeting"}]
    found = of(catalogue, "active_partner_share", day, interactions=met, financings=[])
    assert (found.numerator, found.denominator) == (active, 2)


def test_before_joining_nobody_is_active(catalogue: Catalogue) -> None:
    late = FIRM | {"joined_on": "2014-06-15"}
    met = [{"partner_id": "I", "held_on": "2014-05-01", "kind": "contact"}]
    told = {
        day: of(catalogue, "active_partner_share", day, partners=[late], interactions=met, financings=[])
        for day in ("2014-06-14", "2014-06-15", "2015-05-01")
    }
    assert [(one.numerator, one.denominator) for one in told.values()] == [(0, 0), (1, 1), (0, 1)]


@pytest.mark.parametrize("column", ["requested_on", "awarded_on", "contracted_on"])
def test_each_step_of_a_line_is_an_event(catalogue: Catalogue, column: str) -> None:
    steps = {"requested_on": "2010-01-01", "awarded_on": None, "contracted_on": None} | {column: "2014-05-05"}
    found = of(catalogue, "active_partner_share", "2014-12-31", financings=[LINE | steps])
    assert found.numerator == 1


def test_a_payment_is_an_event(catalogue: Catalogue) -> None:
    old = LINE | {"requested_on": "2010-01-01", "awarded_on": "2010-02-01"}
    paid = [{"financing_id": "F", "paid_on": "2014-05-05", "amount": 10, "kind": "advance"}]
    assert of(catalogue, "active_partner_share", "2014-12-31", financings=[old], payments=paid).numerator == 1
    assert of(catalogue, "active_partner_share", "2014-12-31", financings=[old]).numerator == 0


def test_without_interactions_nobody_knows_who_is_active(catalogue: Catalogue) -> None:
    assert of(catalogue, "active_partner_share", "2014-12-31", interactions=[]).value is None


DAYS = st.integers(0, 1800).map(lambda number: date(2011, 1, 1) + timedelta(days=number))
MEETINGS = st.lists(st.tuples(st.sampled_from("ABC"), DAYS), max_size=14)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MEETINGS, st.lists(DAYS, min_size=3, max_size=3), st.lists(DAYS, min_size=4, max_size=4))
def test_any_meetings_make_the_active_and_the_retained_of_the_definition(
    catalogue: Catalogue, met: list[tuple[str, date]], joined: list[date], asked: list[date]
) -> None:
    """Brute force: events in (t - 12 months, t], at t and at t - 12 months, at month ends and at any day."""
    met = [*met, ("A", date(2000, 1, 1))]
    partners = [
        REGION | {"partner_id": name, "joined_on": day} for name, day in zip("ABC", joined, strict=True)
    ]
    rows = [{"partner_id": name, "held_on": day, "kind": "contact"} for name, day in met]
    engine = little(partners=partners, interactions=rows)
    days = sorted({*asked, *month_ends(date(2012, 1, 1), date(2016, 3, 31))[::5]})

    def active(day: pd.Timestamp) -> set[str]:
        seen = {name for name, on in met if year_before(day) < pd.Timestamp(on) <= day}
        return {
            name for name, on in zip("ABC", joined, strict=True) if name in seen and pd.Timestamp(on) <= day
        }

    shares = readings(engine, catalogue, ["active_partner_share"], days)
    kept = readings(engine, catalogue, ["partner_retention"], days)
    for day, share, retention in zip(days, shares, kept, strict=True):
        t = pd.Timestamp(day)
        now, before = active(t), active(year_before(t))
        assert share.numerator == len(now), day
        assert (retention.numerator, retention.denominator) == (len(now & before), len(before)), day


def test_a_pending_request_is_no_refusal(catalogue: Catalogue) -> None:
    lost = LINE | {
        "financing_id": "G",
        "awarded_amount": None,
        "awarded_on": None,
        "refused_on": "2015-02-01",
    }
    wait = lost | {"financing_id": "H", "refused_on": None}
    lines = [LINE, lost | {"requested_amount": 200}, wait]
    assert of(catalogue, "success_rate", "2015-06-30", financings=lines).value == 0.8
    assert of(catalogue, "success_rate", "2015-01-31", financings=lines).value == 1
    cancelled = [LINE | {"cancelled_on": "2015-03-01"}, *lines[1:]]
    assert of(catalogue, "success_rate", "2015-06-30", financings=cancelled).value == 0


@pytest.mark.parametrize(
    ("own", "line", "value", "coverage"),
    [
        ({}, {}, 1, 1),  # 200 of 1000: on the limit
        ({"own_funds_amount": 199.99}, {}, 0, 1),
        (
            {"own_funds_amount": 10},
            {"partner_id": "I", "programme": None},
            1,
            1,
        ),  # private money does not enter
        ({"own_funds_amount": 10, "has_derogation": True}, {}, 1, 1),
        ({"own_funds_amount": 300, "min_own_share": 0.3}, {}, 0, 1),  # 300 of 1100
        ({"own_funds_amount": None}, {}, None, 0),
        ({}, {"awarded_amount": None}, None, 0),  # unknown public money: nobody knows
    ],
)
def test_a_plan_keeps_its_minimum_share(
    catalogue: Catalogue, own: dict, line: dict, value: float | None, coverage: float
) -> None:
    found = of(catalogue, "compliant_plans", "2015-06-30", projects=[FILE | own], financings=[LINE | line])
    assert (found.value, found.coverage) == (value, coverage)


def test_a_second_award_breaks_a_plan_and_its_cancelling_mends_it(catalogue: Catalogue) -> None:
    more = LINE | {
        "financing_id": "G",
        "awarded_on": "2015-02-10",
        "cancelled_on": "2015-05-20",
        "awarded_amount": 50,
    }
    days = ("2014-11-14", "2014-11-15", "2015-02-09", "2015-02-10", "2015-05-19", "2015-05-20")
    found = [of(catalogue, "compliant_plans", day, financings=[LINE, more]).value for day in days]
    assert found == [None, 1, 1, 0, 0, 1]


def test_money_awarded_before_the_change_of_method_counts_in_the_share(catalogue: Catalogue) -> None:
    old = LINE | {
        "financing_id": "G",
        "requested_on": "2013-01-01",
        "awarded_on": "2013-02-01",
        "awarded_amount": 1,
    }
    assert of(catalogue, "compliant_plans", "2015-06-30", financings=[LINE, old]).value == 0
    assert (
        of(catalogue, "compliant_plans", "2015-06-30", financings=[old]).denominator == 0
    )  # no plan was won


@pytest.mark.parametrize(
    ("day", "amount"), [("2016-05-15", 0), ("2016-05-16", 800), ("2016-12-31", 800), ("2018-01-31", 800)]
)
def test_a_line_is_at_risk_from_six_months_before_its_deadline(
    catalogue: Catalogue, day: str, amount: float
) -> None:
    """Awarded on 2014-11-15, to be started within 24 months; a deadline that is past is no less of a risk."""
    found = of(catalogue, "grants_at_risk", day)
    assert (found.value, found.coverage) == (amount, 1)


@pytest.mark.parametrize(
    ("own", "line", "amount"),
    [
        ({"works_started_on": "2016-06-30"}, {}, 0),
        ({"works_started_on": "2016-07-01"}, {}, 800),
        ({"closed_on": "2016-06-01"}, {}, 0),
        ({}, {"cancelled_on": "2016-06-01"}, 0),
        ({}, {"start_deadline_on": "2017-01-31"}, 0),  # extended: its own deadline
        ({"project_owner": "third_party"}, {}, 0),
        ({}, {"nature": "third_party_investment"}, 0),
    ],
)
def test_what_takes_a_line_out_of_risk(catalogue: Catalogue, own: dict, line: dict, amount: float) -> None:
    found = of(catalogue, "grants_at_risk", "2016-06-30", projects=[FILE | own], financings=[LINE | line])
    assert found.value == amount


def test_a_deadline_nobody_knows_is_told_by_the_coverage(catalogue: Catalogue) -> None:
    free = LINE | {"financing_id": "G", "programme": None, "awarded_amount": 200}
    found = of(catalogue, "grants_at_risk", "2016-06-30", financings=[LINE, free])
    assert (found.value, found.coverage) == (800, 0.8)


FLAGS = ("has_charter", "has_milestones", "has_manager")


@pytest.mark.parametrize(
    ("flags", "value", "coverage"),
    [
        ((True, True, True), 1, 1),
        ((True, None, False), 0, 1),
        ((True, None, True), None, 0),
        ((None,) * 3, None, 0),
    ],
)
def test_project_mode_is_unknown_where_a_flag_is(
    catalogue: Catalogue, flags: tuple[bool | None, ...], value: float | None, coverage: float
) -> None:
    file = FILE | dict(zip(FLAGS, flags, strict=True))
    found = of(catalogue, "project_mode_share", "2015-06-30", projects=[file])
    assert (found.value, found.coverage) == (value, coverage)


STAFF = {"as_of": "2014-01-01", "category": "A", "sex": "F", "headcount": 3}


@pytest.mark.parametrize(
    ("day", "supported"), [("2013-12-31", 0), ("2014-01-31", 2), ("2015-02-27", 2), ("2015-02-28", 0)]
)
def test_a_directorate_is_supported_until_a_year_after_the_file(
    catalogue: Catalogue, day: str, supported: int
) -> None:
    file = FILE | {"closed_on": "2014-02-28", "has_preliminary_study": True, "partner_directorates": "E; Z;D"}
    staff = [STAFF | {"directorate": name} for name in ("D", "E", "F")]
    found = of(catalogue, "directorates_supported", day, projects=[file], staff=staff)
    assert found.numerator == supported
    assert found.denominator == (0 if day == "2013-12-31" else 3)  # before the first count nobody knows them


def test_files_of_a_stage_that_never_ends_are_not_ageing(catalogue: Catalogue) -> None:
    """Twenty files, one of which left: the curve stays far above 15 %."""
    files = [FILE | {"project_id": f"X{i}", "opened_on": "2015-01-01"} for i in range(20)]
    stays = [{"project_id": f"X{i}", "stage": "works", "entered_on": "2015-01-01"} for i in range(20)]
    stays[0]["left_on"] = "2015-01-05"
    found = of(catalogue, "ageing_share", "2015-06-30", projects=files, stages=stays, financings=[])
    assert (found.numerator, found.denominator, found.value) == (0, 20, 0)


def test_an_abandoned_file_did_not_end_its_stage(catalogue: Catalogue) -> None:
    """Nine of ten files leave at 10 days; the last stays. Were the nine abandoned, nobody would know how long it takes."""
    lost = {"closed_on": "2015-01-11", "outcome": "abandoned"}
    stays = [{"project_id": f"X{i}", "stage": "appraisal", "entered_on": "2015-01-01"} for i in range(10)]
    left = [stay | {"left_on": "2015-01-11"} for stay in stays[:9]]
    told = []
    for end in ({"closed_on": "2015-01-11", "outcome": "refused"}, lost):
        files = [
            FILE | {"project_id": f"X{i}", "opened_on": "2015-01-01"} | (end if i < 9 else {})
            for i in range(10)
        ]
        found = of(
            catalogue, "ageing_share", "2015-06-30", projects=files, stages=[*left, stays[9]], financings=[]
        )
        told.append((found.numerator, found.denominator))
    assert told == [(1, 1), (0, 1)]
