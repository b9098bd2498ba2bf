"""The well-being screen: what published tables say and nothing more; the states without figures; links, files, languages."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from data.access import Actor
from data.store import Store
from metrics.disclosure.tables import Cell, Published
from pages.parts import files, wellbeing_groups, wellbeing_page, wellbeing_reads, wellbeing_words
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from tests.pages.conftest import Visit, shown
from tests.pages.surveys import AUDIT, LAST, published
from tests.pages.test_levier import said


@dataclass(frozen=True)
class State:
    """What the screen reads of a wave's state."""

    wave: str
    state: str
    held_on: date


Frozen = Callable[..., None]


@pytest.fixture
def frozen(town: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """Say which lists are published and in which state the waves are: ``frozen(AUDIT, LAST, states=[…])``."""

    version = Store.version

    def say(*lists: Published, states: tuple[State, ...] = ()) -> None:
        told = str(hash((lists, states)))  # what is published is part of a store's version
        monkeypatch.setattr(Store, "version", lambda self, actor: f"{version(self, actor)}-{told}")
        monkeypatch.setattr(Store, "published", lambda self, actor: [one.as_json() for one in lists])
        monkeypatch.setattr(Store, "waves", lambda self, actor: list(states))

    return say


def town_source(**more: object) -> Source:
    return open_source(Address(**more))  # type: ignore[arg-type]


def test_two_waves_from_the_headline_to_the_licences(frozen: Frozen, visit: Visit) -> None:
    frozen(AUDIT, LAST)
    page = said(visit("bienetre"))
    for words in (
        "Bien-être : de 51,8 à 60,9 sur 100 depuis l’audit de 2013, plus que le bruit",
        "Écart : +9,1 points [+6,0 ; +12,2]",
        "Objectif A1, renforcer le bien-être",
        "0 cible atteinte sur 2",
        "350 réponses pour 640 agents, soit 55 %",
        "il ne couvre pas la non-réponse",
        "serait de 56,4 ou de 65,4",
        "3 mesures sur 3 ont bougé plus que le bruit depuis l’audit de 2013",
        "Référence : l’audit externe",
        "Bien-être (OMS-5) : +9,1 points [+6,0 ; +12,2], plus que le bruit (p corrigée < 0,01)",
        "Tendance : 2 vagues n’en disent pas, il en faut 4",
        "audit de 2013 (référence)",
        "Bien-être (OMS-5) : de 32 % à 40 % de réponses hautes selon la question",
        "La plus haute : « OMS-5 item 5 », 40 %",
        "Recommandation employeur : 6,8 sur 10, solde +8,0",
        "distantes de 8 points ne sont pas différentes",
        "Bien-être (OMS-5) par groupe de directions : de 58,4 (Aménagement et cadre de vie) à 61,0",
        "moins de 11",
        "Charge et bien-être : pas encore d’association calculable",
        "La part des agents sous ce repère n’est pas publiée",
        "oméga 0,89",
        "350 réponses en valent 330 de poids égal",
        "Comment les réponses sont protégées (k = 11)",
        "lisez-le avec la moyenne et la répartition",
    ):
        assert words in page, words


def test_a_move_within_its_interval_is_noise(frozen: Frozen) -> None:
    frozen(AUDIT, published("2015", date(2015, 5, 15), 53.0))
    page = wellbeing_page.body(town_source()).replace("\u202f", " ").replace("\u00a0", " ")
    assert "de 51,8 à 53,0 sur 100 depuis l’audit de 2013, pas plus que le bruit" in page
    assert "0 mesure sur 3 a bougé plus que le bruit" in page


def test_without_a_spread_chance_is_not_ruled_out(frozen: Frozen) -> None:
    frozen(
        *(replace(one, summaries=tuple(replace(s, sd=None) for s in one.summaries)) for one in (AUDIT, LAST))
    )
    page = wellbeing_page.body(town_source()).replace("\u202f", " ").replace("\u00a0", " ")
    assert "de 51,8 à 60,9 sur 100 depuis l’audit de 2013</div>" in page
    assert "sans intervalle : le hasard n’est pas exclu" in page and "plus que le bruit" not in page


def test_the_past_knows_the_audit_alone(frozen: Frozen, visit: Visit) -> None:
    frozen(AUDIT, LAST)
    page = said(visit("bienetre", as_of="2014-12-31"))
    assert "Bien-être : 51,8 sur 100 (audit de 2013)" in page and "Première vague publiée" in page
    assert "60,9" not in page.split("Les questionnaires")[0].split("lv-mast")[-1]
    assert "Aucune enquête publiée" in said(visit("bienetre", as_of="2013-03-31"))


@pytest.mark.parametrize("state", ["open", "closed", "audited"])
def test_a_wave_under_way_shows_no_figure(frozen: Frozen, visit: Visit, state: str) -> None:
    frozen(states=(State("2015", state, date(2015, 5, 15)),))
    words = "Enquête 2015 en cours" if state == "open" else "Enquête 2015 close, pas encore publiée"
    page = said(visit("bienetre"))
    assert words in page and "Pas encore de chiffres" in page and "n =" not in page
    frozen(AUDIT, states=(State("2015", state, date(2015, 5, 15)),))
    page = said(visit("bienetre"))
    assert words in page and "51,8" in page and "sur 640" not in page


def test_a_draft_is_not_announced_and_a_purged_wave_keeps_its_figures(frozen: Frozen, visit: Visit) -> None:
    frozen(states=(State("2016", "draft", date(2015, 6, 1)),))
    assert "Aucune enquête publiée" in said(visit("bienetre"))
    frozen(AUDIT, LAST, states=(State("2013-audit", "purged", date(2013, 6, 30)),))
    page = said(visit("bienetre"))
    assert "Réponses déjà détruites : audit de 2013" in page and "51,8" in page


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert 'href="/imports?' in shown(visit("bienetre"))


def test_what_a_list_lacks_is_said_and_never_made_up(frozen: Frozen) -> None:
    bare = Published("2015", 11, (), (), (), None, date(2015, 5, 15))
    frozen(bare)
    page = wellbeing_page.body(town_source())
    for words in (
        "le bien-être n’est pas publié",
        "leur nombre n’est pas publié",
        "Recommandation employeur\u00a0: non publiée",
        "Aucun tableau par groupe",
        "Aucune fiabilité",
    ):
        assert words in page, words
    assert "None" not in page and "nan" not in page and "Lire l’OMS-5" not in page


def test_all_groups_hidden_read_alike(frozen: Frozen) -> None:
    tables = tuple(
        replace(table, cells=tuple(Cell(cell.group) for cell in table.cells)) for table in LAST.tables
    )
    frozen(AUDIT, replace(LAST, tables=tables))
    page = wellbeing_page.body(town_source(), "who5", "category")
    assert "tous les groupes comptent moins de 11 réponses ou sont masqués" in page
    assert page.count('lv-quiet">moins de 11') >= 4


def test_one_breakdown_at_a_time(frozen: Frozen, visit: Visit) -> None:
    frozen(AUDIT, LAST)
    page = shown(visit("bienetre", measure="qwl", by="sex"))
    assert "Climat QVCT par sexe" in page and "Femmes" in page and "Catégorie A" not in page
    # The menu's own entry, the measure and the attribute.
    chosen = re.findall(r'href="(/bienetre[^"]*)" aria-current="true"', page)
    assert len(chosen) == 3 and all("measure=qwl" in one and "by=sex" in one for one in chosen)
    # What nobody published is answered by what was.
    odd = shown(visit("bienetre", measure="<i>x", by="directorate_group,category"))
    assert "<i>x" not in odd and "Bien-être (OMS-5) par groupe de directions" in odd


def test_a_group_s_difference_says_when_it_is_noise(frozen: Frozen) -> None:
    frozen(published("2013-audit", date(2013, 6, 30), shift=-1.0), LAST)
    page = wellbeing_groups.panel(town_source(), "who5", "sex").replace("\u00a0", " ")
    assert "n = 210 · +1,0 (bruit)" in page


def test_cards_and_the_sheets_lead_to_each_other(frozen: Frozen, visit: Visit) -> None:
    frozen(AUDIT, LAST)
    assert 'href="/fiche?kpi=wellbeing_who5' in shown(visit("bienetre"))
    for kpi, measure in (("wellbeing_who5", "who5"), ("qwl_climate", "qwl")):
        assert f'href="/bienetre?measure={measure}' in shown(visit("fiche", kpi=kpi))


@pytest.mark.parametrize(
    ("name", "asked", "row"),
    [
        ("bienetre-reponses", {}, ["2015", "2015-05-15", "350", "640"]),
        ("bienetre-vagues", {}, ["Bien-être (OMS-5)", "2013-audit", "51,8", "49,9", "53,7", "51,6"]),
        ("bienetre-ecarts", {}, ["Bien-être (OMS-5)", "2013-audit", "2015", "9,1"]),
        ("bienetre-questions", {"measure": "who5"}, ["OMS-5 item 1", "who5_1", "0", "1", "0,11", "0,32"]),
        ("bienetre-recommandation", {}, ["2015", "6,79", "0,32", "0,24", "8"]),
        (
            "bienetre-groupes",
            {"measure": "who5", "by": "category"},
            ["Catégorie A", "45", "63,1", "18", "54,1", "9"],
        ),
        (
            "bienetre-fiabilite",
            {},
            ["Bien-être (OMS-5)", "350", "0,89", "0,87", "0,91", "0,89", "330", "1,06"],
        ),
    ],
)
def test_every_table_is_a_file_of_raw_values(
    frozen: Frozen, name: str, asked: dict[str, str], row: list[str]
) -> None:
    frozen(AUDIT, LAST)
    answer = files.answer(name, "csv", {"lang": "fr"} | asked)
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(bytes(answer.body).decode("utf-8-sig")), delimiter=";"))
    assert any(found[: len(row)] == row for found in rows), rows[:12]
    assert files.answer(name, "xlsx", {"lang": "fr"} | asked).status_code == 200


