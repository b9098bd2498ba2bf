"""Counts of survey answers as anybody may see them."""

import pytest

from data.rounding import by_table, rounded


@pytest.mark.parametrize(
    ("count", "told"), [(0, None), (5, None), (10, None), (11, 10), (14, 10), (15, 15), (518, 515)]
)
def test_a_count_is_told_down_to_5_and_not_under_11(count: int, told: int | None) -> None:
    assert rounded(count) == told


def test_only_survey_answers_are_rounded() -> None:
    counts = {"survey_answers": 33, "projects": 7}
    assert by_table(counts) == {"survey_answers": 30, "projects": 7}
    assert by_table({"survey_answers": 3}) == {"survey_answers": None}


def test_rows_of_several_questions_an_answer_are_not_told_at_all() -> None:
    """12 answers to 20 questions are 240 rows: rounded or not, they tell the 12."""
    assert by_table({"survey_answers": 12, "survey_items": 240}) == {"survey_answers": 10}
