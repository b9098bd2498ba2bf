"""The KPI sheet: from its sentence to the cells, for every KPI, at other dates and scopes, and when asked for nothing known."""

import html
import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, Forbidden
from metrics.definitions import load
from metrics.folders import catalogue_folders
from metrics.reading import Reading
from pages.parts import fiche_trend, tables
from pages.parts.address import Address
from pages.parts.directions_reads import structure
from pages.parts.source import open_source
from tests.pages.conftest import Visit, charts, shown

KPIS = tuple(load(catalogue_folders(None, None)).kpis)


def said(at: AppTest) -> str:
    """The markup as words: entities read, no-break spaces plain, tags gone."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def figures(at: AppTest) -> list[str]:
    return [chart["data-figure"] for chart in charts(at)]


def test_the_leverage_sheet_says_all_it_rests_on(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded"))
    for words in (
        "Effet de levier notifié : de 1 pour 4,00 en septembre 2014 à 1 pour 5,00 en juin 2015, cible atteinte",
        "Fiche indicateur F1.1",
        "Démultiplier les fonds propres par le cofinancement",
        "[3,8 ; 6,9]",
        "Numérateur 15,0 M€",
        "Dénominateur 3,0 M€",
        "Effectif (n) 10",
        "Couverture 9 %",
        "Données au 30 juin 2015",
        "Cible 5",
        "Responsable DADI, chaque mois",
        "Définition version 1",
        "SUM(partner_awarded_amount)",
        "WITH parameters AS",
        "Les 47 lignes derrière le chiffre",
    ):
        assert words in page, words


def test_the_rows_of_the_ten_plans_name_their_file_and_row(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded", rows="1"))
    for number in range(1, 11):
        assert re.search(rf"P{number:03d} .{{5,200}}projects\.csv, ligne \d+ n° 1,", page), number
    assert len(re.findall(r"financings\.csv, ligne \d+", page)) == 37


def test_ten_rows_at_first_and_a_hundred_a_page_afterwards(town: Path, visit: Visit) -> None:
    def rows(**params: str) -> int:
        page = shown(visit("fiche", kpi="appraisal_median_days", **params))
        return page.split('class="lv-table lv-rows"')[1].count("<tr>") - 1

    assert (rows(), rows(rows="1"), rows(rows="2"), rows(rows="9"), rows(rows="?")) == (10, 100, 40, 40, 10)


@pytest.mark.parametrize("kpi", KPIS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_kpi_has_its_sheet_in_both_languages(kpi: str, lang: str, town: Path, visit: Visit) -> None:
    page = visit("fiche", kpi=kpi, lang=lang)
    words = said(page)
    assert ("The rows behind the figure" if lang == "en" else "Les lignes derrière le chiffre") in words
    assert "lv-notice bad" not in shown(page)
    assert "None" not in words and "nan" not in words.split()


def test_the_trend_has_a_twin_a_sentence_and_a_table(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="leverage_awarded")
    alts = [chart["aria-label"] for chart in charts(at)]
    assert [alt.startswith("Courbe de 10 points") for alt in alts][:2] == [True, True]
    assert '"cible 5"' in figures(at)[0] and "sept." in figures(at)[0]
    assert "Voir les nombres en tableau" in shown(at)


def test_the_whole_series_is_one_link_away(town: Path, visit: Visit) -> None:
    short, whole = (visit("fiche", kpi="active_files", **more) for more in ({}, {"span": "all"}))
    assert len(figures(whole)[0]) > len(figures(short)[0])
    assert "span=all" in shown(short)


def test_a_breakdown_is_recomputed_for_each_group(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded", by="year"))
    assert "De 1 pour 4,00 (2014) à 1 pour 5,50 (2015)" in page
    assert "Région" in said(visit("fiche", kpi="leverage_awarded", by="partner_kind"))


def test_a_directorate_without_the_kpi_is_told_and_led_back(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="investment_capacity_index", scope="DADI")
    assert "n’a pas de valeur pour DADI" in said(at)
    assert 'href="/fiche?kpi=investment_capacity_index&amp;lang=fr&amp;scope=town"' in shown(at)


def test_a_directorate_has_its_own_sheet(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="active_files", scope="DADI"))
    assert "Les 10 lignes derrière le chiffre" in page


def test_an_unknown_value_says_why_in_words(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded", as_of="2013-06-30"))
    assert "non calculé" in page and "Aucune ligne derrière ce chiffre" in page


def test_an_unknown_kpi_gets_suggestions_and_the_list(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="leverage_award")
    assert "Aucun indicateur ne s’appelle « leverage_award »" in said(at)
    assert "Vouliez-vous dire" in said(at) and "kpi=leverage_awarded" in shown(at)
    assert shown(at).count("/fiche?kpi=") >= len(KPIS)


def test_what_the_address_says_is_never_markup(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="<img src=x onerror=alert(1)>", by="<b>", rows="<i>")
    assert "<img" not in shown(at) and "&lt;img" in shown(at)


def test_no_kpi_asked_gives_the_list(town: Path, visit: Visit) -> None:
    assert "De quel indicateur voulez-vous la fiche" in said(visit("fiche"))


def test_an_empty_store_still_opens_a_sheet(empty: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded"))
    assert "non calculé" in page and "Aucune ligne" in page


def test_a_viewer_neither_sees_nor_downloads_rows(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = Actor("somebody", "viewer")
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: viewer)
    page = said(visit("fiche", kpi="leverage_awarded"))
    assert "Votre rôle ne permet pas de voir les lignes" in page and "financings.csv" not in page
    with pytest.raises(Forbidden):
        tables.make(open_source(Address(), viewer), "fiche-lignes", {"kpi": "leverage_awarded"})


def plain(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def test_what_a_value_is_never_shown_without_stands_beside_it(town: Path, visit: Visit) -> None:
    cost = plain(said(visit("fiche", kpi="external_cost")))
    assert "Heures mobilisées 2 749,5 h" in cost
    assert "Coût des heures mobilisées (hypothèse) 74 k€" in cost
    raised = plain(said(visit("fiche", kpi="raised_per_operating_euro")))
    assert "Euros levés par euro de crédits, hors masse salariale 1 pour 70,42" in raised


def test_a_surveys_answers_are_never_listed_and_its_wave_is_its_period(town: Path, visit: Visit) -> None:
    page = plain(said(visit("fiche", kpi="wellbeing_who5")))
    assert "Les réponses à une enquête ne sont jamais montrées une à une." in page
    assert "audit de 2013" in page and "345 réponses complètes" in page
    assert "aucune donnée pour cette période" not in page


def test_directorates_are_no_league_table(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="leverage_awarded", by="lead_directorate")
    page, source = said(at), open_source(Address())
    block = shown(at).split("Par direction")[1].split("</section>")[0].split("<table")[0]
    places = [block.index(f">{name}<") for name in structure(source) if f">{name}<" in block]
    assert len(places) > 2 and places == sorted(places)
    assert "De 1 pour 3,25 (Sports)" not in page and "Trop peu de mesures pour dire" in page
    assert "trop peu pour être lu" in page and "lv-few" in block
    assert 'href="/directions?kpi=leverage_awarded' in shown(at)


def test_a_breakdown_of_few_rows_names_neither_first_nor_last(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded", by="theme"))
    assert "Trop peu de lignes par groupe pour les comparer" in page


def test_what_is_always_zero_is_said_and_not_drawn() -> None:
    zero, one = (Reading("k", "K", date(2015, 6, 30), "2015-06", {}, value, "eur") for value in (0.0, 1.0))
    assert fiche_trend.all_zero([zero, zero]) and not fiche_trend.all_zero([zero, one])
    assert not fiche_trend.all_zero([zero])


def test_out_of_twelve_the_axis_ends_at_twelve_and_begins_near_the_first(town: Path, visit: Visit) -> None:
    drawn = figures(visit("fiche", kpi="levers_deployed"))
    ticks = [json.loads(one)["layout"]["yaxis"]["tickvals"] for one in drawn]
    assert ticks and all(max(each) <= 12 for each in ticks)
    first = json.loads(drawn[0])["data"][-1]
    assert sum(not value for value in first["y"] if value is not None) <= fiche_trend.ZEROS


def test_the_first_heading_of_the_sheet_skips_no_level(town: Path, visit: Visit) -> None:
    levels = [int(n) for n in re.findall(r'aria-level="(\d)"', shown(visit("fiche", kpi="leverage_awarded")))]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_a_base_is_offered_only_where_there_are_limits(town: Path, visit: Visit) -> None:
    def offers(kpi: str) -> bool:
        return any(one.label.startswith("Motif") for one in visit("fiche", kpi=kpi).text_area)

    assert offers("throughput") and not offers("wellbeing_who5") and not offers("external_cost")
