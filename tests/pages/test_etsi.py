"""« Et si… ? »: the scenario is the address, what moves is told, every sheet of its workbook says what it is, nothing is stored."""

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
import yaml
from streamlit.testing.v1 import AppTest

from data.access import local_actor
from data.store import Store
from metrics.drivers import drivers
from pages.parts import (
    tables,
    whatif_add,
    whatif_files,
    whatif_presets,
    whatif_reads,
    whatif_tables,
    whatif_views,
)
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts import use
from tests.pages.conftest import Visit, shown

CUT = "awards_cut,share=0.2"


def said(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_without_a_scenario_it_asks_the_questions_and_lists_every_driver(town: Path, visit: Visit) -> None:
    at = visit("etsi")
    page = said(at)
    assert "Choisissez une hypothèse" in page and "la Région se retire ?" in page
    assert "on abandonne « Friche industrielle reconvertie »" in page
    for driver in drivers().values():
        assert driver.label.fr.replace("'", "’") in page, driver.id
    assert not at.slider and not at.button and "Tous les indicateurs" not in page


def test_every_question_moves_something(town: Path) -> None:
    source = open_source(Address())
    asked = whatif_presets.questions(source)
    assert len(asked) == len(whatif_presets.PRESETS)
    for text, words in asked:
        found = whatif_reads.asked(source, text).found
        assert found is not None and found.moved, words


def test_every_driver_starts_from_its_link(town: Path, visit: Visit) -> None:
    for driver in drivers().values():
        made = whatif_add.with_driver(open_source(Address()), whatif_reads.EMPTY, driver)
        assert made is not None, driver.id
        page = said(visit("etsi", s=made.as_text()))
        assert "Ce qu’on suppose" in page and driver.label.fr.replace("'", "’") in page, driver.id


def test_the_address_alone_gives_the_scenario(town: Path, visit: Visit) -> None:
    page = said(visit("etsi", s=CUT))
    for words in (
        "6 indicateurs bougent",
        "« Effet de levier notifié » passe de 1 pour 5,00 à 1 pour 4,00",
        "15,0 M€ → 12,0 M€ −3,0 M€",
        "65,2 % 60 % −5,2 points",
        "En gris, ce qui ne bouge pas",
    ):
        assert words in page, words
    english = said(visit("etsi", s=CUT, lang="en"))
    assert "6 KPIs move" in english and "does not move" in english


def test_each_perspective_has_what_moved_and_in_grey_what_did_not(town: Path, visit: Visit) -> None:
    body = shown(visit("etsi", s=CUT)).split("lv-etsi-sides")[1].split("</section>")[0]
    sides = body.split('class="lv-etsi-side"')[1:]
    assert len(sides) == 4
    rows = [len(re.findall(r"<tr>", side.split("<tbody>")[1])) if "<tbody>" in side else 0 for side in sides]
    still = [
        side.split("lv-etsi-still")[1].count("fiche?") if "lv-etsi-still" in side else 0 for side in sides
    ]
    assert rows == [0, 6, 0, 0] and sum(rows) + sum(still) == 40


def test_a_slider_moves_the_address_the_number_and_the_chart(town: Path, visit: Visit) -> None:
    at = visit("etsi", s=CUT)
    at.slider(key="etsi.0.share.slider").set_value(40.0).run()
    assert at.query_params["s"] == "awards_cut,share=0.4,since=2014-09-01"
    assert at.text_input(key="etsi.0.share.number").value == "40"
    assert "1 pour 5,00 → 1 pour 3,00" in said(at)


def test_a_number_typed_exactly_moves_the_slider(town: Path, visit: Visit) -> None:
    at = visit("etsi", s=CUT)
    at.text_input(key="etsi.0.share.number").set_value("12,5 %").run()
    assert at.query_params["s"].startswith("awards_cut,share=0.125,")
    assert at.slider(key="etsi.0.share.slider").value == 12.5
    assert at.text_input(key="etsi.0.share.number").value == "12,5"


def test_a_number_out_of_its_bounds_is_said_in_place_and_changes_nothing(town: Path, visit: Visit) -> None:
    at = visit("etsi", s=CUT)
    at.text_input(key="etsi.0.share.number").set_value("150").run()
    assert at.query_params["s"] == CUT and at.text_input(key="etsi.0.share.number").value == "20"
    at.text_input(key="etsi.0.share.number").set_value("beaucoup").run()
    assert at.query_params["s"] == CUT
    assert "« beaucoup » ne se lit pas : écrivez un nombre, 12,5. La valeur reste 20 %." in said(at)
    at.text_input(key="etsi.0.share.number").set_value("150").run()
    assert "150 % n’est pas admis : de 0 % à 100 %. La valeur reste 20 %." in said(at)


def test_a_choice_and_what_it_needs(town: Path, visit: Visit) -> None:
    at = visit("etsi", s="awards_refused,partner_kind=region")
    at.selectbox(key="etsi.0.project").select("P001").run()
    assert at.query_params["s"] == "awards_refused,partner_kind=region,project=P001,since=2014-09-01"
    at.selectbox(key="etsi.0.project").select("").run()
    at.selectbox(key="etsi.0.partner_kind").select("").run()
    assert "rien n’est choisi" in said(at)
    assert at.query_params["s"] == "awards_refused,partner_kind=region,since=2014-09-01"


def test_undo_redo_and_the_base(town: Path, visit: Visit) -> None:
    at = visit("etsi", s=CUT)
    for percent in (30.0, 40.0):
        at.slider(key="etsi.0.share.slider").set_value(percent).run()
    first, last = "awards_cut,share=0.3,since=2014-09-01", "awards_cut,share=0.4,since=2014-09-01"
    at.button(key="etsi.step.-1").click().run()
    assert at.query_params["s"] == first and at.slider(key="etsi.0.share.slider").value == 30
    at.button(key="etsi.step.1").click().run()
    assert at.query_params["s"] == last and at.button(key="etsi.step.1").disabled
    at.button(key="etsi.reset").click().run()
    assert "s" not in at.query_params and "Choisissez une hypothèse" in said(at)
    at.button(key="etsi.step.-1").click().run()
    assert at.query_params["s"] == last


def test_each_driver_can_be_taken_out(town: Path, visit: Visit) -> None:
    page = html.unescape(shown(visit("etsi", s=f"{CUT};own_funds,change=0.1")))
    assert "s=own_funds%2Cchange%3D0.1&" in page


@pytest.mark.parametrize("text", ["nothing", "awards_cut,share=7", "project_dropped,project=<script>"])
def test_a_scenario_that_cannot_be_is_refused_kindly(text: str, town: Path, visit: Visit) -> None:
    page = shown(visit("etsi", s=text))
    assert "Ce scénario ne peut pas être calculé" in page and "Repartir de la base" in page
    assert "<script>" not in page


def test_only_the_refused_driver_can_be_taken_out(town: Path, visit: Visit) -> None:
    page = html.unescape(shown(visit("etsi", s="own_funds,change=0.1;success_rate,rate=1")))
    assert "Retirer cette hypothèse" in page and "s=own_funds%2Cchange%3D0.1" in page


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert "Importer des fichiers" in shown(visit("etsi"))


def test_every_sheet_of_the_workbook_says_scenario(town: Path) -> None:
    source = open_source(Address())
    found = whatif_reads.asked(source, CUT).found
    assert found is not None
    book = openpyxl.load_workbook(io.BytesIO(whatif_files.workbook_of(source, found)))
    assert len(book.worksheets) == 3
    for sheet in book.worksheets:
        assert sheet.title.startswith("Scénario") and str(sheet["A1"].value).startswith("SCÉNARIO")
        assert "Scénario" in str(sheet.oddHeader.center.text)
        assert not any(
            str(cell.value).startswith("=") for row in sheet.iter_rows() for cell in row if cell.value
        )
    rows = {row[1]: row for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)}
    assert rows["Effet de levier notifié"][2:5] == (5, 4, -1)
    assert "20" in str(book.worksheets[1]["B4"].value)
    use("en")
    english = open_source(Address("en"))
    book = openpyxl.load_workbook(io.BytesIO(whatif_files.workbook_of(english, found)))
    assert all(str(sheet["A1"].value).startswith("SCENARIO") for sheet in book.worksheets)


