"""What a survey tells and what it keeps: little waves, and entries that ask for more than a whole wave's mean."""

from datetime import date
from typing import Any

import pytest

from metrics.definitions import Catalogue, Wave, load
from metrics.folders import SHIPPED
from metrics.surveys import least_answers
from tests.metrics.little import little, reading

STAFF = [
    {"as_of": "2014-12-31", "directorate": "Finances", "category": "C", "sex": sex, "headcount": 40}
    for sex in "FM"
]
WAVES = "waves: [{wave: w, held_on: 2015-02-10, headcount: 80}]"


def answers(*moods: int, wave: str = "w", **who: Any) -> list[dict[str, Any]]:
    """Return answers whose five WHO-5 items are all ``mood``: a score of 20 times that."""
    known = {"directorate_group": "Ressources et pilotage", "category": "C", "sex": "F"} | who
    items = [f"who5_{item}" for item in range(1, 6)]
    return [
        {"wave": wave, "answer_id": str(place), **known, **dict.fromkeys(items, mood)}
        for place, mood in enumerate(moods)
    ]


def catalogue(extra: str = WAVES) -> Catalogue:
    return load([SHIPPED, {"scorecard.yml": extra}])


def told(rows: list[dict[str, Any]], day: str = "2015-02-10", extra: str = WAVES) -> tuple[Any, ...]:
    found = reading(little(staff=STAFF, survey_answers=rows), catalogue(extra), "wellbeing_who5", day)
    return found.value, found.n, found.coverage, found.reason


def test_a_wave_of_eleven_is_told_and_one_of_ten_is_not() -> None:
    assert told(answers(*[2] * 5, *[3] * 6)) == (pytest.approx(20 * 28 / 11), 11, 11 / 80, None)
    assert told(answers(*[2] * 5, *[3] * 5)) == (None, None, None, "suppressed")


def test_an_answer_that_leaves_out_an_item_has_no_score() -> None:
    rows = answers(*[2] * 5, *[3] * 6)
    rows[0]["who5_3"] = None
    assert told(rows) == (None, None, None, "suppressed")


def test_when_all_answer_alike_nothing_is_told() -> None:
    assert told(answers(*[3] * 20))[3] == "suppressed"


def test_a_wave_that_nobody_dated_stands_from_the_end_of_its_year() -> None:
    rows = answers(*[2] * 10, *[4] * 10, wave="2015-hiver")
    assert told(rows, "2015-12-30")[3] == "no_data"
    assert told(rows, "2015-12-31")[:3] == (60, 20, 20 / 80)


def test_men_who_answer_less_weigh_more() -> None:
    rows = answers(*[1] * 15) + answers(*[1, 5, 5, 5, 5], sex="M")
    value = told([row | {"answer_id": str(n)} for n, row in enumerate(rows)])[0]
    assert value == pytest.approx((20 + 84) / 2)


def test_unknown_is_not_zero_without_answers() -> None:
    assert told([]) == (None, None, None, "no_data")


def test_k_is_the_towns_and_never_below_five() -> None:
    assert least_answers(catalogue()) == 11
    assert least_answers(catalogue("parameters: {disclosure_k: 20}")) == 20
    assert least_answers(catalogue("parameters: {disclosure_k: 1}")) == 5
    assert least_answers(catalogue("parameters: {}")) == 11


def test_the_shipped_waves() -> None:
    assert load([SHIPPED]).scorecard.waves == (
        Wave("2013-audit", date(2013, 6, 30), 639),
        Wave("2015", date(2015, 5, 15), 640),
    )


@pytest.mark.parametrize(
    "wrong", ["[3]", "[{wave: w}]", "[{wave: w, held_on: soon}]", "[{wave: w, held_on: 2015-01-01, of: 3}]"]
)
def test_waves_that_do_not_read_are_refused(wrong: str) -> None:
    found = load([SHIPPED, {"scorecard.yml": f"waves: {wrong}"}])
    assert [one.id for one in found.refused] == ["waves"] and found.scorecard.waves == ()


ENTRY = """
mine:
  code: A1.9
  label: {fr: Le mien, en: Mine}
  objective: A1
  from: survey_scores
  sql: AVG(who5)
  unit: score_100
  direction: up
  frequency: wave
  interval: weighted
"""


def refused(old: str, new: str) -> str:
    found = load([SHIPPED, {"own.yml": ENTRY.replace(old, new)}])
    return " ".join(one.reason.en for one in found.refused)


def test_an_entry_of_ones_own_may_weigh_a_score() -> None:
    assert refused("", "") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AVG(who5)", "MAX(who5)"),
        ("AVG(who5)", "AVG(_id)"),
        ("AVG(who5)", "AVG(who5 * who5)"),
        ("unit:", "by: [directorate_group]\n  unit:"),
        ("unit:", "needs: COUNT(who5) > 3\n  unit:"),
        ("from: survey_scores", "from: staff"),
        ("interval: weighted", "period: {span: all}"),
        ("interval: weighted", "interval: none"),
    ],
)
def test_nothing_else_comes_out_of_a_survey(old: str, new: str) -> None:
    assert refused(old, new)


def test_no_other_entry_reads_the_answers_by_a_side_door() -> None:
    door = """
mine:
  code: A1.9
  label: {fr: Le mien, en: Mine}
  objective: A1
  from: sessions
  sql: SUM(hours)
  period: {date: held_on, span: cumulative}
  DOOR
  unit: n
  direction: up
  frequency: yearly
"""
    for part in (
        "denominator: {from: survey_scores, sql: SUM(who5), period: {span: all}}",
        "coverage: {from: survey_scores, sql: SUM(who5), period: {span: all}}",
        "by: [{kind: survey_scores}]",
    ):
        found = load([SHIPPED, {"own.yml": door.replace("DOOR", part)}])
        assert [one.id for one in found.refused] == ["mine"], part
    named = door.replace("from: sessions\n  sql: SUM(hours)", 'sql: "{wellbeing_who5}"').replace(
        "  DOOR\n", ""
    )
    named = named.replace("  period: {date: held_on, span: cumulative}\n", "")
    assert [one.id for one in load([SHIPPED, {"own.yml": named}]).refused] == ["mine"]
