"""Figures typed in the reader's unit, both ways."""

import pytest

from pages.parts.entering import entered, typed
from pages.texts import use


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("60", "ratio", 0.6),
        ("60 %", "ratio", 0.6),
        ("12,5\u202f%", "ratio", 0.125),
        ("15 M€", "eur", 15_000_000),
        ("15 M", "eur", 15_000_000),
        ("2,3 M€", "eur", 2_300_000),
        ("€15m", "eur", 15_000_000),
        ("500 k€", "eur", 500_000),
        ("1,2 Md€", "eur", 1.2e9),
        ("15\u202f000\u202f000", "eur", 15_000_000),
        ("5", "eur_per_eur", 5),
        ("60 jours", "days", 60),
        ("−3", "n", -3),
        ("14.3", "n", 14.3),
        ("×4", "factor", 4),
        ("  ", "n", None),
    ],
)
def test_a_figure_becomes_its_base_unit(text: str, unit: str, value: float | None) -> None:
    assert entered(text, unit) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "unit"), [("soixante", "n"), ("60 %", "n"), ("15 M", "n"), ("5 €", "days"), ("1,2,3", "n"), ("1e9", "eur"), ("nan", "n")]
)  # fmt: skip
def test_what_is_no_figure_of_the_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(ValueError):
        entered(text, unit)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("value", "unit"), [(0.6, "ratio"), (0.125, "ratio"), (15_000_000, "eur"), (1_234.5, "eur"), (240, "days"), (0.198, "share"), (-2.5, "n")]
)  # fmt: skip
def test_what_a_field_is_filled_with_is_read_back(value: float, unit: str, lang: str) -> None:
    use(lang)
    assert entered(typed(value, unit), unit) == pytest.approx(value)
    assert typed(None, unit) == ""
