"""« Scénarios »: the address alone gives up to four beside the base, each with its sentence; everything says what it is."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import scenarios_reads, scenarios_tables, tables
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown

REGION, LESS_OWN = "awards_refused,partner_kind=region", "own_funds,change=-0.25"


def said(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_without_a_scenario_it_says_what_to_do(town: Path, visit: Visit) -> None:
    page = said(visit("scenarios"))
    assert "Comparer jusqu’à quatre scénarios" in page and "Composer un scénario" in page


def test_the_address_alone_gives_them_side_by_side(town: Path, visit: Visit) -> None:
    page = said(visit("scenarios", a=REGION, c=LESS_OWN))
    for words in (
        "Scénarios : « Effet de levier notifié » irait de 1 pour 3,70 à 1 pour 6,67",
        "Sous A, 7 indicateurs sur 40 bougent",
        "5 plans tombent sous le minimum légal (P002, P001, P004 et 2 de plus)",
        "Subventions refusées : type de partenaire région",
        "Score de l’ensemble",
        "Dossiers par cadre A",
        "Sous C, 5 plans tombent sous le minimum légal",
    ):
        assert words in page, words
    english = said(visit("scenarios", a=REGION, c=LESS_OWN, lang="en"))
    assert "Under A, 7 of 40 KPIs move" in english and "would go from" in english


def test_each_can_be_taken_out_or_changed(town: Path, visit: Visit) -> None:
    page = html.unescape(shown(visit("scenarios", a=REGION, b=LESS_OWN)))
    assert "/scenarios?a=own_funds%2Cchange%3D-0.25&" in page and "/etsi?s=awards_refused" in page


@pytest.mark.parametrize("text", ["nothing", "awards_cut,share=7", "project_dropped,project=<script>"])
def test_one_that_cannot_be_is_refused_in_its_place(text: str, town: Path, visit: Visit) -> None:
    page = shown(visit("scenarios", a=text, b=LESS_OWN))
    assert "Sous B, 3 indicateurs sur 40 bougent" in said(visit("scenarios", a=text, b=LESS_OWN))
    assert "lv-notice" in page and "<script>" not in page


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert "Importer des fichiers" in shown(visit("scenarios", a=REGION))


def test_the_files_are_those_of_the_address(town: Path) -> None:
    source = open_source(Address())
    made = tables.make(source, scenarios_tables.KPIS, {"a": REGION, "b": LESS_OWN})
    assert made is not None and len(made.rows) == 41
    rows = {
        row[0]: dict(zip([c.title for c in made.file_columns], row, strict=True)) for row in made.file_rows()
    }
    leverage = rows["Effet de levier notifié"]
    assert (leverage["Base"], leverage["Scénario A"], round(float(str(leverage["Écart B"])), 6)) == (
        5,
        3.7,
        1.666667,
    )
    told = dict(made.facts)["Filtres"]
    assert "A = Subventions refusées" in str(told) and "B = Fonds propres changés" in str(told)
    assert tables.make(source, scenarios_tables.PLANS, {"a": "nothing"}) is None


def test_places_move_up_and_end_at_four() -> None:
    four = {key: key * 2 for key in "abcd"}
    assert scenarios_reads.without(four, "b") == {"a": "aa", "b": "cc", "c": "dd"}
    assert scenarios_reads.with_added(four, "x") is None
    assert scenarios_reads.with_added({"b": "bb"}, "x") == {"b": "bb", "a": "x"}
