"""« Scénarios »: the address alone gives up to four beside the base, each with its sentence; everything says what it is."""

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from data.access import local_actor
from data.store import Store
from metrics import saved
from metrics.definitions import load
from metrics.folders import SHIPPED
from metrics.scenario import from_text
from metrics.whatif import compare
from pages.parts import scenarios_reads, scenarios_tables, tables, whatif_futures
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, charts, shown

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
        "5 plans enfreignent la loi (P002, P001, P004 et 2 de plus)",
        "Subventions refusées : type de partenaire région",
        "Score de l’ensemble",
        "Dossiers par cadre A",
        "Sous C, 5 plans enfreignent la loi",
    ):
        assert words in page, words
    english = said(visit("scenarios", a=REGION, c=LESS_OWN, lang="en"))
    assert "Under A, 7 of 40 KPIs move" in english and "would go from" in english


def test_each_can_be_taken_out_or_changed(town: Path, visit: Visit) -> None:
    page = html.unescape(shown(visit("scenarios", a=REGION, b=LESS_OWN)))
    assert "/scenarios?a=own_funds%2Cchange%3D-0.25&" in page and "/etsi?s=awards_refused" in page
    (change,) = [one for one in re.findall(r'/etsi\?([^"]*)', page) if "s=awards_refused" in one]
    params = {key: value for key, (value,) in parse_qs(change).items()}
    assert params["b"] == LESS_OWN and "a" not in params  # the other one goes along, and back
    back = html.unescape(shown(visit("etsi", **params)))
    (beside,) = [parse_qs(one) for one in re.findall(r'/scenarios\?([^"]*)', back) if "own_funds" in one]
    assert beside["b"] == [LESS_OWN] and beside["a"][0].startswith(REGION)


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


def test_the_difference_is_a_way_from_the_base_driver_by_driver(town: Path, visit: Visit) -> None:
    both = f"{LESS_OWN};awards_cut,share=0.1"
    at = visit("scenarios", a=REGION, b=both, de="b", kpi="leverage_awarded")
    assert "Scénario B : « Effet de levier notifié », de 1 pour 5,00 à 1 pour 6,00" in said(at)
    figure = json.loads(next(one for one in charts(at) if one["id"] == "plot-scenarios-wide")["data-figure"])
    # 5 on three quarters of the own funds is 6 2/3; a tenth less of the grants takes 2/3 away
    assert [round(x, 6) for x in figure["data"][0]["x"]] == [5, 1.666667, -0.666667, 6]
    made = tables.make(
        open_source(Address()), "scenarios-etapes", {"b": both, "de": "b", "kpi": "leverage_awarded"}
    )
    assert made is not None and [round(float(str(row[3])), 6) for row in made.file_rows()] == [
        1.666667,
        -0.666667,
    ]


def test_the_cash_says_what_is_advanced_and_what_it_supposes(town: Path, visit: Visit) -> None:
    page = said(visit("scenarios", a=REGION))
    assert "Sous A, la ville avancerait jusqu’à 11,9 M€, contre 8,8 M€ en base" in page
    assert "Reste à charge net 3,1 M€ 7,0 M€" in page
    assert "supposition que les données n’étayent pas" in page and "d’après" in page


def test_what_may_come_stands_side_by_side_with_the_chance_of_each_target(town: Path, visit: Visit) -> None:
    page = said(visit("scenarios", a=REGION, b="success_rate,share=0.3"))
    part = page[page.index("Ce qui peut arriver d’ici l’échéance") :]
    assert "« Cofinancements levés » au 31 décembre 2015, 8 chances sur 10 : base de" in part
    assert "mêmes tirages" in part and "cible 15,0 M€ :" in part and "Coût à la charge de la Ville" in part
    source = open_source(Address())
    made = tables.make(source, "scenarios-avenirs", {"a": REGION, "b": LESS_OWN})
    assert made is not None
    head = [column.title for column in made.file_columns]
    rows = {row[0]: dict(zip(head, row, strict=True)) for row in made.file_rows()}
    raised = rows["Cofinancements levés"]
    for side, text in (("base", ""), ("A", REGION)):
        law = whatif_futures.of(source, text).of("raised")
        assert law is not None
        assert raised[f"Milieu, {side}"] == pytest.approx(law.quantile(0.5))
        assert raised[f"Chance de la cible, {side}"] == dict(law.targets)[raised["Cible"]]
    # what no driver touches comes out the very same: the draws are common
    assert raised["Milieu, B"] == raised["Milieu, base"]
    assert rows["Coût à la charge de la Ville"]["Cible"] is None
    assert tables.make(source, "scenarios-avenirs", {"a": "nothing"}) is None


