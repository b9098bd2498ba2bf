"""Why it moved, on the sheet: dates and breakdown from the address, a computed sentence, what cannot be split says why."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import why_words
from pages.texts import use
from tests.pages.conftest import Visit, charts, shown

LEVER = {"kpi": "leverage_awarded", "why_from": "2014-12-31", "why_to": "2015-06-30"}


def said(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def drawn(at: AppTest) -> list:
    return [chart for chart in charts(at) if chart["aria-label"].startswith(("De ", "From "))]


def test_leverage_is_split_between_its_two_parts(town: Path, visit: Visit) -> None:
    at = visit("fiche", **LEVER, why_by="none")
    assert (
        "De 2,35 à 5,00 entre décembre 2014 et juin 2015 : +5,07 par « montant notifié par les partenaires », "
        "−2,42 par « fonds propres »." in said(at)
    )
    assert len(drawn(at)) == 2 and "triangle-left" in drawn(at)[0]["data-figure"]


def test_the_projects_that_count_are_named_with_their_title(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", **LEVER, why_by="project_id"))
    assert "(dont P002 Friche industrielle reconvertie +1,45" in page
    assert "Pourquoi ça a bougé : +2,65 en 6 mois, d’abord P002" in page


def test_the_table_holds_every_group_and_its_sum(town: Path, visit: Visit) -> None:
    page = shown(visit("fiche", **LEVER, why_by="lead_directorate"))
    table = page.split("pourquoi ça a bougé</caption>")[1].split("</table>")[0]
    lines = [
        [float(cell.replace("−", "-").replace("±", "").replace(",", ".")) for cell in found]
        for line in table.split("<tr>")[2:]
        if len(found := re.findall(r'class="num">(?:<b>)?([+−±][\d,]+)', line)) == 2
    ]
    whole, *parts = lines
    assert sum(amount for amount, _ in parts) == pytest.approx(whole[0], abs=0.001)
    assert whole == pytest.approx([5 - 4 / 1.7] * 2, abs=1e-4)
    # A group stands once a part, the parts together: what each row says is net is the sum of both.
    assert sum(abs(net) for _, net in parts) > sum(abs(amount) for amount, _ in parts) * 0.5


def test_the_title_ranks_groups_by_their_net(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded"))
    assert "d’abord DADI (+4,40)" not in page
    assert re.search(r"En net : [^.]*DADI \+1,89", page), page[:3000]
    secured = said(visit("fiche", kpi="secured_share", as_of="2014-12-31", why_by="lead_directorate"))
    assert "d’abord Urbanisme (+13,2 pt)" not in secured


def test_equal_groups_are_said_to_be_equal(town: Path, visit: Visit) -> None:
    assert "à égalité Espaces publics et environnement, " in said(visit("fiche", kpi="throughput"))


def test_the_default_is_a_year_before_or_the_first_known(town: Path, visit: Visit) -> None:
    assert "De 85 à 100 entre juin 2014 et juin 2015" in said(visit("fiche", kpi="active_files"))
    assert "De 4,00 à 5,00 entre septembre 2014 et juin 2015" in said(visit("fiche", kpi="leverage_awarded"))


def test_what_the_address_asks_wrongly_counts_as_not_asked(town: Path, visit: Visit) -> None:
    odd = visit("fiche", kpi="active_files", why_from="<b>", why_to="2031-01-31", why_by="nothing")
    assert "De 85 à 100 entre juin 2014 et juin 2015" in said(odd)


def test_a_directorate_s_own_move(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="active_files", scope="DADI", why_from="2014-12-31", why_by="theme")
    assert (
        "De 6 à 10 entre décembre 2014 et juin 2015 : +4 par « dossiers » (dont Aménagement urbain +2, Innovation +2)."
        in said(at)
    )
    assert "why_by=lead_directorate" not in shown(at)


@pytest.mark.parametrize(
    ("kpi", "words"),
    [
        ("appraisal_median_days", "une durée de survie ne se répartit pas"),
        ("levers_deployed", "ce qui est compté une seule fois"),
        ("funder_concentration", "la formule multiplie ou combine des sommes"),
    ],
)
def test_what_cannot_be_split_says_why(kpi: str, words: str, town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi=kpi)
    assert words in said(at) and not drawn(at)


def test_parts_that_make_up_for_each_other_are_told(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="compliant_plans"))
    assert "La valeur n’a pas bougé en 9 mois : ses parties se compensent" in page


def test_a_part_that_the_rows_do_not_carry_is_shown_whole(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="staff_reached"))
    assert "par « nouveaux participants »," in page
    assert "Une partie que les lignes ne répartissent pas ainsi est montrée entière." in page


def test_without_two_values_there_is_no_panel(town: Path, empty: Path, visit: Visit) -> None:
    assert "Pourquoi ça a bougé" not in said(visit("fiche", kpi="leverage_awarded"))


def test_in_english(town: Path, visit: Visit) -> None:
    assert "From 2.35 to 5.00 between December 2014 and June 2015" in said(visit("fiche", **LEVER, lang="en"))


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (5.0686, "eur_per_eur", "+5,07"),
        (-0.0312, "ratio", "−3,1\u00a0pt"),
        (-272, "days", "−272\u00a0j"),
        (2_200_000, "eur", "+2,2\u00a0M€"),
        (0, "n", "±0"),
    ],
)
def test_an_amount_has_its_sign_and_its_unit(amount: float, unit: str, words: str) -> None:
    use("fr")
    assert why_words.delta(amount, unit) == words


def test_a_long_name_is_cut_at_a_word() -> None:
    assert why_words.short("Friche industrielle reconvertie", 24) == "Friche industrielle…"
    assert why_words.short("Gare", 24) == "Gare"


def test_a_part_s_long_name_takes_two_lines() -> None:
    long = "Somme de Fonds propres plus somme de Montant notifié des lignes reçues"
    assert (
        why_words.wrapped(long, 42).replace("<br>", " ") == long and why_words.wrapped("Gare", 42) == "Gare"
    )
