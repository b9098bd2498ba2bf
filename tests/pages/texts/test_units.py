"""Values in their units."""

import pytest

from pages.texts import units, use


@pytest.mark.parametrize(
    ("value", "unit", "fr", "en"),
    [
        (15_000_000, "eur", "15,0\u00a0M€", "€15.0m"),
        (999_960, "eur", "1,0\u00a0M€", "€1.0m"),
        (213_000, "eur", "213\u00a0k€", "€213k"),
        (9_500, "eur", "9\u202f500\u00a0€", "€9,500"),
        (1_628_000_000, "eur", "1,63\u00a0Md€", "€1.63bn"),
        (-500_000, "eur", "−500\u00a0k€", "−€500k"),
        (5, "eur_per_eur", "1 pour 5,00", "1 to 5.00"),
        (60, "days", "60\u00a0j", "60\u00a0days"),
        (0.123, "ratio", "12,3\u202f%", "12.3%"),
        (0.1984, "index", "0,198", "0.198"),
        (1, "years", "1\u00a0an", "1\u00a0year"),
        (26295, "projects", "26\u202f295\u00a0projets", "26,295\u00a0projects"),
        (71, "% de satisfaction", "71\u00a0% de satisfaction", "71\u00a0% de satisfaction"),
        (60.917, "score_100", "60,9\u00a0/100", "60.9\u00a0/100"),
        (7, "score_10", "7,0\u00a0/10", "7.0\u00a0/10"),
        (12, "n_of_12", "12\u00a0/12", "12\u00a0/12"),
        (0, "n", "0", "0"),
        (None, "n", "–", "–"),
    ],
)
def test_a_value_as_one_says_it(value: float | None, unit: str, fr: str, en: str) -> None:
    use("fr")
    assert units.text(value, unit) == fr
    use("en")
    assert units.text(value, unit) == en


def test_targets_are_short() -> None:
    said = [
        units.short(v, u)
        for v, u in ((15e6, "eur"), (5, "eur_per_eur"), (0.65, "ratio"), (77, "% de satisfaction"))
    ]
    assert said == ["15\u00a0M€", "5", "65\u202f%", "77\u00a0%"]


def test_exact_euros() -> None:
    assert units.text(1234567.89, "eur", exact=True) == "1\u202f234\u202f567,89\u00a0€"


def test_intervals() -> None:
    assert units.interval(3.79, 6.88, "eur_per_eur") == "[3,8\u202f;\u00a06,9]"
    assert units.interval(0.766, 0.904, "ratio") == "[76,6\u202f;\u00a090,4]\u202f%"
    assert units.interval(52, 66, "days") == "[52\u202f;\u00a066]" and units.interval(None, 1, "n") == ""
