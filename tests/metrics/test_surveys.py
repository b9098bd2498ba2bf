"""What a survey tells and what it keeps: little waves, and entries that ask for more than a whole wave's mean."""

import json
from datetime import date
from typing import Any

import pytest

from metrics.definitions import Wave, load
from metrics.disclosure.auditor import audit
from metrics.folders import SHIPPED
from tests.metrics.little import little, reading


def answers(*moods: int, wave: str = "w", **who: Any) -> list[dict[str, Any]]:
    """Return answers whose five WHO-5 items are all ``mood``: a score of 20 times that."""
    known = {"directorate_group": "Ressources et pilotage", "category": "C", "sex": "F"} | who
    items = [f"who5_{item}" for item in range(1, 6)]
    return [
        {"wave": wave, "answer_id": str(place), **known, **dict.fromkeys(items, mood)}
        for place, mood in enumerate(moods)
    ]


def frozen(
    rows: list[dict[str, Any]],
    wave: str = "w",
    held_on: date = date(2015, 2, 10),
    k: int = 11,
    sexes: str = "FM",
) -> list[dict[str, Any]]:
    """Return the register's rows of a wave published from these answers; none where it may not be."""
    told = audit(
        {
            "wave": wave,
            "held_on": held_on,
            "headcount": 80,
            "k": k,
            "tables": [{"by": [], "measure": "who5"}],
            "answers": rows,
            "staff": [("Finances", "C", sex, 40) for sex in sexes],
            "groups": {"Ressources et pilotage": ["Finances"]},
            "earlier": [],
        }
    )
    row = {
        "wave": wave,
        "state": "published",
        "held_on": held_on,
        "keep_until": date(2016, 2, 10),
        "k": k,
        "results": json.dumps(told["results"]),
    }
    return [row] if told["results"] else []


def told(rows: list[dict[str, Any]], day: str = "2015-02-10", **facts: Any) -> tuple[Any, ...]:
    waves = frozen(rows, **facts) if rows else []
    found = reading(little(survey_waves=waves), load([SHIPPED]), "wellbeing_who5", day)
    return found.value, found.n, found.coverage, found.reason


def test_a_wave_that_reads_eleven_is_told_and_one_that_reads_ten_is_not_published() -> None:
    assert told(answers(*[2] * 6, *[3] * 7)) == (round(20 * 33 / 13, 1), 15, 0.19, None)
    assert told(answers(*[2] * 6, *[3] * 6)) == (None, None, None, "no_data")


def test_an_answer_that_leaves_out_an_item_has_no_score() -> None:
    rows = answers(*[2] * 6, *[3] * 7)
    rows[0]["who5_3"] = None
    assert told(rows) == (None, None, None, "no_data")


def test_when_all_answer_alike_nothing_is_told() -> None:
    assert told(answers(*[3] * 20))[3] == "no_data"


def test_a_wave_stands_from_the_day_it_was_held() -> None:
    rows = answers(*[2] * 10, *[4] * 10)
    assert told(rows, "2015-02-09")[3] == "no_data"
    assert told(rows, "2015-02-10")[:3] == (60, 20, 20 / 80)


def test_men_who_answer_less_weigh_more() -> None:
    rows = answers(*[1] * 15) + answers(*[1, 5, 5, 5, 5], sex="M")
    value = told([row | {"answer_id": str(n)} for n, row in enumerate(rows)])[0]
    assert value == pytest.approx((20 + 84) / 2)


def test_without_a_staff_register_the_mean_is_told() -> None:
    rows = answers(*[1] * 15) + answers(*[1, 5, 5, 5, 5], sex="M")
    found = told([row | {"answer_id": str(n)} for n, row in enumerate(rows)], sexes="")
    assert found[:2] == (36.0, 20) and found[3] is None


def test_a_town_that_is_hidden_is_suppressed() -> None:
    cell = {"group": {}, "n": None, "mean": None, "sd": None, "suppressed": True}
    hidden = {"wave": "w", "k": 11, "tables": [{"by": [], "measure": "who5", "cells": [cell]}]}
    row = {"wave": "w", "state": "published", "held_on": date(2015, 2, 10), "results": json.dumps(hidden)}
    found = reading(little(survey_waves=[row]), load([SHIPPED]), "wellbeing_who5", "2015-02-10")
    assert (found.value, found.n, found.reason) == (None, None, "suppressed")


def test_a_measure_that_is_not_listed_is_not_told() -> None:
    rows = answers(*[2] * 10, *[4] * 10)
    found = reading(little(survey_waves=frozen(rows)), load([SHIPPED]), "qwl_climate", "2015-02-10")
    assert (found.value, found.reason) == (None, "no_data")


def test_a_lower_threshold_is_the_waves_own() -> None:
    assert told(answers(*[2] * 4, *[3] * 4), k=5)[:2] == (50, 10)


def test_unknown_is_not_zero_without_answers() -> None:
    assert told([]) == (None, None, None, "no_data")


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
