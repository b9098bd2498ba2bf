"""What one leaves with: each document at its address, by the visitor's role, with the screen's date and figures."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from data.access import Actor, local_actor
from pages.parts import files, takeaway
from pages.parts.address import Address
from pages.parts.reads import Reads
from pages.parts.source import open_source
from tests.pages.exports import papers

KINDS = {"pdf": b"%PDF", "pptx": b"PK", "xlsx": b"PK", "zip": b"PK"}


@pytest.mark.parametrize(("name", "form"), takeaway.FILES)
def test_every_document_comes_by_its_address(name: str, form: str, town: Path) -> None:
    found = files.answer(name, form, {"lang": "fr"})
    assert found.status_code == 200, bytes(found.body)
    assert bytes(found.body).startswith(KINDS[form])
    assert found.headers["content-disposition"].endswith(f'{name}-2015-06-30.{form}"')


def test_the_brief_says_the_figures_of_the_screen(town: Path) -> None:
    text = papers.text(bytes(files.answer("note-au-maire", "pdf", {}).body))
    assert all(figure in text for figure in ("1 pour 5,00", "15,0 M€", "60 j, divisé par 4,0"))
    english = papers.text(bytes(files.answer("note-au-maire", "pdf", {"lang": "en"}).body))
    assert "60 days, divided by 4.0" in english


def test_a_directorate_and_a_date_are_in_the_name(town: Path) -> None:
    found = files.answer("classeur", "xlsx", {"scope": "DADI", "as_of": "2014-12-31"})
    assert 'classeur-dadi-2014-12-31.xlsx"' in found.headers["content-disposition"]
    assert openpyxl.load_workbook(io.BytesIO(bytes(found.body))).sheetnames


def test_open_data_are_for_everybody_the_rest_for_who_reads_rows(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = open_source(Address(), local_actor())
    viewer = replace(source, reads=Reads(source.reads.store, Actor("v", "viewer")))
    assert takeaway.links(source).count("<a ") == 5 and takeaway.links(viewer).count("<a ") == 1
    monkeypatch.setattr(files, "open_source", lambda state: viewer)
    assert files.answer("note-au-maire", "pdf", {}).status_code == 403
    assert (
        "readings.csv"
        in zipfile.ZipFile(io.BytesIO(bytes(files.answer("donnees-ouvertes", "zip", {}).body))).namelist()
    )


def test_an_empty_store_has_no_open_data_and_a_brief_that_says_so(empty: Path) -> None:
    assert takeaway.links(open_source(Address())) == ""
    assert files.answer("donnees-ouvertes", "zip", {}).status_code == 404
    assert files.answer("note-au-maire", "pdf", {}).status_code == 200


@pytest.mark.parametrize(("name", "form"), [("note-au-maire", "docx"), ("note", "pdf")])
def test_what_is_no_document_is_not_there(name: str, form: str, town: Path) -> None:
    assert files.answer(name, form, {}).status_code == 404