def test_the_kept_yaml_is_the_command_s(town: Path) -> None:
    from metrics.scenario import as_yaml, from_data

    source = open_source(Address())
    asked = whatif_reads.asked(source, CUT)
    assert asked.found is not None and source.as_of is not None
    raw = yaml.safe_load(as_yaml(asked.scenario, source.as_of))
    assert from_data(raw, source.as_of, source.catalogue.parameters) == asked.scenario


def test_the_files_are_those_of_the_address(town: Path) -> None:
    source = open_source(Address())
    made = tables.make(source, whatif_tables.NAME, {"s": CUT})
    assert made is not None and len(made.rows) == 40 and "Scénario" in made.title
    assert tables.make(source, whatif_tables.NAME, {"s": "nothing"}) is None


def test_nothing_is_stored_whatever_is_looked_at(own_town: Path, visit: Visit) -> None:
    before = Store(own_town).verify(local_actor()).content_sha256
    shown(visit("etsi", s="project_dropped,project=P001;decision_delay,months=3"))
    assert Store(own_town).verify(local_actor()).content_sha256 == before


@pytest.mark.parametrize("view", whatif_views.VIEWS)
def test_one_view_at_a_time_of_scenario_and_base(view: str, town: Path, visit: Visit) -> None:
    for text in (CUT, ""):
        page = shown(visit("etsi", s=text, v=view))
        assert page.count('class="lv-seg lv-etsi-views"') == 1
        assert ("lv-etsi-sides" in page) == (view == "" and text == CUT)
        if view:
            current = page.split("lv-etsi-views")[1].split('aria-current="true"')[1]
            assert html.unescape(current[1:].split("<")[0]) == whatif_views.VIEWS[view]()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            (
                "de 3,0 M€ à 10,8 M€ (+7,8 M€)",
                "fait entrer les siens au dénominateur",
                "+6,7 points Atteint",
            ),
        ),
        (
            "en",
            ("from €3.0m to €10.8m (+€7.8m)", "brings its own into the denominator", "+6.7 points On target"),
        ),
    ],
)
def test_own_funds_that_enter_the_leverage_are_told(
    lang: str, words: tuple[str, ...], town: Path, visit: Visit
) -> None:
    page = said(visit("etsi", s="success_rate,share=0.9", lang=lang))
    for one in words:
        assert one in page, one


