"""One base for a wave: every measure is counted on the answers that have all scores of the list."""

from typing import Any

import numpy as np
import pytest

from metrics.disclosure import Published, answers_of, publish
from metrics.disclosure.questions import QWL, WHO5, steps_of
from metrics.scalescores import respondents
from tests.metrics.disclosure.attacker import counts
from tests.metrics.disclosure.test_attacker import burnout, rows


def whole(seed: int, many: int = 60, **left: Any) -> list[dict[str, Any]]:
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(many):
        row: dict[str, Any] = {"directorate_group": "D1", "category": "A", "sex": "F"}
        row |= {item: int(draw.integers(0, 6)) for item in WHO5}
        row |= {item: int(draw.integers(1, 6)) for item in QWL}
        found.append(row | {"recommend": int(draw.integers(0, 11))} | left)
    return found


def test_who_left_one_question_out_is_in_no_measure() -> None:
    given = whole(1)
    given[0]["recommend"] = None
    given[1]["who5_3"] = ""
    given[2] |= dict.fromkeys(QWL[:4])  # two of six items: no score
    given[3] |= dict.fromkeys(QWL[:3])  # three of six: a score
    answers = answers_of("2015", given)
    assert {len(answers.of((), name)) for name in ("who5", "qwl", "recommend")} == {57}
    assert len(answers.of((), "qwl_1")) == 56


@pytest.mark.parametrize("seed", range(5))
def test_all_counts_of_a_group_are_equal_over_measures(seed: int) -> None:
    answers = answers_of("2015", rows(seed, with_scale=True), [burnout()])
    for group in ((), (("category", "A"),), (("sex", None),)):
        assert len({len(answers.of(group, name)) for name in ("who5", "qwl", "recommend", "strain")}) == 1


def test_a_question_that_nobody_answered_is_not_listed_and_takes_nobody_out() -> None:
    published = publish(answers_of("2015", whole(2, recommend=None)))
    assert {table.measure for table in published.tables} == {"who5", "qwl"}
    assert published.response is not None and published.response.answers == 60


def test_nor_one_that_a_few_answered_so_that_nothing_tells_them_from_nobody() -> None:
    given = whole(2, recommend=None)
    for row in given[:4]:
        row["recommend"] = 7
    few, nobody = publish(answers_of("2015", given)), publish(answers_of("2015", whole(2, recommend=None)))
    assert few.as_json() == nobody.as_json()


def test_items_listed_as_measures_narrow_the_base() -> None:
    given = whole(3)
    for row in given[:13]:
        row["qwl_1"] = None
    usual = publish(answers_of("2015", given), [((), "who5"), ((), "qwl")])
    items = publish(answers_of("2015", given), [((), "who5"), ((), "qwl_1")])
    assert counts(usual.as_json())[frozenset()] == {60}
    assert counts(items.as_json())[frozenset()] == {45}


def test_an_optional_scale_is_on_0_to_100_as_its_own_rule_scores_it() -> None:
    given = rows(7, with_scale=True)
    answers = answers_of("2015", given, [burnout()])
    kept = [
        row
        for row in given
        if all(row[item] is not None for item in WHO5)
        and row["recommend"] is not None
        and sum(row[item] is not None for item in QWL) >= 3
        and sum(row[item] is not None for item in burnout().codes) >= 4
    ]
    matrix = np.array(
        [[np.nan if row[code] is None else float(row[code]) for code in burnout().codes] for row in kept]
    )
    matrix[:, [1, 4]] = 6 - matrix[:, [1, 4]]
    wanted = 25 * (respondents(burnout(), matrix, 4) - 1)
    assert answers.scores["strain"] == pytest.approx(wanted)
    assert answers.steps["strain"] == pytest.approx(25 / 60) and answers.steps["who5"] == 4.0
    assert steps_of([burnout()])["strain_far"] == 12.5 and steps_of([burnout()])["strain_1"] == 25.0


def test_a_list_survives_its_json_with_an_optional_scale() -> None:
    listed = [((), "strain"), (("sex",), "strain"), ((), "who5")]
    published = publish(answers_of("2015", rows(7, with_scale=True), [burnout()]), listed)
    assert published.summary("strain") is not None
    assert {one.measure for one in published.spreads} == {"strain", "who5"}
    assert Published.from_json(published.as_json()) == published
