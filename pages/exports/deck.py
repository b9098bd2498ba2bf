"""A deck of slides, 16:9: our fonts and colours in its theme, titles a reader finds, notes, a language on every word.

It lays out what it is given (inches) and knows no figure.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from pages.charts.palette import LIGHT
from pages.exports.fitting import BOLDER, LEADING, POINTS, cut, size_for
from pages.exports.legal import legal, tag
from pages.texts import t

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
SERIF, SANS = "Source Serif 4", "Source Sans 3"
COVER, TITLE, TEXT, SMALL, NOTE, TINY = 44, 28, 16, 12, 11, 10  # points
FONT_PART = re.compile(rb'(<a:(major|minor)Font><a:latin typeface=")[^"]*')
NO_MARGIN, CELL_MARGIN, LINE_MARGIN = 0, 0.06, 0.01
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the format's name for a table without lines or fills


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


TITLE_BOX = Box(MARGIN, 0.62, WIDTH - 2 * MARGIN, 1.0)
COVER_BOX = Box(MARGIN, 2.0, WIDTH - 2 * MARGIN, 1.6)
KICKER_BOX = Box(MARGIN, 0.32, WIDTH - 2 * MARGIN, 0.3)
BODY = Box(MARGIN, 1.75, WIDTH - 2 * MARGIN, 5.15)
FOOT = Box(MARGIN, 7.02, WIDTH - 2 * MARGIN, 0.26)


@dataclass(frozen=True)
class Words:
    """Words in one style; a colour is hexadecimal."""

    text: str
    size: float = TEXT
    is_bold: bool = False
    colour: str = LIGHT.ink
    font: str = SANS


Line = Sequence[Words]


class Deck:
    """Slides under one title, each with its footer and its number."""

    def __init__(self, title: str, footer: str) -> None:
        self.show = Presentation()
        self.footer = legal(footer)
        self.show.slide_width, self.show.slide_height = Inches(WIDTH), Inches(HEIGHT)
        _theme(self.show)
        layout = _layout(self.show)
        self._layout = layout
        known = self.show.core_properties
        known.title, known.author, known.language = legal(title), "Levier", tag()
        known.subject, known.keywords = self.footer, ""

    def slide(self, title: str, kicker: str, notes: Sequence[str], is_cover: bool = False) -> "Page":
        """Add a slide: its title, the line above it, its notes; the footer says the deck and the slide's number.

        The cover's title stands in the middle, large.
        """
        page = Page(self.show.slides.add_slide(self._layout))
        page.title(title, *((COVER_BOX, COVER) if is_cover else (TITLE_BOX, TITLE)))
        box = replace(KICKER_BOX, top=COVER_BOX.top - 0.4) if is_cover else KICKER_BOX
        if kicker:
            page.text(box, [[Words(kicker, SMALL, True, LIGHT.accent)]], t("Sur-titre"))
        number = len(self.show.slides)
        page.text(FOOT, [[Words(f"{self.footer} · {number}", TINY, colour=LIGHT.ink2)]], t("Pied de page"))
        page.notes(notes)
        return page

    def content(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.show.save(out)
        return out.getvalue()


class Page:
    """One slide, to which boxes are added."""

    def __init__(self, slide: Any) -> None:
        self.slide = slide

    def title(self, words: str, box: Box, largest: float) -> None:
        """Put the slide's title in its box, as large as it can be."""
        shape, said, room = self.slide.shapes.title, legal(words), box.width / BOLDER
        shape.left, shape.top, shape.width, shape.height = _emu(box)
        size = size_for(said, room, box.height, largest, 20)
        frame = shape.text_frame
        _fill(frame, [[Words(cut(said, size, room, box.height), size, True, font=SERIF)]])
        frame.vertical_anchor = MSO_ANCHOR.TOP

    def text(self, box: Box, lines: Sequence[Line], name: str, right: bool = False, gap: float = 0) -> None:
        """Put lines of words in a box, ``gap`` points apart."""
        shape = self.slide.shapes.add_textbox(*_emu(box))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        _fill(frame, lines, gap)
        if right:
            for paragraph in frame.paragraphs:
                paragraph.alignment = PP_ALIGN.RIGHT

    def chart(self, box: Box, kind: Any, data: Any, described: str) -> Any:
        """Put a native chart with its alternative text; return python-pptx's chart to be styled."""
        frame = self.slide.shapes.add_chart(kind, *_emu(box), data)
        describe(frame, described)
        return frame.chart

    def table(
        self,
        box: Box,
        head: Sequence[str],
        rows: Sequence[Sequence[Line | str]],
        widths: Sequence[float],
        described: str,
        right: frozenset[int] = frozenset(),
        size: float = SMALL,
    ) -> None:
        """Put a table: a header row, widths as shares of the box, numbers at the right; a name too long for its cell is cut."""
        frame = self.slide.shapes.add_table(len(rows) + 1, len(head), *_emu(box))
        describe(frame, described)
        table = frame.table
        _plain(frame)
        tall = box.height / (len(rows) + 1)
        for at, share in enumerate(widths):
            table.columns[at].width = Inches(box.width * share)
        for line, cells in enumerate([list(head), *rows]):
            table.rows[line].height = Inches(tall)
            for at, cell in enumerate(cells):
                words: Line = cell if not isinstance(cell, str) else [Words(cell, size, is_bold=line == 0)]
                if line and isinstance(cell, str) and at not in right:
                    room = (
                        box.width * widths[at] - 2 * CELL_MARGIN,
                        max(tall - 2 * LINE_MARGIN, size * LEADING / POINTS),
                    )
                    words = [Words(cut(legal(cell), size, *room), size)]
                _cell(table.cell(line, at), words, at in right, line == 0)

    def notes(self, lines: Sequence[str]) -> None:
        """Put the speaker's notes."""
        frame = self.slide.notes_slide.notes_text_frame
        _fill(frame, [[Words(line, 12)] for line in lines if line])


