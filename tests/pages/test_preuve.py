"""The proof of each claim: one link from its card, everything in its order, and the role decides about rows."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, Forbidden
from metrics.claims import headline
from pages.parts import proof_page, proof_tables, tables
from pages.parts.address import Address
from pages.parts.reads import Reads
from pages.parts.source import Source, open_source
from pages.texts import claims, use
from tests.pages.conftest import Visit, shown

CLAIMS = ("cofinancing_raised", "leverage_awarded", "appraisal_reduction_factor", "active_files")
CLAIMS += ("investment_capacity_index", "partners_joined")
ORDER = (
    "Ce qui est dit, et ce que les données disent",
    "Ce qui est mesuré, en mots et en requête",
    "Référence",
    "Les lignes derrière le chiffre",
    "Fraîcheur",
    "Contrôles",
    "Qui a modifié quoi",
)


def said(at: AppTest) -> str:
    return words(shown(at))


def words(markup: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", markup))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def viewer(source: Source) -> Source:
    return replace(source, reads=Reads(source.reads.store, Actor("viewer", "viewer")))


def test_the_six_claims_each_have_their_proof_one_link_away(town: Path, visit: Visit) -> None:
    page = shown(visit())
    cards = re.findall(r'<div class="lv-claimed">.*?class="lv-proof">.*?</a></div>', page)
    assert len(cards) == 6
    for id, card in zip(CLAIMS, cards, strict=True):
        assert f"/fiche?kpi={id}&amp;" in card and f"/preuve?kpi={id}&amp;" in card
        assert "La preuve" in words(card)
    assert [kpi.id for kpi in headline(open_source(Address()).catalogue)] == list(CLAIMS)


def test_the_cards_say_what_the_sheets_say(town: Path, visit: Visit) -> None:
    page = said(visit())
    for figure in (
        "15,0 M€",
        "1 pour 5,00",
        "60 j, divisé par 4,0",
        "100 dossiers",
        "× 2,0 depuis 2013",
        "214 partenaires",
    ):
        assert figure in page, figure
    assert "cible : plus de 200" in page
    english = said(visit(lang="en"))
    assert "60 days, divided by 4.0" in english and "× 2.0 since 2013" in english


def test_a_figure_without_its_value_falls_back_on_the_kpi_s_own(town: Path) -> None:
    source = open_source(Address())
    kpi = source.catalogue.kpis["appraisal_reduction_factor"]
    assert (
        claims.figure(source.catalogue, kpi, {"appraisal_reduction_factor": source.readings()[kpi.id]})
        is None
    )
    assert claims.figure(source.catalogue, source.catalogue.kpis["active_files"], source.readings()) is None


@pytest.mark.parametrize("kpi", CLAIMS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_proof_says_all_of_it_in_its_order(kpi: str, lang: str, town: Path, visit: Visit) -> None:
    at = visit("preuve", kpi=kpi, lang=lang)
    page = said(at)
    assert "None" not in page and "nan" not in page.split() and "lv-notice bad" not in shown(at)
    if lang == "fr":
        body = page[page.index("La promesse est tenue au 30 juin 2015.") :]
        places = [body.index(title) for title in ORDER]
        assert places == sorted(places)
        assert "en défaut" not in body.replace("aucune ligne en défaut", "")


def test_the_leverage_is_proved_down_to_its_cells(town: Path, visit: Visit) -> None:
    page = said(visit("preuve", kpi="leverage_awarded"))
    for fact in (
        "« Un effet de levier de 1 à 5 » : les données disent 1 pour 5,00",
        "SUM(partner_awarded_amount)",
        "WITH parameters AS",
        "Cumulé depuis le 1er septembre 2014 ; première valeur connue : 1 pour 4,00 au 30 septembre 2014 (n = 1).",
        "Numérateur · 15,0 M€ · 37 lignes",
        "Dénominateur · 3,0 M€ · 10 lignes",
        "15 000 000 affichés, 15 000 000 additionnés",
        "septembre 2014 : 1 pour 4,00 ; décembre 2014 : 1 pour 2,35 ; juin 2015 : 1 pour 5,00",
        "Cible 5, à partir du 1er janvier 2015 : Lettre de cadrage 2015",
        "47 lignes de ce chiffre",
    ):
        assert fact in page, fact
    assert len(re.findall(r"financings\.csv, ligne \d+", page)) == 10
    assert len(re.findall(r"projects\.csv, ligne \d+", page)) == 10


def test_the_rows_of_a_side_open_and_fold(town: Path, visit: Visit) -> None:
    page = said(visit("preuve", kpi="leverage_awarded", rows="numerator"))
    assert len(re.findall(r"financings\.csv, ligne \d+", page)) == 37 and "Replier" in page


def test_a_promise_that_is_not_kept_says_so(town: Path, visit: Visit) -> None:
    page = said(visit("preuve", kpi="partners_joined", as_of="2014-12-31"))
    assert "La promesse n’est pas tenue au 31 décembre 2014." in page


def test_a_kpi_of_which_nothing_is_claimed_has_its_proof_too(town: Path, visit: Visit) -> None:
    page = said(visit("preuve", kpi="success_rate"))
    assert "Ce que les données disent" in page and "promesse" not in page


def test_a_survey_s_answers_are_never_rows(town: Path, visit: Visit) -> None:
    page = said(visit("preuve", kpi="wellbeing_who5"))
    assert "ne sont jamais montrées une à une" in page and "non rejoué" in page


def test_an_unknown_name_is_helped(town: Path, visit: Visit) -> None:
    assert "Aucun indicateur ne s’appelle" in said(visit("preuve", kpi="leverage_award"))


def test_a_viewer_sees_everything_but_the_rows(town: Path) -> None:
    source = viewer(open_source(Address()))
    page = words(proof_page.body(source, "leverage_awarded", "numerator"))
    assert "Votre rôle ne permet pas de voir les lignes." in page and "financings.csv, ligne" not in page
    assert "Contrôles" in page and "lignes de ce chiffre" not in page
    with pytest.raises(Forbidden):
        tables.make(source, proof_tables.ROWS, {"kpi": "leverage_awarded", "side": "numerator"})


def test_the_files_have_all_the_rows_of_a_side(town: Path) -> None:
    source = open_source(Address())
    made = tables.make(source, proof_tables.ROWS, {"kpi": "leverage_awarded", "side": "numerator"})
    assert made is not None and len(made.rows) == 37 and "numérateur" in made.title
    assert tables.make(source, proof_tables.ROWS, {"kpi": "leverage_awarded", "side": "whole"}) is None
    assert tables.make(source, proof_tables.CHECKS, {"kpi": "nothing"}) is None
    use("en")
    checks = tables.make(source, proof_tables.CHECKS, {"kpi": "leverage_awarded"})
    assert checks is not None and "Each identifier is unique" in str(checks.rows)


def test_the_store_is_verified_when_asked(own_town: Path, visit: Visit) -> None:
    at = visit("preuve", kpi="partners_joined")
    at.button(key="proof.verify").click().run()
    assert "Registre et tables concordent" in said(at)


def test_an_import_that_touched_the_rows_is_told_with_its_rows(own_town: Path, visit: Visit) -> None:
    source = open_source(Address())
    row = "partner_id,name,kind,sector,joined_on,left_on,engagement_level,network\nPRI-NEUF,Atelier,company,private,2015-06-29,,1,\n"
    assert source.store.import_files(source.actor, [("partners.csv", row.encode())]).ok
    page = said(visit("preuve", kpi="partners_joined"))
    history = page[page.index("Qui a modifié quoi") :]
    assert "partners.csv : Partenaires 1 ; 1 ligne de ce chiffre" in history
    assert "214 lignes de ce chiffre" in history and "215 partenaires" in page


@pytest.mark.parametrize(("path", "params"), [("", {}), ("preuve", {"kpi": "leverage_awarded"})])
def test_projection_is_in_the_address_and_back(
    path: str, params: dict[str, str], town: Path, visit: Visit
) -> None:
    plain, projected = shown(visit(path, **params)), shown(visit(path, projection="1", **params))
    assert "lv-projected" not in plain and "projection=1" in plain and "Projeter" in plain
    assert "lv-projected" in projected and "Quitter la projection" in projected
