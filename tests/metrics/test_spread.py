"""The course, the group, milestones and beneficiaries: from the demo's files again, and equal to the KPIs'."""

from datetime import date

import pandas as pd
import pytest

from data.engine import Engine
from metrics import compute, spread
from metrics.definitions import Catalogue
from tests.town import CSV

END = date(2015, 6, 30)


def value(town: Engine, catalogue: Catalogue, kpi: str, day: date = END) -> float | None:
    return compute.readings(town, catalogue, [kpi], [day])[0].value


@pytest.mark.parametrize("day", [date(2015, 3, 31), date(2015, 5, 15), END])
def test_the_course_is_the_kpi_s(town: Engine, catalogue: Catalogue, day: date) -> None:
    rows = pd.read_csv(CSV / "practice_sessions.csv", parse_dates=["held_on"])
    rows = rows[(rows.kind == "mooc") & (rows.held_on <= pd.Timestamp(day))]
    found = spread.course(town, catalogue, day)
    assert found is not None
    sums = rows[["enrolled", "participants", "completed"]].sum()
    assert (found.enrolled, found.active, found.completed) == tuple(sums)
    assert found.completed / found.enrolled == pytest.approx(value(town, catalogue, "mooc_completion", day))
    assert found.enrolled == value(town, catalogue, "mooc_enrolled", day)
    assert [before for _, _, before, _ in found.scores] == list(rows.score_before)


def test_before_the_course_there_is_none(town: Engine, catalogue: Catalogue) -> None:
    assert spread.course(town, catalogue, date(2014, 12, 31)) is None


def test_the_group_is_as_like_the_staff_as_the_kpi_says(town: Engine, catalogue: Catalogue) -> None:
    found = spread.group(town, catalogue, END)
    staff = pd.read_csv(CSV / "staff.csv", parse_dates=["as_of"])
    staff = staff[staff.as_of == staff.as_of.max()]
    for share in found:
        own = staff[staff[share.dimension] == share.code].headcount.sum() / staff.headcount.sum()
        assert share.staff == pytest.approx(own)
    gaps = {
        d: sum(abs(s.group - (s.staff or 0)) for s in found if s.dimension == d) for d in ("sex", "category")
    }
    likeness = sum(1 - gap / 2 for gap in gaps.values()) / 2
    assert (
        likeness == pytest.approx(value(town, catalogue, "group_representativeness")) == pytest.approx(0.7625)
    )
    assert sum(s.members for s in found if s.dimension == "category") == 8
    assert spread.group(town, catalogue, date(2013, 8, 31)) == ()


@pytest.mark.parametrize(
    ("start", "precision", "end"),
    [
        (date(2013, 3, 13), "day", date(2013, 3, 13)),
        (date(2013, 9, 1), "month", date(2013, 9, 30)),
        (date(2016, 2, 1), "month", date(2016, 2, 29)),
        (date(2015, 7, 1), "half_year", date(2015, 12, 31)),
        (date(2016, 1, 1), "year", date(2016, 12, 31)),
        (date(2013, 12, 1), "month", date(2013, 12, 31)),
    ],
)
def test_a_date_covers_what_it_may_mean(start: date, precision: str, end: date) -> None:
    assert spread.span_end(start, precision) == end


def test_milestones_from_the_letter_to_the_second_revolution(town: Engine, catalogue: Catalogue) -> None:
    found = spread.milestones(town, catalogue, END)
    by_id = {m.milestone_id: m for m in found}
    assert by_id["J05"].start == date(2013, 3, 13) and by_id["J05"].precision == "day"
    assert "J01" not in by_id
    assert [m.milestone_id for m in found if m.timing != "done"] == ["J29", "J30"]
    resources = [m for m in found if m.kind == "open_data" and m.timing == "done"]
    assert len(resources) == value(town, catalogue, "open_resources") == 13
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_what_was_done_later_was_not_known(town: Engine, catalogue: Catalogue) -> None:
    found = spread.milestones(town, catalogue, date(2014, 6, 30))
    assert all(m.start <= date(2014, 6, 30) for m in found if m.timing == "done")
    assert {m.milestone_id for m in found if m.timing == "announced"} == {"J29", "J30"}


def test_an_announcement_whose_time_is_over_is_late(town: Engine, catalogue: Catalogue) -> None:
    found = {m.milestone_id: m.timing for m in spread.milestones(town, catalogue, date(2016, 1, 1))}
    assert found["J29"] == "late" and found["J30"] == "announced"


def test_whom_the_approach_serves(town: Engine, catalogue: Catalogue) -> None:
    found = spread.beneficiaries(town, catalogue, END)
    assert (found.staff, found.population, found.companies, found.year) == (640, 33_000, 2_900, 2015)
