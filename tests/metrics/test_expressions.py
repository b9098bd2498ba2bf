"""Expressions too long, too deep or too wide are refused by name, in no time, before and after they are parsed."""

from time import perf_counter

import pytest

from metrics import expressions
from metrics.refusing import BadEntry

HUGE = {
    "long": "COUNT(*)+" * 20_000 + "1",
    "nested": "(" * 3_000 + "COUNT(*)" + ")" * 3_000,
    "nested within the length": "(" * 900 + "COUNT(*)" + ")" * 900,
    "negated": "NOT " * 480 + "COUNT(*)",
    "signs": "- " * 990 + "1",
    "a long sum": "COUNT(*)+" * 200 + "1",
    "a long list": f"COUNT(*) IN ({','.join('1' * 900)})",
    "casts": "COUNT(*)" + "::INT" * 380,
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_too_big_is_refused_by_name_in_no_time(name: str) -> None:
    start = perf_counter()
    with pytest.raises(BadEntry) as refused:
        expressions.check_value(HUGE[name], ())
    assert perf_counter() - start < 1.0
    assert "trop grande" in refused.value.reason.fr and "too big" in refused.value.reason.en
    assert "plusieurs indicateurs" in refused.value.mend.fr and len(refused.value.mend.fr) < 200


@pytest.mark.parametrize("sql", ["{" + " " * 1990, "{" * 1000 + "a" + "}" * 999, "SELECT " * 280])
def test_nothing_unreadable_takes_its_time(sql: str) -> None:
    start = perf_counter()
    with pytest.raises(BadEntry):
        expressions.check_value(sql, ())
    assert perf_counter() - start < 1.0


def test_an_honest_formula_is_far_from_the_limits() -> None:
    cases = " + ".join(f"SUM(CASE WHEN theme = '{n}' THEN 1 ELSE 0 END)" for n in range(20))
    expressions.check_value(f"({cases}) / NULLIF(COUNT(*), 0)", ["theme"])


def test_spaces_within_braces_do_not_matter() -> None:
    assert expressions.references(expressions.parse("1 / { other }")) == ["other"]


def test_an_unreadable_formula_is_shown_short() -> None:
    with pytest.raises(BadEntry) as refused:
        expressions.parse("SUM(" + "x" * 1500)
    assert len(refused.value.mend.fr) < 200
