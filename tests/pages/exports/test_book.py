"""The book: a page an objective with all its KPIs, bookmarks, what was noted, and how it was made."""

import io

import pypdf
import pytest

from data.engine import Engine
from metrics.definitions import Catalogue
from metrics.states import State
from pages.exports import book
from pages.exports.details import Details, Said, details
from pages.exports.edition import Edition, edition, empty
from pages.texts import use
from tests.pages.exports import papers
from tests.pages.exports.conftest import JUNE
from tests.pages.exports.test_brief import CODE, flat


@pytest.fixture(scope="module")
def made(engine: Engine, catalogue: Catalogue) -> tuple[Edition, bytes]:
    """The edition of June and its book."""
    use("fr")
    state = State(engine, catalogue, JUNE)
    said = edition(state)
    return said, book.write(said, state)


def test_it_is_accessible_and_for_the_archives(made: tuple[Edition, bytes]) -> None:
    papers.assert_archival_and_accessible(made[1], "fr")


def test_each_objective_has_its_page_with_all_its_kpis(made: tuple[Edition, bytes]) -> None:
    said, pdf = made
    found = [flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(found) == 2 + len(said.objectives) + 1  # cover, contents, annex
    for page, goal in zip(found[2:-1], said.objectives, strict=True):
        assert flat(f"{goal.code}. {goal.label}") in page
        for one in (said.figures[id] for id in goal.kpis):
            assert all(
                flat(words) in page for words in (one.label, one.figure, one.after, one.word, one.proof)
            ), one.kpi


def test_its_bookmarks_lead_to_objectives_and_kpis(made: tuple[Edition, bytes]) -> None:
    said, pdf = made
    titles = list(_titles(pypdf.PdfReader(io.BytesIO(pdf)).outline))
    assert {f"{goal.code}. {goal.label}" for goal in said.objectives} <= set(titles)
    assert {one.label for one in said.figures.values()} <= set(titles)


def _titles(outline: object) -> list[str]:
    if isinstance(outline, list):
        return [title for one in outline for title in _titles(one)]
    return [str(outline["/Title"])]  # type: ignore[index]


def test_the_annex_says_how_fresh_each_table_is(made: tuple[Edition, bytes]) -> None:
    said, pdf = made
    annex = flat(pypdf.PdfReader(io.BytesIO(pdf)).pages[-1].extract_text())
    assert all(flat(f"{one.title}") in annex and flat(one.event_text) in annex for one in said.freshness)


def test_every_kpi_is_defined_in_words(engine: Engine, catalogue: Catalogue) -> None:
    use("en")
    more = details(State(engine, catalogue, JUNE))
    assert more.kpis.keys() == catalogue.kpis.keys() and more.imports
    assert all(one.note and one.period for one in more.kpis.values())
    assert "sum of" in more.kpis["leverage_awarded"].formula.lower()


def test_notes_stand_under_their_kpi_and_are_no_code(made: tuple[Edition, bytes]) -> None:
    said, more = made[0], Details({}, (), (), (("2015-W28", Said("Semaine calme", "DADI")),))
    assert "Semaine calme" not in papers.text(made[1])
    from dataclasses import replace

    from pages.exports.details import Detail

    kpis = {id: Detail(CODE, "", "", "", (Said(f"Vu. {CODE}", "le DGS"),)) for id in said.figures}
    content = book.content(said, replace(more, kpis=kpis))
    text = papers.text(book.pdf("book.typ", content))
    assert "Semaine calme (DADI)" in text and "Vu. #read" in text and "le DGS" in text and "root:" not in text


def test_an_empty_store_has_a_cover(catalogue: Catalogue) -> None:
    made = book.write(empty(catalogue), None)
    assert papers.pages(made) == 1 and "Aucune donnée" in papers.text(made)
    papers.assert_archival_and_accessible(made, "fr")