def test_a_hidden_group_is_empty_in_the_file_too(frozen: Frozen) -> None:
    frozen(AUDIT, LAST)
    answer = files.answer("bienetre-groupes", "csv", {"measure": "who5", "by": "directorate_group"})
    rows = list(csv.reader(io.StringIO(bytes(answer.body).decode("utf-8-sig")), delimiter=";"))
    hidden = next(row for row in rows if row and row[0] == "Ressources et pilotage")
    assert hidden[1:6] == [""] * 5
    assert files.answer("bienetre-groupes", "csv", {"measure": "who5", "by": "nothing"}).status_code == 404


def test_a_viewer_sees_the_published_tables(frozen: Frozen) -> None:
    frozen(AUDIT, LAST)
    page = wellbeing_page.body(open_source(Address(), Actor("viewer", "viewer")))
    assert "plus que le bruit" in page


def test_four_waves_have_an_association_and_never_a_cause(
    frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    means, load = [50.0, 53.0, 56.0, 60.9], [17.0, 16.0, 15.0, 14.0]
    lists = [published(f"201{n}", date(2011 + n, 6, 1), mean) for n, mean in enumerate(means)]
    frozen(*lists)
    loads = {one.wave: value for one, value in zip(lists, load, strict=True)}
    monkeypatch.setattr(wellbeing_reads, "loads", lambda source: loads)
    page = wellbeing_page.body(town_source(as_of=date(2015, 6, 30))).replace("\u00a0", " ")
    assert "(Spearman) : −1,00, p exacte 0,083, sur 4 vagues" in page
    assert "Bien-être (OMS-5), tendance sur 4 vagues : +3,6 points par an" in page.replace("\u202f", " ")
    assert "rien ne dit qu’ils vont ensemble" in page and "n’est jamais une cause" in page


def test_the_bars_are_said_in_words_and_cut_alike(frozen: Frozen, visit: Visit) -> None:
    frozen(AUDIT, LAST)
    page = shown(visit("bienetre")).replace("\u202f", " ").replace("\u00a0", " ")
    assert 'role="img" aria-label="OMS-5 item 1. 0 à 1 : 11 % ; 2 : 17 % ; 3 : 37 %' in page
    assert "Des réponses voisines trop rares sont réunies" in page and page.count("lv-likert-bar") == 6


def test_in_english(frozen: Frozen, visit: Visit) -> None:
    frozen(AUDIT, LAST)
    page = said(visit("bienetre", lang="en"))
    for words in (
        "Well-being: from 51.8 to 60.9 out of 100 since the 2013 audit, more than noise",
        "350 answers of 640 staff, that is 55%",
        "fewer than 11",
        "no association can be computed",
        "read it with the mean and the distribution",
    ):
        assert words in page, words
    assert "enquête" not in page.lower() and "réponses" not in page


def test_the_demo_town_s_own_lists_agree_with_its_kpis(town: Path, visit: Visit) -> None:
    page = said(visit("bienetre"))
    source = town_source()
    for kpi in ("wellbeing_who5", "qwl_climate"):
        reading = source.readings()[kpi]
        assert reading.value is not None and wellbeing_words.mean(reading.value) in page
    assert "Bien-être : de 51,8 à 60,9 sur 100 depuis l’audit de 2013, plus que le bruit" in page
    cells = " ".join(re.sub("<[^>]+>", " ", wellbeing_page.body(source)).split())
    for one in wellbeing_reads.survey_of(source).lists:
        assert one.response and one.response.headcount
        share = round(100 * one.response.answers / one.response.headcount)
        assert f"{one.response.answers} {one.response.headcount} {share} %" in cells
    assert "audit de 2013 (référence) 30 juin 2013 – 51,8" in cells  # no load known then: not 0
