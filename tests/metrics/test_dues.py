"""The day that lateness is counted on, and decisions and actions as they stood by a date."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.definitions import Catalogue
from metrics.dues import counted_on, due_day, known_on, today_at
from metrics.meetings import open_actions, read_actions, read_decisions
from metrics.states import State

MARCH, JUNE, MONDAY = date(2015, 3, 31), date(2015, 6, 30), date(2015, 7, 6)
CALENDAR = date(2026, 1, 5)


def test_today_is_the_date_itself_before_the_data_end_the_review_s_when_sealed_else_the_calendar_s() -> None:
    assert today_at(MARCH, JUNE, CALENDAR) == MARCH
    assert today_at(MARCH, JUNE, CALENDAR, held_on=MONDAY) == MARCH
    assert today_at(JUNE, JUNE, CALENDAR, held_on=MONDAY) == MONDAY
    assert today_at(JUNE, JUNE, CALENDAR, held_on=date(2015, 6, 29)) == JUNE
    assert today_at(JUNE, JUNE, CALENDAR) == CALENDAR


@pytest.mark.parametrize(
    ("as_of", "today", "expected"),
    [
        (JUNE, CALENDAR, MONDAY),
        (JUNE, MONDAY, MONDAY),
        (JUNE, date(2015, 7, 9), date(2015, 7, 9)),
        (JUNE, JUNE, JUNE),
        (MARCH, MARCH, MARCH),
    ],
)
def test_lateness_is_counted_on_the_working_day(
    town: Engine, catalogue: Catalogue, as_of: date, today: date, expected: date
) -> None:
    assert due_day(town, as_of, today) == expected
    assert counted_on(State(town, catalogue, as_of, today=today)) == expected


def test_a_moment_before_the_data_end_tells_what_was_known_then(town: Engine, catalogue: Catalogue) -> None:
    assert known_on(State(town, catalogue, MARCH, today=MARCH)) == MARCH
    assert known_on(State(town, catalogue, MARCH)) == MARCH
    assert known_on(State(town, catalogue, JUNE, today=CALENDAR)) is None


def test_actions_are_those_decided_by_the_date_open_where_they_were_closed_later(town: Engine) -> None:
    sql = (
        "SELECT action_id, closed_on IS NULL OR closed_on > ? FROM actions WHERE decided_on <= ? ORDER BY ALL"
    )
    expected = [(id, is_open) for id, is_open in town.rows(sql, [MARCH, MARCH])]
    found = read_actions(town, MARCH)
    assert sorted((one.action_id, one.is_open) for one in found) == expected
    assert 0 < len(found) < len(read_actions(town)), "some were taken later"
    reopened = [one for one in found if one.is_open]
    assert reopened and all(one.closed_on is None and one.outcome == "" for one in reopened)
    assert {one.action_id for one in open_actions(town, MARCH, MARCH)} == {one.action_id for one in reopened}
    assert {one.action_id for one in open_actions(town, MONDAY)} != {one.action_id for one in reopened}


def test_decisions_are_those_taken_by_the_date(town: Engine) -> None:
    ((expected,),) = town.rows("SELECT COUNT(*) FROM decisions WHERE decided_on <= ?", [MARCH])
    assert len(read_decisions(town, MARCH)) == expected < len(read_decisions(town))
