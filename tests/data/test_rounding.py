"""Counts of survey answers as anybody may see them."""

import pytest

from data.rounding import by_table, rounded


@pytest.mark.parametrize(
    ("count", "told"), [(0, None), (5, None), (10, None), (11, 20), (29, 20), (30, 40), (518, 520)]
)
def test_a_count_is_told_to_the_nearest_20_and_not_under_11(count: int, told: int | None) -> None:
    assert rounded(count) == told


def test_only_survey_answers_are_not_told() -> None:
    counts = {"survey_answers": 33, "projects": 7}
    assert by_table(counts) == {"survey_answers": None, "projects": 7}


def test_rows_of_several_questions_an_answer_are_not_told_at_all() -> None:
    """12 answers to 20 questions are 240 rows: rounded or not, they tell the 12."""
    assert by_table({"survey_answers": 12, "survey_items": 240}) == {"survey_answers": None}