def test_a_moved_kpi_has_its_status_in_words_even_where_it_stays(town: Path, visit: Visit) -> None:
    moves = shown(visit("etsi", s="success_rate,share=0.9")).split('class="lv-moves"')[1].split("</ul>")[0]
    rows = [row for row in moves.split("<li class")[1:] if row.startswith('="moved"')]
    assert rows and all("lv-status" in row for row in rows)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            (
                "Scénario : un indicateur bouge ; « Plans conformes aux 20 % » passe de 100 % à",
                "Minimum du scénario : 30 %.",
            ),
        ),
        (
            "en",
            (
                "one KPI moves; “Plans that keep the 20% minimum” goes from 100% to",
                "Minimum of the scenario: 30%.",
            ),
        ),
    ],
)
def test_another_legal_minimum_is_named_beside_the_plans_it_is_held_against(
    lang: str, words: tuple[str, ...], town: Path, visit: Visit
) -> None:
    page = said(visit("etsi", s="min_own_share,share=0.3", lang=lang))
    for one in words:
        assert one in page, one


def test_the_values_and_the_score_stay_in_sight_on_a_phone(town: Path, visit: Visit) -> None:
    line = shown(visit("etsi", s=CUT)).split('class="lv-etsi-line"')[1].split("</p>")[0]
    assert "Effet de levier notifié" in line and "1 pour 4,00" in line.replace("\u00a0", " ")
    assert "Score de l’ensemble" in line


def test_a_scenario_prints_when_pressed(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, written = open_source(Address()), []
    found = whatif_reads.asked(source, CUT).found
    assert found is not None

    def write(told: object) -> bytes:
        written.append(told)
        return b"%PDF-1.7"

    monkeypatch.setattr("pages.exports.compared.write", write)
    assert whatif_files.pdf_of(source, found).startswith(b"%PDF")
    (told,) = written
    assert [side.scenario.as_text() for side in told.found.sides] == [found.scenario.as_text()]  # type: ignore[attr-defined]
