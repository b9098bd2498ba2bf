"""Documents of a screen: made once for a version, and for those alone who may read rows."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from data.access import Actor, Forbidden, local_actor
from metrics.meetings import read_meetings
from pages.parts import editions
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts import use
from tests.pages.exports import papers


def test_an_edition_is_made_once_and_says_the_screen_s_numbers(town: Path) -> None:
    source = open_source(Address("fr"), local_actor())
    made = editions.of(source)
    assert editions.of(open_source(Address("fr"), local_actor())) is made
    assert {id: one.value for id, one in made.figures.items()} == {
        id: source.readings()[id].value for id in source.catalogue.kpis
    }


def test_a_document_is_in_the_language_of_its_source(town: Path) -> None:
    source = open_source(Address("en"), local_actor())
    use("fr")  # another visitor's run
    made = editions.document(source, "brief")
    assert editions.document(source, "brief") is made
    assert "Mayor’s brief" in papers.text(made) and "Data as of" in papers.text(made)


@pytest.mark.parametrize("kind", sorted(editions.DOCUMENTS))
def test_who_may_not_read_rows_gets_none(town: Path, kind: str) -> None:
    with pytest.raises(Forbidden):
        editions.document(open_source(Address("fr"), Actor("w", "viewer")), kind)


def test_an_empty_store_has_its_documents(empty: Path) -> None:
    source = open_source(Address("fr"), local_actor())
    assert "Aucune donnée" in papers.text(editions.document(source, "brief"))
    assert "Aucune donnée" in papers.text(editions.document(source, "book"))


def test_slides_and_workbook_are_of_the_source_s_date(town: Path) -> None:
    source = open_source(Address("fr", date(2015, 3, 31)), local_actor())
    book = openpyxl.load_workbook(io.BytesIO(editions.document(source, "workbook")))
    assert "31 mars 2015" in book.worksheets[0]["A2"].value
    slides = Presentation(io.BytesIO(editions.document(source, "slides")))
    assert slides.slides[0].shapes.title.text == editions.of(source).title


def test_minutes_come_from_the_sealed_copy_once_there_is_one(own_town: Path) -> None:
    source = open_source(Address("fr"), local_actor())
    week = read_meetings(source.engine)[-1].meeting_id
    assert "non scellée" in papers.text(editions.minutes_of(source, week, "pdf"))
    seal = source.store.seal(local_actor(), week)
    later = open_source(Address("fr"), local_actor())
    assert seal.chain in papers.text(editions.minutes_of(later, week, "pdf")).replace(" ", "")
    assert editions.minutes_of(later, week, "docx")[:2] == b"PK"
    with pytest.raises(KeyError):
        editions.minutes_of(later, "2019-W01", "pdf")
    with pytest.raises(Forbidden):
        editions.minutes_of(open_source(Address("fr"), Actor("w", "viewer")), week, "pdf")
