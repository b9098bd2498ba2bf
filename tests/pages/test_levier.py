"""The leverage screen: the ratio at each stage, the law beside it, and the ten plans, as the readings say them."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.leverage import Leverage, Plan, Rung
from pages.parts import tables
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts.leverage import plans_title, spelled, title, verdict
from tests.pages.conftest import Visit, shown


def said(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def plan(
    id: str = "P1",
    own: float | None = 200.0,
    public: float = 800.0,
    private: float = 0.0,
    derogation: bool = False,
) -> Plan:
    return Plan(id, f"Projet {id}", None, None, own, public, private, None, 0.2, derogation)


def leverage(value: float, *plans: Plan) -> Leverage:
    from datetime import date

    return Leverage(date(2015, 6, 30), plans or (plan(),), (Rung("awarded", 1.0, value),), 0.0)


def test_one_to_five_stands_with_all_it_rests_on(town: Path, visit: Visit) -> None:
    page = said(visit("levier"))
    for words in (
        "Un euro de la ville en lève cinq ; sans argent privé, la loi s’arrête à quatre",
        "10 projets au plan notifié depuis le 1er septembre 2014",
        "1 pour 5,00",
        "[3,8 ; 6,9]",
        "15,0 M€ de partenaires ÷ 3,0 M€ propres",
        "9 % du coût de la file active",
        "Sans P002, sans P004 4,38 et 5,52",
        "4,00 pour un plan tout public",
        "Coût total par euro propre 6,00",
        "Taux de cofinancement 83,3 %",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("stage", "ratio", "amount"),
    [
        ("requested", "8,67", "26,0 M€"),
        ("awarded", "5,00", "15,0 M€"),
        ("contracted", "4,00", "12,0 M€"),
        ("paid", "1,50", "4,5 M€"),
    ],
)
def test_each_stage_has_its_ratio_and_amount(
    stage: str, ratio: str, amount: str, town: Path, visit: Visit
) -> None:
    at = visit("levier", stage=stage)
    assert f"1 pour {ratio}" in said(at) and f"{amount} de partenaires" in said(at)
    assert re.search(rf'stage={stage}[^>]*aria-current="true"', shown(at))


def test_the_target_is_judged_at_its_own_stage_alone(town: Path, visit: Visit) -> None:
    assert "Atteint" in said(visit("levier"))
    paid = said(visit("levier", stage="paid"))
    assert "La cible porte sur le notifié" in paid and "[3,8 ; 6,9]" not in paid


def test_a_stage_nobody_knows_is_the_awarded_one(town: Path, visit: Visit) -> None:
    assert "1 pour 5,00" in said(visit("levier", stage="promised"))


def test_the_ten_plans_with_the_one_on_the_limit_and_the_derogation(town: Path, visit: Visit) -> None:
    page = said(visit("levier"))
    assert (
        "Aucun plan sous le minimum légal sans dérogation, mais un est sur la limite : Pôle d’échanges gare"
        in page
    )
    assert shown(visit("levier")).count('class="lv-plan"') + 1 == 10  # one more stands out
    assert "20,0 % : sur la limite" in page and "15,0 % : dérogation" in page


def test_by_funder_programme_and_year(town: Path, visit: Visit) -> None:
    page = said(visit("levier"))
    assert "4,00 en 2014, 5,50 en 2015" in page
    assert "Premiers financeurs : région (3,9 M€) et entreprise (3,6 M€)" in page
    assert "De 3,80 (Aide départementale) à 8,89 (Transition énergétique État)" in page


def test_in_english(town: Path, visit: Visit) -> None:
    page = said(visit("levier", lang="en"))
    assert "One euro of the town raises five; without private money, the law stops at four" in page
    assert "Kind of partner" in page


def test_every_drawing_has_its_table_and_its_sentence(town: Path, visit: Visit) -> None:
    page = shown(visit("levier"))
    assert page.count("Voir les nombres en tableau") == page.count('<p class="lv-hidden">') == 6


def test_the_file_of_plans_has_the_ten(town: Path) -> None:
    made = tables.make(open_source(Address()), "levier-plans", {})
    assert made is not None and len(made.rows) == 10
    plan = ["P001", "Pôle d'échanges gare", 600000, 2400000, 0, 0.2, 0.2, 4, "sur la limite"]
    assert plan in list(made.file_rows())


def test_before_any_award_the_screen_says_so(town: Path, visit: Visit) -> None:
    page = said(visit("levier", as_of="2014-08-31"))
    assert "Aucun plan de financement notifié à cette date" in page and "importez les financements" in page


def test_a_directorate_has_its_own_leverage(town: Path, visit: Visit) -> None:
    assert "3 projets au plan notifié" in said(visit("levier", scope="DADI"))


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    page = shown(visit("levier"))
    assert "Aucune donnée pour l’instant" in page and 'href="/imports?' in page


def test_a_catalogue_without_leverage_says_so(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_CATALOGUE", "detr_dsil")
    assert "Pas d’effet de levier dans ce catalogue" in said(visit("levier"))


@pytest.mark.parametrize(
    ("value", "words"), [(5.0, "cinq"), (4.999, "cinq"), (5.27, "5,27"), (1.0, "1,00"), (12.0, "12,00")]
)
def test_only_round_figures_are_spelled(value: float, words: str) -> None:
    assert spelled(value) == words


def test_the_title_compares_with_the_ceiling_of_public_money() -> None:
    assert "la loi s’arrête à quatre" in title(leverage(5.0), "awarded")
    assert "sans dépasser ce que la loi permet" in title(leverage(3.0), "awarded")


def test_a_breach_comes_before_a_limit() -> None:
    plans = [plan("P1", 100.0), plan("P2", 200.0)]
    assert "Le plan P1 est sous le minimum légal" in plans_title(plans)
    assert "mais un est sur la limite" in plans_title(plans[1:])
    assert "nettement" in plans_title([plan("P3", 400.0)])


def test_each_verdict_has_its_words() -> None:
    words = [
        verdict(plan(own=own, derogation=derogation)).replace("\u202f", " ").replace("\u00a0", " ")
        for own, derogation in ((200.0, False), (210.0, False), (100.0, False), (100.0, True), (None, False))
    ]
    assert words == [
        "20,0 % : sur la limite",
        "20,8 % : près de la limite",
        "11,1 % : sous le minimum",
        "11,1 % : dérogation",
        "fonds propres inconnus",
    ]