def test_one_more_comes_from_the_address_of_another_screen(town: Path, visit: Visit) -> None:
    at = visit("scenarios", a=REGION)
    at.text_input(key="scenarios.pasted").set_value("http://x/etsi?s=own_funds%2Cchange%3D-0.25&lang=fr")
    next(one for one in at.button if one.proto.form_id == "scenarios.add").click()
    at.run()
    assert at.query_params["b"] == LESS_OWN and "Sous B, 3 indicateurs" in said(at)


def popups(at: AppTest) -> dict[str, str]:
    """The pop-ups of a page: what opens each, and what the browser knows it by."""

    def of(block: Block) -> Iterator[tuple[str, str]]:
        for one in block.children.values():
            if isinstance(one, Block):
                if one.proto is not None and one.type == "popover":
                    yield one.proto.popover.label, one.proto.id
                yield from of(one)

    return dict(of(at.main))


def the(at: AppTest, start: str) -> str:
    """The key of the only field whose key starts so."""
    (found,) = [one.key for one in (*at.selectbox, *at.text_input) if one.key and one.key.startswith(start)]
    return found


def test_one_is_saved_renamed_deleted_and_brought_back(own_town: Path, visit: Visit) -> None:
    def known() -> list[str]:
        return [one.name for one in saved.read(Store(own_town).engine(local_actor()))]

    before = known()
    at = visit("scenarios", a=REGION)
    opened = popups(at)
    next(one for one in at.button if one.proto.form_id == "scenarios.save.A").click()
    at.run()
    assert "Il manque un nom" in shown(at) and known() == before
    at.text_input(key="scenarios.name.A").set_value("Sans la <b>Région</b>")
    next(one for one in at.button if one.proto.form_id == "scenarios.save.A").click()
    at.run()
    assert known() == ["Sans la <b>Région</b>", *before]
    after = popups(at)
    assert "Enregistrer A" in opened and "Enregistrer A" not in after
    # the browser keeps open whatever has the same place or the same id: nothing has either
    assert all(after.values()) and not set(after.values()) & set(opened.values())
    page = shown(at)
    assert "est enregistré" in page and "<b>Région" not in page and "A · Sans la" in page
    id = saved.read(Store(own_town).engine(local_actor()))[0].scenario_id
    # list, name and button are all of the one just saved
    assert at.selectbox(key=the(at, "scenarios.keep")).value == id
    assert at.text_input(key=the(at, "scenarios.renamed")).value == "Sans la <b>Région</b>"
    assert at.button(key=f"scenarios.delete.{id}").label.startswith("Supprimer «\u00a0Sans la <b>")
    at.text_input(key=the(at, "scenarios.renamed")).set_value("La Région part")
    next(one for one in at.button if one.proto.form_id == f"scenarios.rename.{id}").click()
    at.run()
    assert known()[0] == "La Région part"
    assert at.text_input(key=the(at, "scenarios.renamed")).value == "La Région part"
    at.button(key=f"scenarios.delete.{id}").click()
    at.run()
    assert known()[0] == "La Région part" and "Supprimer le scénario « La Région part »" in said(at)
    at.button(key=f"scenarios.deleted.{id}").click()
    at.run()
    assert known() == before
    at.button(key="undo-scenarios").click()
    at.run()
    assert known()[0] == "La Région part"
    assert "Sous A, 7 indicateurs" in said(visit("scenarios", a=id))
    assert "Pas de scénario enregistré sous" in said(visit("scenarios", a="0123456789ab"))


def test_reopened_on_newer_data_it_says_what_changed(own_town: Path, visit: Visit) -> None:
    march, store = date(2015, 3, 31), Store(own_town)
    catalogue = load([SHIPPED])
    then = compare(
        store.engine(local_actor()), catalogue, from_text(REGION, march, catalogue.parameters), march
    )
    assert store.record(local_actor(), "scenarios", [saved.row_of(then, "En mars")]).ok
    id = saved.read(store.engine(local_actor()))[0].scenario_id
    page = said(visit("scenarios", c=id))
    value = next(line.scenario.value for line in then.lines if line.kpi == "cofinancing_raised")
    assert "Depuis l’enregistrement (données du 31 mars 2015)" in page
    assert (
        f"« Cofinancements levés » valait {(value or 0) / 1e6:.1f} M€ et vaut 11,1 M€".replace(".", ",")
        in page
    )
    made = tables.make(open_source(Address()), "scenarios-depuis", {"a": id})
    assert made is not None and len(made.rows) > 5
    again = said(visit("scenarios", c=id, as_of="2015-03-31"))
    assert "rien n’a changé depuis" in again


def test_who_may_not_write_has_no_form_to_save(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.scenarios_forms.may_write", lambda source: False)
    at = visit("scenarios", a=REGION)
    assert not [one for one in at.button if one.proto.form_id.startswith("scenarios.save")]
