"""A document as DOCX: real headings, tables with a header row that repeats, one language, no field and nothing that runs."""

import io
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pages.charts.palette import LIGHT
from pages.exports.document import Block, Document, Heading, Paragraph, Rows
from pages.exports.legal import legal, tag

SERIF, SANS = "Source Serif 4", "Source Sans 3"
A4, SIDE, TOP = (21.0, 29.7), 2.2, 2.0  # centimetres
ROOM = A4[0] - 2 * SIDE
SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12, "Normal": 10.5, "Caption": 9.5}
THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def write(document: Document) -> bytes:
    """Return the document as a DOCX file in the run's language."""
    book = docx.Document()
    _page(book)
    _styles(book)
    known = book.core_properties
    known.title, known.author, known.language = legal(document.title), "Levier", tag()
    known.subject, known.comments, known.keywords = legal(document.kicker), "", ""
    _line(book, document.kicker, colour=LIGHT.accent, is_bold=True)
    book.add_paragraph(legal(document.title), style="Title")
    if document.lead:
        _line(book, document.lead, colour=LIGHT.ink2)
    for block in document.blocks:
        put(block, book)
    foot = book.sections[0].footer.paragraphs[0]
    _run(foot, document.foot, colour=LIGHT.ink2, size=8)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@singledispatch
def put(block: Block, book: Any) -> None:
    """Add a block at the end of the file."""
    raise TypeError(f"no such block: {block!r}")


@put.register
def _(block: Heading, book: Any) -> None:
    book.add_heading(legal(block.text), block.level)


@put.register
def _(block: Paragraph, book: Any) -> None:
    paragraph = book.add_paragraph()
    if block.label:
        _run(paragraph, f"{block.label} ", is_bold=True)
    _run(paragraph, block.text, colour=LIGHT.ink2 if block.is_quiet else LIGHT.ink)


@put.register
def _(block: Rows, book: Any) -> None:
    caption = book.add_paragraph(legal(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = book.add_table(rows=0, cols=len(block.head))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Cm(ROOM * share)
    _described(table, block.caption)
    _row(table, block, block.head, is_head=True)
    for cells in block.rows:
        _row(table, block, cells)
    book.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(table: Any, block: Rows, cells: Sequence[str], is_head: bool = False) -> None:
    row = table.add_row()
    settings = row._tr.get_or_add_trPr()
    settings.append(OxmlElement("w:cantSplit"))
    if is_head:
        settings.append(OxmlElement("w:tblHeader"))
    for at, words in enumerate(cells):
        cell = row.cells[at]
        cell.width = Cm(ROOM * block.widths[at])
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, words, is_bold=is_head, size=9.5)
        if at in block.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _ruled(cell, LIGHT.ink if is_head else LIGHT.rule)


def _run(paragraph: Any, words: str, colour: str = LIGHT.ink, is_bold: bool = False, size: float = 0) -> None:
    run = paragraph.add_run(legal(words))
    run.bold, run.font.color.rgb = is_bold or None, RGBColor.from_string(colour[1:])
    if size:
        run.font.size = Pt(size)


def _line(book: Any, words: str, colour: str, is_bold: bool = False) -> None:
    paragraph = book.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    _run(paragraph, words, colour, is_bold)


def _ruled(cell: Any, colour: str) -> None:
    """A rule under a cell instead of a frame around it."""
    borders = OxmlElement("w:tcBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour[1:])):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)


def _described(table: Any, words: str) -> None:
    """A table's title and description, for whoever does not see it."""
    for name in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(name)
        said.set(qn("w:val"), legal(words))
        table._tbl.tblPr.append(said)


def _page(book: Any) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = (Cm(side) for side in A4)
    section.left_margin = section.right_margin = Cm(SIDE)
    section.top_margin = section.bottom_margin = Cm(TOP)


def _styles(book: Any) -> None:
    """Our fonts, sizes and ink on the styles that Word knows; the language on all of them."""
    for name, size in SIZES.items():
        style = book.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor.from_string(LIGHT.ink[1:])
        style.font.bold = name.startswith(("Title", "Heading")) or None
        _font(style, SERIF if name.startswith(("Title", "Heading")) else SANS)
    book.styles["Normal"].paragraph_format.space_after = Pt(5)
    border = book.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    for said in book.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), tag())


def _font(style: Any, name: str) -> None:
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for themed in THEMED:
        fonts.attrib.pop(qn(f"w:{themed}"), None)
    for side in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{side}"), name)
