"""The agenda by rule: its order, what it leaves out, and minutes that always sum to the meeting's."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.agenda import EACH, LEAST, MOST, Item, agenda, apportioned, exceptions, varied
from metrics.definitions import Catalogue, Standing
from schemas.text import Text

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
MONDAY = date(2015, 7, 6)
STANDING = (Standing(Text("Échéances", "Deadlines"), 5), Standing(Text("Rôles", "Roles"), 10))


@dataclass(frozen=True)
class Fact:
    key: str
    tone: str = "bad"
    weight: float = 1.0
    is_news: bool = True


@dataclass(frozen=True)
class Due:
    due_on: date = MONDAY
    state: str = "open"

    def is_overdue(self, on: date) -> bool:
        return self.state == "open" and self.due_on < on


LATE = Due(MONDAY - timedelta(days=3))


def kinds(items: list[Item[Fact]]) -> list[str]:
    return [item.kind for item in items]


def test_last_week_s_actions_come_first_then_exceptions_by_weight_then_standing_items() -> None:
    facts = [Fact("status:a", weight=2), Fact("ageing:b", weight=9), Fact("late:c", weight=5)]
    found = agenda(facts, [Due(), LATE], (), MONDAY, 60, STANDING)
    assert kinds(found) == ["followup", *["exception"] * 3, "standing", "standing"]
    assert [item.change.key for item in found if item.change] == ["ageing:b", "late:c", "status:a"]
    assert [item.standing for item in found[-2:]] == list(STANDING)
    assert found[0].minutes == 5, "two minutes an action, one more for the late one"
    minutes = [item.minutes for item in found if item.change]
    assert minutes == sorted(minutes, reverse=True) and minutes[0] > minutes[-1], "by importance"


@pytest.mark.parametrize(
    "fact",
    [Fact("x", tone="good"), Fact("x", tone="neutral"), Fact("seen", is_news=False)],
    ids=["good", "neutral", "discussed and still so"],
)
def test_what_is_no_exception(fact: Fact) -> None:
    assert exceptions([fact], {"seen"}) == []
    assert "exception" not in kinds(agenda([fact], [], {"seen"}, MONDAY, 60, STANDING))


def test_what_no_review_has_seen_or_happens_anew_is_one() -> None:
    left_out, anew = Fact("left out", is_news=False, weight=1), Fact("seen", weight=2)
    assert exceptions([left_out, anew], {"seen"}) == [anew, left_out]


def test_without_open_actions_there_is_nothing_to_follow_up() -> None:
    assert kinds(agenda([], [Due(state="done"), Due(state="dropped")], (), MONDAY, 60, STANDING)) == [
        "standing",
        "standing",
    ]


def test_the_hour_holds_however_much_went_wrong() -> None:
    found = agenda([Fact(str(n), weight=n) for n in range(50)], [LATE] * 20, (), MONDAY, 60, STANDING)
    chosen = [item for item in found if item.change]
    assert len(chosen) == (60 - 15 - 15) // EACH == 4
    assert all(item.minutes >= LEAST for item in chosen)
    longer = agenda([Fact(str(n)) for n in range(50)], [], (), MONDAY, 180, ())
    assert len(longer) == MOST


def test_one_kind_does_not_hide_the_others() -> None:
    facts = [*(Fact(f"ageing:{n}", weight=9) for n in range(9)), Fact("plan:P001", weight=1)]
    assert [fact.key for fact in varied(facts, 3)] == ["ageing:0", "ageing:1", "plan:P001"]
    assert [fact.key for fact in varied(facts, 5)] == [
        "ageing:0",
        "ageing:1",
        "ageing:2",
        "ageing:3",
        "plan:P001",
    ]
    assert varied(facts, 0) == []


def test_one_exception_does_not_take_what_is_left_of_the_hour() -> None:
    found = agenda([Fact("a")], [], (), MONDAY, 60, STANDING)
    assert max(item.minutes for item in found) < 40


@BUSY
@given(
    st.integers(3, 240),
    st.lists(st.floats(0, 1e6), max_size=12),
    st.integers(0, 9),
    st.integers(0, 9),
    st.lists(st.integers(1, 30), max_size=4),
)
def test_minutes_sum_to_the_meeting_s(
    minutes: int, weights: list[float], on_time: int, late: int, standing: list[int]
) -> None:
    facts = [Fact(str(n), weight=weight) for n, weight in enumerate(weights)]
    usual = [Standing(Text("x", "x"), one) for one in standing]
    found = agenda(facts, [*[Due()] * on_time, *[LATE] * late], (), MONDAY, minutes, usual)
    assert sum(item.minutes for item in found) == (minutes if found else 0)
    assert all(item.minutes >= 0 for item in found)


@BUSY
@given(st.integers(0, 300), st.lists(st.floats(0, 1e9), min_size=1, max_size=10), st.integers(0, 9))
def test_shares_are_exact_and_follow_the_weights(total: int, weights: list[float], least: int) -> None:
    found = apportioned(total, weights, least)
    assert sum(found) == total
    order = sorted(range(len(weights)), key=lambda place: weights[place])
    for low, high in pairwise(order):
        assert found[low] <= found[high] + 1, "a heavier one never gets less, but for a minute left over"


def test_the_shipped_scorecard_has_its_standing_items(catalogue: Catalogue) -> None:
    assert [one.title.en for one in catalogue.scorecard.standing] == [
        "Round of deadlines",
        "Decisions, roles, sealing",
    ]


def test_exceptions_of_one_kind_are_one_point_with_its_list() -> None:
    facts = [*(Fact(f"ageing:{n}", weight=9 - n) for n in range(3)), Fact("plan:P001", weight=8)]
    found = [item for item in agenda(facts, [], (), MONDAY, 60, STANDING) if item.changes]
    assert [[fact.key for fact in item.changes] for item in found] == [
        ["ageing:0", "ageing:1", "ageing:2"],
        ["plan:P001"],
    ]
    assert found[0].minutes >= found[1].minutes


def test_a_fact_that_somebody_asks_for_has_a_point_and_the_hour_still_holds() -> None:
    facts = [Fact("status:a"), *(Fact(f"opened:{n}", tone="neutral") for n in range(20))]
    wanted = {fact.key for fact in facts[1:]}
    for minutes in (30, 60, 180):
        found = agenda(facts, [LATE], (), MONDAY, minutes, STANDING, wanted)
        assert {fact.key for item in found for fact in item.changes} >= wanted
        assert sum(item.minutes for item in found) == minutes
