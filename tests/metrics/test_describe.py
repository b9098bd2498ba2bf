"""docs/catalogue.md is the catalogue: its forty KPIs, each in words in both languages, with a value to hold the demo to."""

from pathlib import Path

from metrics import words
from metrics.definitions import Catalogue
from metrics.describe import markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "catalogue.md"
MANY = {"U": (1, 4, 2), "F": (4, 3, 2), "P": (4, 4, 2, 2), "A": (2, 8, 2)}  # KPIs of each objective


def test_the_page_is_the_catalogue(catalogue: Catalogue) -> None:
    assert PAGE.read_text("utf-8") == markdown(catalogue), "python -m metrics.describe > docs/catalogue.md"


def test_the_scorecard_is_whole(catalogue: Catalogue) -> None:
    card = catalogue.scorecard
    assert [kpi.code for kpi in catalogue.kpis.values()] == [
        f"{side}{objective}.{place}"
        for side, counts in MANY.items()
        for objective, many in enumerate(counts, 1)
        for place in range(1, many + 1)
    ]
    assert len(catalogue.kpis) == 40 and len(card.objectives) == 13 and len(card.links) == 14
    assert [side.code for side in card.perspectives] == list(MANY) and not catalogue.refused


def test_each_kpi_has_a_value_on_the_demo_and_what_is_needed_to_read_it(catalogue: Catalogue) -> None:
    for kpi in catalogue.every.values():
        assert kpi.on_demo, kpi.id
        assert kpi.note.fr and kpi.note.en and kpi.counted.fr and kpi.counted.en, kpi.id
        assert kpi.target is not None or kpi.band is not None or not kpi.is_town, kpi.id


def test_the_page_has_every_kpi_in_both_languages(catalogue: Catalogue) -> None:
    page = markdown(catalogue)
    for kpi in catalogue.every.values():
        formula = words.formula(kpi, catalogue.every)
        assert f"`{kpi.id}`" in page and kpi.label.fr in page and kpi.label.en in page
        assert formula.fr in page and formula.en in page


def test_words_are_words(catalogue: Catalogue) -> None:
    """No column's identifier and no function's name is left in a sentence."""
    for kpi in catalogue.every.values():
        for said in (*words.formula(kpi, catalogue.every), *words.period(kpi)):
            assert not {"_", "KM", "COUNT", "SUM", "NULLIF", "FILTER"} & set(
                said.replace("_", " _ ").split()
            ), said
