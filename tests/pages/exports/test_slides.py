"""Slides read back: the edition's own figures, charts that PowerPoint edits and that run nothing, nothing off the slide."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches

from data.engine import Engine
from metrics.definitions import Catalogue
from metrics.states import State
from pages.exports import slides
from pages.exports.edition import empty
from pages.exports.fitting import height
from pages.exports.model import Edition
from pages.texts import use
from tests.pages.exports.conftest import JUNE, Edit

MAY = date(2015, 5, 31)
HOSTILE = "=cmd|'/c calc'!A0"
EMU = 914_400


@pytest.fixture(scope="module")
def state(engine: Engine, catalogue: Catalogue) -> State:
    return State(engine, catalogue, JUNE)


def read(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def said(show: Any) -> str:
    """All words of all slides, tables and notes included."""
    return "\n".join(words for slide in show.slides for words in words_of(slide))


def words_of(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def charts(show: Any) -> list[Any]:
    return [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]


def workbooks(content: bytes) -> list[openpyxl.Workbook]:
    """Every workbook inside the slides."""
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        names = [name for name in found.namelist() if name.endswith(".xlsx")]
        return [openpyxl.load_workbook(io.BytesIO(found.read(name))) for name in names]


@pytest.fixture(scope="module")
def made(engine: Engine, catalogue: Catalogue, state: State) -> tuple[Edition, bytes]:
    from pages.exports.edition import edition

    use("fr")
    since = replace(state, as_of=MAY)
    found = edition(state, since=since)
    return found, slides.write(found, state, since)


def test_the_slides_say_the_edition_s_figures(made: tuple[Edition, bytes]) -> None:
    found, content = made
    show = read(content)
    text = said(show)
    assert show.slides[0].shapes.title.text == found.title == "Les six promesses sont tenues"
    for figure in found.claims:
        assert f"{figure.word} · {figure.target_words}" in text and figure.proof in text
    tables = [s.table for slide in show.slides for s in slide.shapes if s.has_table]
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for table in tables for row in table.rows}
    for figure in found.figures.values():
        assert rows[figure.code][2] == (figure.text if figure.is_known else "–")
        assert rows[figure.code][4].endswith(figure.word)


def test_a_trend_is_a_native_chart_of_the_readings_with_its_target(made: tuple[Edition, bytes]) -> None:
    found, content = made
    lines = [chart for chart in charts(read(content)) if chart.chart_type.name == "LINE"]
    assert len(lines) == len(found.claims)
    for chart, figure in zip(lines, found.claims, strict=True):
        values, target = (list(one.values) for one in chart.plots[0].series)
        kept = [value for _, value in figure.series][-len(values) :]
        assert values == pytest.approx(kept, nan_ok=True) if None not in kept else values == kept
        assert values[-1] == figure.value and set(target) == {figure.target}


def test_the_workbook_inside_holds_what_the_chart_draws(made: tuple[Edition, bytes]) -> None:
    found, content = made
    ladder = next(book for book in workbooks(content) if book.active["A2"].value == "Sollicité").active
    assert [(row[0].value, row[1].value) for row in ladder.iter_rows(min_row=2)] == [
        ("Sollicité", 26_000_000),
        ("Notifié", 15_000_000),
        ("Conventionné", 12_000_000),
        ("Versé", 4_500_000),
    ]
    dated = [book.active for book in workbooks(content) if isinstance(book.active["A2"].value, datetime)]
    assert len(dated) == len(found.claims)
    assert {sheet.cell(sheet.max_row, 1).value.date() for sheet in dated} <= {JUNE, date(2014, 12, 31)}


def hostile(found: Edition) -> Edition:
    """The same edition with names that a spreadsheet would run, and signs that no file may hold."""
    figures = {id: replace(one, label=f"{HOSTILE} {one.code}\x0b") for id, one in found.figures.items()}
    sides = tuple(
        replace(
            side,
            goals=tuple(replace(goal, label="=1+1", code=f"=HYPERLINK({goal.code})") for goal in side.goals),
        )
        for side in found.perspectives
    )
    claims = tuple(figures[one.kpi] for one in found.claims)
    return replace(found, town="=1+1", figures=figures, claims=claims, perspectives=sides)


def test_no_workbook_inside_holds_a_formula_or_a_link(made: tuple[Edition, bytes], state: State) -> None:
    use("fr")
    content = slides.write(hostile(made[0]), state)
    books = workbooks(content)
    assert len(books) == len(charts(read(content))) > 6
    cells = [cell for book in books for row in book.active.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [cell for cell in cells if str(cell.value).startswith(HOSTILE)]  # the name is there, as text
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert not [name for name in found.namelist() if "vba" in name.lower() or "activex" in name.lower()]
        told = [found.read(name) for name in found.namelist() if name.endswith(".rels")]
    assert not [one for one in told if b'TargetMode="External"' in one]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_reader_that_does_not_see_finds_titles_texts_and_language(
    edit: Edit, state: State, lang: str
) -> None:
    content = slides.write(edit(lang=lang), state, replace(state, as_of=MAY))
    show = read(content)
    titles = [slide.shapes.title.text for slide in show.slides]
    assert all(titles) and len(set(titles)) == len(titles)
    drawn = [s for slide in show.slides for s in slide.shapes if s.has_chart or s.has_table]
    assert all(len(s._element.nvGraphicFramePr.cNvPr.get("descr", "")) > 20 for s in drawn)
    assert all(s.table.first_row for s in drawn if s.has_table)
    tag = {"fr": "fr-FR", "en": "en-GB"}[lang]
    runs = [run for slide in show.slides for run in slide._element.iter("{*}rPr")]
    assert runs and {run.get("lang") for run in runs} == {tag} and show.core_properties.language == tag
    assert all(slide.notes_slide.notes_text_frame.text for slide in show.slides)


def test_english_slides_say_the_same_numbers_in_english(edit: Edit, state: State) -> None:
    text = said(read(slides.write(edit(lang="en"), state)))
    assert "All six promises are kept" in text and "€15.0m" in text and "Cible" not in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_off_the_slide_nor_over_something_else(edit: Edit, state: State, lang: str) -> None:
    show = read(slides.write(edit(lang=lang), state, replace(state, as_of=MAY)))
    for slide in show.slides:
        shapes = list(slide.shapes)
        for shape in shapes:
            assert min(shape.left, shape.top) >= 0 and shape.left + shape.width <= show.slide_width
            assert shape.top + shape.height <= show.slide_height
        places = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in shapes]
        for at, one in enumerate(places):
            assert not [other for other in places[at + 1 :] if overlap(one, other)], slide.shapes.title.text


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    slack = Inches(0.06)
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide > slack and tall > slack


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_words_stay_in_their_boxes(edit: Edit, state: State, lang: str) -> None:
    for slide in read(slides.write(edit(lang=lang), state, replace(state, as_of=MAY))).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert tall(shape) <= shape.height / EMU + 0.05, shape.text_frame.text


def tall(shape: Any) -> float:
    """How high the words of a box are, by estimate."""
    total = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs), default=12.0)
        gap = paragraph.space_before.inches if paragraph.space_before else 0.0
        mean = sum(len(run.text) * run.font.size.pt for run in paragraph.runs) / max(1, len(paragraph.text))
        total += gap + height(paragraph.text, mean or size, shape.width / EMU) * size / (mean or size)
    return total


def test_a_directorate_has_slides_without_the_town_s_promises(
    edit: Edit, engine: Engine, catalogue: Catalogue
) -> None:
    made = edit(scope="DADI")
    text = said(read(slides.write(made, State(engine, catalogue, JUNE, "DADI"))))
    assert "DADI" in text and "promesses" not in text and made.title in text


def test_an_empty_store_has_one_slide_that_says_so(state: State, catalogue: Catalogue) -> None:
    use("fr")
    show = read(slides.write(empty(catalogue), state))
    assert len(show.slides) == 1 and "Aucune donnée" in show.slides[0].shapes.title.text
