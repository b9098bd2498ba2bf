"""The workbook of an edition: a contents sheet, charts that Excel draws, then one sheet a table. Nothing in it runs.

Every text is text, formulas of definitions included; numbers are raw, in base units, shown by their unit's format.
"""

import io

import xlsxwriter
from xlsxwriter.workbook import Workbook

from metrics.states import State
from pages.exports import workbook_charts
from pages.exports.material import Material
from pages.exports.model import Edition
from pages.exports.workbook_facts import about, definitions, freshness
from pages.exports.workbook_rows import actions, decisions, money, notes, projects
from pages.exports.workbook_sheet import Sheet, printed, put_rows
from pages.exports.workbook_tables import changes, headline, objectives, readings, series
from pages.exports.xlsx import SAFE
from pages.texts import t

FIRST = 3  # the row where the list of sheets begins


def write(
    edition: Edition, state: State | None = None, since: State | None = None, *, with_rows: bool = True
) -> bytes:
    """Return an edition as a workbook, an XLSX file; ``state`` is the moment it was made of (None: an empty store),
    ``since`` the one it compares with.

    Without ``with_rows`` (for who may not read rows) it has no sheet of projects.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, SAFE)
    book.set_properties(
        {"title": edition.title, "subject": edition.sources, "author": "Levier", "company": edition.town}
    )
    made = [about(edition)]
    if state is not None and not edition.is_empty:
        made = [*sheets(edition, Material(state, since), with_rows), *made]
    _contents(book, edition, made)
    charts = book.add_worksheet(t("Graphiques")) if not edition.is_empty else None
    for sheet in made:
        put_rows(book, sheet)
    if charts is not None:
        workbook_charts.put(book, charts, edition, {sheet.key: sheet for sheet in made})
    book.close()
    return content.getvalue()


def sheets(edition: Edition, material: Material, with_rows: bool) -> list[Sheet]:
    """The sheets of an edition with data, in the order in which they are read; those without a row are left out."""
    found = [
        readings(edition),
        objectives(edition),
        series(edition),
        headline(edition),
        changes(edition),
        *money(material),
        *([projects(material)] if with_rows else []),
        *([] if edition.scope else [actions(material), decisions(material), notes(material)]),
        definitions(material),
        freshness(edition),
    ]
    return [sheet for sheet in found if sheet.table.rows]


def _contents(book: Workbook, edition: Edition, made: list[Sheet]) -> None:
    """The first sheet: what this is, and every sheet with a link to it."""
    page = book.add_worksheet(t("Sommaire"))
    large = book.add_format({"bold": True, "font_size": 16})
    bold = book.add_format({"bold": True, "bottom": 1})
    link = book.add_format({"font_color": "#1F3F8F", "underline": 1})
    page.write_string(0, 0, edition.title, large)
    page.write_string(
        1, 0, " · ".join(part for part in (edition.town, edition.scope, edition.sources) if part)
    )
    for at, words in enumerate((t("Feuille"), t("Ce qu’elle contient"), t("Lignes"))):
        page.write_string(FIRST, at, words, bold)
    listed: list[tuple[str, str, int | None]] = [
        (sheet.name, sheet.table.title, len(sheet.table.rows)) for sheet in made
    ]
    if not edition.is_empty:
        listed = [
            (t("Graphiques"), t("Trajectoires des chiffres mis en avant et scores des objectifs"), None),
            *listed,
        ]
    for line, (name, words, count) in enumerate(listed, FIRST + 1):
        page.write_url(line, 0, f"internal:'{name}'!A1", link, name)
        page.write_string(line, 1, words)
        if count is not None:
            page.write_number(line, 2, count)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 90)
    page.freeze_panes(FIRST + 1, 0)
    printed(page)
