"""Numbers and dates in each language."""

from datetime import date

import pytest

from pages.texts import numbers, use


@pytest.mark.parametrize(
    ("value", "digits", "fr", "en"),
    [
        (1234567.894, 2, "1\u202f234\u202f567,89", "1,234,567.89"),
        (-0.04, 1, "0,0", "0.0"),
        (-1500, 0, "−1\u202f500", "−1,500"),
    ],
)
def test_decimals(value: float, digits: int, fr: str, en: str) -> None:
    assert (numbers.decimal(value, digits, "fr"), numbers.decimal(value, digits, "en")) == (fr, en)


def test_no_more_decimals_than_needed() -> None:
    assert [numbers.plain(v) for v in (5.0, 14.5, 14.2857, 0.1 + 0.2)] == ["5", "14,5", "14,29", "0,3"]


def test_dates_in_french_and_english() -> None:
    tuesday = date(2015, 6, 30)
    assert numbers.weekday(tuesday) == "mar. 30 juin 2015" and numbers.month(tuesday) == "juin 2015"
    assert (
        numbers.day(date(2015, 6, 1)) == "1er juin 2015" and numbers.day(date(2015, 6, 11)) == "11 juin 2015"
    )
    use("en")
    assert numbers.day(tuesday) == "30 June 2015" and numbers.day(date(2015, 6, 1)) == "1 June 2015"
    assert numbers.day(None) == numbers.NONE


def test_periods() -> None:
    assert [numbers.period(p) for p in ("2015", "2015-Q2", "2015-06")] == ["2015", "T2 2015", "juin 2015"]
    assert numbers.period("2013-audit") == "audit de 2013" and numbers.period("vague_1") == "vague_1"


@pytest.mark.parametrize(
    ("value", "is_met", "words"),
    [
        (99.97, False, "99,9"),
        (99.5, False, "99,5"),
        (99.4, False, "99"),
        (99.97, True, "100"),
        (100.0, False, "100"),
        (None, False, "–"),
    ],
)
def test_a_score_is_not_rounded_up_to_a_target_not_met(value: float | None, is_met: bool, words: str) -> None:
    assert numbers.score(value, is_met) == words