def describe(frame: Any, words: str) -> None:
    """Give a chart or a table the text that says it to whoever does not see it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", legal(words))


def rgb(colour: str) -> RGBColor:
    """A hexadecimal colour."""
    return RGBColor.from_string(colour.removeprefix("#"))


def _emu(box: Box) -> tuple[Any, Any, Any, Any]:
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)


def _fill(frame: Any, lines: Sequence[Line], gap: float = 0) -> None:
    for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
        setattr(frame, side, NO_MARGIN)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        if gap and number:
            paragraph.space_before = Pt(gap)
        for words in line:
            _run(paragraph, words)


def _run(paragraph: Any, words: Words) -> None:
    run = paragraph.add_run()
    run.text = legal(words.text)
    font = run.font
    font.size, font.bold, font.color.rgb = Pt(words.size), words.is_bold, rgb(words.colour)
    font._element.set("lang", tag())
    if words.font != SANS:
        font.name = words.font


def _cell(cell: Any, line: Line, is_right: bool, is_head: bool) -> None:
    frame = cell.text_frame
    _fill(frame, [line])
    cell.margin_left = cell.margin_right = Inches(CELL_MARGIN)
    cell.margin_top = cell.margin_bottom = Inches(LINE_MARGIN)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.MIDDLE
    if is_right:
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    _ruled(cell, LIGHT.ink if is_head else LIGHT.rule)


def _ruled(cell: Any, colour: str) -> None:
    """A rule under a cell."""
    line = (
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))


def _plain(frame: Any) -> None:
    """A header row that says it is one; no bands, no fills."""
    table = frame._element.graphic.graphicData.tbl
    table.tblPr.set("firstRow", "1")
    table.tblPr.set("bandRow", "0")
    style = table.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId")
    if style is not None:
        style.text = NO_STYLE


def _theme(show: Any) -> None:
    """Put our fonts and colours in the theme, so that what is added by hand looks the same."""
    part = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    named = {b"major": SERIF, b"minor": SANS}
    blob = FONT_PART.sub(lambda found: found[1] + named[found[2]].encode(), part.blob)
    names = ("dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    colours = (LIGHT.ink2, LIGHT.band, *LIGHT.categories, LIGHT.accent, LIGHT.accent)
    for name, colour in zip(names, colours, strict=True):
        into = f'<a:{name}><a:srgbClr val="{colour[1:]}"/>'.encode()
        blob = re.sub(rf'<a:{name}><a:srgbClr val="[0-9A-F]{{6}}"/>'.encode(), into, blob)
    part._blob = blob


def _layout(show: Any) -> Any:
    """Keep one layout, a title alone, in the slide's own shape; the master's places follow."""
    kept = show.slide_layouts.get_by_name("Title Only")
    for layout in [one for one in show.slide_layouts if one is not kept]:
        show.slide_layouts.remove(layout)
    for holder in [*show.slide_master.placeholders, *kept.placeholders]:
        kind = holder.element.ph.get("type")
        if kind == "title":
            holder.left, holder.top, holder.width, holder.height = _emu(TITLE_BOX)
        elif kind == "body":
            holder.left, holder.top, holder.width, holder.height = _emu(BODY)
        else:  # date, footer and number are said in the footer's own words
            holder.element.getparent().remove(holder.element)
    style = show.slide_master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    style.find("{*}defRPr").set("sz", str(TITLE * 100))
    return kept
