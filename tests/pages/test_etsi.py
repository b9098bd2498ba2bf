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
from pages.parts import tables, whatif_page, whatif_reads, whatif_tables
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts import use
from tests.pages.conftest import Visit, shown

CUT = "awards_cut,share=0.2"


def said(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_without_a_scenario_it_says_what_to_begin_with(town: Path, visit: Visit) -> None:
    at = visit("etsi")
    page = said(at)
    assert "Choisissez une hypothèse" in page and "La Région se retire" in page
    assert [one.label for one in at.expander] == [one.label.fr for one in drivers().values()]
    assert "Base et scénario" not in page


@pytest.mark.parametrize("text", whatif_page.PRESETS)
def test_every_preset_moves_something(text: str, town: Path) -> None:
    found = whatif_reads.asked(open_source(Address()), text).found
    assert found is not None and found.moved


def test_the_address_alone_gives_the_scenario(town: Path, visit: Visit) -> None:
    page = said(visit("etsi", s=CUT))
    for words in (
        "6 indicateurs bougent",
        "« Effet de levier notifié » passe de 1 pour 5,00 à 1 pour 4,00",
        "Subventions réduites : part retirée 20 %, notifications depuis le 01/09/2014",
        "15,0 M€ 12,0 M€ −3,0 M€",
        "65,2 % 60 % −5,2 points",
        "En gris, ce qui ne bouge pas",
    ):
        assert words in page, words
    english = said(visit("etsi", s=CUT, lang="en"))
    assert "6 KPIs move" in english and "does not move" in english


def test_what_did_not_move_is_grey_and_comes_after(town: Path, visit: Visit) -> None:
    body = shown(visit("etsi", s=CUT)).split("lv-whatif")[1]
    rows = re.findall(r"<tr>.*?</tr>", body.split("<tbody>")[1].split("</tbody>")[0])
    grey = ["ne bouge pas" in row for row in rows]
    assert len(rows) == 40 and grey == sorted(grey) and grey.count(False) == 6
    assert all('class="lv-grey"' in row for row, is_grey in zip(rows, grey, strict=True) if is_grey)


def test_a_form_adds_its_driver_to_the_address(town: Path, visit: Visit) -> None:
    at = visit("etsi", s=CUT)
    at.selectbox(key="etsi.project_dropped.project").select("P001")
    next(one for one in at.button if one.proto.form_id == "etsi.project_dropped").click()
    at.run()
    assert at.query_params["s"] == (
        f"{CUT},since=2014-09-01;project_dropped,project=P001,dropped_on=2015-06-30"
    )
    assert "Projet abandonné : projet P001" in said(at)


def test_a_form_without_a_choice_says_what_to_do(town: Path, visit: Visit) -> None:
    at = visit("etsi")
    next(one for one in at.button if one.proto.form_id == "etsi.awards_refused").click()
    at.run()
    assert "rien n’est choisi" in said(at) and "s" not in at.query_params


def test_each_driver_can_be_taken_out(town: Path, visit: Visit) -> None:
    page = html.unescape(shown(visit("etsi", s=f"{CUT};own_funds,change=0.1")))
    assert "s=own_funds%2Cchange%3D0.1&" in page
    assert "Tout retirer" in page


@pytest.mark.parametrize("text", ["nothing", "awards_cut,share=7", "project_dropped,project=<script>"])
def test_a_scenario_that_cannot_be_is_refused_kindly(text: str, town: Path, visit: Visit) -> None:
    page = shown(visit("etsi", s=text))
    assert "Ce scénario ne peut pas être calculé" in page and "Repartir de la base" in page
    assert "<script>" not in page


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert "Importer des fichiers" in shown(visit("etsi"))


def test_every_sheet_of_the_workbook_says_scenario(town: Path) -> None:
    source = open_source(Address())
    found = whatif_reads.asked(source, CUT).found
    assert found is not None
    book = openpyxl.load_workbook(io.BytesIO(whatif_page._workbook(source, found)))
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
    book = openpyxl.load_workbook(io.BytesIO(whatif_page._workbook(english, found)))
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
