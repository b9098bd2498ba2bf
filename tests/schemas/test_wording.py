"""Values are written as each language writes them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from schemas.wording import say


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (None, "", ""),
        (float("nan"), "", ""),
        (float("inf"), "inf", "inf"),
        (2014, "2014", "2014"),
        (213_000, "213\u202f000", "213,000"),
        (Decimal("1234.50"), "1\u202f234,50", "1,234.50"),
        (0.2, "0,20", "0.20"),
        (True, "oui", "yes"),
        (False, "non", "no"),
        (date(2015, 6, 30), "30/06/2015", "2015-06-30"),
        (datetime(2015, 6, 30), "30/06/2015", "2015-06-30"),
        ("P1", "P1", "P1"),
    ],
)
def test_say(value: object, french: str, english: str) -> None:
    assert (say(value), say(value, "en")) == (french, english)
