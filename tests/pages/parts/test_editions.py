"""Documents of a screen: made once for a version, and for those alone who may read rows."""

from pathlib import Path

import pytest

from data.access import Actor, Forbidden, local_actor
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
